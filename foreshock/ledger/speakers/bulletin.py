"""Who pledges in a body's own notice: what no source is given for is the word of who gives notice, not the outlet's."""

import re

from foreshock.ledger.outcomes.senses import MONTH_NAMES
from foreshock.ledger.speakers.phrases import BODY_NAME, is_called_body, named_within
from foreshock.model.document import Document
from foreshock.model.letters import UPPER

LONGEST_HEADLINE = 90
LONGEST_OPENING = 600
"""Characters of a first paragraph within which a notice says whose it is."""

_GIVES_NOTICE = re.compile(
    rf"(?P<who>(?:[Tt]he )?(?:{BODY_NAME}|[a-z][\w’'-]*(?: [a-z][\w’'-]*){{0,4}})) "
    r"(?:hereby |wishes to |is pleased to )?(?:informs?|announces?|notif(?:y|ies)|gives? notice|makes? known|"
    r"makes? public|communicates?|advises?|brings? to)\b"
)
_NOTICE = re.compile(r"\b(?:communiqu[eé]s?|bulletin|gazette|notices?|press service|official journal)\b", re.IGNORECASE)
_OWN_ACT = re.compile(
    r"(?:on this basis,? |accordingly,? |to this end,? |from \w+,? )?"
    r"(?P<who>the [\w’'-]+(?: [\w’'-]+){0,6}?|[A-Z][\w’'-]+(?: [\w’'-]+){0,5}?) "
    r"(?:will|shall|is to|are to|undertakes? to|intends? to|plans? to)\b"
    r"(?! (?:not )?(?:be|probably|likely|fall|collapse|lose|fail)\b)",
    re.IGNORECASE,
)
_NO_RELATIVE = r"(?!(?:that|who|which|whose|how|what|when|if|no longer)\b)[\w’'-]+"
_OWN_PLAN = re.compile(
    rf"(?P<who>[Tt]he (?:{_NO_RELATIVE} ){{0,6}}?{_NO_RELATIVE}|"
    rf"(?!(?:No|Neither|Nobody|When|If|As|While|How|What|Once|Everybody)\b)[{UPPER}][\w’'-]+"
    rf"(?: {_NO_RELATIVE}){{0,5}}?) "
    r"(?P<verb>undertakes|has undertaken|intends|plans) to\b(?! (?:[\w’'-]+ ){1,14}(?:have|has|had|were|was|are|is)\b)"
)
"""A body and what it means to do by itself; no plans that others speak of."""
_HEDGED = re.compile(r"\b(?:probabl[ey]|likely|unlikely|may|might|could|perhaps|expected)\b", re.IGNORECASE)


def gives_notice(document: Document) -> str | None:
    """The body whose notice a text without a byline is: whom its first paragraph says to inform or announce."""
    if document.author:
        return None
    opening = _opening(document.text)
    for match in _GIVES_NOTICE.finditer(opening):
        if is_called_body(_bare(match["who"])):
            return match["who"]
    return None


def is_bulletin(document: Document) -> bool:
    """Whether a text without a byline is a body's own notice, or a collection of them."""
    if document.author:
        return False
    head = f"{document.outlet or ''} {document.title or ''}"
    return _NOTICE.search(head) is not None or gives_notice(document) is not None


def plans_in(words: str) -> re.Match[str] | None:
    """A body's own plan with which words begin: *the town hall undertakes to mend the roof*."""
    found = _OWN_PLAN.match(words)
    return found if found is not None and is_called_body(_bare(found["who"])) else None


def pledger_in(words: str) -> str | None:
    """The body that words have as their subject and whose own act they tell: *the ministry will open a register*."""
    found = _OWN_ACT.match(words)
    if found is None or _HEDGED.search(MONTH_NAMES.sub(" ", words)):
        return None
    who = found["who"]
    return who if is_called_body(_bare(who)) or named_within(who) is not None else None


def _bare(words: str) -> str:
    return re.sub(r"^the ", "", words, flags=re.IGNORECASE)


def _opening(text: str) -> str:
    """A text's first paragraph that is longer than a headline, up to `LONGEST_OPENING` characters of it.

    A line is a paragraph, as to the reader; but lines none of which is longer than a headline are those of a text
    that is broken to a width, and go on until one ends in a full stop.
    """
    for block in re.split(r"\n\s*\n", text):
        lines = block.split("\n")
        broken = all(len(line) <= LONGEST_HEADLINE for line in lines)
        parts = re.split(r"(?<=[.!?”\"])\s*\n", block) if broken else lines
        found = next((part for part in parts if len(part) > LONGEST_HEADLINE), None)
        if found is not None:
            return found[:LONGEST_OPENING]
    return ""
