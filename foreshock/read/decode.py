"""From the networks' outputs to draft statements: spans in code points, labels, and the score of each.

What the codebook rules out is ruled out here: a mode belongs to its type, a clause holds its trigger and
stays in its sentence, a role's span is words, a cue stands only with a source.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from foreshock.model.vocabulary import CONTEXTS, EventType, Kind, Polarity, SourceKind
from foreshock.read.calibration import STATEMENT, Curve, Curves
from foreshock.read.encoder import Floats, Ints, WindowOutputs, softmax
from foreshock.read.labels import CONDITIONED_SPANS, MODE_LABELS, TYPE_LABELS
from foreshock.read.windows import Pieces, Window

CharSpan = tuple[int, int]

LONGEST_ROLE = {"clause": 120, "source": 14, "outer_source": 14, "cue": 6, "place": 12, "time": 14,
                "condition": 50, "likelihood": 8}  # fmt: skip
"""Word pieces that a role may span at most."""
LONGEST_ROLES = np.array([LONGEST_ROLE[role] for role in CONDITIONED_SPANS], dtype=np.int64)

PREPOSITIONS = frozenset("of by and to for in on at with from or as s but than".split())
DETERMINERS = frozenset(("the", "a", "an"))
CANNOT_END = PREPOSITIONS | DETERMINERS
"""No noun phrase begins or ends with a preposition, and none ends with a determiner."""

_word = re.compile(r"\w[\w’'.&/-]*")

KINDS = tuple(Kind)
SOURCE_KINDS = tuple(SourceKind)
_sizes = np.cumsum([0, len(Kind), 2, len(TYPE_LABELS), len(MODE_LABELS), len(CONTEXTS)]).tolist()
CLASS_PARTS = tuple(itertools.starmap(slice, itertools.pairwise(_sizes)))
"""Where kind, polarity, type, mode and contexts stand among the class logits."""
NOT_OF_TYPE = np.array(
    [[mode is not None and mode.split(" ", 1)[0] != label for mode in MODE_LABELS] for label in TYPE_LABELS]
)
"""`[types, modes]`: whether the mode belongs to another type; *no mode* belongs to each."""
MODES = tuple(label and label.split(" ", 1)[1] for label in MODE_LABELS)
TYPES = tuple(EventType(label) if label else None for label in TYPE_LABELS)
SCORED = (*CONDITIONED_SPANS[1:], "kind", "type", "polarity")
"""The fields that carry a probability: every role but the clause, and the labels."""
SOURCE_OUTPUTS, LOADED_OUTPUTS = slice(4, 9), slice(9, 11)
"""Where the kinds of source, and *loaded* or not, stand among the token logits."""
LOADED_THRESHOLD = 0.5
"""Least probability of a loaded word, not below one half: what is likelier not loaded is never asked for it."""


@dataclass(frozen=True)
class Settings:
    """Thresholds of decoding, chosen on the corpus's development split and kept in the model's card."""

    trigger_bias: float = 0.0
    context_threshold: float = 0.4
    type_bias: float = 0.0
    participant_bias: float = 0.0
    none_bias: dict[str, float] = field(default_factory=dict)
    calibration: dict[str, Curve] = field(default_factory=dict)

    @cached_property
    def curves(self) -> Curves:
        """The curves of a statement's own score and of all that is scored beside it."""
        return Curves((STATEMENT, *SCORED), self.calibration)


def _within_number(text: str, at: int) -> bool:
    """Whether `at` stands beside a point or comma between two digits."""
    return any(
        text[mark] in ".," and text[mark - 1].isdigit() and text[mark + 1 : mark + 2].isdigit()
        for mark in (at - 1, at)
        if mark > 0
    )


@dataclass
class Draft:
    """A statement in the making: code-point spans, labels, and probabilities by field.

    `sentence` is the one in which the trigger begins.
    """

    trigger: CharSpan
    clause: CharSpan
    sentence: CharSpan
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
class _Labels:
    """The labels of a window's triggers, one for each, with what is scored of them."""

    kind: list[int]
    type: list[int]
    mode: list[int]
    negative: list[bool]
    contexts: list[list[str]]
    scores: list[dict[str, float]]
    statement: list[float]


def best_spans(start: Floats, end: Floats, longest: Ints) -> tuple[Ints, Ints, Floats]:
    """For every trigger and role the most probable `(first, last)` and its probability; 0, 0 means none.

    `start` and `end` are probabilities `[triggers, roles, 1 + pieces]`, position 0 *none*; `longest` `[roles]` in
    pieces. Two pairs are tried: the best start with the best end that fits it, and the best end with the best start
    that fits. All that comes back is `[triggers, roles]`.
    """
    first, last = start[:, :, 1:].argmax(axis=2) + 1, end[:, :, 1:].argmax(axis=2) + 1
    rows, roles = np.arange(first.shape[0])[:, None], np.arange(first.shape[1])
    none, best = start[:, :, 0] * end[:, :, 0], start[rows, roles, first] * end[rows, roles, last]
    told = best > none  # that pair is the most that can be had, so where it falls short nothing else is tried
    apart = told & ((last < first) | (last - first >= longest))
    row, role = np.nonzero(apart)
    if len(row):
        chosen = _nearest(start[row, role], end[row, role], first[row, role], last[row, role], longest[role])
        first[row, role], last[row, role], best[row, role] = chosen
        told[row, role] = best[row, role] > none[row, role]
    return np.where(told, first, 0), np.where(told, last, 0), np.where(told, best, none)


