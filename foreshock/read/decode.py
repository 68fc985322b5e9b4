"""From the networks' outputs to draft statements: spans in code points, labels, and the score of each.

What the codebook rules out is ruled out here: a mode belongs to its type, a clause holds its trigger and
stays in its sentence, a role's span is words, a cue stands only with a source.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from foreshock.model.vocabulary import CONTEXTS, EventType, Kind, Polarity, SourceKind
from foreshock.read.calibration import STATEMENT, Curve, calibrated
from foreshock.read.encoder import Floats, Ints, WindowOutputs, softmax
from foreshock.read.labels import CONDITIONED_SPANS, MODE_LABELS, PARTICIPANT_ROLES, TYPE_LABELS
from foreshock.read.windows import Pieces, Window

CharSpan = tuple[int, int]

LONGEST_ROLE = {"clause": 120, "source": 14, "outer_source": 14, "cue": 6, "place": 12, "time": 14,
                "condition": 50, "likelihood": 8}  # fmt: skip
"""Word pieces that a role may span at most."""
LONGEST_ROLES = np.array([LONGEST_ROLE[role] for role in CONDITIONED_SPANS], dtype=np.int64)

PREPOSITIONS = frozenset("of by and to for in on at with from or as s but than".split())
DETERMINERS = frozenset(("the", "a", "an"))
"""No noun phrase begins or ends with a preposition, and none ends with a determiner."""

_word = re.compile(r"\w[\w’'.&/-]*")

KINDS = tuple(Kind)
SOURCE_KINDS = tuple(SourceKind)
CLASS_PARTS = np.cumsum([len(Kind), 2, len(TYPE_LABELS), len(MODE_LABELS)])
MODES_OF = {
    label: np.array(
        [n for n, mode in enumerate(MODE_LABELS) if mode is None or mode.split(" ", 1)[0] == label], dtype=np.int64
    )
    for label in TYPE_LABELS
}
"""For each type the numbers of its modes, *no mode* among them."""
SOURCE_OUTPUTS, LOADED_OUTPUTS = slice(4, 9), slice(9, 11)
"""Where the kinds of source, and *loaded* or not, stand among the token logits."""
LOADED_THRESHOLD = 0.5


@dataclass(frozen=True)
class Settings:
    """Thresholds of decoding, chosen on the corpus's development split and kept in the model's card."""

    trigger_bias: float = 0.0
    context_threshold: float = 0.4
    type_bias: float = 0.0
    participant_bias: float = 0.0
    none_bias: dict[str, float] = field(default_factory=dict)
    calibration: dict[str, Curve] = field(default_factory=dict)


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


@dataclass(frozen=True)
class _Classes:
    """The labels of a window's triggers, `[triggers]` each, with their probabilities."""

    kind: Ints
    kind_probability: Floats
    negative: Floats
    type: Ints
    type_probability: Floats
    mode_logits: Floats
    contexts: Floats


def best_spans(start: Floats, end: Floats, longest: Ints) -> tuple[Ints, Ints, Floats]:
    """For every trigger and role the most probable `(first, last)` and its probability; 0, 0 means none.

    `start` and `end` are probabilities `[triggers, roles, 1 + pieces]`, position 0 *none*; `longest` `[roles]` in
    pieces. Two pairs are tried: the best start with the best end that fits it, and the best end with the best start
    that fits. All that comes back is `[triggers, roles]`.
    """
    position = np.arange(start.shape[2])
    limit = longest[None, :, None]
    first_a = start[:, :, 1:].argmax(axis=2) + 1
    ahead = position - first_a[:, :, None]
    last_a = np.where((ahead >= 0) & (ahead < limit), end, -1.0).argmax(axis=2)
    last_b = end[:, :, 1:].argmax(axis=2) + 1
    behind = last_b[:, :, None] - position
    first_b = np.where((behind >= 0) & (behind < limit) & (position > 0), start, -1.0).argmax(axis=2)
    pair_a = _at(start, first_a) * _at(end, last_a)
    pair_b = _at(start, first_b) * _at(end, last_b)
    take_b = pair_b > pair_a
    first, last = np.where(take_b, first_b, first_a), np.where(take_b, last_b, last_a)
    best, none = np.where(take_b, pair_b, pair_a), start[:, :, 0] * end[:, :, 0]
    nothing = none >= best
    return np.where(nothing, 0, first), np.where(nothing, 0, last), np.where(nothing, none, best)


