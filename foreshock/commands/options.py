"""What options of several commands share: how a value that a person gives is checked."""

from collections.abc import Callable, Iterable

import click


def country_code(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A country's code as the record writes it, in capitals. Raises `UsageError` where no country has it."""
    from foreshock.record.countries import asked_country

    return None if value is None else asked_country(value, f"--{parameter.name}")


def in_any_case(allowed: Iterable[str]) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """A callback that gives the one of `allowed` that a value is but for its case, else the value, to be refused."""
    known = {one.casefold(): str(one) for one in allowed}

    def written(_: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
        return None if value is None else known.get(value.strip().casefold(), value)

    return written
