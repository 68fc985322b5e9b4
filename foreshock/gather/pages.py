"""Web pages: the charset they declare, and the day on which they say they were published."""

import codecs
import datetime
import html
import re
from collections.abc import Iterator
from typing import Any

from foreshock.gather.linked_data import days_stated

CHARSETS = frozenset(
    "utf-8 cp866 iso8859-2 iso8859-3 iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 "
    "iso8859-14 iso8859-15 iso8859-16 koi8-r koi8-u mac-roman mac-cyrillic cp874 cp1250 cp1251 cp1252 cp1253 cp1254 "
    "cp1255 cp1256 cp1257 cp1258 gb2312 gbk gb18030 big5 big5hkscs euc_jp iso2022_jp shift_jis cp932 euc_kr "
    "cp949".split()
)
"""The charsets of the WHATWG Encoding Standard, as Python names them. Its UTF-16 is left out: a page that can
say so in ASCII is not in it, and the standard reads such a page as UTF-8."""
_AS_WINDOWS = {"ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254"}
"""What the standard reads instead, since pages that declare the former are written in the latter."""

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

_declared = re.compile(rb"""<meta[^>]{0,200}charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE)
_parameter = re.compile(r"""charset\s{0,9}=\s{0,9}["']?([\w-]{1,40})""", re.IGNORECASE | re.ASCII)


def charset_of(content: bytes) -> str:
    """The charset that a page declares in its head, as Python names it; UTF-8 where it declares none."""
    found = _declared.search(content[:2048])
    return (_known(found.group(1).decode("ascii")) if found else None) or "utf-8"


def charset_in(header: str) -> str | None:
    """The charset in a Content-Type header, as Python names it; null where it gives none that is known."""
    found = _parameter.search(header)
    return _known(found.group(1)) if found else None


def _known(stated: str) -> str | None:
    try:
        name = codecs.lookup(stated).name
    except LookupError:
        return None
    name = _AS_WINDOWS.get(name, name)
    return name if name in CHARSETS else None


def day_of_publication(tree: Any, latest: datetime.date) -> str | None:  # noqa: ANN401 - lxml has no types
    """The day, as YYYY-MM-DD and not after `latest`, on which the page says it was published, or null.

    Only what is marked as the day of publication counts, in this order: `meta`; linked data of its articles, then of
    the page; `time` elements and others that are marked so; the day in the canonical address. Of those after `meta` all
    of a kind must name one day. A date in the text, of a change or of a copyright is none.
    """
    for stated in _stated(tree):
        if found := _day(stated, latest):
            return found
    for stated_together in (*days_stated(tree), set(_marked(tree, "time")), set(_marked(tree, *_MARKED_TOO))):
        days: set[str] = set()
        for stated in stated_together:
            if found := _day(stated, latest):
                days.add(found)
            if len(days) > 1:
                return None
        if days:
            return days.pop()
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return _day(None, latest, link.get("href"))
    return None


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
    """The day in one stated value or address. htmldate is shown nothing else, so that it finds nothing else."""
    from htmldate import find_date

    value = html.escape((stated or "")[:100])
    if not value and not address:
        return None
    found: str | None = find_date(
        f'<html><head><meta property="article:published_time" content="{value}"></head><body></body></html>',
        extensive_search=False,
        original_date=True,
        url=(address or "")[:2000],
        max_date=latest.isoformat(),
    )
    return found
