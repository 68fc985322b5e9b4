"""Lines about the text itself, telling nothing of the world: who wrote it, whose its views are, what was corrected."""

import re
from typing import Final

from foreshock.read.decode import CharSpan

_WORD = r"[A-ZÀ-Þ][\w.’'-]*"
_PARTICLE = r"(?:al|el|bin|ibn|de|da|di|van|von|ould|ag|dos|del|la)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )*{_WORD}){{1,3}}"
_byline = re.compile(
    rf"(?:^|[|/·•–—]) *[*_]*(?i:(?:opinion |analysis |commentary |column |words )?by):? (?P<first>{_NAME})"
    rf"(?:(?:,| and| &) (?P<second>{_NAME}))?",
    re.MULTILINE,
)
_OF_HIM = (
    r"(?:,[^,\n]{3,60},)? (?:(?:is|was|are|were|teaches|taught|served|lectures|lives|works|holds|heads|covers|has)"
    r"|(?:writes|wrote|reports|reported) (?:from|for|about|on))\b"
)
_REST = r"(?:(?!\s(?:Read|Also|See|Related|More|READ)\b[^\n]{0,12}:)[^\n])*"
"""The rest of a line, up to what it refers to: *Read also: …*."""
_OF_HIS_OWN = (
    r"(?:(?:his|her|their|my|our|(?:author|authors|writer|contributor)[’']s?) own"
    r"|(?:is|are) (?:hers|his|theirs|mine|those of)|not (?:necessarily )?(?:reflect|represent|those of))\b"
)
_on_the_text = re.compile(
    r"(?:"
    rf"(?:(?:All|The|Any) )?(?:views?|opinions?)\b[^.\n]{{0,80}}\b{_OF_HIS_OWN}"
    r"|This (?:article|story|report|piece|post|page|interview|text|essay|commentary|blog|column)"
    r" (?:(?:was|is|has been) (?:first |originally |also |last )?(?:amended|updated|corrected|edited|published"
    r"|republished|produced|translated|adapted|funded|supported|part of)|(?:first|originally) appeared)\b"
    r"|An earlier version of this \w+|(?:Correction|Clarification|About the authors?):"
    rf"){_REST}",
    re.IGNORECASE,
)
_on_the_writer = re.compile(
    r"(?:The|This) (?:writer|author|columnist)s? (?:(?:is|was|are|were) (?:a|an|the|former|senior|with)"
    r"|teaches|teach|taught|writes|lectures|served as|lives|works|has (?:received|reported|covered|written|taught))\b"
    rf"{_REST}"
)
_begins = re.compile(r"^[^\w\n]*(?P<word>\w+)", re.MULTILINE)
_FIRST_WORDS = frozenset("all the any view views opinion opinions this an correction clarification about".split())
"""How what `_on_the_text` finds begins, which is sooner looked for."""
LAST: Final = 0.6
"""Share of a text behind which *the writer* is who wrote it, and not one it tells of."""


def notes(text: str) -> list[CharSpan]:
    """The lines of a text that are about itself or its author. The corpus has 17 of them and no statement in any."""
    authors = {name for one in _byline.finditer(text) for name in one.groups() if name}
    of_them = re.compile(rf"(?:Dr\.? |Prof(?:essor|\.)? )?(?:{'|'.join(map(re.escape, authors))}){_OF_HIM}{_REST}")
    found = []
    for line in _begins.finditer(text):
        at = line.start("word")
        kinds = [_on_the_text] if line["word"].lower() in _FIRST_WORDS else []
        kinds += [_on_the_writer] if at > LAST * len(text) else []
        kinds += [of_them] if authors else []
        found += [one.span() for kind in kinds if (one := kind.match(text, at))]
    return found
