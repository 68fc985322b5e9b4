"""How well a later report answers a prediction: a short list of features with weights, each said in words."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import yaml

from foreshock.actors.resolve import shipped
from foreshock.actors.schema import Kind
from foreshock.corroborate.events_words import rarity, stems
from foreshock.ledger.lexicon import any_of, lexicon
from foreshock.ledger.predictions import STATED
from foreshock.ledger.reports import Report, acts_of, names_of, senses_in
from foreshock.model.prediction import Prediction

SHOWS = 0.5
"""Least score at which a report is taken to show, or to deny, what a prediction says. Set on the chronicle as one
figure for all predictions, not one by one; scores lie between 0 and 1."""
HINTS = 0.34
"""Least score at which a report is on the subject: counted for coverage, never for an outcome."""

_TIMES = re.compile(
    r"\b(?:by|before|until|within|in|during|through)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,4}?(?:years?|months?|weeks?|days?|spring|summer|"
    r"autumn|winter|january|february|march|april|may|june|july|august|september|october|november|december|christmas|"
    r"20\d\d)\b(?:\s+(?:is|are)\s+(?:out|over))?",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"^.{0,120}?\b(?:said|warned|wrote|believes?|thought|thinks?|expects?)\b(?:\s+that)?\s|"
    r",\s+[^,]{0,60}\b(?:said|says|wrote|announced|believes)\b[^,]{0,20}$",
    re.DOTALL,
)
_LATER = re.compile(r"\b(?:before|until|till|since|because|after|while|once)\b[^,;:]*")
"""What stands beside the thing foretold: *before the vote*, *since the colonies cannot supply the front*."""
_PRONOUN = re.compile(
    r"\b(?:it|its|he|his|she|her|they|their|them|these|those|this|so|one another|each other)\b", re.IGNORECASE
)
_HEDGES = any_of(
    (*STATED, "will", "would", "perhaps", "may", "might", "could", "I think", "I would", "chance", "chances")
)
_THIN = frozenset(
    "another again further more some other next least first last still also will would year month".split()
)

_FEW = 3
"""Fewer stems of its own than this, and a prediction's neighbourhood is looked at for whom it is about."""


@cache
def countries_stems() -> frozenset[str]:
    """Stems of the names of countries and of their people."""
    table = yaml.safe_load((files("foreshock") / "data" / "places" / "demonyms.yaml").read_text(encoding="utf-8"))
    words = {str(form) for code, forms in table.items() if len(str(code)) == 3 for form in forms}
    states = (actor.name for actor in shipped().actors if actor.kind is Kind.STATE)
    return frozenset(stem for name in (*words, *states) for stem in stems(name))


@dataclass(frozen=True)
class Feature:
    """One piece of evidence: its weight, its value between -1 and 1, and what was found, in words."""

    name: str
    weight: float
    value: Callable[["Sought", Report], tuple[float, str]]


class Sought:
    """What a prediction looks for, drawn from its criterion once."""

    def __init__(self, prediction: Prediction, words: str | None = None) -> None:
        self.prediction = prediction
        told = words if words is not None else prediction.criterion.words
        if words is None and prediction.condition:
            told = told.replace(prediction.condition, " ")
        told = _ATTRIBUTION.sub("", told)
        self.words = _HEDGES.sub(" ", _LATER.sub(" ", _TIMES.sub(" ", told)))
        criterion = prediction.criterion
        acts = acts_of(criterion.type, criterion.mode) if words is None else ()
        self.senses = senses_in(self.words) | (
            senses_in("", acts) if criterion.mode or not senses_in(self.words) else frozenset()
        )
        self.place = criterion.place if words is None else None
        self.admin1 = criterion.admin1 if words is None else None
        self.country = criterion.country or prediction.country

    @cached_property
    def weights(self) -> dict[str, float]:
        """The stems sought, weighted by rarity; those only beside the clause (*it*, *he*) count a third."""
        own = {word: min(rarity(word), 8.0) for word in stems(self.words) if word not in _THIN}
        actors = {
            word: min(rarity(word), 8.0) for name in self.prediction.criterion.actors for word in stems(name)
            if word not in own and name[:1].isupper()
        }  # fmt: skip
        around: dict[str, float] = {}
        if _PRONOUN.search(self.words) or len(own) < _FEW:
            speaker = set(stems(self.prediction.forecaster))
            around = {
                word: min(rarity(word), 8.0) / 3 for word in names_of(self.prediction.context)
                if word not in own and word not in actors and word not in speaker
            }  # fmt: skip
        return {**around, **actors, **own}

    @cached_property
    def acts(self) -> dict[str, frozenset[str]]:
        """For each sense sought, the stems of the clause that carry it: another word of the sense answers for them."""
        told = {one.name: one for one in lexicon().senses if one.name in self.senses}
        return {
            name: frozenset(word for found in one.words.findall(self.words) for word in stems(found))
            for name, one in told.items()
        }

    @cached_property
    def particular(self) -> frozenset[str]:
        """The clause's own stems that neither name the act nor a country: whose act, against what, where."""
        acts = frozenset(word for words in self.acts.values() for word in words)
        return self.own - acts - countries_stems()

    @cached_property
    def own(self) -> frozenset[str]:
        """The stems of the clause itself."""
        return frozenset(word for word in stems(self.words) if word not in _THIN)

    @cached_property
    def names(self) -> frozenset[str]:
        """Stems of the names in the clause and of its actors and place."""
        told = " ".join((self.words.strip()[1:], *self.prediction.criterion.actors, self.place or ""))
        return names_of(told)


