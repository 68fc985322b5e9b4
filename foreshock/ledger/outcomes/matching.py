"""How well a later report answers a prediction: a short list of features, each said in words, weighed by a table.

Two sums are made of them, in log-odds: that the report shows the thing, and that it says that it did not come. The
model's answer on the nearest reports (`ledger/outcomes/asking.py`) is weighed with either. The weights lie in
`data/ledger-weights.yaml`; `python -m bench.ledger_fit`, `bench.ledger_closer` and `bench.ledger_nearest` fit them and
say on what.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.errors import ModelError
from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.outcomes.answers import Answer
from foreshock.ledger.outcomes.bearing import bars_to, bears, names, of_condition, of_others, told_at_home
from foreshock.ledger.outcomes.reports import Report
from foreshock.ledger.outcomes.sought import RAREST, Sought
from foreshock.ledger.words import rarity, spelt
from foreshock.model.countries import country_name
from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import Polarity

SHOWING = ("words", "act", "story", "share", "whereabouts", "kind")
DENYING = ("words", "undone", "elsewhere")
"""The features of either sum, as the table of weights names them."""
FOR_IT = ("shows", "happened", "failed")
AGAINST = ("denies", "failed", "happened")
"""What is weighed on either side: the sum that the words make, and the model's two log-odds."""
SHOWN = (
    "happened", "failed", "words", "act", "story", "share", "whereabouts", "elsewhere", "bears", "bears_happened",
    "many",
)  # fmt: skip
DENIED = (
    "happened", "failed", "words", "story", "elsewhere", "undone", "negated", "denying", "denying_failed", "early",
    "late", "gap", "many",
)  # fmt: skip
"""The same for a closer look (`ledger/outcomes/closer.py`)."""
NEAREST = (
    "words", "story", "whereabouts", "kind", "shared", "passage", "negated", "head", "since", "around", "after", "gap",
    "meaning",
)  # fmt: skip
"""By what the reports that a closer look reads are chosen (`ledger/outcomes/nearest.py`)."""
_UNASKED = -5.0
"""Log-odds that stand for an answer which was not asked for: the words put other reports nearer."""
_SUREST = 0.999
_LIMITS = (
    "shows",
    "subject",
    "met",
    "akin",
    "seen",
    "heard",
    "late",
    "shown_late",
    "said",
    "outright",
    "shown_over",
    "denied_over",
)
_SAME_STORY = 0.5
"""Least likeness of two documents, 0 to 1, that counts as the same story."""


_FILE = "data/ledger-weights.yaml"


