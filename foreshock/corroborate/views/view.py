"""An event as it is shown: what its statements say together, who says what, and where they do not agree.

A view over statements, made anew whenever they change. Copies of one text have one vote together.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, TypeVar

from foreshock.corroborate.copies.fingerprints import publisher_of
from foreshock.corroborate.copies.linkage import components
from foreshock.corroborate.events.stance import did_not_happen, negated_in_words, taken_back
from foreshock.corroborate.events.words import stems, weighed
from foreshock.corroborate.views.disputes import disputes_of
from foreshock.model.day import last_day
from foreshock.model.event import Dispute, Event, Grade, Range, Report, Told
from foreshock.model.statement import Participant, Place, Source, Statement
from foreshock.model.vocabulary import Granularity, Polarity, Precision, SourceKind

_FINEST: Final = tuple(Precision)
"""Precisions of places, the finest first; a wider region comes last."""
_FINEST_TIME: Final = tuple(Granularity)
_MOST_NAMES: Final = 12
_LONGEST_TITLE: Final = 160
DENIED: Final = "Denied"
"""What an event's title begins with that rests on denials alone, and whose words do not say so themselves."""
_MOST_WORDS: Final = 16
_WHOLE_CLAUSE: Final = 10
"""Words from which a clause tells an event by itself: *who swept through Darfur* does not."""
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class About:
    """What is shown of a document beside its statements; `copies_of` names its syndication group, or in an event the
    group in whose words it tells that.

    `site` is who published it as far as anything says: see `fingerprints.site_of`.
    """

    document: str
    title: str | None
    outlet: str | None
    site: str
    published: datetime.date | None
    crawl_month: str | None
    copies_of: str
    published_granularity: Granularity | None = None

    @property
    def known_by(self) -> datetime.date | None:
        """The last day on which it can have come out, as far as its date or the month of its crawl tells."""
        return self.published or (last_day(self.crawl_month) if self.crawl_month else None)


@dataclass(frozen=True)
class Gathered:
    """The statements of one event, by id, with the documents they stand in."""

    statements: Sequence[Statement]
    documents: Mapping[str, About]

    def group_of(self, statement: Statement) -> str:
        """The syndication group that the statement counts for."""
        return self.documents[statement.document].copies_of

    @cached_property
    def voices(self) -> dict[str, str]:
        """Who speaks in each document where it names no source: one voice for copies, and one for one publisher."""
        names = {name: at for at, name in enumerate(sorted({about.copies_of for about in self.documents.values()}))}
        sites: dict[str, int] = {}
        links = [
            (sites.setdefault(publisher_of(about.site), names[about.copies_of]), names[about.copies_of])
            for about in self.documents.values()
            if about.site
        ]
        voice = {group: str(found[0]) for found in components(names.values(), links) for group in found}
        return {one: voice[names[about.copies_of]] for one, about in self.documents.items()}

    @cached_property
    def standing(self) -> list[Statement]:
        """The statements that their documents stand by: those that a correction only takes back are left out."""
        return [one for one in self.statements if not taken_back(one, self.documents[one.document].title)]

    @cached_property
    def told(self) -> list[Statement]:
        """The statements that say that it happened; all that stand where none does, all where none stands."""
        happened = [one for one in self.standing if one.polarity == Polarity.POSITIVE]
        return happened or self.standing or list(self.statements)

    @cached_property
    def nothing_happened(self) -> bool:
        """Whether all that is told is, in plain words, that no violence was done (*nobody was hurt*)."""
        return all(map(did_not_happen, self.statements))

    @cached_property
    def disputes(self) -> tuple[Dispute, ...]:
        """Where the statements that stand do not agree."""
        return disputes_of(sorted(self.standing, key=lambda one: one.id), self.group_of)

    def votes(self, of: Callable[[Statement], Iterable[Key]]) -> Counter[Key]:
        """How many independent texts give each value that `of` finds in their statements."""
        given = {(value, self.group_of(one)) for one in self.statements for value in of(one)}
        return Counter(value for value, _ in given)


def speaker_of(statement: Statement, about: About) -> str:
    """Who is behind a statement: its innermost source by name, or the outlet, or the text itself."""
    if statement.sources:
        last = statement.sources[-1]
        return last.name or last.text
    return about.outlet or about.title or about.document


