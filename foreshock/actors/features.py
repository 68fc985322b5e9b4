"""The score of a candidate: a sum of features, each with its reason."""

import datetime
import math
from collections.abc import Callable
from typing import Final

import msgspec

from foreshock.actors.context import Context
from foreshock.actors.schema import Actor, Kind, covers
from foreshock.model.day import first_day, last_day

BIAS: Final = -4.0
GROUPS: Final = (Kind.ARMED_GROUP, Kind.ARMED_FORCE, Kind.PARTY, Kind.MOVEMENT)
ACCEPTED: Final = 0.5
"""A candidate below this is no match: as likely wrong as right."""


class Candidate(msgspec.Struct, frozen=True):
    """An entry that a mention may mean, and how it was found.

    `route` is `name`, `slip` (near a name), `organ` (country and noun), `office`, `described` or `short` (the last word
    of a name that the text gives in full). `alike` is 1 for the name itself. `words` counts the words that matched,
    `letters` their letters, `rivals` the other bearers of the name, `main` says that it is the entry's main one.
    `strange` counts the capitalised words of the mention that nothing explains, `thing` says that its head is a thing
    (*CCTV cameras*), `namesake` that the text gives the same last word to somebody else in full, `local` that the entry
    bears the name only within its own country, `lands` has the countries where a group
    acts, of which the name is but an acronym.
    """

    position: int
    actor: Actor
    route: str
    alike: float = 1.0
    words: int = 1
    letters: int = 8
    main: bool = False
    rivals: int = 0
    strange: int = 0
    thing: bool = False
    namesake: bool = False
    local: bool = False
    lands: frozenset[str] = frozenset()
    countries: tuple[str, ...] = ()

    def out_of_place(self, context: Context) -> bool:
        """Whether the name means the entry only within its country, and the mention is of another; one that names no
        country is of the text's, unless the text names the entry otherwise. So is the acronym of a group in a text that
        speaks of no country where it acts, nor of one beside it, and does not write the name out, and that of an organ
        where the text does not speak of its state."""
        if self.lands and context.is_abroad(self.position, self.lands, self.actor.kind is Kind.ORGAN):
            return self.lands.isdisjoint(self.countries)
        if not self.local or self.actor.country in self.countries:
            return False
        return bool(self.countries) or not (self.actor.country == context.country or self.position in context.named)


class Feature(msgspec.Struct, frozen=True):
    """One reason: what it is called, how far it holds for a candidate in a context, and what it counts for."""

    name: str
    function: Callable[[Candidate, Context], float]
    weight: float


def same_name(candidate: Candidate, context: Context) -> float:
    """How alike the names are, from 0 at six letters in ten to 1."""
    return max(0.0, (candidate.alike - 0.6) / 0.4) if candidate.route in ("name", "slip") else 0.0


def letter_by_letter(candidate: Candidate, context: Context) -> float:
    """Whether the mention is a name of the entry without any slip."""
    return float(candidate.route == "name")


def main_name(candidate: Candidate, context: Context) -> float:
    """Whether it is the entry's main name, and not one of several that it goes by."""
    return float(candidate.main)


def several_words(candidate: Candidate, context: Context) -> float:
    """Whether two words or more of a name matched, which chance seldom does."""
    return float(candidate.route in ("name", "slip") and candidate.words >= 2)


def composed(candidate: Candidate, context: Context) -> float:
    """Whether a country and a noun make it: *Malian army*, *the Russian president*, *Moscow*."""
    return float(candidate.route in ("organ", "office"))


def described(candidate: Candidate, context: Context) -> float:
    """Whether it is a description that fits an entry which the text names."""
    return float(candidate.route == "described")


def written_out(candidate: Candidate, context: Context) -> float:
    """Whether the text gives the name in full elsewhere."""
    return float(candidate.route == "short")


def named_in_text(candidate: Candidate, context: Context) -> float:
    """Whether the text names the entry by a name that only it bears, here or elsewhere."""
    return float(candidate.position in context.named)


def own_country(candidate: Candidate, context: Context) -> float:
    """1 where the entry's country is the one that the mention names or the text is about."""
    country = candidate.actor.country
    if country is None:
        return 0.0
    return float(country in candidate.countries or (not candidate.countries and country == context.country))


def other_country(candidate: Candidate, context: Context) -> float:
    """1 where the mention itself names another country."""
    country = candidate.actor.country
    return float(bool(candidate.countries) and country is not None and country not in candidate.countries)


