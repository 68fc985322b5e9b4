"""What a place's and an actor's page have in common: statements summed up by what they say, who says it and when."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from foreshock.desk.filters import Asked
from foreshock.model.vocabulary import MECHANISMS
from foreshock.read.attribution import is_pronoun
from foreshock.record.guarded import registered
from foreshock.record.paging import LARGEST_PAGE
from foreshock.record.query import Filter, Hit, count_by, count_statements, find_statements
from foreshock.record.store import Record
from foreshock.telling import phrases

MOST_NAMES = 12
"""Names that a page lists of each sort; the rest are a matter for the list of statements."""


@dataclass(frozen=True)
class Named:
    """A name with its statements, and the address that tells more of it; null where there is none."""

    name: str
    statements: int
    address: str | None


@dataclass(frozen=True)
class Profile:
    """Statements summed up. `hits` are the newest, at most `LARGEST_PAGE`, and what is listed by name is of them.

    `months` counts them by the month of their documents, `total` all that match.
    """

    hits: Sequence[Hit]
    total: int
    kinds: Mapping[str, int]
    mechanisms: Mapping[str, int]
    months: Mapping[str, int]
    says: Sequence[Named]


def profile(record: Record, wanted: Filter) -> Profile:
    """The profile of the statements that match."""
    hits = find_statements(record, wanted, LARGEST_PAGE)
    mechanisms = count_by(record, wanted, "mechanism")
    free = [hit for hit in hits if not hit.guarded]
    sources = tallied([phrases.source_name(one) for one in hit.statement.sources] for hit in free)
    return Profile(
        hits=hits,
        total=count_statements(record, wanted),
        kinds=count_by(record, wanted, "kind"),
        mechanisms={name: number for name, number in mechanisms.items() if name in MECHANISMS},
        months=months(hits),
        says=most(sources, {}),
    )


def page_of(record: Record, wanted: Filter, found: Profile, page_asked: Asked) -> Sequence[Hit]:
    """The statements of the page asked for: out of the profile's, where it has them, else out of the record."""
    first, end = page_asked.offset, page_asked.offset + page_asked.size
    if end <= len(found.hits) or found.total <= len(found.hits):
        return found.hits[first:end]
    return find_statements(record, wanted, page_asked.size, first)


def about_list(found: Profile, page_asked: Asked) -> dict[str, int]:
    """What the JSON twin says of its page of statements, and of how many of the newest its names and roles are."""
    return {
        "total": found.total,
        "page": page_asked.page,
        "size": page_asked.size,
        "names_of_newest": len(found.hits),
    }


def months(hits: Iterable[Hit]) -> dict[str, int]:
    """Statements by the month of their documents, every month from the first to the last; those of no known month are
    left out."""
    found: Counter[str] = Counter()
    for hit in hits:
        month = hit.published.isoformat()[:7] if hit.published else hit.crawl_month
        if month:
            found[month] += 1
    if not found:
        return {}
    first, last = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (min(found), max(found)))
    return {month: found[month] for month in (f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(first, last + 1))}


def most(counts: Mapping[str, int], addresses: Mapping[str, str]) -> list[Named]:
    """The names with most statements, each with its address where it has one."""
    ordered = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    return [Named(name, number, addresses.get(name)) for name, number in ordered[:MOST_NAMES]]


def tallied(named: Iterable[Iterable[str]]) -> Counter[str]:
    """In how many statements each name stands, given the names in each.

    *The Forces* and *the forces* are one, by the commoner spelling; pronouns are left out, which name nobody.
    """
    counts: Counter[str] = Counter()
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    for names in named:
        told = [name for name in names if not is_pronoun(name)]
        counts.update({_bare(name) for name in told})
        for name in told:
            spelt[_bare(name)][name] += 1
    return Counter({spelt[bare].most_common(1)[0][0]: number for bare, number in counts.items()})


def people(hits: Iterable[Hit], besides: str | None = None) -> tuple[Counter[str], dict[str, str]]:
    """Who takes part in statements, and the ids of those who have one; `besides` is an id to leave out. Of texts that
    tell of deserters those alone whom the registry has."""
    parts = [
        [
            one for one in (*hit.statement.actors, *hit.statement.recipients)
            if (one.id is None or one.id != besides) and (registered(one.id) or not hit.guarded)
        ]
        for hit in hits
    ]  # fmt: skip
    counts = tallied([one.name or one.text for one in found] for found in parts)
    ids = {_bare(one.name or one.text): one.id for found in parts for one in found if one.id}
    return counts, {name: ids[_bare(name)] for name in counts if _bare(name) in ids}


def _bare(name: str) -> str:
    return name.casefold().removeprefix("the ")