def origins_of(gathered: Gathered) -> set[str]:
    """The independent origins of what is told: named sources each once, authors once for every publisher.

    Five outlets that quote one ministry are one origin; hearsay names nobody and is none of its own. Who quotes an
    outlet that tells it here itself (*Reuters reported*) adds nothing to what that outlet rests on. Where a text says
    whom it has it from, what it tells beside that without saying so (a headline) is from there, too.
    """
    voices = gathered.voices
    published = {
        publisher_of(site): voices[one.document]
        for one in gathered.told
        if (site := gathered.documents[one.document].site)
    }
    sources = {one.id: _said_to_be_from(one) for one in gathered.told}
    attributed = {one.document for one in gathered.told if sources[one.id] is not None}
    found: set[str] = set()
    resting: set[str] = set()
    quoted: set[str] = set()
    for one in gathered.told:
        source = sources[one.id]
        if source is None and one.document in attributed:
            continue
        # A registry's name for an agency (*Xinhua News Agency*) may be none by which it signs.
        ways = [publisher_of(way) for way in (source.name, source.text) if way] if source is not None else []
        told_itself = next((published[way] for way in ways if way in published), None)
        if told_itself is not None:
            quoted.add(told_itself)
        else:
            found.add(ways[0] if ways else voices[one.document])
            resting.add(voices[one.document])
    return found | (quoted - resting)


def _said_to_be_from(one: Statement) -> Source | None:
    """Its innermost source; null where there is none but hearsay."""
    named = [source for source in one.sources if source.source_kind != SourceKind.HEARSAY]
    return named[-1] if named else None


def event_of(gathered: Gathered, grade: Grade, dismissed: str | None, decisions: tuple[int, ...]) -> Event:
    """The view over the statements, graded as told."""
    ordered = sorted(gathered.statements, key=lambda one: one.id)
    chief = representative(gathered)
    assert chief.type is not None, "only typed statements are joined into events"
    kinds = gathered.votes(lambda one: [one.type])
    kind = min(kinds, key=lambda value: (-kinds[value], value or ""))
    modes = gathered.votes(lambda one: [one.mode] if one.mode and one.type == kind else [])
    reports = _reports(gathered)
    days = sorted(
        (report.published, report.published_granularity or Granularity.DAY)
        for report in reports
        if report.published is not None
    )
    first, last = (days[0], days[-1]) if days else ((None, None), (None, None))
    begins, ends, granularity = _time(gathered)
    return Event(
        id=ordered[0].id,
        type=kind or chief.type,
        mode=min(modes, key=lambda value: (-modes[value], value)) if modes else None,
        title=_title(chief),
        statements=tuple(one.id for one in ordered),
        reports=reports,
        independent=len({gathered.group_of(one) for one in gathered.told}),
        copies=sum(report.copy_of is not None for report in reports),
        first_report=first[0],
        first_report_granularity=first[1],
        last_report=last[0],
        last_report_granularity=last[1],
        from_=begins,
        to=ends,
        granularity=granularity,
        place=_place(gathered),
        actors=_named(gathered, lambda one: one.actors),
        recipients=_named(gathered, lambda one: one.recipients),
        speakers=_first(gathered.votes(lambda one: [source.name or source.text for source in one.sources[-1:]])),
        contexts=tuple(name for name, _ in _in_order(gathered.votes(lambda one: one.contexts))),
        counts=_ranges(gathered),
        disputes=gathered.disputes,
        credibility=grade,
        dismissed=dismissed,
        decisions=decisions,
    )


def _title(chief: Statement) -> str:
    """The words of the statement that stands for the event; marked where all deny it and the words do not say so."""
    words = chief.text if len(chief.text) <= _LONGEST_TITLE else chief.text[: _LONGEST_TITLE - 1] + "…"
    denied = chief.polarity == Polarity.NEGATIVE and not negated_in_words(chief)
    return f"{DENIED}: {words}" if denied else words


def representative(gathered: Gathered) -> Statement:
    """The statement whose words stand for the event: those most like the others', whole, placed, dated, unloaded."""
    words = {one.id: weighed(stems(one.text), _MOST_WORDS) for one in gathered.told}
    together: dict[str, float] = {}
    for bag in words.values():
        for word, weight in bag.items():
            together[word] = together.get(word, 0.0) + weight / len(words)

    def worth(one: Statement) -> tuple[float, str]:
        like = sum(weight * together[word] for word, weight in words[one.id].items())
        whole = min(len(one.text.split()) / _WHOLE_CLAUSE, 1.0) - (len(one.text) > _LONGEST_TITLE)
        placed = one.place is not None and one.place.precision is not None
        dated = one.time is not None and one.time.from_ is not None
        told = (placed + dated + bool(one.counts) + bool(one.actors)) / 2 - bool(one.loaded)
        return -(2 * like + 2 * whole + told + (one.score or 0.0)), one.id

    return min(gathered.told, key=worth)


