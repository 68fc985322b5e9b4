"""What came to pass, by which a replay is judged: from `data/outcomes.yaml` or a file of the analyst's own."""

import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
import yaml

from foreshock.errors import ModelError, UsageError
from foreshock.record.countries import asked_country

KINDS_OF_OUTCOMES: Final = (
    "uprising", "coup", "mutiny", "insurgency", "war", "mass_atrocity", "secession", "proliferation",
)  # fmt: skip
_FILE: Final = "data/outcomes.yaml"


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened: its kind, country, first day, last day where it went on, and who says so."""

    kind: str
    country: str
    name: str
    began: datetime.date
    source: str
    ended: datetime.date | None = None


def read_outcomes(content: bytes, name: str) -> tuple[Outcome, ...]:
    """The outcomes in a YAML list. Raises `UsageError` where it is none."""
    try:
        written = msgspec.convert(yaml.safe_load(content), tuple[Outcome, ...])
    except (yaml.YAMLError, ValueError) as error:  # a day that no month has, a field that is none, no UTF-8
        raise UsageError(f"{name}: {' '.join(str(error).split())}") from error
    found = tuple(_in_codes(one, name) for one in written)
    for one in found:
        if one.kind not in KINDS_OF_OUTCOMES:
            raise UsageError(f"{name}: {one.kind!r} is no kind of outcome; one of: {', '.join(KINDS_OF_OUTCOMES)}")
        if one.ended is not None and one.ended < one.began:
            raise UsageError(f"{name}: {one.name!r} ends before it begins")
    return found


def _in_codes(one: Outcome, name: str) -> Outcome:
    """An outcome with its country as the record writes it."""
    return msgspec.structs.replace(one, country=asked_country(one.country, f"{name}: {one.name!r}"))


def outcomes(path: str | None = None) -> tuple[Outcome, ...]:
    """The outcomes of a file, else the shipped ones."""
    if path is not None:
        try:
            return read_outcomes(Path(path).read_bytes(), path)
        except OSError as error:
            raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    return _shipped()


@cache
def _shipped() -> tuple[Outcome, ...]:
    try:
        return read_outcomes(files("foreshock").joinpath(_FILE).read_bytes(), _FILE)
    except (OSError, UsageError) as error:
        raise ModelError(f"{_FILE}: {error}") from error
