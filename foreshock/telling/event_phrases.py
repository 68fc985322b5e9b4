"""Words for people about events: grades, disputes, figures, where and when."""

import datetime
from typing import Final

from foreshock.corroborate.events.stance import taken_back as taken_back
from foreshock.model.countries import country_name
from foreshock.model.event import Dispute, Event, Range, Told
from foreshock.model.statement import Count
from foreshock.model.vocabulary import Granularity
from foreshock.model.words import counted
from foreshock.telling.phrases import date_name, day_name, is_month, published_name

CREDIBILITY: Final[dict[int, str]] = {
    1: "confirmed by other independent sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
"""The Admiralty code's words for an item."""
RELIABILITY: Final[dict[str, str]] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "cannot be judged",
}
"""The Admiralty code's words for a source."""
FEATURES: Final[dict[str, str]] = {
    "words": "words in common",
    "title": "title in the other's lead",
    "names": "names in common",
    "numbers": "numbers in common",
    "other_numbers": "only different numbers",
    "weekday": "day of the week",
    "date": "dates of publication",
    "month": "months apart",
    "kinds": "kinds of act",
    "place": "place",
    "counts": "figures",
    "type": "kind of act",
    "days": "day told",
    "other_place": "other places",
    "other_days": "other days told",
    "other_counts": "other figures",
    "actors": "actors",
    "doer": "who says or does it",
    "rare": "rare words in common",
    "wide": "told as many acts, or a state",
    "story": "texts report one event, at their top",
    "intercept": "to begin with",
}


def where(place: str | None, admin1: str | None, country: str | None) -> str | None:
    """A place with what it lies in; null where nothing is known."""
    parts: list[str] = []
    for part in (place, admin1, country_name(country) if country else None):
        if part and part not in parts:
            parts.append(part)
    return ", ".join(parts) or None


def days(begins: datetime.date | None, ends: datetime.date | None) -> str | None:
    """`22 May 2023`, `22–24 May 2023`, `28 May – 2 June 2023`, `May 2023` of all its days; null where none is known."""
    if begins is None or ends is None:
        return None
    if is_month(begins, ends):
        return date_name(begins, Granularity.MONTH)
    if begins == ends:
        return day_name(begins)
    if (begins.year, begins.month) == (ends.year, ends.month):
        return f"{begins.day}–{day_name(ends)}"
    return f"{day_name(begins)} – {day_name(ends)}"


def independent(number: int, copies: int) -> str:
    """`3 independent reports, 5 copies`."""
    told = counted(number, "independent report")
    return f"{told}, {copies:,} {'copy' if copies == 1 else 'copies'}" if copies else told


def first_and_last(event: Event) -> str:
    """`first 22 May 2023, last June 2023`: when the first and the last report were published, as far as it is known;
    empty where it is known of none."""
    known = sorted((one.published, one.published_granularity) for one in event.reports if one.published is not None)
    named = dict.fromkeys(published_name(*one) for one in known[:1] + known[-1:])
    return f"first {', last '.join(named)}" if named else ""


def figures(found: Range) -> str:
    """`12`, or `12 (9–15)`: commonest, and lowest to highest where they differ."""
    return f"{found.best:,}" if found.low == found.high else f"{found.best:,} ({found.low:,}–{found.high:,})"


def told_count(told: Told) -> Count:
    """One figure as `phrases.count_name` takes it."""
    return Count(low=told.low, best=told.best, high=told.high)


def dispute(found: Dispute) -> str:
    """A dispute in one line."""
    return {
        "denial": "denied: some say that it did not happen",
        "figures": f"figures differ: {found.words}",
        "side": f"who did it is told differently: {found.words}",
        "place": f"where it was is told differently: {found.words}",
    }[found.about]


def summary(event: Event) -> str:
    """`3 statements in 2 texts`."""
    return f"{counted(len(event.statements), 'statement')} in {counted(len(event.reports), 'text')}"