def _in_order(votes: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(votes.items(), key=lambda item: (-item[1], item[0]))


def _first(votes: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(_in_order(votes)[:_MOST_NAMES])


def _named(gathered: Gathered, people: Callable[[Statement], Sequence[Participant]]) -> tuple[tuple[str, int], ...]:
    """Who is named, resolved entities by their name; the text's own words only where nothing was resolved."""
    resolved = gathered.votes(lambda one: [person.name for person in people(one) if person.id and person.name])
    return _first(resolved or gathered.votes(lambda one: [person.text for person in people(one)]))


def _reports(gathered: Gathered) -> tuple[Report, ...]:
    """The event's documents, the oldest first; of each syndication group the first stands for the others."""

    def age(about: About) -> tuple[datetime.date, bool, str]:
        return about.known_by or datetime.date.max, about.published is None, about.document

    original: dict[str, str] = {}
    found = []
    for about in sorted(gathered.documents.values(), key=age):
        first = original.setdefault(about.copies_of, about.document)
        here = sorted((one.start, one.id) for one in gathered.statements if one.document == about.document)
        found.append(
            Report(
                document=about.document,
                title=about.title,
                outlet=about.outlet,
                published=about.published,
                published_granularity=about.published_granularity,
                crawl_month=about.crawl_month,
                statements=tuple(identity for _, identity in here),
                copy_of=None if first == about.document else first,
            )
        )
    return tuple(found)


def _time(gathered: Gathered) -> tuple[datetime.date | None, datetime.date | None, Granularity | None]:
    """The days most texts give, of those told most precisely, and how precisely that is."""
    told = gathered.votes(
        lambda one: (
            [(one.time.granularity, one.time.from_, one.time.to)]
            if one.time is not None and one.time.from_ is not None and one.time.to is not None
            else []
        )
    )
    if not told:
        return None, None, None
    known, begins, ends = min(told, key=lambda key: (_FINEST_TIME.index(key[0]), -told[key], str(key[1]), str(key[2])))
    return begins, ends, known


def _place(gathered: Gathered) -> Place | None:
    """The most precise place, of equally precise ones that which most texts give; spans are the first one's."""
    places = {
        (one.place.precision, one.place.geonameid, one.place.name or one.place.text): one.place
        for one in sorted(gathered.statements, key=lambda one: one.id, reverse=True)
        if one.place is not None and one.place.precision is not None
    }
    if not places:
        return None
    votes = gathered.votes(
        lambda one: [(one.place.precision, one.place.geonameid, one.place.name or one.place.text)] if one.place else []
    )
    best = min(places, key=lambda key: (_coarseness(places[key]), -votes[key], str(key)))
    return places[best]


def _coarseness(place: Place) -> float:
    """Where a place comes among the precisions; a region whose members all lie in one country comes before that."""
    if place.precision == Precision.REGION and place.members and place.country is not None:
        return _FINEST.index(Precision.COUNTRY) - 0.5
    return _FINEST.index(Precision(place.precision or Precision.REGION))


def _ranges(gathered: Gathered) -> dict[str, Range]:
    names = sorted({name for one in gathered.statements for name in one.counts})
    return {name: found for name in names if (found := _range(gathered, name)) is not None}


def _range(gathered: Gathered, name: str) -> Range | None:
    """A quantity's lowest, commonest and highest figure; of equally common ones the latest told, then the highest."""
    told: list[Told] = []
    votes: dict[int, set[str]] = {}
    latest: dict[int, datetime.date] = {}
    for one in gathered.told:
        count = one.counts.get(name)
        if count is None:
            continue
        about = gathered.documents[one.document]
        told.append(Told(one.id, one.document, speaker_of(one, about), count.low, count.best, count.high))
        figure = next((each for each in (count.best, count.low, count.high) if each is not None), None)
        if figure is not None:
            votes.setdefault(figure, set()).add(about.copies_of)
            latest[figure] = max(latest.get(figure, datetime.date.min), about.known_by or datetime.date.min)
    if not votes:
        return None
    best = max(votes, key=lambda figure: (len(votes[figure]), latest[figure], figure))
    figures = [each for one in told for each in (one.low, one.best, one.high) if each is not None]
    return Range(min(figures), best, max(figures), tuple(sorted(told, key=lambda one: one.statement)))
