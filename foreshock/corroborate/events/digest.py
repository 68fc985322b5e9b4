"""A document and its statements as the little that reports are compared by, made once and kept."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from foreshock.corroborate.events.told import PLACED, Days, acts_of, singly
from foreshock.corroborate.events.words import first_date_in, names_in, stems, weekdays_in, weighed
from foreshock.model.day import earliest_day
from foreshock.model.document import Document
from foreshock.model.event import Act, Digest
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read.numerals import NUMBER, number_of

LEAD: Final = 1000
"""Characters from the first statement after the title: a news text tells its event there (the inverted pyramid)."""
MOST_WORDS: Final = 80
_YEARS: Final = range(1900, 2101)
_NUMBER = re.compile(NUMBER, re.IGNORECASE)


def digest_of(document: Document, statements: Sequence[Statement]) -> Digest:
    """The digest of a document with its statements in text order."""
    text, title = document.text, document.title or ""
    month = _month_of(document)
    begins = _body_start(text, title, statements)
    lead = text[begins : begins + LEAD]
    leading = [one for one in statements if one.start < begins + LEAD and one.kind in (Kind.REPORT, Kind.COMMITMENT)]
    published = _day_of(document) or (first_date_in(text[: begins + LEAD // 2], month) if month else None)
    weekdays = weekdays_in(lead[: LEAD * 7 // 10])
    return Digest(
        document=document.id,
        month=month,
        published=published,
        weekdays=frozenset(weekdays),
        days=frozenset(published - (published - 1 - day) % 7 for day in weekdays[:2]) if published else frozenset(),
        words=weighed([*stems(title), *stems(lead)], MOST_WORDS),
        title=weighed(stems(title), MOST_WORDS),
        names=names_in(lead, text),
        numbers=frozenset(_numbers(lead[: LEAD * 8 // 10])),
        kinds=_kinds(leading),
        places=frozenset(
            one.place.geonameid
            for one in leading
            if one.place is not None and one.place.precision in PLACED and one.place.geonameid is not None
        ),
        counts=_counts(leading),
        acts=tuple(acts_of(statements, text, _came_out(document), begins)),
    )


def single_acts(document: Document, statements: Sequence[Statement]) -> list[Act]:
    """The acts of a document before those that are one are joined: what their weights are fitted on."""
    begins = _body_start(document.text, document.title or "", statements)
    return singly(statements, document.text, _came_out(document), begins)


def _month_of(document: Document) -> int:
    reference = document.reference_date
    return 12 * reference[0].year + reference[0].month if reference is not None else 0


def _came_out(document: Document) -> Days | None:
    """The first and the last day on which it can have come out, as ordinals; null where nothing tells."""
    if document.reference_date is None:
        return None
    day, known = document.reference_date
    return earliest_day(day, known).toordinal(), day.toordinal()


def _day_of(document: Document) -> int | None:
    if document.published is None or document.published_granularity not in (None, Granularity.DAY):
        return None
    return document.published.toordinal()


def _body_start(text: str, title: str, statements: Sequence[Statement]) -> int:
    """Where the report begins: the line of the first statement after the title, past what a site puts before it."""
    for one in statements:
        if one.start >= len(title):
            return max(text.rfind("\n", 0, one.start) + 1, one.start - LEAD // 2, 0)
    return min(len(title), len(text))


def _numbers(lead: str) -> Iterator[int]:
    for match in _NUMBER.finditer(lead):
        number = number_of(match.group())
        if number is not None and number > 1 and number not in _YEARS:
            yield number


def short_hash(words: str, width: int = 8) -> int:
    """A number of `width` bytes that stands for `words`, the same in every process; signed, as databases keep it."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=width).digest(), "big", signed=True)


def _kinds(leading: Iterable[Statement]) -> dict[str, float]:
    """The types of the leading acts, the first weighing most: 1, ¾, 3/5, …"""
    found: dict[str, float] = {}
    for at, one in enumerate(leading):
        if one.type is not None:
            found[one.type.value] = found.get(one.type.value, 0.0) + 1 / (1 + at / 3)
    return {name: round(weight, 3) for name, weight in found.items()}


def _counts(leading: Iterable[Statement]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for one in leading:
        for name, count in one.counts.items():
            told = count.best if count.best is not None else count.low
            if told:
                found.setdefault(name, set()).add(told)
    return {name: frozenset(values) for name, values in found.items()}