def _nearest(start: Floats, end: Floats, first: Ints, last: Ints, longest: Ints) -> tuple[Ints, Ints, Floats]:
    """The better of two pairs where the best start and the best end do not fit each other; all are `[n]`.

    `start` and `end` are `[n, 1 + pieces]`.
    """
    position, limit, row = np.arange(start.shape[1]), longest[:, None], np.arange(len(start))
    ahead, behind = position - first[:, None], last[:, None] - position
    fitting_last = np.where((ahead >= 0) & (ahead < limit), end, -1.0).argmax(axis=1)
    fitting_first = np.where((behind >= 0) & (behind < limit) & (position > 0), start, -1.0).argmax(axis=1)
    from_first = start[row, first] * end[row, fitting_last]
    from_last = start[row, fitting_first] * end[row, last]
    turned = from_last > from_first
    return (
        np.where(turned, fitting_first, first),
        np.where(turned, last, fitting_last),
        np.where(turned, from_last, from_first),
    )


def participant_runs(logits: Floats, bias: float) -> list[list[list[CharSpan]]]:
    """For every trigger and role the unbroken begin / inside runs as `(first, last)` positions.

    `logits` are outside / begin / inside, `[triggers, roles, 3, 1 + pieces]`. Two participants are always parted by a
    comma, an *and* or other words, so a begin inside a run goes on with it.
    """
    outside, begin, inner = (logits[:, :, label, 1:] for label in range(3))
    triggers, roles, width = len(logits), logits.shape[1], logits.shape[3] + 1
    inside = np.zeros((triggers, roles, width), dtype=np.bool_)  # nothing at both ends, so that no run crosses them
    inside[:, :, 1:-1] = np.maximum(begin, inner) > outside - bias
    flat = inside.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1])  # by turns before a run's first position and at its last
    runs: list[list[list[CharSpan]]] = [[[] for _ in range(roles)] for _ in range(triggers)]
    for before, last in edges.reshape(-1, 2).tolist():
        at, first = divmod(before + 1, width)
        runs[at // roles][at % roles].append((first, last % width))
    return runs


class Decoder:
    """Decodes one document's outputs, window by window."""

    def __init__(self, text: str, pieces: Pieces, settings: Settings) -> None:
        self.text = text
        self.settings = settings
        self._starts: list[int] = pieces.starts.tolist()
        self._ends: list[int] = pieces.ends.tolist()
        self._sentence: list[int] = pieces.sentence.tolist()
        self._sentences = pieces.sentences
        biases = [settings.none_bias.get(role, 0.0) for role in CONDITIONED_SPANS]
        self._none_bias = np.repeat(np.array(biases, dtype=np.float32), 2)

    def drafts(self, outputs: WindowOutputs) -> Iterator[Draft]:
        """The draft statements of one window, in text order."""
        if not len(outputs.first):
            return
        first, last, probability = self._spans(outputs.spans)
        labels = self._labels(outputs, probability, first == 0)
        people = participant_runs(outputs.participants, self.settings.participant_bias)
        for number, (starts, ends) in enumerate(zip(first.tolist(), last.tolist(), strict=True)):
            each = zip(CONDITIONED_SPANS, starts, ends, strict=True)
            roles = {role: (start, end) for role, start, end in each if start > 0}
            yield self._draft(outputs, number, labels, roles, people[number])

    def loaded(self, outputs: WindowOutputs) -> list[CharSpan]:
        """The stretches of loaded words in one window, whole words, neighbours joined."""
        logits = outputs.tokens[:, LOADED_OUTPUTS]
        likelier = np.flatnonzero(logits[:, 1] > logits[:, 0])  # in most windows none, and only these can pass
        if not len(likelier):
            return []
        probability = softmax(logits[likelier])[:, 1]
        spans: list[CharSpan] = []
        for piece in likelier[probability > LOADED_THRESHOLD].tolist():
            start, end = self.chars(outputs.window.start + piece, outputs.window.start + piece)
            if spans and start <= spans[-1][1] + 1 and "\n" not in self.text[spans[-1][1] : start]:
                spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
            else:
                spans.append((start, end))
        return [span for span in spans if any(map(str.isalnum, self.text[span[0] : span[1]]))]

    def _labels(self, outputs: WindowOutputs, spans: Floats, empty: NDArray[np.bool_]) -> _Labels:
        """The labels of the triggers; `spans` `[triggers, roles]` holds the probabilities of their roles, `empty` which
        of them have none."""
        kind, polarity, event_type, mode, contexts = (outputs.classes[:, part] for part in CLASS_PARTS)
        event_type = event_type.copy()
        event_type[:, 0] -= self.settings.type_bias
        p_kind, p_type = softmax(kind), softmax(event_type)
        negative = softmax(polarity)[:, 1].astype(np.float64)
        types = p_type.argmax(axis=1)
        told: list[list[str]] = [[] for _ in types]
        likely = np.nonzero(1 / (1 + np.exp(-contexts)) > self.settings.context_threshold)
        for row, context in zip(*(positions.tolist() for positions in likely), strict=True):
            told[row].append(CONTEXTS[context])
        raw = np.empty((len(types), 1 + len(SCORED)), dtype=np.float64)
        raw[:, 0], raw[:, 1:-3] = outputs.scores, spans[:, 1:]
        raw[:, -3], raw[:, -2], raw[:, -1] = p_kind.max(axis=1), p_type.max(axis=1), np.maximum(negative, 1 - negative)
        left_empty = np.zeros(raw.shape, dtype=np.bool_)
        left_empty[:, 1:-3] = empty[:, 1:]
        scores = self.settings.curves.calibrated(raw, left_empty).round(4)
        return _Labels(
            kind=p_kind.argmax(axis=1).tolist(),
            type=types.tolist(),
            mode=np.where(NOT_OF_TYPE[types], -np.inf, mode).argmax(axis=1).tolist(),
            negative=(negative > 0.5).tolist(),
            contexts=told,
            scores=[dict(zip(SCORED, row, strict=True)) for row in scores[:, 1:].tolist()],
            statement=scores[:, 0].tolist(),
        )

    def _spans(self, logits: Floats) -> tuple[Ints, Ints, Floats]:
        """First and last positions and probability of each single role, `[triggers, roles]` each."""
        shifted = logits.copy()
        shifted[:, :, 0] -= self._none_bias
        p = softmax(shifted, out=shifted)
        return best_spans(p[:, 0::2], p[:, 1::2], LONGEST_ROLES)

    def _draft(
        self,
        outputs: WindowOutputs,
        number: int,
        labels: _Labels,
        roles: dict[str, CharSpan],
        people: list[list[CharSpan]],
    ) -> Draft:
        window = outputs.window
        piece = window.start + int(outputs.first[number])
        trigger = self.chars(piece, window.start + int(outputs.last[number]))
        sources = self._sources(roles, outputs)
        clause = roles.pop("clause", None)
        kept = {name: span for name, span in roles.items() if "source" not in name and (sources or name != "cue")}
        event_type = TYPES[labels.type[number]]
        return Draft(
            trigger=trigger,
            clause=self._clause(window, clause, piece, trigger),
            sentence=self._sentences[self._sentence[piece]],
            kind=KINDS[labels.kind[number]],
            polarity=Polarity.NEGATIVE if labels.negative[number] else Polarity.POSITIVE,
            type=event_type,
            mode=MODES[labels.mode[number]] if event_type else None,
            contexts=labels.contexts[number],
            sources=sources,
            roles={name: self._role_chars(window, span) for name, span in kept.items()},
            actors=self._participants(window, people[0]),
            recipients=self._participants(window, people[1]),
            score=labels.statement[number],
            scores=labels.scores[number],
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
        """Whether a word or a number goes on at `at`: the point of *3.1* parts nothing."""
        return self.text[at - 1 : at + 1].isalnum() or _within_number(self.text, at)

    def _role_chars(self, window: Window, span: CharSpan) -> CharSpan:
        """Code points of window positions, where 1 is the window's first piece."""
        shift = window.start - 1
        return self.chars(span[0] + shift, span[1] + shift)

    def _clause(self, window: Window, span: CharSpan | None, piece: int, trigger: CharSpan) -> CharSpan:
        sentence_start, sentence_end = self._sentences[self._sentence[piece]]
        start, end = self._role_chars(window, span) if span else (sentence_start, sentence_end)
        start, end = max(start, sentence_start), min(end, sentence_end)
        return min(start, trigger[0]), max(end, trigger[1])

    def _sources(self, roles: dict[str, CharSpan], outputs: WindowOutputs) -> list[tuple[CharSpan, SourceKind]]:
        """The chain, outermost first."""
        chain = []
        for name in ("outer_source", "source"):
            if name not in roles or "source" not in roles:
                continue
            first, last = roles[name]
            kind = np.add.reduce(outputs.tokens[first - 1 : last, SOURCE_OUTPUTS]).argmax()
            chain.append((self._role_chars(outputs.window, (first, last)), SOURCE_KINDS[int(kind)]))
        return chain if len(chain) < 2 or chain[0][0] != chain[1][0] else chain[1:]

    def _participants(self, window: Window, runs: list[CharSpan]) -> list[CharSpan]:
        spans = dict.fromkeys(self._phrase(self._role_chars(window, run)) for run in runs)
        return [span for span in spans if span is not None]

    def _phrase(self, span: CharSpan) -> CharSpan | None:
        """The span without words that cannot begin or end a noun phrase; null where no other word is left."""
        words = list(_word.finditer(self.text, *span))
        folded = [word.group().casefold() for word in words]
        first, last = 0, len(words)
        while first < last and folded[first] in PREPOSITIONS:
            first += 1
        while first < last and folded[last - 1] in CANNOT_END:
            last -= 1
        return (words[first].start(), words[last - 1].end()) if first < last else None
