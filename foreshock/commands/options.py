"""What options of several commands share: how a value that a person gives is checked."""

import click


def country_code(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A country's code as the record writes it, in capitals. Raises `UsageError` where no country has it."""
    from foreshock.record.countries import asked_country

    return None if value is None else asked_country(value, f"--{parameter.name}")
