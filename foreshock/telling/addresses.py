"""Addresses of the desk's pages."""

from collections.abc import Mapping
from urllib.parse import urlencode


def address_of(path: str, parameters: Mapping[str, str | int | None]) -> str:
    """`path` with the parameters that are not null, escaped."""
    kept = {name: value for name, value in parameters.items() if value is not None}
    return f"{path}?{urlencode(kept)}" if kept else path
