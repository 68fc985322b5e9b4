"""Tables of numbers and of words that come with the program, read by their schema.

A schema is a frozen record, or what msgspec makes of YAML by itself: `frozenset[str]` of a list, numbers, enumerations.
Beside that it may have `Words` and `Phrases`, which a table writes in one line, `re.Pattern[str]`, of whatever the
table's own `pattern` takes, and `Expression`, a part of patterns that the code puts together. So a table has one
record, which says how it is written and is what the code reads.
"""

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any, TypeVar, get_origin

import msgspec
import yaml

from foreshock.errors import ModelError

Table = TypeVar("Table")

_Loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's where it was built in, as in the wheels: it reads the same ten times as fast."""
_PATH = re.compile(r"`\$(?P<steps>\S*?)(?:\[\.\.\.\]\S*)?`$")
"""Where msgspec says that something is wrong, up to what is named by a key that it does not tell."""
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<at>\d+)\]")
_UNKNOWN = re.compile(r"unknown field `(?P<name>\w+)`")


class Words(frozenset[str]):
    """Words that a table writes between spaces."""


class Phrases(frozenset[str]):
    """Words and phrases that a table writes between commas."""


class Expression(str):
    """A regular expression that others are made of."""


def split_at_commas(written: str) -> list[str]:
    """Words and phrases between commas, in their order."""
    return [phrase for part in written.split(",") if (phrase := part.strip())]


def shipped_table(file: str, schema: type[Table], pattern: Callable[[Any], re.Pattern[str]] = re.compile) -> Table:
    """The table in `file`, a path within the package (`data/events.yaml`, `data/forecast/pool.json`), as a `schema`.

    `pattern` makes the table's patterns of what stands for one: an expression, a list of words.
    Raises `ModelError` where it is missing, broken, or does not fit.
    """
    try:
        content = files("foreshock").joinpath(file).read_bytes()
    except OSError as error:
        raise ModelError(f"foreshock/{file}: cannot be used ({error.strerror}); reinstall Foreshock") from error
    return read_table(content, f"foreshock/{file}", schema, pattern)


def read_table(
    content: bytes, name: str, schema: type[Table], pattern: Callable[[Any], re.Pattern[str]] = re.compile
) -> Table:
    """What a file holds, YAML unless its `name` ends in `.json`, as `shipped_table` has it."""

    def made(kind: Any, written: Any) -> object:  # noqa: ANN401 - a type, and what stands in the file for it
        if get_origin(kind) is re.Pattern:
            return _compiled(pattern, written)
        if not isinstance(written, str):
            raise ValueError(f"Expected words in one line, got {written!r}")
        if kind is Expression:
            return Expression(_compiled(re.compile, written).pattern)
        return Phrases(split_at_commas(written)) if kind is Phrases else Words(written.split())

    try:
        if name.endswith(".json"):
            return msgspec.json.decode(content, type=schema, dec_hook=made)
        return msgspec.convert(yaml.load(content, _Loader), schema, dec_hook=made)
    except (yaml.YAMLError, msgspec.DecodeError) as error:
        problem = " ".join(str(error).split())
        line = _line_of(error, content)
        where, mend = (name, "") if line is None else (f"{name}:{line}", "mend it there, or ")
        raise ModelError(f"{where}: cannot be used ({problem}); {mend}reinstall Foreshock") from error


def _compiled(pattern: Callable[[Any], re.Pattern[str]], written: object) -> re.Pattern[str]:
    """A pattern; one that does not compile is a mistake of the table's, as is a number in its place."""
    try:
        return pattern(written)
    except (re.error, TypeError, AttributeError) as error:
        raise ValueError(f"{written!r} is no pattern: {error}") from error


def _line_of(error: Exception, content: bytes) -> int | None:
    """The line on which a YAML file is wrong, as near as the error tells; null where it does not."""
    if isinstance(error, yaml.MarkedYAMLError):
        return None if error.problem_mark is None else error.problem_mark.line + 1
    if not isinstance(error, msgspec.ValidationError):
        return None
    problem = str(error)
    path, unknown = _PATH.search(problem), _UNKNOWN.search(problem)
    steps = (path["steps"] if path else "") + (f".{unknown['name']}" if unknown else "")
    node, line = yaml.compose(content, _Loader), None
    for step in _STEP.finditer(steps):
        if isinstance(node, yaml.MappingNode):
            name, node = next(pair for pair in node.value if pair[0].value == step["name"])
            line = name.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(step["at"])]
            line = node.start_mark.line + 1
    return line
