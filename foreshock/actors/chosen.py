"""The entry that weighs most among those a name, an organ, an office or a country may mean."""

import datetime

import msgspec

from foreshock.actors.bearers import Bearers
from foreshock.actors.context import Context
from foreshock.actors.features import ACCEPTED, Candidate, explained
from foreshock.actors.fresh import NEW
from foreshock.actors.phrase import Part, Piece
from foreshock.actors.schema import Actor, Kind, covers

MARGIN = 0.3
"""A candidate no further ahead of the next than this, in log odds, is one of several and no match."""
LATELY = datetime.timedelta(days=90)
"""How long one who has left an office may still be meant by it where the text names him by one word."""


class Match(msgspec.Struct, frozen=True):
    """An entry that a mention means, the score, and what each feature added to it in log odds."""

    actor: Actor
    score: float
    features: dict[str, float]

    @property
    def is_new(self) -> bool:
        """Whether the entry is a group that no registry has."""
        return self.actor.id.startswith(NEW)


class Identity(msgspec.Struct, frozen=True):
    """What is known of a mention: its entry where it has one, and country and sector, which it may have without.

    `joint` says that the mention names several parties; its entry is then that of the only one that is no plain noun.
    `bare` says that it names an organ or office, or a body whose like other states have by the same name, without its
    state, which is then the one that the text is about, `seat` that it names a seat of government, which may be but a
    place.
    """

    match: Match | None = None
    country: str | None = None
    sector: str | None = None
    joint: bool = False
    bare: bool = False
    seat: bool = False


class Chooser(Bearers):
    """All known actors, and the choice among those that a part of a mention may mean."""

    def identity_of(self, match: Match, context: Context) -> Identity:
        """The identity that an entry gives, with the sector it has on the text's date."""
        return Identity(match, match.actor.country, match.actor.sector_at(context.date))

    def best(self, candidates: list[Candidate], context: Context) -> Match | None:
        """The best candidate where it is likelier right than not and ahead of the next; an office gives way to its
        holder on the text's date. One that bears the name only within its country is none in a text about another, nor
        is one whose name a private person bears in it."""
        likely = [
            candidate
            for candidate in candidates
            if not candidate.out_of_place(context)
            and (candidate.position not in context.strangers or candidate.route == "office")
        ]
        groups = [candidate for candidate in likely if candidate.lands]
        if len(groups) == 1 and all(candidate.lands or candidate.actor.country is None for candidate in likely):
            likely = [msgspec.structs.replace(groups[0], rivals=0)]  # *RSF*, where Sudan is spoken of
        scored = sorted(
            ((*explained(candidate, context), candidate) for candidate in likely), key=lambda found: -found[0]
        )
        if not scored or scored[0][0] < ACCEPTED:
            return None
        if len(scored) > 1 and sum(scored[0][1].values()) - sum(scored[1][1].values()) < MARGIN:
            return None
        score, features, candidate = scored[0]
        actor = candidate.actor
        if actor.kind is Kind.OFFICE and context.date is not None:
            holder = self.holder(candidate.position, context.date)
            actor = actor if holder is None else self.actors[holder]
        return Match(actor, round(score, 4), features)

    def organ_of(self, country: str, organ: str, context: Context) -> Match | None:
        """The entry of a state's organ (*SDN*, *army*), where the registry has one."""
        at = self.organ(country, organ)
        if at is None:
            return None
        return self.best([Candidate(at, self.actors[at], "organ", countries=(country,))], context)

    def office_holder(self, noun: Piece, country: str | None, context: Context) -> Match | None:
        """The holder of an office: of the country named, else one whom the text names, else of the text's country."""
        ends = self.lexicon.offices[noun.key]
        if country is None:
            people = [at for at in context.named if self._held(at, ends, context)]
            at = people[0] if len(people) == 1 else None
            country = context.country
        else:
            at = None
        if at is None and country is not None:
            at = self.office(country, ends, context.date)
        if at is None:
            return None
        whose = self.actors[at].country
        return self.best([Candidate(at, self.actors[at], "office", countries=(whose,) if whose else ())], context)

    def _held(self, at: int, ends: tuple[str, ...], context: Context) -> bool:
        """Whether a person whom the text names holds one of some offices, or did: by one word only who does, or did
        `LATELY`, as a president does who is overthrown."""
        tenures = [tenure for tenure in self.actors[at].tenures if tenure.office[4:] in ends]
        if context.date is None or at not in context.surnamed:
            return bool(tenures)
        days = (context.date, context.date - LATELY)
        return any(covers(tenure.since, tenure.until, day) for tenure in tenures for day in days)

    def state_of(self, noun: Piece, context: Context) -> Identity:
        """The identity of a country with nothing but fillers round it; a people's name gives its country only."""
        country = noun.value
        if noun.part is Part.PEOPLE and noun.key not in self.countries.names:
            return Identity(None, country, None)
        seat = noun.part is Part.SEAT
        match = self.organ_of(country, "government" if seat else "state", context)
        return Identity(match, country, match.actor.sector_at(context.date) if match is not None else None, seat=seat)
