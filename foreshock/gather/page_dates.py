"""Web pages: the day on which they say they were published, or the month where they say no more."""

import datetime
import html
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from foreshock.gather.linked_data import days_stated

PUBLISHED = frozenset(
    "article:published article:published_date article:published_time article:publicationdate article.published "
    "article_date_original bt:pubdate citation_date citation_publication_date cxenseparse:recs:publishtime date "
    "date_published datepublished dc.date dc.date.issued dc.date.publication dc:date dcterms.date dcterms.issued "
    "mediator_published_time og:article:published og:article:published_time og:datepublished og:pubdate "
    "og:publish_date og:published_time originalpublicationdate parsely-pub-date pubdate publication_date publish-date "
    "publish_date publishdate published-date published_date published_time publisheddate rbpubdate "
    "rnews:datepublished sailthru.date shareaholic:article_published_time vr:published_time".split()
)
"""Names of `meta` elements that hold the day of publication: those of htmldate 1.11 that name nothing else."""
_MARKED_TOO = ("abbr", "span", "div", "p")
"""What microdata and microformats mark a day with where they do not take the element `time`."""

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_months = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        rf"{_YEAR}[-/.](?P<month>0?[1-9]|1[0-2])(?:[-/.](?:00?)?)?",
        rf"(?P<month>0?[1-9]|1[0-2])[-/.]{_YEAR}",
        rf"(?P<name>(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})\.?,?\s{{1,9}}{_YEAR}",
        rf"{_YEAR},?\s{{1,9}}(?P<name>(?:{'|'.join(_MONTHS)})[a-z]{{0,6}})",
    )
)
"""A month of which no day is stated: *2023-05*, *2023/05* as library catalogues have it, *05/2023*, *May 2023*."""
_word = re.compile(r"[^\W\d_]{3}")
_TO_THE_DAY: Final = len("2023-05-17")


def day_of_publication(tree: Any, latest: datetime.date) -> str | None:  # noqa: ANN401 - lxml has no types
    """The day, as YYYY-MM-DD and not after `latest`, on which the page says it was published; the month, as YYYY-MM,
    where it says no more; or null.

    Only what is marked as the day of publication counts, in this order: `meta`; linked data of its articles, then of
    the page; `time` elements and others that are marked so; the day in the canonical address. Of those after `meta` all
    of a kind must name one day. A date in the text, of a change or of a copyright is none. A month is taken where none
    of them names a day in it.
    """
    month: str | None = None
    for found in _found(tree, latest):
        if month is not None and not found.startswith(month):
            break
        if len(found) == _TO_THE_DAY:
            return found
        month = found
    return month


def _found(tree: Any, latest: datetime.date) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """The days and months that a page states, what is to be believed first before the rest, until they disagree."""
    for stated in _stated(tree):
        if found := _day(stated, latest):
            yield found
    for stated_together in (*days_stated(tree), set(_marked(tree, "time")), set(_marked(tree, *_MARKED_TOO))):
        days = _finest(found for stated in stated_together if (found := _day(stated, latest)))
        if len(days) > 1:
            return
        yield from days
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            if found := _day(None, latest, link.get("href")):
                yield found
            return


def _finest(found: Iterable[str]) -> set[str]:
    """The days and months found, without the months of which a day is among them."""
    every = set(found)
    return {one for one in every if not any(other != one and other.startswith(one) for other in every)}


def _stated(tree: Any) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    for element in tree.iter("meta"):
        names = (element.get("name"), element.get("property"), element.get("itemprop"), element.get("http-equiv"))
        if any(name and name.strip().lower() in PUBLISHED for name in names):
            yield element.get("content") or element.get("datetime") or ""


def _marked(tree: Any, *elements: str) -> Iterator[str]:  # noqa: ANN401 - lxml has no types
    """What the page's text marks as its day with these elements."""
    for element in tree.iter(*elements):
        classes = (element.get("class") or "").lower().split()
        if (
            element.get("pubdate") is not None
            or (element.get("itemprop") or "").lower() == "datepublished"
            or {"entry-date", "entry-time", "published"}.intersection(classes)
        ):
            yield element.get("datetime") or element.get("content") or element.get("title") or ""


def _day(stated: str | None, latest: datetime.date, address: str | None = None) -> str | None:
    """The day, or the month of which no day is told, in one stated value or address. htmldate is shown nothing else, so
    that it finds nothing else; where a value tells no day it would take the first or today's."""
    from htmldate import find_date

    words = (stated or "").strip()[:100]
    value = html.escape(words)
    if not value and not address:
        return None
    if (month := _month(words)) is not None:
        return month if month <= f"{latest:%Y-%m}" else None
    found: str | None = find_date(
        f'<html><head><meta property="article:published_time" content="{value}"></head><body></body></html>',
        extensive_search=False,
        original_date=True,
        url=(address or "")[:2000],
        max_date=latest.isoformat(),
    )
    return found if found is None or not words or _names_day(words, found) else None


def _month(words: str) -> str | None:
    """The month that a value names, and no day of it; null for another."""
    match = next((found for pattern in _months if (found := pattern.fullmatch(words))), None)
    if match is None:
        return None
    told = match.groupdict()
    number = int(told["month"]) if told.get("month") else _MONTHS.index(told["name"][:3].casefold()) + 1
    return f"{match['year']}-{number:02d}"


def _names_day(words: str, found: str) -> bool:
    """Whether a value names the day that was found in it: *2023-W20* and *2023-05-00* name none."""
    numbers = [int(number) for number in re.findall(r"[0-9]+", words)]
    year, month, day = map(int, found.split("-"))
    if found.replace("-", "") in words:
        return True
    for number in (year,) if _word.search(words) else (year, month):  # *May 5, 2023* has no other 5
        if number in numbers:
            numbers.remove(number)
    return day in numbers
