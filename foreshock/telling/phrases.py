"""Words for people: how kinds, sources, places, times, likelihoods and quantities are named."""

import datetime
from collections.abc import Sequence
from pathlib import PurePath
from typing import Final

from foreshock.corroborate.events.stance import negated_in_words
from foreshock.model.countries import country_name
from foreshock.model.day import as_known, earliest_day, first_day, last_day
from foreshock.model.statement import Count, Likelihood, Participant, Place, PlaceMember, Source, Statement, Time
from foreshock.model.vocabulary import MECHANISMS, Granularity, Kind, Polarity, Precision
from foreshock.model.words import counted as counted
from foreshock.read.attribution import is_pronoun

MARKS: Final[dict[Kind, str]] = {
    Kind.REPORT: "R",
    Kind.JUDGEMENT: "J",
    Kind.FORECAST: "F",
    Kind.COMMITMENT: "C",
    Kind.RECOMMENDATION: "U",
}
"""One letter a kind, so that colour is never alone; U is for *urged*."""

TESTS: Final[dict[Kind, str]] = {
    Kind.REPORT: "a witness, a record or a count could settle it",
    Kind.JUDGEMENT: "people with the same facts could differ",
    Kind.FORECAST: "time will settle it",
    Kind.COMMITMENT: "the actor can keep or break it",
    Kind.RECOMMENDATION: "it asks, it doesn’t describe",
}
"""The codebook's test for each kind (section 2)."""

PRECISIONS: Final[dict[Precision, str]] = {
    Precision.POINT: "settlement",
    Precision.ADMIN2: "district",
    Precision.ADMIN1: "province",
    Precision.COUNTRY: "country as a whole",
    Precision.REGION: "wider region",
}

_PERIODS: Final = {
    Granularity.WEEK: "week of {0:%-d %B %Y}",
    Granularity.MONTH: "{0:%B %Y}",
    Granularity.YEAR: "{0:%Y}",
}


def closing_line(kinds: dict[str, int]) -> str:
    """What a text is made of: its statements by kind, and how much of it is not report."""
    total = sum(kinds.values())
    if total == 0:
        return "No statements about the political world were found."
    parts = [counted(kinds[kind], kind) for kind in Kind if kinds.get(kind)]
    return f"{counted(total, 'statement')}: {', '.join(parts)}. {_share(total - kinds.get(Kind.REPORT, 0), total)}"


def _share(other: int, total: int) -> str:
    if other == 0:
        return "All of this text is report."
    if 2 * other > total:
        return "More than half of this text is not report."
    if 2 * other == total:
        return "Half of this text is not report."
    return f"{round(100 * other / total)} % of this text is not report."


def label(context: str) -> str:
    """A context as people read it: a mechanism by its neutral label, the others by their own words."""
    return MECHANISMS.get(context, context.replace("_", " "))


def topic_name(topic: str) -> str:
    """A topic of the ledger as people read it: a context by its label, a type of act as everywhere else."""
    return label(topic.lower())


def mechanisms_of(statement: Statement) -> list[str]:
    """The statement's contexts that are mechanisms."""
    return [name for name in statement.contexts if name in MECHANISMS]


def other_contexts_of(statement: Statement) -> list[str]:
    """The statement's contexts that are not mechanisms."""
    return [name for name in statement.contexts if name not in MECHANISMS]


def source_name(source: Source) -> str:
    """A source by name where known, else as the text calls it."""
    return source.name or source.text


def speaker(statement: Statement) -> str:
    """Who says so, outermost source first; the author where no source is given."""
    return " › ".join(source_name(source) for source in statement.sources) or "the author"


def negative(statement: Statement) -> bool:
    """Whether the statement says that it did not, does not or will not happen."""
    return statement.polarity == Polarity.NEGATIVE


def denied(statement: Statement) -> bool:
    """Whether a reader has to be told that it is denied, as the statement's words by themselves say the opposite."""
    return negative(statement) and not negated_in_words(statement)


def act(statement: Statement) -> str | None:
    """Type and mode in lower case: `assault · raid`; null where the statement is no act between actors."""
    return None if statement.type is None else act_name(statement.type, statement.mode)


def act_name(kind: str, mode: str | None) -> str:
    """Type and mode in lower case: `assault · raid`."""
    return f"{kind.lower()} · {mode.removeprefix('x-').replace('-', ' ')}" if mode else kind.lower()


def place_name(place: Place | PlaceMember) -> str:
    """A place with what it lies in: `Kozinka, Belgorod Oblast, Russia`."""
    country = country_name(place.country) if place.country else None
    parts: list[str] = []
    for part in (place.name or place.text, place.admin1, country):
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts) or "not named"


def is_country(place: Place | PlaceMember) -> bool:
    """Whether the place is a country, not one of which nothing is known but the country that it lies in."""
    named = place.country is not None and place.name == country_name(place.country)
    return place.precision == Precision.COUNTRY and (place.geonameid is not None or named)


def precision_name(place: Place | PlaceMember) -> str | None:
    """How precisely the place is known, in words; null where it was not resolved."""
    if place.precision == Precision.COUNTRY and not is_country(place):
        return "somewhere in the country"
    return PRECISIONS[place.precision] if place.precision else None


