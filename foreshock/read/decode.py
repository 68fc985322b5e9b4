"""From the networks' outputs to draft statements: spans in code points, labels, and the score of each.

What the codebook rules out is ruled out here: a mode belongs to its type, a clause holds its trigger and
stays in its sentence, a role's span is words, a cue stands only with a source.
"""

from dataclasses import dataclass, field

import numpy as np

from foreshock.model.vocabulary import CONTEXTS, EventType, Kind, Polarity, SourceKind
from foreshock.read.encoder import Floats, Found, Outputs, softmax
from foreshock.read.labels import CONDITIONED_SPANS, MODE_LABELS, PARTICIPANT_ROLES, TYPE_LABELS
from foreshock.read.windows import Pieces

CharSpan = tuple[int, int]

LONGEST_ROLE = {"clause": 120, "source": 14, "outer_source": 14, "cue": 6, "place": 12, "time": 14,
                "condition": 50, "likelihood": 8}  # fmt: skip
"""Word pieces that a role may span at most."""

CLASS_PARTS = np.cumsum([len(Kind), 2, len(TYPE_LABELS), len(MODE_LABELS)])
KINDS = tuple(Kind)
SOURCE_KINDS = tuple(SourceKind)


@dataclass(frozen=True)
class Settings:
    """Thresholds of decoding, chosen on the corpus's development split and kept in the model's card."""

    trigger_bias: float = 0.0
    context_threshold: float = 0.4
    type_bias: float = 0.0
    participant_bias: float = 0.0
    none_bias: dict[str, float] = field(default_factory=dict)


@dataclass
class Draft:
    """A statement in the making: code-point spans, labels, and probabilities by field."""

    trigger: CharSpan
    clause: CharSpan
    kind: Kind
    polarity: Polarity
    type: EventType | None
    mode: str | None
    contexts: list[str]
    sources: list[tuple[CharSpan, SourceKind]]
    roles: dict[str, CharSpan]
    actors: list[CharSpan]
    recipients: list[CharSpan]
    score: float
    scores: dict[str, float]
    sentence: int


def best_span(start: Floats, end: Floats, longest: int) -> tuple[int, int, float]:
    """The most probable `(first, last)` with `first ≤ last < first + longest`; 0, 0 means none.

    Returns the probability of the pair as the product of both pointers'.
    """
    p_start, p_end = softmax(start), softmax(end)
    none = float(p_start[0] * p_end[0])
    if none > 0.9:
        return 0, 0, none
    candidates = np.argsort(p_start[1:])[-4:] + 1
    best = (0, 0, none)
    for first in candidates:
        ends = p_end[first : first + longest]
        last = int(ends.argmax())
        probability = float(p_start[first] * ends[last])
        if probability > best[2]:
            best = (int(first), int(first) + last, probability)
    return best


def participant_spans(logits: Floats, bias: float) -> list[tuple[int, int, float]]:
    """Every outside / begin / inside run as `(first, last, probability)`, window positions."""
    shifted = logits.copy()
    shifted[:, 0] -= bias
    probability = softmax(shifted)
    label = probability.argmax(axis=-1)
    label[0] = 0
    found = []
    position = 1
    while position < len(label):
        if label[position] == 0:
            position += 1
            continue
        end = position + 1
        while end < len(label) and label[end] == 2:
            end += 1
        found.append((position, end - 1, float((1 - probability[position:end, 0]).mean())))
        position = end
    return found


