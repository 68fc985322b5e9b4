"""Where a place lies that the index does not tell: its country and first-level unit, from the places named around it.

Two small conditional logits, fitted on the annotated corpus (`train/whereabouts.py`), choose among the countries that
the text speaks of and *none*, and then among the units spoken of in the chosen country and *none*.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from foreshock.places import linear
from foreshock.places.gazetteer import PlaceKind
from foreshock.places.recognise import SENTENCE_END
from foreshock.places.trail import BESIDE, WIDE, Step

NEAR = 250.0
"""Characters over which what stands beside a passage loses most of its say."""
FAR, LATER = 300.0, 200
"""Characters that soften the weight of distance, and by which what comes after a passage counts as farther off."""
HEADLINE = 250
"""Characters at the head of a text that say what it is about."""
LONGEST_TITLE = 200
"""Characters of a first line that is taken for a title."""
TOLD_WITHIN = 60
"""Characters after a name in which its clause can tell what it lies in."""

NONE = ""
"""The choice of no country, or of no unit: an invented or undecidable place, and one that lies in several."""


class Question(msgspec.Struct, frozen=True):
    """What is asked: the passages `[start, end)` that speak of the place, and what its noun phrase says.

    `named` says that it has a name of its own, `wide` that it means several places or a part of a country, `line` that
    it is a road, river, border or front, which often lies in several units. `unit` says that it is itself a
    first-level unit, or told to lie in one, which no unit named elsewhere holds.
    """

    spots: tuple[tuple[int, int], ...]
    named: bool
    wide: bool
    line: bool
    unit: bool = False


class Answer(NamedTuple):
    """The likeliest country and unit code, null for none, with the chance of the country and of both."""

    country: str | None
    unit: str | None
    country_chance: float
    unit_chance: float


class Relation(NamedTuple):
    """How a mention lies to a passage: characters between, whether before it, in its sentence, told to hold it."""

    gap: int
    before: bool
    sentence: bool
    told: bool


def relate(text: str, step: Step, spots: Sequence[tuple[int, int]]) -> Relation | None:
    """The nearest relation of a mention to any of the passages; null where it is itself one of them."""
    best: Relation | None = None
    for start, end in spots:
        if step.start < end and start < step.end:
            continue
        before = step.end <= start
        since, until = (step.end, start) if before else (end, step.start)
        gap = until - since  # what lies between is not copied unless it is short: a long text has many mentions
        told = (
            not before and not step.people and gap <= TOLD_WITHIN and BESIDE.fullmatch(text, since, until) is not None
        )
        sentence = gap < 2 * NEAR and SENTENCE_END.search(text[since:until]) is None
        found = Relation(gap, before, sentence, told)
        if best is None or (found.told, found.sentence, -found.gap) > (best.told, best.sentence, -best.gap):
            best = found
    return best


class Whereabouts:
    """The mentions of a text, asked where something lies."""

    def __init__(self, text: str, steps: Sequence[Step], models: linear.Models) -> None:
        self.text, self.steps, self.models = text, steps, models
        self._answers: dict[Question, Answer] = {}

    def ask(self, question: Question) -> Answer:
        """The likeliest country and unit."""
        if question in self._answers:
            return self._answers[question]
        country, chance = self._best(self.countries(question), self.models.country)
        unit, unit_chance = NONE, 1.0
        if country != NONE and not question.unit:
            unit, unit_chance = self._best(self.units(question, country), self.models.unit)
            if chance * unit_chance < self.models.unit.threshold:
                unit = NONE
        self._answers[question] = Answer(country or None, unit or None, chance, chance * unit_chance)
        return self._answers[question]

    def _best(self, choices: Mapping[str, dict[str, float]], model: linear.Linear) -> tuple[str, float]:
        powers = {choice: math.exp(model.score(features)) for choice, features in choices.items()}
        best = max(powers, key=lambda choice: (powers[choice], choice))
        return best, powers[best] / sum(powers.values())

    def countries(self, question: Question) -> dict[str, dict[str, float]]:
        """The countries in question, and none, with their features."""
        groups: dict[str, list[Step]] = defaultdict(list)
        for step in self.steps:
            if step.entry.country is not None:
                groups[step.entry.country].append(step)
        found = self._features(question, groups)
        for iso3, values in self._spoken_of(question, groups).items():
            found[iso3] |= values
        firm = sum(step.weight for steps in groups.values() for step in steps)
        found[NONE] = _none(question, firm) | {"none_countries": math.log1p(len(groups))}
        return found

    def _spoken_of(self, question: Question, groups: Mapping[str, list[Step]]) -> dict[str, dict[str, float]]:
        """What tells the country that a text is about from those that only speak in it.

        Where things happen, towns and provinces are named; of a power far off, its name, its capital and its people.
        """
        small = {iso3: {step.entry.id for step in steps if _is_small(step)} for iso3, steps in groups.items()}
        all_small = sum(map(len, small.values()))
        line = self.text.find("\n")
        title = line if 0 < line < LONGEST_TITLE else HEADLINE // 2
        every = [step for steps in groups.values() for step in steps]
        paragraph = self._paragraph(question)
        whole = _Whole(
            places=len(_places(every)),
            first=min((step.start for step in every), default=0),
            paragraph=paragraph,
            beside=sum(step.start in paragraph for step in every),
        )
        return {
            iso3: _standing(steps, whole)
            | {
                "small_share": len(small[iso3]) / max(1, all_small),
                "title": float(any(step.start < title for step in steps)),
            }
            for iso3, steps in groups.items()
        }

    def units(self, question: Question, country: str) -> dict[str, dict[str, float]]:
        """The units in question within a country, and none, with their features."""
        groups: dict[str, list[Step]] = defaultdict(list)
        ruled = 0.0
        for step in self.steps:
            entry = step.entry
            if entry.country == country and entry.admin1 is not None and not step.people:
                if step.government:
                    ruled += step.weight
                else:
                    groups[entry.admin1].append(step)
        found = self._features(question, groups, ruled)
        for code, steps in groups.items():
            found[code]["of_capital"] = float(any(step.entry.capital for step in steps))
            found[code]["named_itself"] = float(any(step.entry.kind is PlaceKind.ADMIN1 for step in steps))
        found[NONE] = _none(question, ruled + sum(step.weight for steps in groups.values() for step in steps))
        return found

    def _paragraph(self, question: Question) -> range:
        """The characters of the paragraph that first speaks of what is asked about."""
        start = question.spots[0][0]
        end = self.text.find("\n", start)
        return range(self.text.rfind("\n", 0, start) + 1, end if end >= 0 else len(self.text))

    def _features(
        self, question: Question, groups: Mapping[str, list[Step]], besides: float = 0.0
    ) -> dict[str, dict[str, float]]:
        total = besides + sum(step.weight for steps in groups.values() for step in steps)
        best_near: dict[str, float] = {}
        found: dict[str, dict[str, float]] = {}
        nearest = (-math.inf, "")
        for name, steps in groups.items():
            values = {
                "share": sum(step.weight for step in steps) / max(total, 0.5),
                "firm": min(1.0, sum(step.weight for step in steps)),
                "places": float(any(not step.people for step in steps)),
                "headline": float(any(step.start < HEADLINE for step in steps)),
            }
            near = 0.0
            for step in steps:
                relation = relate(self.text, step, question.spots)
                if relation is None:
                    continue
                closeness = math.exp(-relation.gap / NEAR) * (0.5 if step.people else 1.0)
                side = "near_before" if relation.before else "near_after"
                values[side] = max(values.get(side, 0.0), closeness)
                near += step.weight / (FAR + relation.gap + (0 if relation.before else LATER))
                if relation.sentence:
                    values["sentence"] = 1.0
                if relation.told:
                    values["told"] = 1.0
                if relation.before and not step.people:
                    nearest = max(nearest, (float(-relation.gap), name))
            best_near[name] = near
            found[name] = values
        around = sum(best_near.values())
        for name, values in found.items():
            values["near_share"] = best_near[name] / around if around else 0.0
            values["nearest_before"] = float(name == nearest[1])
        return found


class _Whole(NamedTuple):
    """What is named of all countries: how many places, where the first, and how much in the paragraph asked about."""

    places: int
    first: int
    paragraph: range
    beside: int


def _standing(steps: Sequence[Step], whole: _Whole) -> dict[str, float]:
    """How large a part a country has in what the text, and the paragraph, names."""
    return {
        "distinct_share": len(_places(steps)) / max(1, whole.places),
        "first": float(min(step.start for step in steps) == whole.first),
        "often": math.log(len(steps)),
        "paragraph_share": sum(step.start in whole.paragraph for step in steps) / max(1, whole.beside),
    }


def _places(steps: Sequence[Step]) -> set[int]:
    return {step.entry.id for step in steps if not step.people}


def _is_small(step: Step) -> bool:
    """Whether a step is a place that only a text about its country would name."""
    return not step.people and not step.entry.capital and step.entry.kind not in WIDE


def _none(question: Question, firm: float) -> dict[str, float]:
    return {
        "none": 1.0,
        "none_little_said": 1.0 / (1.0 + firm),
        "none_unnamed": float(not question.named),
        "none_wide": float(question.wide),
        "none_line": float(question.line),
    }
