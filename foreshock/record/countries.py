"""A country's code as people write it on the command line, in corrections and in boards: checked in one place."""

from foreshock.errors import UsageError
from foreshock.places.gazetteer import Gazetteer, PlaceKind

_MOST_SHOWN = 40
"""Characters of a wrong code that its error repeats."""


def asked_country(value: str, what: str) -> str:
    """The ISO 3166-1 alpha-3 code that an option or a field named `what` gives, in capitals as the record writes it.

    Any case is taken. Raises `UsageError` where no country of the gazetteer has it; the error names the code where a
    country's name was given.
    """
    gazetteer, code = Gazetteer(), value.strip().upper()
    if gazetteer.country(code) is not None:
        return code
    meant = next((one.entry for one in gazetteer.find(value) if one.entry.kind is PlaceKind.COUNTRY), None)
    hint = f"{meant.name} is {meant.country}" if meant is not None else "write it as SDN"
    raise UsageError(f"{what}: {value[:_MOST_SHOWN]!r} is not an ISO 3166-1 alpha-3 code; {hint}")