class Decoder:
    """Decodes one document's outputs."""

    def __init__(self, text: str, pieces: Pieces, outputs: Outputs, settings: Settings) -> None:
        self.text = text
        self.pieces = pieces
        self.outputs = outputs
        self.settings = settings
        self.source_probability = softmax(outputs.tokens[:, 3:9]) if len(pieces) else outputs.tokens[:, 3:9]

    def chars(self, first: int, last: int) -> CharSpan:
        """The code points of pieces `first…last`, widened to whole words, quotation marks stripped."""
        start, end = int(self.pieces.starts[first]), int(self.pieces.ends[last])
        while first > 0 and self.pieces.ends[first - 1] == start and self._glued(start):
            first -= 1
            start = int(self.pieces.starts[first])
        while last + 1 < len(self.pieces) and self.pieces.starts[last + 1] == end and self._glued(end):
            last += 1
            end = int(self.pieces.ends[last])
        while end - start > 1 and self.text[start] in "“”\"'‘’«»,.;:()":
            start += 1
        while end - start > 1 and self.text[end - 1] in '“”"‘«»,;:(':
            end -= 1
        while end - start > 1 and self.text[start].isspace():
            start += 1
        while end - start > 1 and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def _glued(self, at: int) -> bool:
        return self.text[at - 1].isalnum() and self.text[at].isalnum()

    def drafts(self) -> list[Draft]:
        """All draft statements in text order."""
        return [self._draft(found) for found in self.outputs.found]

    def _draft(self, found: Found) -> Draft:
        kind, polarity, event_type, mode, contexts = np.split(found.classes, CLASS_PARTS)
        p_kind, p_polarity = softmax(kind), softmax(polarity)
        event_type = event_type.copy()
        event_type[0] -= self.settings.type_bias
        p_type = softmax(event_type)
        type_number = int(p_type.argmax())
        type_label = TYPE_LABELS[type_number]
        roles, probabilities = self._roles(found)
        trigger = self.chars(found.first, found.last)
        scores = {
            "kind": float(p_kind.max()),
            "type": float(p_type.max()),
            "polarity": float(p_polarity.max()),
            **probabilities,
        }
        draft = Draft(
            trigger=trigger,
            clause=self._clause(found, roles.pop("clause", None), trigger),
            kind=KINDS[int(p_kind.argmax())],
            polarity=Polarity.NEGATIVE if p_polarity[1] > 0.5 else Polarity.POSITIVE,
            type=EventType(type_label) if type_label else None,
            mode=self._mode(type_label, mode),
            contexts=self._contexts(contexts),
            sources=self._sources(roles, found),
            roles={name: self._role_chars(found, span) for name, span in roles.items()},
            actors=self._participants(found, 0),
            recipients=self._participants(found, 1),
            score=found.score,
            scores={name: round(value, 4) for name, value in scores.items()},
            sentence=int(self.pieces.sentence[found.first]),
        )
        for name in ("source", "outer_source"):
            draft.roles.pop(name, None)
        if not draft.sources:
            draft.roles.pop("cue", None)
        return draft

    def _roles(self, found: Found) -> tuple[dict[str, tuple[int, int]], dict[str, float]]:
        """Single roles as window positions, and the probability of each decision."""
        roles: dict[str, tuple[int, int]] = {}
        probabilities: dict[str, float] = {}
        for number, role in enumerate(CONDITIONED_SPANS):
            start, end = found.spans[:, 2 * number].copy(), found.spans[:, 2 * number + 1].copy()
            bias = self.settings.none_bias.get(role, 0.0)
            start[0] -= bias
            end[0] -= bias
            first, last, probability = best_span(start, end, LONGEST_ROLE[role])
            if role != "clause":
                probabilities[role] = probability
            if first > 0:
                roles[role] = (first, last)
        return roles, probabilities

    def _role_chars(self, found: Found, span: tuple[int, int]) -> CharSpan:
        shift = found.window.start - 1
        return self.chars(span[0] + shift, min(span[1] + shift, found.window.end - 1))

    def _clause(self, found: Found, span: tuple[int, int] | None, trigger: CharSpan) -> CharSpan:
        sentence_start, sentence_end = self.pieces.sentences[int(self.pieces.sentence[found.first])]
        start, end = self._role_chars(found, span) if span else (sentence_start, sentence_end)
        start, end = max(start, sentence_start), min(end, sentence_end)
        return min(start, trigger[0]), max(end, trigger[1])

    def _mode(self, type_label: str | None, logits: Floats) -> str | None:
        if type_label is None:
            return None
        allowed = [
            number
            for number, label in enumerate(MODE_LABELS)
            if label is None or label.split(" ", 1)[0] == type_label
        ]
        best = allowed[int(logits[allowed].argmax())]
        label = MODE_LABELS[best]
        return label.split(" ", 1)[1] if label else None

    def _contexts(self, logits: Floats) -> list[str]:
        probability = 1 / (1 + np.exp(-logits))
        chosen = np.flatnonzero(probability > self.settings.context_threshold)
        return [CONTEXTS[number] for number in chosen]

    def _sources(self, roles: dict[str, tuple[int, int]], found: Found) -> list[tuple[CharSpan, SourceKind]]:
        """The chain, outermost first."""
        chain = []
        for name in ("outer_source", "source"):
            span = roles.get(name)
            if span is None or (name == "outer_source" and "source" not in roles):
                continue
            shift = found.window.start - 1
            mean = self.source_probability[span[0] + shift : span[1] + shift + 1, 1:].mean(axis=0)
            chain.append((self._role_chars(found, span), SOURCE_KINDS[int(mean.argmax())]))
        return chain if len(chain) < 2 or chain[0][0] != chain[1][0] else chain[1:]

    def _participants(self, found: Found, number: int) -> list[CharSpan]:
        assert PARTICIPANT_ROLES[number] in ("actors", "recipients")
        spans = participant_spans(found.participants[number], self.settings.participant_bias)
        chars = [self._role_chars(found, (first, last)) for first, last, _ in spans]
        return [span for i, span in enumerate(chars) if span not in chars[:i]]
