"""When a page says it was published in its linked data: of the page and its article, not of what it links to."""

import json
import re
from collections.abc import Iterator
from typing import Any

_stated = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{1,60})"')
_article = re.compile(r"(?:article|posting|report)$", re.IGNORECASE)
_HOLDING = ("@graph", "mainEntity")
"""Where a page's article may stand: beside it, or as what the page is about."""


def days_stated(tree: Any) -> list[set[str]]:  # noqa: ANN401 - lxml has no types
    """The dates of publication that a page's articles state, then those of other things it describes itself as.

    What a list, a live blog's entry or a comment says of itself is left out, since it is nested in something else.
    Linked data that is no JSON is searched for dates, which count as the latter.
    """
    articles: set[str] = set()
    others: set[str] = set()
    for element in tree.iter("script"):
        if (element.get("type") or "").partition(";")[0].strip().lower() != "application/ld+json":
            continue
        words = (element.text or "").strip().removeprefix("<![CDATA[").removesuffix("]]>").strip("; \n")
        try:
            nodes = list(_nodes(json.loads(words, strict=False)))
        except (ValueError, RecursionError):
            others.update(_stated.findall(words))
            continue
        for node in nodes:
            if isinstance(value := node.get("datePublished"), str):
                (articles if _is_article(node) else others).add(value)
    return [articles, others]


def _nodes(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    for node in data if isinstance(data, list) else [data]:
        if isinstance(node, dict):
            yield node
            for name in _HOLDING if depth < len(_HOLDING) else ():
                yield from _nodes(node.get(name), depth + 1)


def _is_article(node: dict[str, Any]) -> bool:
    stated = node.get("@type")
    types = stated if isinstance(stated, list) else [stated]
    return any(isinstance(one, str) and _article.search(one) for one in types)
