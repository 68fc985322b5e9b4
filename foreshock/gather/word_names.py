"""The names of WordprocessingML's elements and attributes, in both of its name spaces."""

from collections.abc import Iterator
from typing import Any

_WORD = ("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}",
         "{http://purl.oclc.org/ooxml/wordprocessingml/main}")  # fmt: skip


def name_of(element: Any) -> str | None:  # noqa: ANN401 - lxml has no types
    """An element's name where it is one of WordprocessingML's, else null; comments have none."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return next((tag[len(space) :] for space in _WORD if tag.startswith(space)), None)


def children(element: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """The elements of this name right below one; of null none."""
    return (each for each in (element if element is not None else ()) if name_of(each) == name)


def child(element: Any, name: str) -> Any:  # noqa: ANN401
    """The first of them, or null."""
    return next(children(element, name), None)


def attribute(element: Any, name: str) -> str | None:  # noqa: ANN401
    """An attribute of an element, or null; of null none."""
    if element is None:
        return None
    found = (element.get(f"{space}{name}") for space in _WORD)
    return next((value for value in found if value is not None), None)