def _words(sought: Sought, report: Report) -> tuple[float, str]:
    """The share of the prediction's words, by rarity, that the report's sentence holds; half for those around it."""
    weights = sought.weights
    whole = sum(weights.values())
    if not whole:
        return 0.0, ""
    shared = sought.senses & (report.senses | report.undone)
    answered = frozenset(word for name in shared for word in sought.acts[name])
    inside = {word: weight for word, weight in weights.items() if word in report.stems or word in answered}
    beside = sum(weight for word, weight in weights.items() if word not in inside and word in report.around)
    held = sum(inside.values()) + beside / 2
    named = ", ".join(sorted(inside, key=lambda word: -inside[word])[:4])
    return min(1.0, 1.6 * held / whole), f"shares {named}" if named else ""


def _sense(sought: Sought, report: Report) -> tuple[float, str]:
    """1 where the report tells an act of the same sense, or denies one."""
    shared = sought.senses & (report.senses | report.undone)
    return (1.0, f"tells of the same act ({', '.join(sorted(shared))})") if shared else (0.0, "")


def _place(sought: Sought, report: Report) -> tuple[float, str]:
    """1 at the same place, -1 in another country, 0 where either is not told."""
    told = {name.casefold() for name in (sought.place, sought.admin1) if name}
    if told & report.places:
        return 1.0, f"at {sought.place or sought.admin1}"
    own = sought.prediction.criterion.country
    if own and report.country and own != report.country:
        return -1.0, f"in another country ({report.country})"
    return 0.0, ""


def _names(sought: Sought, report: Report) -> tuple[float, str]:
    """The share of the prediction's names that the report's sentence or its document's lead holds."""
    if not sought.names:
        return 0.3, ""
    shared = [name for name in sought.names if name in report.stems or name in report.around]
    return len(shared) / len(sought.names), f"names {', '.join(sorted(shared)[:3])}" if shared else ""


FEATURES = (
    Feature("words", 0.45, _words),
    Feature("sense", 0.25, _sense),
    Feature("names", 0.2, _names),
    Feature("place", 0.1, _place),
)


@dataclass(frozen=True)
class Match:
    """A report held against a prediction: its score between 0 and 1, whether it denies the thing, and why.

    `particular` are the words shared that tell this act from others of its sort; `substance` is the rarity of the
    clause's own words that the report shares, together. `lasts` says that what is shared is a state, which must still
    hold at the horizon; `ends` that a denial is an act that ends one.
    """

    report: Report
    score: float
    denies: bool
    same_act: bool
    words: float
    particular: frozenset[str]
    substance: float
    at_place: bool
    lasts: bool
    ends: bool
    why: tuple[str, ...]


def match(sought: Sought, report: Report) -> Match:
    """Hold one report against what is sought."""
    shared, told = sought.senses & report.undone, sought.senses & report.senses
    values = {feature.name: feature.value(sought, report) for feature in FEATURES}
    score = sum(feature.weight * values[feature.name][0] for feature in FEATURES)
    return Match(
        report=report,
        score=max(0.0, round(score, 3)),
        denies=bool(shared),
        same_act=values["sense"][0] > 0,
        particular=frozenset(sought.particular & report.stems),
        substance=sum(min(rarity(word), 8.0) for word in sought.own & report.stems),
        at_place=values["place"][0] > 0,
        lasts=bool(told) and all(one.state for one in lexicon().senses if one.name in told),
        ends=bool(shared) and all(one.state for one in lexicon().senses if one.name in shared),
        words=values["words"][0],
        why=tuple(found for _, found in values.values() if found),
    )


def timely(prediction: Prediction, report: Report, grace: datetime.timedelta) -> bool:
    """Whether the report's act lies after the prediction and, give or take `grace` for its telling, in the horizon."""
    return (
        prediction.made < report.happened
        and report.happened <= prediction.by
        and (report.published <= prediction.by + grace or report.happened < report.published)
    )