def time_name(time: Time | None) -> str | None:
    """The days a time expression stands for, no more precise than its granularity; null where open."""
    if time is None:
        return None
    if time.from_ is None:
        return f"until {day_name(time.to)}" if time.to else None
    if time.to is None:
        return f"from {day_name(time.from_)}"
    if is_month(time.from_, time.to):
        return date_name(time.from_, Granularity.MONTH)
    period = _PERIODS.get(time.granularity)
    if period is not None and _within_one(time.granularity, time.from_, time.to):
        return period.format(time.from_)
    if time.from_ == time.to:
        return day_name(time.from_)
    if time.granularity in (Granularity.MONTH, Granularity.YEAR):
        form = "%B %Y" if time.granularity == Granularity.MONTH else "%Y"
        return f"{time.from_:{form}} – {time.to:{form}}"
    return f"{day_name(time.from_)} – {day_name(time.to)}"


def _within_one(granularity: Granularity, start: datetime.date, end: datetime.date) -> bool:
    if granularity == Granularity.WEEK:
        return start.weekday() == 0 and (end - start).days == 6
    same_year = start.year == end.year
    return same_year and (granularity == Granularity.YEAR or start.month == end.month)


def day_name(day: datetime.date) -> str:
    """A day as it is written everywhere: `7 March 2024`."""
    return f"{day.day} {day:%B %Y}"


def is_month(begins: datetime.date, ends: datetime.date) -> bool:
    """Whether these are the first and the last day of one month."""
    return begins == earliest_day(ends, Granularity.MONTH) and ends == last_day(f"{ends:%Y-%m}")


def date_name(day: datetime.date, granularity: str | None) -> str:
    """A date as far as it is known: `7 March 2024`, `March 2024`, `2024`."""
    if granularity == Granularity.YEAR:
        return str(day.year)
    return month_name(day) if granularity == Granularity.MONTH else day_name(day)


def month_name(day: datetime.date) -> str:
    """The month of a day as the desk writes it: `March 2024`."""
    return f"{day:%B %Y}"


def in_words(date: str) -> str:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD` as the desk writes it: `2024`, `March 2024`, `7 March 2024`."""
    known = {len("2024"): Granularity.YEAR, len("2024-03"): Granularity.MONTH}
    return date_name(first_day(date), known.get(len(date)))


def span_name(since: str | None, until: str | None) -> str:
    """A time from one such date until another: `1957–1969`, `March 2019 – 7 July 2021`, `from 2013`; empty of none."""
    if not (since and until):
        return f"from {in_words(since)}" if since else f"until {in_words(until)}" if until else ""
    dash = "–" if len(since) == len(until) == 4 else " – "
    return f"{in_words(since)}{dash}{in_words(until)}"


def moment_name(at: datetime.datetime) -> str:
    """A moment as it is written: `7 March 2024, 14:05 UTC`."""
    return f"{day_name(at)}, {at:%H:%M} UTC"


def title_name(title: str | None, origin: str) -> str:
    """A document's title; of one without, the file, row or address that it came from, by which its owner knows it."""
    return title or f"Untitled ({origin if '://' in origin else PurePath(origin).name})"


def published_name(
    published: datetime.date | None, granularity: str | None = None, crawl_month: str | None = None
) -> str:
    """A document's date as far as it is known."""
    if published is not None:
        return date_name(published, granularity)
    return f"crawled {in_words(crawl_month)}" if crawl_month else "undated"


def published_iso(published: datetime.date | None, granularity: str | None) -> str | None:
    """A day of publication in ISO form, `YYYY-MM` where only the month is known; null where there is none."""
    return None if published is None else as_known(published, granularity)


def percent_range(likelihood: Likelihood) -> str:
    """`55–80 %`, the interval that the yardstick gives the phrase; `20 %` where the text gives the number itself."""
    low, high = round(likelihood.low * 100), round(likelihood.high * 100)
    return f"{low} %" if low == high else f"{low}–{high} %"


def who_to_whom(statement: Statement) -> str | None:
    """`rebels → two soldiers`, `by rebels`, `to two soldiers`; null where it is no act, or nobody is named."""
    if statement.type is None:
        return None
    actors, recipients = (_named(parties) for parties in (statement.actors, statement.recipients))
    if actors and recipients:
        return f"{actors} → {recipients}"
    return f"by {actors}" if actors else f"to {recipients}" if recipients else None


def _named(parties: Sequence[Participant]) -> str:
    """Those of the parties that have more than a pronoun, a name in its place where one is known."""
    names = (one.name if is_pronoun(one.text) else one.text for one in parties)
    return ", ".join(dict.fromkeys(name for name in names if name))


def counts_name(counts: dict[str, Count]) -> str | None:
    """`at least 72 killed, 9 injured`; null where nobody is counted."""
    return ", ".join(f"{count_name(count)} {name}" for name, count in counts.items()) or None


def count_name(count: Count) -> str:
    """A quantity as told: `12`, `at least 12`, `24–99`."""
    if count.low is not None and count.low == count.high:
        return f"{count.low:,}"
    if count.low is not None and count.high is not None:
        between = f"{count.low:,}–{count.high:,}"
        return between if count.best is None else f"{count.best:,} ({between})"
    if count.low is not None:
        return f"at least {count.low:,}"
    if count.high is not None:
        return f"at most {count.high:,}"
    return f"about {count.best:,}" if count.best is not None else "not told"
