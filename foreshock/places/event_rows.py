"""What a text says of each of its places for each of its statements, in arrays: the features of `event_place`.

Most features hold or do not; they are kept as one bit each, so that a document's statements and places are weighed
together and not pair by pair.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Precision
from foreshock.places.linear import Linear
from foreshock.places.resolution import Located

SENTENCE: Final = re.compile(r'[.!?\n](?:(?<=\n)\n*|["”’\')\]]*\s+(?=["“‘(]?[A-Z0-9]))')
"""Where a sentence ends. Both ways begin with one set of characters: three times as fast as one way or the other."""
PARAGRAPH: Final = re.compile(r"\n+")
HEAD: Final = 120
"""Characters at the head of a text: headline and dateline."""
BEFORE: Final = re.compile(r"(?<![a-z])([a-z]+)(?: the)? ?$")
GOVERNING: Final = (
    "in at near outside inside around across throughout into within along between over off from to toward towards "
    "through via of on"
).split()
IN_SENTENCE: Final = "in at near from to of".split()

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Truth = npt.NDArray[np.bool_]
Region = tuple[str | None, str | None]
"""A country and the code of a first-level unit; either may be null."""

PRECISIONS: Final = (*Precision, None)
NUMBERS: Final = (
    *("headline", "often", "share", "nowhere", "resolved"),
    *(f"is_{precision}" for precision in PRECISIONS),
)
"""The features that a place has whatever the statement; *distance* is the one number that both make."""
FLAGS: Final = tuple(
    dict.fromkeys(
        [
            "nearest_before",
            *("in_clause", "clause_actor", "clause_place", "clause_after", "clause_participant"),
            *("clause_is_participant", "clause_possessive", *(f"clause_{word}" for word in (*GOVERNING, "bare"))),
            *("in_sentence", "sentence_actor", "sentence_place", "sentence_before", "sentence_source"),
            *(f"sentence_{word}" for word in (*IN_SENTENCE, "other")),
            *("earlier", "sentence_2_back", "sentence_1_back", "sentence_1_on", "later", "other_paragraph"),
            *("outside_actor", "outside_governed", "outside_bare"),
        ]
    )
)
BIT: Final = {name: 1 << at for at, name in enumerate(FLAGS)}
APART: Final = np.array(
    [BIT[name] for name in ("later", "sentence_1_on", "sentence_1_on", "sentence_1_back", "sentence_2_back", "earlier")]
)
"""The bit for a place so many sentences before the statement, from two after it to three before; 0 does not come."""
SHIFTS: Final = np.arange(len(FLAGS))


class Candidate(msgspec.Struct, frozen=True):
    """A place `[start, end)` named in the text. `pointed` says that the reader points at it for some statement."""

    start: int
    end: int
    located: Located
    region: Region
    pointed: bool


class Rows:
    """The features of every candidate of a text, in order of place, for any of its statements."""

    def __init__(self, text: str, candidates: Sequence[Candidate]) -> None:
        self._sentences = [0, *(match.end() for match in SENTENCE.finditer(text))]
        self._paragraphs = [0, *(match.end() for match in PARAGRAPH.finditer(text))]
        self.candidates = candidates
        counts = Counter(one.region for one in candidates)
        self.numbers = np.array(
            [_numbers(one, counts[one.region], len(candidates)) for one in candidates], dtype=np.float64
        ).reshape(len(candidates), len(NUMBERS))
        self.start = np.array([one.start for one in candidates], dtype=np.int64)
        self.end = np.array([one.end for one in candidates], dtype=np.int64)
        self._sentence = np.array([self._in_sentence(one.start) for one in candidates], dtype=np.int64)
        self._paragraph = np.array([self._in_paragraph(one.start) for one in candidates], dtype=np.int64)
        masks = np.array([_masks(text, one) for one in candidates], dtype=np.int64).reshape(len(candidates), 3)
        self._clause, self._same, self._apart = masks.T

    def of(self, statements: Sequence[Statement]) -> tuple[Floats, Whole]:
        """*distance*, and the bits of all flags, both of one row a statement and one column a candidate."""
        count = len(statements)
        where = [
            (
                *(one.start, one.end, one.trigger.start, one.trigger.end),
                *(self._in_sentence(one.trigger.start), self._in_paragraph(one.trigger.start)),
            )
            for one in statements
        ]
        start, end, trigger, done, sentence, paragraph = (
            np.array(where, dtype=np.int64).reshape(count, 6, 1).swapaxes(0, 1)
        )
        distance = -np.log1p(np.abs(self.start - trigger) / 50)
        inside = (start <= self.start) & (self.end <= end)
        back = sentence - self._sentence
        same = (back == 0) & ~inside
        elsewhere = self._paragraph != paragraph
        flags = np.where(
            inside,
            self._clause | np.where(self.start >= done, BIT["clause_after"], 0),
            np.where(
                back == 0,
                self._same | np.where(self.start < trigger, BIT["sentence_before"], 0),
                self._apart
                | APART[np.minimum(np.maximum(back, -2), 3) + 2]
                | np.where(elsewhere, BIT["other_paragraph"], 0),
            ),
        )
        self._taking_part(statements, inside, flags)
        self._in_sources(statements, same, flags)
        before = (self.end <= start) & ~elsewhere
        some = np.flatnonzero(before.any(axis=1))
        if len(some):
            nearest = before.shape[1] - 1 - before[some, ::-1].argmax(axis=1)
            flags[some, nearest] |= BIT["nearest_before"]
        return distance, flags

    def _in_sources(self, statements: Sequence[Statement], same: Truth, flags: Whole) -> None:
        """Note which places of a sentence lie in who is quoted there."""
        for at, which in np.argwhere(same).tolist():
            place = self.candidates[which]
            if any(source.start <= place.start and place.end <= source.end for source in statements[at].sources):
                flags[at, which] |= BIT["sentence_source"]

    def _taking_part(self, statements: Sequence[Statement], inside: Truth, flags: Whole) -> None:
        """Note which places of a clause are, or lie in, who does or undergoes the act."""
        for at, which in np.argwhere(inside).tolist():
            place, statement = self.candidates[which], statements[at]
            for one in (*statement.actors, *statement.recipients):
                if one.start <= place.start and place.end <= one.end:
                    flags[at, which] |= BIT["clause_participant"]
                if (one.start, one.end) == (place.start, place.end):
                    flags[at, which] |= BIT["clause_is_participant"]

    def _in_sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at)

    def _in_paragraph(self, at: int) -> int:
        return bisect_right(self._paragraphs, at)


def _numbers(one: Candidate, count: int, among: int) -> list[float]:
    precision = one.located.place.precision
    return [
        float(one.start < HEAD),
        math.log(count),
        count / among,
        float(one.region[0] is None),
        0.0 if one.pointed else one.located.score,
        *[float(precision == other) for other in PRECISIONS],
    ]


def _masks(text: str, one: Candidate) -> tuple[int, int, int]:
    """The bits that a place has in the clause, in its sentence and apart from it: the word before it, and its role."""
    match = BEFORE.search(text[max(0, one.start - 25) : one.start].lower())
    word = match.group(1) if match else ""
    actor = one.located.role == "actor"
    role, governed = "actor" if actor else "place", word in GOVERNING
    clause = BIT["in_clause"] | BIT[f"clause_{role}"] | BIT[f"clause_{word if governed else 'bare'}"]
    if text[one.end : one.end + 2] in {"’s", "'s"}:
        clause |= BIT["clause_possessive"]
    same = BIT["in_sentence"] | BIT[f"sentence_{role}"] | BIT[f"sentence_{word if word in IN_SENTENCE else 'other'}"]
    return clause, same, BIT[f"outside_{'actor' if actor else 'governed' if governed else 'bare'}"]


@lru_cache(maxsize=16)
def weights_of(model: Linear, names: tuple[str, ...]) -> Floats:
    """A model's weights for some features, 0 for those it has none for; kept, so not to be changed."""
    return np.array([model.weights.get(name, 0.0) for name in names])


def spread(flags: Whole) -> Floats:
    """Bits as numbers, in a last axis of their own in the order of `FLAGS`."""
    found: Floats = ((flags[..., None] >> SHIFTS) & 1).astype(np.float64)
    return found