@dataclass(frozen=True)
class Weights:
    """What the words weigh on either side, what they weigh together with the model's answer, and what all weighs on a
    closer look.

    Limits, in log-odds: `shows`, from which on the words alone are taken to show a condition; `subject`, to be on the
    prediction's subject; `late`, to tell that the thing came too late; `shown_over` and `denied_over`, from which on a
    closer look believes it. `met` is the least chance by which the model has to see a condition, and `akin` the least
    nearness in meaning of a *no* that shares no word. `said` is the least chance by which the model says something
    there; `outright` that by which it reads a *no* outright, which may be told early where no horizon was stated;
    `heard` that by which it has to hear the *no* that the words tell; `seen` that by which it has to see what the words
    show, where a *no* is read outright; and `shown_late` that by which it has to see the thing in a report of a day
    after the horizon.
    """

    showing: Mapping[str, float]
    denying: Mapping[str, float]
    for_it: Mapping[str, float]
    against: Mapping[str, float]
    shown: Mapping[str, float]
    denied: Mapping[str, float]
    nearest: Mapping[str, float]
    shows: float
    subject: float
    met: float
    akin: float
    seen: float
    heard: float
    late: float
    shown_late: float
    said: float
    outright: float
    shown_over: float
    denied_over: float


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tables as the file writes them; its head says what each is."""

    showing: dict[str, float]
    denying: dict[str, float]
    for_it: dict[str, float]
    against: dict[str, float]
    shown: dict[str, float]
    denied: dict[str, float]
    nearest: dict[str, float]
    limits: dict[str, float]


@cache
def weights() -> Weights:
    """The shipped table. Raises `ModelError` where the file is not as described at its head."""
    written = shipped_table(_FILE, _Written)
    return Weights(
        showing=_held(written.showing, (*SHOWING, "base")),
        denying=_held(written.denying, (*DENYING, "base")),
        for_it=_held(written.for_it, (*FOR_IT, "base")),
        against=_held(written.against, (*AGAINST, "base")),
        shown=_held(written.shown, (*SHOWN, "base")),
        denied=_held(written.denied, (*DENIED, "base")),
        nearest=_held(written.nearest, NEAREST),
        **_held(written.limits, _LIMITS),
    )


def _held(table: dict[str, float], names: Sequence[str]) -> dict[str, float]:
    """A table that has a figure for each of `names` and for nothing else."""
    if table.keys() != set(names):
        odd = ", ".join(sorted(table.keys() ^ set(names)))
        raise ModelError(f"foreshock/{_FILE}: cannot be used (it lacks or has too much: {odd}); reinstall Foreshock")
    return table


@dataclass(frozen=True, eq=False)
class Match:
    """A report held against a prediction: its features, the log-odds by its words that it shows it and that it denies
    it, and why; `answer` is what the model says of the pair, null where it was not asked, `looked` what a closer look
    makes of it, `holds` on which side of the bound foretold its figure is, where that was looked at, and `at_last` that
    a closer look takes it to tell that the thing came only after the horizon.

    `of_it` says that it bears on it at all (`bearing.bears`), `barred` that it can't show it, and `hung_on` that it
    can't only because it shares more, but not all, with what the prediction hangs on. `undone` says that it tells the
    opposite, `negated` that its sentence denies something; `shares` that it shares a word of the clause, `akin` that it
    does, that its document shares the story, or, on a closer look, that it is near in meaning, without which a *no* is
    of another matter (*nobody was killed*). `lasts` says that what is shared is a state, which must still hold at the
    horizon; `ends` that a denial is an act that ends one.
    """

    report: Report
    features: Mapping[str, float]
    shows: float
    denies: float
    of_it: bool
    barred: bool
    hung_on: bool
    undone: bool
    negated: bool
    shares: bool
    akin: bool
    lasts: bool
    ends: bool
    why: tuple[str, ...]
    answer: Answer | None = None
    looked: float | None = None
    holds: bool | None = None
    at_last: bool = False

    @property
    def nearness(self) -> float:
        """How near it is by its words, either way, in log-odds."""
        return max(self.shows, self.denies)

    @property
    def for_it(self) -> float:
        """Log-odds that it shows the thing, by its words and the model's answer; above 0 it is believed."""
        told = {"shows": self.shows, **self._answered}
        return weighed(told, weights().for_it)

    @property
    def against(self) -> float:
        """Log-odds that it tells that the thing did not come, likewise."""
        told = {"denies": self.denies, **self._answered}
        return weighed(told, weights().against)

    @property
    def showing(self) -> bool:
        """Whether by its words it can show the prediction: it bears on it, and does not tell the opposite."""
        return self.of_it and not self.undone

    @property
    def denying(self) -> bool:
        """Whether by its words it denies something that bears on the prediction."""
        return self.akin and (self.of_it or bool(self.features["act"])) and (self.undone or self.negated)

    def sees(self, least: float) -> bool:
        """Whether the model gives at least this chance that it shows the thing."""
        return self.answer is not None and self.answer.happened >= least

    def hears(self, least: float) -> bool:
        """Whether the model gives at least this chance that it tells that the thing did not come."""
        return self.answer is not None and self.answer.failed >= least

    @property
    def rather_denies(self) -> bool:
        """Whether the model hears rather that the thing did not come than that it did."""
        return self.answer is not None and self.answer.failed > self.answer.happened

    @property
    def _answered(self) -> dict[str, float]:
        """The model's log-odds, kept from being all but sure."""
        if self.answer is None:
            return {"happened": _UNASKED, "failed": _UNASKED}
        return {"happened": log_odds(self.answer.happened), "failed": log_odds(self.answer.failed)}

    @property
    def fit(self) -> float:
        """How well it answers, either way, between 0 and 1."""
        told = max(self.for_it, self.against) if self.looked is None else self.looked
        return round(1 / (1 + math.exp(-told)), 3)

    @property
    def reasons(self) -> tuple[str, ...]:
        """What its weight rests on, in words."""
        if self.answer is None:
            return self.why
        shows = self.answer.happened >= self.answer.failed
        chance = self.answer.happened if shows else self.answer.failed
        return *self.why, f"read as {'showing it' if shows else 'telling that it did not come'} ({chance:.0%})"


