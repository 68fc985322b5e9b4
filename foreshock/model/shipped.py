"""Tables of numbers that come with the program, read by their schema."""

from importlib.resources import files
from typing import TypeVar

import msgspec
import yaml

from foreshock.errors import ModelError

Table = TypeVar("Table")


def shipped_table(file: str, schema: type[Table]) -> Table:
    """The table in `file`, a path within the package (`data/events.yaml`), as a `schema`.

    Raises `ModelError` where it is missing, broken, or does not fit.
    """
    try:
        return msgspec.convert(yaml.safe_load(files("foreshock").joinpath(file).read_bytes()), schema)
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise ModelError(f"foreshock/{file} cannot be used: {error}") from error
