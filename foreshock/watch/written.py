"""What an analyst writes in YAML, read so that every fault can be told with its line."""

import difflib
from collections.abc import Iterable, Iterator
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import msgspec
import yaml

from foreshock.errors import MistakenFile, UsageError

_DEEPEST: Final = 20
_MOST_NODES: Final = 50_000
_TOO_MUCH: Final = "nested too deeply, or too much for one file"

Steps = tuple[str | int, ...]
"""The way to a value: keys and positions from the outermost in."""
Problem = tuple[Steps, str]

_UNIONS: Final = (Union, UnionType)
_EXPECTED: Final = {int: "a whole number", float: "a number", str: "text", bool: "true or false"}
_BLANK: Final = {int: 1, str: ""}
"""What stands in for a required value that cannot be read."""
_LACKING: Final = object()


class Written:
    """A YAML file's values, and the line on which each stands."""

    def __init__(self, content: bytes, name: str) -> None:
        """Read `content`; `name` is the file's, for messages. Raises `UsageError` where it is not YAML, or empty."""
        self.name = name
        try:
            node = yaml.compose(content.decode("utf-8"), Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise UsageError(f"{name}:{line}: not YAML: {error.problem or error.context}") from error
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
            raise UsageError(f"{name}: not YAML: {' '.join(str(error).split())}") from error
        if node is None:
            raise UsageError(f"{name}:1: the file is empty")
        self.lines: dict[Steps, int] = {}
        problems: list[tuple[int, str]] = []
        self.data = _plain(node, (), self.lines, problems)
        self._refuse_lines(problems)

    def refuse(self, problems: Iterable[Problem]) -> None:
        """Raise `MistakenFile` naming the file and each problem's line; do nothing where there is none."""
        self._refuse_lines([(_line(self.lines, steps), text) for steps, text in problems])

    def _refuse_lines(self, problems: list[tuple[int, str]]) -> None:
        if problems:
            raise MistakenFile([f"{self.name}:{line}: {text}" for line, text in sorted(problems)])


def _plain(node: yaml.Node, steps: Steps, lines: dict[Steps, int], problems: list[tuple[int, str]]) -> Any:  # noqa: ANN401
    """The node as lists and dictionaries; where each value stands is noted in `lines`."""
    lines.setdefault(steps, node.start_mark.line + 1)
    if len(steps) > _DEEPEST or len(lines) > _MOST_NODES:
        # An alias that multiplies itself comes here too.
        if not problems or problems[-1][1] != _TOO_MUCH:  # once, and not for each of the values that follow
            problems.append((node.start_mark.line + 1, _TOO_MUCH))
        return None
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                problems.append((key.start_mark.line + 1, "a list or fields stand here where a name is expected"))
                continue
            name = key.value
            if name in found:
                problems.append((key.start_mark.line + 1, f"{name!r} stands here twice"))
            lines[(*steps, name)] = key.start_mark.line + 1
            found[name] = _plain(value, (*steps, name), lines, problems)
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value, (*steps, at), lines, problems) for at, value in enumerate(node.value)]
    try:
        return yaml.SafeLoader("").construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        problems.append((node.start_mark.line + 1, f"cannot be read: {' '.join(str(error).split())[:200]}"))
        return None


def mistyped(value: object, kind: Any, steps: Steps = ()) -> Iterator[Problem]:  # noqa: ANN401 - a type, or a union
    """Where the value does not have its type, in a user's words."""
    arms = [arm for arm in get_args(kind) if arm is not NoneType]
    tagged = {arm.__struct_config__.tag: arm for arm in arms if hasattr(arm, "__struct_config__")}
    if len(tagged) > 1:
        yield from _mistagged(value, tagged, steps)
    elif get_origin(kind) in _UNIONS and len(arms) == 1:
        if value is not None:
            yield from mistyped(value, arms[0], steps)
    elif get_origin(kind) is tuple and isinstance(value, list):
        for at, part in enumerate(value):
            yield from mistyped(part, arms[0], (*steps, at))
    elif _is_struct(kind) and isinstance(value, dict):
        fields = {field.name: field for field in msgspec.structs.fields(kind)}
        for name in value.keys() - fields.keys():
            near = difflib.get_close_matches(name, fields, 1)
            yield (*steps, name), f"{name!r} is no field here" + (f"; {near[0]!r}?" if near else "")
        for name, field in fields.items():
            if name in value:
                yield from mistyped(value[name], field.type, (*steps, name))
            elif field.required:
                yield steps, f"lacks {name!r}"
    else:
        try:
            msgspec.convert(value, kind, strict=True)
        except msgspec.ValidationError as error:
            yield steps, _named(steps) + (_complaint(value, kind) or str(error).replace("`", "'"))