def away(candidate: Candidate, context: Context) -> float:
    """1 where neither the mention nor the text names the entry's country; half where it is not what it is about."""
    country = candidate.actor.country
    if candidate.countries or country is None or context.country is None or country == context.country:
        return 0.0
    return 0.5 if country in context.countries else 1.0


def brief_and_away(candidate: Candidate, context: Context) -> float:
    """1 for an acronym of four letters or fewer of a group whose country the text never names."""
    brief = candidate.route == "name" and candidate.letters <= 4
    return float(brief and candidate.actor.kind in GROUPS and away(candidate, context) == 1.0)


def out_of_time(candidate: Candidate, context: Context) -> float:
    """1 where the entry began more than a year after the text's date, half where it ended three years before."""
    if context.date is None:
        return 0.0
    year = datetime.timedelta(days=365)
    actor = candidate.actor
    if actor.since is not None and context.date + year < first_day(actor.since):
        return 1.0
    if actor.until is not None and last_day(actor.until) + 3 * year < context.date:
        return 0.5
    return 0.0


def in_office(candidate: Candidate, context: Context) -> float:
    """1 where a person holds an office on the text's date."""
    date = context.date
    return float(
        date is not None and any(covers(tenure.since, tenure.until, date) for tenure in candidate.actor.tenures)
    )


def rivals(candidate: Candidate, context: Context) -> float:
    """1 where another entry bears the same name."""
    return float(candidate.rivals > 0)


def brief_name(candidate: Candidate, context: Context) -> float:
    """1 for an acronym of two or three letters, which many share."""
    return float(candidate.route == "name" and candidate.letters <= 3)


def lone_surname(candidate: Candidate, context: Context) -> float:
    """1 where one word is all there is to tell a person by."""
    by_name = candidate.route in ("name", "slip")
    return float(candidate.actor.kind is Kind.PERSON and candidate.words == 1 and by_name)


def lone_slip(candidate: Candidate, context: Context) -> float:
    """1 where the one word there is has a slip in it."""
    return float(candidate.route == "slip" and candidate.words == 1)


def unsupported_slip(candidate: Candidate, context: Context) -> float:
    """1 where a name with a slip has nothing else in the text to speak for it, not even its country."""
    supported = candidate.actor.country in context.countries or named_in_text(candidate, context)
    return float(candidate.route == "slip" and not (supported or own_country(candidate, context)))


def thing_of_another(candidate: Candidate, context: Context) -> float:
    """1 where the mention is of a thing and nothing in the text says that it is the entry's."""
    supported = own_country(candidate, context) or named_in_text(candidate, context)
    return float(candidate.thing and candidate.words == 1 and not supported)


def other_bearer(candidate: Candidate, context: Context) -> float:
    """1 where the text gives the name in full to somebody else."""
    return float(candidate.namesake)


def strange_words(candidate: Candidate, context: Context) -> float:
    """How many capitalised words of the mention nothing explains."""
    return float(candidate.strange)


FEATURES: Final = (
    Feature("same_name", same_name, 5.0),
    Feature("letter_by_letter", letter_by_letter, 1.5),
    Feature("main_name", main_name, 0.5),
    Feature("several_words", several_words, 1.2),
    Feature("composed", composed, 6.0),
    Feature("described", described, 5.5),
    Feature("written_out", written_out, 5.5),
    Feature("named_in_text", named_in_text, 1.5),
    Feature("own_country", own_country, 1.0),
    Feature("other_country", other_country, -3.0),
    Feature("away", away, -0.6),
    Feature("brief_and_away", brief_and_away, -0.6),
    Feature("out_of_time", out_of_time, -2.0),
    Feature("in_office", in_office, 0.5),
    Feature("rivals", rivals, -0.8),
    Feature("brief_name", brief_name, -1.2),
    Feature("lone_surname", lone_surname, -0.8),
    Feature("lone_slip", lone_slip, -0.5),
    Feature("unsupported_slip", unsupported_slip, -1.2),
    Feature("thing_of_another", thing_of_another, -2.5),
    Feature("other_bearer", other_bearer, -4.0),
    Feature("strange_words", strange_words, -4.0),
)
"""Weights set by hand on `tests/actors/mentions.yaml`; with the bias they make log odds."""


def explained(candidate: Candidate, context: Context) -> tuple[float, dict[str, float]]:
    """The candidate's score, 0 to 1, and what each feature that holds adds to its log odds."""
    parts = {}
    odds = BIAS
    for feature in FEATURES:
        value = feature.function(candidate, context)
        if value != 0:
            parts[feature.name] = round(value * feature.weight, 3)
            odds += value * feature.weight
    return 1 / (1 + math.exp(-odds)), parts
