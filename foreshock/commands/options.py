"""What options of several commands share: how a value that a person gives is checked."""

import click

from foreshock.errors import UsageError


def country_code(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A country's code as the record writes it, in capitals. Raises `UsageError` where no country has it."""
    from foreshock.exchange.words import countries

    if value is None:
        return None
    code = value.strip().upper()
    if code not in countries():
        raise UsageError(f"--{parameter.name}: {value!r} is no country's code; write it in ISO 3166-1 alpha-3, as SDN")
    return code