def _at(values: Floats, position: Ints) -> Floats:
    """`[triggers, roles]`: what `values` `[triggers, roles, pieces]` holds at each position."""
    return np.take_along_axis(values, position[:, :, None], axis=2)[:, :, 0]


def participant_runs(logits: Floats, bias: float) -> list[list[tuple[int, int]]]:
    """For every trigger the unbroken begin / inside runs of one role as `(first, last)` positions.

    `logits` are outside / begin / inside, `[triggers, 1 + pieces, 3]`. Two participants are always parted by a comma,
    an *and* or other words, so a begin inside a run goes on with it.
    """
    inside = np.maximum(logits[:, :, 1], logits[:, :, 2]) > logits[:, :, 0] - bias
    inside[:, 0] = False
    runs: list[list[tuple[int, int]]] = [[] for _ in range(len(logits))]
    for row, position in zip(*np.nonzero(inside), strict=True):
        found = runs[row]
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], int(position))
        else:
            found.append((int(position), int(position)))
    return runs


class Decoder:
    """Decodes one document's outputs, window by window."""

    def __init__(self, text: str, pieces: Pieces, settings: Settings) -> None:
        self.text = text
        self.pieces = pieces
        self.settings = settings
        self._starts: list[int] = pieces.starts.tolist()
        self._ends: list[int] = pieces.ends.tolist()

    def drafts(self, outputs: WindowOutputs) -> Iterator[Draft]:
        """The draft statements of one window, in text order."""
        if not len(outputs.first):
            return
        classes = self._classes(outputs.classes)
        first, last, probability = (values.tolist() for values in self._spans(outputs.spans))
        people = [
            participant_runs(outputs.participants[:, number], self.settings.participant_bias)
            for number in range(len(PARTICIPANT_ROLES))
        ]
        for number in range(len(outputs.first)):
            each = zip(CONDITIONED_SPANS, first[number], last[number], strict=True)
            roles = {role: (start, end) for role, start, end in each if start > 0}
            scores = dict(zip(CONDITIONED_SPANS, probability[number], strict=True))
            del scores["clause"]
            yield self._draft(outputs, number, classes, roles, scores, [found[number] for found in people])

    def loaded(self, outputs: WindowOutputs) -> list[CharSpan]:
        """The stretches of loaded words in one window, whole words, neighbours joined."""
        probability = softmax(outputs.tokens[:, LOADED_OUTPUTS])[:, 1]
        spans: list[CharSpan] = []
        for piece in np.flatnonzero(probability > LOADED_THRESHOLD).tolist():
            start, end = self.chars(outputs.window.start + piece, outputs.window.start + piece)
            if spans and start <= spans[-1][1] + 1 and "\n" not in self.text[spans[-1][1] : start]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return [span for span in spans if any(map(str.isalnum, self.text[span[0] : span[1]]))]

    def _classes(self, logits: Floats) -> _Classes:
        kind, polarity, event_type, mode, contexts = np.split(logits, CLASS_PARTS, axis=1)
        event_type = event_type.copy()
        event_type[:, 0] -= self.settings.type_bias
        p_kind, p_type = softmax(kind), softmax(event_type)
        return _Classes(
            kind=p_kind.argmax(axis=1),
            kind_probability=p_kind.max(axis=1),
            negative=softmax(polarity)[:, 1],
            type=p_type.argmax(axis=1),
            type_probability=p_type.max(axis=1),
            mode_logits=mode,
            contexts=(1 / (1 + np.exp(-contexts))).astype(np.float32),
        )

    def _spans(self, logits: Floats) -> tuple[Ints, Ints, Floats]:
        """First and last positions and probability of each single role, `[triggers, roles]` each."""
        shifted = logits.transpose(0, 2, 1).copy()
        for number, role in enumerate(CONDITIONED_SPANS):
            shifted[:, 2 * number : 2 * number + 2, 0] -= self.settings.none_bias.get(role, 0.0)
        p = softmax(shifted)
        return best_spans(p[:, 0::2], p[:, 1::2], LONGEST_ROLES)

    def _draft(
        self,
        outputs: WindowOutputs,
        number: int,
        classes: _Classes,
        roles: dict[str, CharSpan],
        scores: dict[str, float],
        people: list[list[CharSpan]],
    ) -> Draft:
        window = outputs.window
        piece = window.start + int(outputs.first[number])
        trigger = self.chars(piece, window.start + int(outputs.last[number]))
        type_label = TYPE_LABELS[int(classes.type[number])]
        negative = float(classes.negative[number])
        scores |= {
            "kind": float(classes.kind_probability[number]),
            "type": float(classes.type_probability[number]),
            "polarity": max(negative, 1 - negative),
        }
        sources = self._sources(roles, outputs)
        clause = roles.pop("clause", None)
        kept = {name: span for name, span in roles.items() if "source" not in name and (sources or name != "cue")}
        return Draft(
            trigger=trigger,
            clause=self._clause(window, clause, piece, trigger),
            kind=KINDS[int(classes.kind[number])],
            polarity=Polarity.NEGATIVE if negative > 0.5 else Polarity.POSITIVE,
            type=EventType(type_label) if type_label else None,
            mode=self._mode(type_label, classes.mode_logits[number]),
            contexts=[CONTEXTS[n] for n in np.flatnonzero(classes.contexts[number] > self.settings.context_threshold)],
            sources=sources,
            roles={name: self._role_chars(window, span) for name, span in kept.items()},
            actors=self._participants(window, people[0]),
            recipients=self._participants(window, people[1]),
            score=calibrated(float(outputs.scores[number]), STATEMENT, self.settings.calibration),
            scores={name: round(calibrated(raw, name, self.settings.calibration), 4) for name, raw in scores.items()},
        )

    def chars(self, first: int, last: int) -> CharSpan:
        """The code points of pieces `first…last`, widened to whole words, quotation marks stripped."""
        text, starts, ends = self.text, self._starts, self._ends
        while first > 0 and ends[first - 1] == starts[first] and self._glued(starts[first]):
            first -= 1
        while last + 1 < len(starts) and starts[last + 1] == ends[last] and self._glued(ends[last]):
            last += 1
        start, end = starts[first], ends[last]
        while end - start > 1 and text[start] in "“”\"'‘’«»,.;:() \t":
            start += 1
        while end - start > 1 and text[end - 1] in '“”"‘«»,;:( \t':
            end -= 1
        return start, end

    def _glued(self, at: int) -> bool:
        return self.text[at - 1].isalnum() and self.text[at].isalnum()

    def _role_chars(self, window: Window, span: CharSpan) -> CharSpan:
        """Code points of window positions, where 1 is the window's first piece."""
        shift = window.start - 1
        return self.chars(span[0] + shift, min(span[1] + shift, window.end - 1))

    def _clause(self, window: Window, span: CharSpan | None, piece: int, trigger: CharSpan) -> CharSpan:
        sentence_start, sentence_end = self.pieces.sentences[int(self.pieces.sentence[piece])]
        start, end = self._role_chars(window, span) if span else (sentence_start, sentence_end)
        start, end = max(start, sentence_start), min(end, sentence_end)
        return min(start, trigger[0]), max(end, trigger[1])

    def _mode(self, type_label: str | None, logits: Floats) -> str | None:
        if type_label is None:
            return None
        allowed = MODES_OF[type_label]
        label = MODE_LABELS[int(allowed[logits[allowed].argmax()])]
        return label.split(" ", 1)[1] if label else None

    def _sources(self, roles: dict[str, CharSpan], outputs: WindowOutputs) -> list[tuple[CharSpan, SourceKind]]:
        """The chain, outermost first."""
        chain = []
        for name in ("outer_source", "source"):
            if name not in roles or "source" not in roles:
                continue
            first, last = roles[name]
            kind = outputs.tokens[first - 1 : last, SOURCE_OUTPUTS].mean(axis=0).argmax()
            chain.append((self._role_chars(outputs.window, (first, last)), SOURCE_KINDS[int(kind)]))
        return chain if len(chain) < 2 or chain[0][0] != chain[1][0] else chain[1:]

    def _participants(self, window: Window, runs: list[CharSpan]) -> list[CharSpan]:
        chars = [self._phrase(self._role_chars(window, run)) for run in runs]
        return [span for i, span in enumerate(chars) if span is not None and span not in chars[:i]]

    def _phrase(self, span: CharSpan) -> CharSpan | None:
        """The span without words that cannot begin or end a noun phrase; null where no other word is left."""
        words = [(span[0] + m.start(), span[0] + m.end()) for m in _word.finditer(self.text[span[0] : span[1]])]
        while words and self._is(words[0], PREPOSITIONS):
            words.pop(0)
        while words and self._is(words[-1], PREPOSITIONS | DETERMINERS):
            words.pop()
        if not words or all(self._is(word, DETERMINERS) for word in words):
            return None
        return words[0][0], words[-1][1]

    def _is(self, word: CharSpan, words: frozenset[str]) -> bool:
        return self.text[word[0] : word[1]].casefold() in words
