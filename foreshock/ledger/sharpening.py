"""What a person says more exactly of what would count: checked, and put in the place of what stood there."""

from collections.abc import Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from foreshock.errors import UsageError
from foreshock.model.prediction import Criterion
from foreshock.model.vocabulary import MECHANISMS, EventType, is_mode_of
from foreshock.record.countries import asked_country
from foreshock.record.regions import nearest_region, regions_called

_MOST_SHOWN = 40
"""Characters of a wrong value that its error repeats."""


@dataclass(frozen=True)
class Sharper:
    """What of a criterion is to be otherwise: null leaves it as it is, what is empty takes it away.

    `type`, `mode`, `mechanisms` and `country` are as a person writes them, in any case; `admin1` by any name that the
    gazetteer knows.
    """

    words: str | None = None
    type: str | None = None
    mode: str | None = None
    mechanisms: tuple[str, ...] | None = None
    actors: tuple[str, ...] | None = None
    place: str | None = None
    country: str | None = None
    admin1: str | None = None


def sharper_criterion(old: Criterion, given: Sharper) -> Criterion:
    """The criterion that stands where `given` is said of the `old` one.

    What belongs to something that changes goes with it, unless it is said, too: a mode is one of its type, a region
    one of its country, and the one in which its place lies. Raises `UsageError` for words that say nothing, for a
    type, mode, mechanism, country or region that is none, and for a mode of another type.
    """
    if given.words is not None and not given.words.strip():
        raise UsageError("words: say what would count; without them the words stay as they are")
    type_ = old.type if given.type is None else _type(given.type)
    country = old.country if given.country is None else _country(given.country)
    place = old.place if given.place is None else given.place.strip() or None
    mode = (old.mode if type_ == old.type else None) if given.mode is None else _mode(given.mode, type_)
    stays = (country, place) == (old.country, old.place)
    admin1 = (old.admin1 if stays else None) if given.admin1 is None else _region(given.admin1, country)
    return replace(
        old,
        words=old.words if given.words is None or given.words.split() == old.words.split() else given.words.strip(),
        type=type_,
        mode=mode,
        mechanisms=old.mechanisms if given.mechanisms is None else _mechanisms(given.mechanisms),
        actors=old.actors if given.actors is None else _told(given.actors),
        place=place,
        country=country,
        admin1=admin1,
    )


def _told(values: Iterable[str]) -> tuple[str, ...]:
    """The values that say anything, each once, in order."""
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))


def _type(value: str) -> str | None:
    name = value.strip().upper()
    if name and name not in tuple(EventType):
        raise UsageError(f"{value[:_MOST_SHOWN]!r} is not a PLOVER type; one of: {', '.join(EventType)}")
    return name or None


def _mode(value: str, type_: str | None) -> str | None:
    name = value.strip().lower()
    if name and (type_ is None or not is_mode_of(name, EventType(type_))):
        raise UsageError(f"{value[:_MOST_SHOWN]!r} is not a mode of {type_ or 'no type'}; name its type too")
    return name or None


def _mechanisms(values: Iterable[str]) -> tuple[str, ...]:
    names = tuple(value.lower() for value in _told(values))
    for name in names:
        if name not in MECHANISMS:
            raise UsageError(f"{name[:_MOST_SHOWN]!r} is not a mechanism; one of: {', '.join(MECHANISMS)}")
    return names


def _country(value: str) -> str | None:
    return asked_country(value, "country") if value.strip() else None


def _region(value: str, country: str | None) -> str | None:
    """A first-level region by the name that the gazetteer, and so the record, gives it."""
    name, countries = value.strip(), (country,) if country else ()
    if not name:
        return None
    known = regions_called(name, countries)
    if not known:
        near = nearest_region(name, countries)
        where = f"{f' in {country}' if country else ''}{f'; {near!r}?' if near else ''}"
        raise UsageError(f"admin1: the gazetteer knows no first-level region {name[:_MOST_SHOWN]!r}{where}")
    return name if name in known else known[0]
