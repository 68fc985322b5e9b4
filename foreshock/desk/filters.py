"""What a page was asked for: the filters and the page number in its address, and addresses made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from foreshock.errors import UsageError
from foreshock.model.day import asked_day
from foreshock.record.countries import asked_country
from foreshock.record.paging import LARGEST_PAGE
from foreshock.record.query import Filter
from foreshock.record.words import quoted_words
from foreshock.telling.addresses import address_of

PAGE_SIZE = 50
LAST_PAGE = 1_000_000
"""Beyond this an address is a mistake, not a page."""

WORD_FILTERS = (
    "words",
    "kind",
    "mechanism",
    "type",
    "country",
    "admin1",
    "place",
    "precision",
    "source",
    "actor",
    "document",
)
DATE_FILTERS = ("since", "until")
_IN_CAPITALS = ("type",)
_IN_SMALL_LETTERS = ("kind", "mechanism", "precision", "outcome", "yardstick", "status")
"""Filters whose words the record writes in one case; an address may have them in any."""

_MOST_DIGITS = 9
"""More than any number that a page asks for has, zeros before it not counted."""


@dataclass(frozen=True)
class Asked:
    """The filters given, as words, and which page of what size; `wanted` is what the record understands."""

    given: dict[str, str]
    wanted: Filter
    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many items come before this page."""
        return (self.page - 1) * self.size

    def pages(self, total: int) -> int:
        """How many pages `total` items fill; at least one."""
        return _pages(total, self.size)

    def within(self, total: int) -> None:
        """Raises `UsageError` where the page lies beyond the last of `total` items."""
        check_page(self.page, self.size, total)

    def address(self, path: str, **changes: str | int | None) -> str:
        """`path` with these filters, changed as told; null takes one away. The page is not kept."""
        return address_of(path, {**self.given, **changes})


def check_page(page: int, size: int, total: int) -> None:
    """Raises `UsageError` where `page`, of so many items each, lies beyond the last of `total` items."""
    last = _pages(total, size)
    if page > last:
        raise UsageError(f"there is no page {page}: the last is {last}")


def _pages(total: int, size: int) -> int:
    return max(1, -(-total // size))


def asked(parameters: Mapping[str, str], kinds: tuple[str, ...] | None = None) -> Asked:
    """Read an address's parameters; those left empty do not restrict, unknown ones were refused
    before (`app.PARAMETERS`). `words` are looked for in statements and in titles of texts, as by `foreshock search`.

    `kinds` restricts a page to some kinds whatever its address says. Raises `UsageError` for a date, a
    kind, a type, a mechanism, a precision or a page number that is none.
    """
    known = (name for name in (*WORD_FILTERS, *DATE_FILTERS) if name in parameters)
    given = {name: parameters[name].replace("\0", "").strip() for name in known}
    given = {name: value for name, value in given.items() if value}
    if "words" in given and not quoted_words(given["words"]):
        del given["words"]
    given = in_written_case(given)
    named = {name: given.get(name) for name in WORD_FILTERS if name != "words"}
    since, until = (asked_day(given.get(name), name) for name in DATE_FILTERS)
    return Asked(
        given=given,
        wanted=Filter(**named, clause_words=given.get("words"), since=since, until=until, kinds=kinds),
        page=asked_number(parameters.get("page"), "page", 1, LAST_PAGE),
        size=asked_number(parameters.get("size"), "size", PAGE_SIZE, LARGEST_PAGE),
    )


def switched_on(parameters: Mapping[str, str], name: str) -> bool:
    """Whether an address sets a switch; 0, no and false do not."""
    return parameters.get(name, "").strip().lower() not in ("", "0", "no", "false")


def in_written_case(given: Mapping[str, str]) -> dict[str, str]:
    """Filters by name as the record writes them: *rus* as *RUS*, *Forecast* as *forecast*.

    Raises `UsageError` for a country that is none; where it is one's name, the error says its code.
    """
    return {name: _written(name, value) for name, value in given.items()}


def _written(name: str, value: str) -> str:
    if name == "country" and value:
        return _country(value)
    return value.upper() if name in _IN_CAPITALS else value.lower() if name in _IN_SMALL_LETTERS else value


@lru_cache(maxsize=1024)
def _country(value: str) -> str:
    """`asked_country`, which opens the gazetteer every time, asked once for each code."""
    return asked_country(value, "country")


def asked_number(value: str | None, name: str, otherwise: int, largest: int) -> int:
    """The number that an address asks for under `name`; `otherwise` where it gives none.

    Raises `UsageError` where `value` is no number from 1 to `largest`.
    """
    if not value:
        return otherwise
    digits = value.lstrip("0")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS
    if not plain or int(digits) > largest:
        raise UsageError(f"{name}: {value[:40]!r} is not a number from 1 to {largest:,}")
    return int(digits)