def _named(steps: Steps) -> str:
    """The innermost name on the way to a value, as it stands before what is wrong with it."""
    named = next((step for step in reversed(steps) if isinstance(step, str)), None)
    return f"{named}: " if named else ""


def _shown(value: object) -> str:
    return repr(value) if isinstance(value, str | int | float) else "that" if value else "nothing"


def _is_struct(kind: Any) -> bool:  # noqa: ANN401 - a type, or a union
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def _complaint(value: object, kind: Any) -> str | None:  # noqa: ANN401 - a type, or a union
    """What was to stand in the place of a value; null for a type that has no words here."""
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    if isinstance(kind, type) and issubclass(kind, Enum):
        choices = tuple(one.value for one in kind)
    told = _shown(value)
    if choices:
        near = difflib.get_close_matches(str(value), choices, 1)
        return f"{told} is none of: {', '.join(choices)}" + (f"; {near[0]!r}?" if near else "")
    if get_origin(kind) is tuple:
        return f"a list is expected, [in, brackets], not {told}"
    if _is_struct(kind):
        return f"fields are expected ({', '.join(kind.__struct_fields__)}), not {told}"
    return f"{_EXPECTED[kind]} is expected, not {told}" if kind in _EXPECTED else None


def readable(value: object, kind: Any, blanks: set[Steps], steps: Steps = ()) -> Any:  # noqa: ANN401 - what `kind` says
    """The value as its type, with what `mistyped` complains of left blank: the rest of it can still be checked.

    Notes in `blanks` where that is. Types are structs, tuples of one type, either of them or null, and plain values.
    """
    if get_origin(kind) in _UNIONS:
        [arm] = [arm for arm in get_args(kind) if arm is not NoneType]
        found = None if value is None else readable(value, arm, blanks, steps)
        return None if found is _LACKING else found
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            blanks.add(steps)
            return ()
        parts = (readable(part, get_args(kind)[0], blanks, (*steps, at)) for at, part in enumerate(value))
        return tuple(part for part in parts if part is not _LACKING)
    if _is_struct(kind):
        return _readable_fields(value, kind, blanks, steps)
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError:
        blanks.add(steps)
        return _BLANK.get(kind, _LACKING)


def _readable_fields(value: object, kind: type[msgspec.Struct], blanks: set[Steps], steps: Steps) -> msgspec.Struct:
    """A struct of the fields that can be read; others keep their default, or are blank."""
    told = value if isinstance(value, dict) else {}
    if told is not value:
        blanks.add(steps)
    found = {}
    for field in msgspec.structs.fields(kind):
        if field.name in told or field.required:
            found[field.name] = readable(told.get(field.name), field.type, blanks, (*steps, field.name))
    return kind(**{name: one for name, one in found.items() if one is not _LACKING})


def _mistagged(value: object, tagged: dict[Any, Any], steps: Steps) -> Iterator[Problem]:
    """The same of a value that says by a field (*kind*) which of several it is."""
    field = next(iter(tagged.values())).__struct_config__.tag_field
    if not isinstance(value, dict):
        what = f"fields are expected, {field} ({', '.join(tagged)}) among them"
        yield steps, f"{_named(steps)}{what}, not {_shown(value)}"
    elif field not in value:
        yield steps, f"lacks {field!r}: one of {', '.join(tagged)}"
    elif not isinstance(value[field], str) or value[field] not in tagged:
        yield (*steps, field), f"{value[field]!r} is no {field}; one of: {', '.join(tagged)}"
    else:
        rest = {name: part for name, part in value.items() if name != field}
        yield from mistyped(rest, tagged[value[field]], steps)


def _line(lines: dict[Steps, int], steps: Steps) -> int:
    """The line of the innermost part of `steps` that is known."""
    while steps and steps not in lines:
        steps = steps[:-1]
    return lines.get(steps, 1)
