"""What came to pass, by which a replay is judged: from `data/outcomes.yaml` or a file of the analyst's own."""

import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec

from foreshock.errors import ModelError, UsageError
from foreshock.record.countries import asked_country
from foreshock.watch.written import Written, mistyped

KINDS_OF_OUTCOMES: Final = (
    "uprising", "coup", "mutiny", "insurgency", "war", "mass_atrocity", "secession", "proliferation",
)  # fmt: skip
_FILE: Final = "data/outcomes.yaml"
_WAR: Final = "war"


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened: its kind, country, first day, last day where it went on, and who says so.

    `ongoing` says that it went on when last known; then it has no last day.
    """

    kind: str
    country: str
    name: str
    began: datetime.date
    source: str
    ended: datetime.date | None = None
    ongoing: bool = False


class Outcomes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came to pass, and the last day of which that is known; null where the list claims to be complete."""

    outcomes: tuple[Outcome, ...]
    known_until: datetime.date | None = None

    def at_war(self, country: str, day: datetime.date) -> bool:
        """Whether a war that had begun before this day went on there, as far as is known."""
        return any(
            one.began < day and (one.ongoing or (one.ended is not None and day <= one.ended))
            for one in self.outcomes if one.kind == _WAR and one.country == country
        )  # fmt: skip

    def last_known(self, country: str, day: datetime.date) -> datetime.date | None:
        """The day on which a war was last known to go on there, if this one is later; null where none was."""
        until = self.known_until
        return until if until is not None and until < day and self.at_war(country, day) else None


def read_outcomes(content: bytes, name: str) -> Outcomes:
    """The outcomes in a YAML file: `known_until` and `outcomes`, or the list alone. Raises `UsageError` where it is
    neither, or does not hold together."""
    written = Written(content, name)
    alone = isinstance(written.data, list)
    listed = {"outcomes": written.data} if alone else written.data
    written.refuse((steps[1:] if alone else steps, told) for steps, told in mistyped(listed, Outcomes))
    found = msgspec.convert(listed, Outcomes)
    if found.known_until is not None and found.known_until > datetime.datetime.now(datetime.UTC).date():
        raise UsageError(f"{name}: known_until {found.known_until} lies ahead, and nothing is known of it")
    for one in found.outcomes:
        _check(one, found.known_until, name)
    return msgspec.structs.replace(found, outcomes=tuple(_in_codes(one, name) for one in found.outcomes))


def _check(one: Outcome, known_until: datetime.date | None, name: str) -> None:
    """Raise `UsageError` where an outcome is of no kind, or its days and those of which the list knows do not fit."""
    if one.kind not in KINDS_OF_OUTCOMES:
        raise UsageError(f"{name}: {one.kind!r} is no kind of outcome; one of: {', '.join(KINDS_OF_OUTCOMES)}")
    if one.ended is not None and one.ended < one.began:
        raise UsageError(f"{name}: {one.name!r} ends before it begins")
    if one.ongoing and (one.ended is not None or known_until is None):
        problem = "ends and is ongoing" if one.ended is not None else "is ongoing; say with known_until when last"
        raise UsageError(f"{name}: {one.name!r} {problem}")
    if known_until is not None and max(one.began, one.ended or one.began) > known_until:
        raise UsageError(f"{name}: {one.name!r} is of a day after known_until, {known_until}")


def _in_codes(one: Outcome, name: str) -> Outcome:
    """An outcome with its country as the record writes it."""
    return msgspec.structs.replace(one, country=asked_country(one.country, f"{name}: {one.name!r}"))


def outcomes(path: str | None = None) -> Outcomes:
    """The outcomes of a file, else the shipped ones."""
    if path is not None:
        try:
            return read_outcomes(Path(path).read_bytes(), path)
        except OSError as error:
            raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    return _shipped()


@cache
def _shipped() -> Outcomes:
    try:
        return read_outcomes(files("foreshock").joinpath(_FILE).read_bytes(), _FILE)
    except (OSError, UsageError) as error:
        raise ModelError(f"{_FILE}: {error}") from error
