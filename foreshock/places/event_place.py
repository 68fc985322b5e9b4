"""Where a statement's act happens, when the reader points at no place or at an unlikely one.

The candidates are the places that the text names and those that the reader points at elsewhere in it, grouped by
country and first-level unit, and none. Two small conditional logits choose: `event_text` by what the text says
(fitted on the corpus's `train` split), `event` weighs that against the reader's own choice (fitted on `dev` and
`test`, which the reader was not trained on). The reader's place may be changed for another, never dropped: both
splits say that dropping costs more than it saves.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from foreshock.model.statement import Statement
from foreshock.places import linear
from foreshock.places.gazetteer import Gazetteer
from foreshock.places.locate import Located
from foreshock.places.rank import chances

SENTENCE = re.compile(r'[.!?]["”’\')\]]*\s+(?=["“‘(]?[A-Z0-9])|\n+')
PARAGRAPH = re.compile(r"\n+")
HEAD = 120
"""Characters at the head of a text: headline and dateline."""
BEFORE = re.compile(r"([a-z]+)(?: the)? ?$")
GOVERNING = frozenset(
    "in at near outside inside around across throughout into within along between over off from to toward towards "
    "through via of on".split()
)
LEAST, MOST = 0.02, 0.98

Region = tuple[str | None, str | None]
"""A country and the code of a first-level unit; either may be null."""


class Candidate(msgspec.Struct, frozen=True):
    """A place `[start, end)` named in the text. `pointed` says that the reader points at it for some statement."""

    start: int
    end: int
    located: Located
    region: Region
    pointed: bool


class Choice(NamedTuple):
    """One region, or none with no candidates, its features by the text, and which candidates name it."""

    region: Region | None
    features: dict[str, float]
    candidates: tuple[int, ...]


class Chosen(NamedTuple):
    """The candidate chosen for a statement, null for none, and its chance."""

    candidate: Candidate | None
    chance: float


class Fixed(NamedTuple):
    """What is the same of a candidate for every statement: features, sentence, paragraph, and the word before it."""

    features: dict[str, float]
    sentence: int
    paragraph: int
    word: str


def log_odds(chance: float) -> float:
    """The log odds of a chance, kept away from certainty."""
    kept = min(MOST, max(LEAST, chance))
    return math.log(kept / (1 - kept))


class EventPlaces:
    """The places of one text, asked for each of its statements."""

    def __init__(self, text: str, candidates: Sequence[Candidate], models: linear.Models) -> None:
        self.text, self.models = text, models
        self.candidates = sorted(candidates, key=lambda one: one.start)
        self._sentences = [0, *(match.end() for match in SENTENCE.finditer(text))]
        self._paragraphs = [0, *(match.end() for match in PARAGRAPH.finditer(text))]
        self._counts = Counter(one.region for one in self.candidates)
        self._fixed = [self._features(one) for one in self.candidates]
        self._grouped: dict[Region, list[int]] = {}
        for at, one in enumerate(self.candidates):
            self._grouped.setdefault(one.region, []).append(at)

    def choose(self, statement: Statement) -> Chosen:
        """The place of a statement: the reader's, unless another or any at all is likelier."""
        rows = self.rows(statement)
        choices = self._choices(statement, rows)
        shares = chances([self.models.event.score(row) for row in self.weighed(statement, choices)])
        best = max(range(len(choices)), key=lambda at: shares[at])
        span = pointed_at(statement)
        own = next((one for one in self.candidates if (one.start, one.end) == span), None)
        if choices[best].region is None or (own is not None and own.region == choices[best].region):
            return Chosen(own, shares[best])
        likeliest = max(choices[best].candidates, key=lambda at: self.models.event_text.score(rows[at]))
        return Chosen(self.candidates[likeliest], shares[best])

    def weighed(self, statement: Statement, choices: Sequence[Choice]) -> list[dict[str, float]]:
        """The features of `event` for each choice: the text's chance of it, what the reader chose and how surely."""
        likely = chances([self.models.event_text.score(choice.features) for choice in choices])
        place, sure = statement.place, log_odds(statement.scores.get("place", 0.5))
        found = []
        for choice, chance in zip(choices, likely, strict=True):
            row = {"likely_by_text": math.log(max(chance, 1e-4))}
            if choice.region is None:
                row["none"] = 1.0
                if place is None:
                    row |= {"reader_none": 1.0, "reader_none_sure": sure}
            else:
                ours = [self.candidates[at] for at in choice.candidates]
                row["pointed_at"] = float(any(one.pointed for one in ours))
                if any(_same(statement, one) for one in ours):
                    row |= {"reader_here": 1.0, "reader_here_sure": sure}
            found.append(row)
        return found

    def choices(self, statement: Statement) -> list[Choice]:
        """The regions that the text names, each with the strongest of its candidates' features, and none."""
        return self._choices(statement, self.rows(statement))

    def _choices(self, statement: Statement, rows: Sequence[dict[str, float]]) -> list[Choice]:
        found = []
        for region, at_all in self._grouped.items():
            strongest = dict(rows[at_all[0]])
            for at in at_all[1:]:
                for name, value in rows[at].items():
                    if name not in strongest or value > strongest[name]:
                        strongest[name] = value
            found.append(Choice(region, strongest, tuple(at_all)))
        found.append(Choice(None, self._none(statement), ()))
        return found

    def rows(self, statement: Statement) -> list[dict[str, float]]:
        """The features of each candidate for a statement."""
        paragraph = self._paragraph(statement.trigger.start)
        sentence = self._sentence(statement.trigger.start)
        nearest = None
        for at, (one, fixed) in enumerate(zip(self.candidates, self._fixed, strict=True)):
            if one.end <= statement.start and fixed.paragraph == paragraph:
                nearest = at
        people = [(one.start, one.end) for one in (*statement.actors, *statement.recipients)]
        return [
            self._row(statement, one, fixed, at == nearest, (sentence, paragraph), people)
            for at, (one, fixed) in enumerate(zip(self.candidates, self._fixed, strict=True))
        ]

    def _features(self, one: Candidate) -> Fixed:
        features = {
            "headline": float(one.start < HEAD),
            "often": math.log(self._counts[one.region]),
            "share": self._counts[one.region] / len(self.candidates),
            "nowhere": float(one.region[0] is None),
            f"is_{one.located.place.precision}": 1.0,
            "resolved": 0.0 if one.pointed else one.located.score,
        }
        kept = {name: value for name, value in features.items() if value}
        return Fixed(kept, self._sentence(one.start), self._paragraph(one.start), self._before(one.start))

    def _row(
        self,
        statement: Statement,
        one: Candidate,
        fixed: Fixed,
        nearest: bool,
        where: tuple[int, int],
        people: Sequence[tuple[int, int]],
    ) -> dict[str, float]:
        trigger, (sentence, paragraph) = statement.trigger, where
        back = sentence - fixed.sentence
        row = {
            **fixed.features,
            "distance": -math.log1p(abs(one.start - trigger.start) / 50),
            "nearest_before": float(nearest),
        }
        role = "actor" if one.located.role == "actor" else "place"
        word = fixed.word
        if statement.start <= one.start and one.end <= statement.end:
            row |= {
                "in_clause": 1.0,
                f"clause_{word if word in GOVERNING else 'bare'}": 1.0,
                f"clause_{role}": 1.0,
                "clause_after": float(one.start >= trigger.end),
                "clause_participant": float(any(start <= one.start and one.end <= end for start, end in people)),
                "clause_is_participant": float((one.start, one.end) in people),
                "clause_possessive": float(self.text[one.end : one.end + 2] in {"’s", "'s"}),
            }
        elif back == 0:
            row |= {
                "in_sentence": 1.0,
                f"sentence_{word if word in {'in', 'at', 'near', 'from', 'to', 'of'} else 'other'}": 1.0,
                f"sentence_{role}": 1.0,
                "sentence_before": float(one.start < trigger.start),
                "sentence_source": float(any(s.start <= one.start and one.end <= s.end for s in statement.sources)),
            }
        else:
            when = {1: "sentence_1_back", 2: "sentence_2_back", -1: "sentence_1_on"}
            row |= {
                when.get(back, "earlier" if back > 0 else "later"): 1.0,
                "other_paragraph": float(fixed.paragraph != paragraph),
                f"outside_{'actor' if role == 'actor' else 'governed' if word in GOVERNING else 'bare'}": 1.0,
            }
        return {name: value for name, value in row.items() if value}

    def _none(self, statement: Statement) -> dict[str, float]:
        inside = any(statement.start <= one.start and one.end <= statement.end for one in self.candidates)
        return {
            "none": 1.0,
            f"none_{statement.kind}": 1.0,
            f"none_{statement.type or 'untyped'}": 1.0,
            "none_in_clause": float(not inside),
        }

    def _before(self, start: int) -> str:
        match = BEFORE.search(self.text[max(0, start - 25) : start].lower())
        return match.group(1) if match else ""

    def _sentence(self, at: int) -> int:
        return bisect_right(self._sentences, at)

    def _paragraph(self, at: int) -> int:
        return bisect_right(self._paragraphs, at)


def pointed_at(statement: Statement) -> tuple[int, int] | None:
    """The span of the place that the reader points at for a statement; null for none."""
    place = statement.place
    return (place.start, place.end) if place is not None and place.start is not None and place.end is not None else None


def _same(statement: Statement, one: Candidate) -> bool:
    """Whether a candidate is, or overlaps, what the reader points at for a statement."""
    span = pointed_at(statement)
    return span is not None and one.start < span[1] and span[0] < one.end


def candidates_of(
    gazetteer: Gazetteer, located: Mapping[tuple[int, int], Located], pointed: frozenset[tuple[int, int]]
) -> list[Candidate]:
    """The candidates in the resolved spans of a text; adjectives are none, unless the reader points at them."""
    found = []
    for (start, end), one in located.items():
        if one.role == "adjective" and (start, end) not in pointed:
            continue
        place = one.place
        unit = gazetteer.unit_code(place.country, place.admin1)
        found.append(Candidate(start, end, one, (place.country, unit), (start, end) in pointed))
    return found