def match(sought: Sought, report: Report) -> Match:
    """Hold one report against what is sought."""
    told = sought.senses & report.senses
    negative = report.statement.polarity is Polarity.NEGATIVE
    # What is foretold to be lifted is not denied by *lifted*, but by *was not lifted*.
    undone_by = report.undone if negative else report.undone - sought.ended
    opposite = sought.senses & undone_by
    shared = told | sought.senses & report.undone
    words, held = _words(sought, report, shared)
    where, place = _whereabouts(sought, report)
    story = sought.likeness(report)
    criterion, statement = sought.prediction.criterion, report.statement
    typed = criterion.type is not None and criterion.type == statement.type
    mechanism = bool(set(criterion.mechanisms) & set(statement.contexts))
    # A no needs the opposite of what the words foretell: a type that the reader gave them beside is not enough.
    undone = bool(undone_by & (sought.worded or sought.senses)) or (not sought.senses and negative)
    features = {
        "words": words,
        "act": float(bool(shared)),
        "story": story,
        "share": _share(sought, report),
        "whereabouts": where,
        "kind": float(typed) + float(mechanism),
        "undone": float(undone),
        "elsewhere": float(_elsewhere(sought, report)),
    }
    states, bars = _states(), bars_to(sought, report)
    shares = bool(sought.own & report.stems)
    lasts, ends = bool(told) and told <= states, bool(opposite) and opposite <= states
    # Somebody else's post that was kept or lost says nothing of the one that is sought.
    theirs = not (lasts or ends) or names(sought, report)
    why = (
        f"shares the words {held}" if held else "",
        f"tells of the same act ({', '.join(sorted(shared))})" if shared else "",
        place,
        "in the same story" if story >= _SAME_STORY else "",
    )
    return Match(
        report=report,
        features=features,
        shows=weighed(features, weights().showing),
        denies=weighed(features, weights().denying),
        of_it=bears(sought, report, bool(shared), story >= _SAME_STORY, where) and theirs,
        barred=bool(bars),
        hung_on=bars == (of_condition,) and bool((sought.own - sought.hangs_on) & report.stems),
        undone=undone,
        negated=report.denies or negative,
        shares=shares,
        akin=(shares or story >= _SAME_STORY) and theirs,
        lasts=lasts,
        ends=ends,
        why=tuple(found for found in why if found),
    )


def weighed(features: Mapping[str, float], table: Mapping[str, float]) -> float:
    """The log-odds that a table makes of these features."""
    return table["base"] + sum(weight * features[name] for name, weight in table.items() if name != "base")


def log_odds(chance: float) -> float:
    """Of one of the model's chances, kept from being all but sure."""
    kept = min(max(chance, 1 - _SUREST), _SUREST)
    return math.log(kept / (1 - kept))


@cache
def _states() -> frozenset[str]:
    """The senses of what lasts."""
    return frozenset(one.name for one in lexicon().senses if one.state)


def _words(sought: Sought, report: Report, shared: frozenset[str]) -> tuple[float, str]:
    """The share of the prediction's words, by rarity, that the report's sentence holds; half for those around it, or
    in other reports of the same event. With it the rarest of them as the sentence has them, for people."""
    whole = sum(sought.weights.values())
    if not whole:
        return 0.0, ""
    answered = frozenset(word for name in shared for word in sought.acts[name])
    inside = {word: weight for word, weight in sought.weights.items() if word in report.stems or word in answered}
    near = report.around | report.others
    beside = sum(weight for word, weight in sought.weights.items() if word not in inside and word in near)
    held = [word for word in inside if word in report.stems]
    words = spelt(report.sentence) if held else {}
    rarest = sorted(held, key=lambda word: (-inside[word], word))[:4]
    named = ", ".join(dict.fromkeys(words.get(word, word) for word in rarest))
    return min(1.0, 1.6 * (sum(inside.values()) + beside / 2) / whole), named


def _whereabouts(sought: Sought, report: Report) -> tuple[float, str]:
    """1 at the same place and 1 for the same people, less 1 in another country."""
    same = float(bool(sought.anchors & (report.stems | report.around | report.others)))
    told = {name.casefold() for name in (sought.place, sought.admin1) if name}
    if told & report.places:
        return same + 1, f"at {sought.place or sought.admin1}"
    if sought.country and sought.country == report.country and not sought.place:
        return same + 1, f"in {country_name(sought.country)}"
    if sought.country and report.country and sought.country != report.country:
        return same - 1, f"in another country ({country_name(report.country)})"
    if sought.country or sought.place or not told_at_home(sought, report):
        return same, ""
    home = sought.prediction.country
    return same + 1, f"in {country_name(home)}" if home else ""


def _share(sought: Sought, report: Report) -> float:
    """The share, by rarity, of the particulars sought that the report holds; half for those around it."""
    found = {word: min(rarity(word), RAREST) for word in sought.particular}
    near = report.around | report.others
    held = sum(
        weight if word in report.stems else weight / 2 if word in near else 0.0 for word, weight in found.items()
    )
    return held / whole if (whole := sum(found.values())) else 0.0


def _elsewhere(sought: Sought, report: Report) -> bool:
    """Whether a report looks like another matter: another country's, another country's actors, or another place."""
    if sought.about and report.home and not sought.about & (report.home | report.countries):
        return True
    if report.country and report.country != sought.country and (sought.country or report.country not in sought.about):
        return True
    if sought.country and report.home and sought.country not in report.home | report.countries:
        return True
    return of_others(sought, report)
