"""Where a text names somebody whom a pronoun or a bare noun may call again."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from foreshock.ledger.lexicon import lexicon
from foreshock.ledger.speakers.phrases import (
    CAPITAL,
    NAME,
    PRONOUNS,
    any_word,
    ends_in,
    is_called_body,
    stripped,
    surname,
)
from foreshock.ledger.speakers.wording import either, wording
from foreshock.model.statement import Source
from foreshock.model.vocabulary import SourceKind

_SOMEBODY = re.compile(r"(?:^|[.?!”\"]\s)(An? (?:[\w’'-]+ ){0,3}?[\w’'-]+)(?= (?:who|in|at|from|on)\b|,)", re.MULTILINE)
"""A person brought in at a sentence's head: *A former judge who now organises the displaced*."""
_VERB = r"(?:will|would|has|have|had|is|was|are|were|does|did|can|could|must|may|should)"
_OPENER = (
    r"(?:In|On|At|By|From|To|For|With|After|Before|Since|Until|Under|Over|As|And|But|Or|If|When|While|Near|Of|"
    r"Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?"
)
"""With what a sentence begins that is no name."""
_MODIFIER = (
    r"(?!(?:the|an?|of|in|on|at|for|to|by|and|or|no|not|his|her|its|their|has|have|had|is|was|are|were|will)\b)"
    r"(?![\w’'-]*ed\b)[\w’'-]+"
)
"""A word between *the* and an office: no verb, and nothing that begins another phrase."""
_NOBODY = frozenset(PRONOUNS) | frozenset(
    "everyone everybody nobody somebody someone some others many most all few".split()
)
"""Words for a source to whom nothing points back."""
_BEFORE = r"(?<![\w’'-])"
_REST = (
    r"(?P<rest>(?:[ \t](?:of|for|on|de|du|des|del|da|do|di|pour|para)[ \t](?:the[ \t]|la[ \t])?"
    rf"{CAPITAL}(?:[ \t](?:(?:and|e|y|et)[ \t])?{CAPITAL})*){{0,3}})"
)
"""The rest of a body's name after its head: *International Organization for Migration*."""


@dataclass(frozen=True, order=True)
class Mention:
    """Words at `start` of a text for somebody whom a pronoun may stand for: a `person` or a `body`."""

    start: int
    kind: str
    words: str


def mentions_of(
    text: str, sources: Sequence[Source], affiliated: Collection[str], author: str | None = None
) -> list[Mention]:
    """Everyone whom a pronoun may stand for, in text order; `affiliated` are the surnames of bodies' people.

    The `author` is one where a sentence begins with the whole name.
    """
    found = [*_names(text, affiliated), *_offices(text), *_bodies(text)]
    found += [Mention(match.start(1), "person", match.group(1)) for match in _SOMEBODY.finditer(text)]
    if author:
        signs = rf"(?:^|(?<=[.?!”\"] )|(?<=\n)){re.escape(author)}(?= (?:{_VERB}|[a-z]+s|[a-z]+ed)\b)"
        found += [Mention(match.start(), "person", author) for match in re.finditer(signs, text)]
    offices = lexicon().offices
    for source in sources:
        if source.text.casefold() in _NOBODY:
            continue
        body_like = source.source_kind in (SourceKind.ORGANISATION, SourceKind.DOCUMENT)
        is_body = body_like and not ends_in(stripped(source.text), offices)
        found.append(Mention(source.start, "body" if is_body else "person", source.text))
    return sorted(set(found))


def _names(text: str, affiliated: Collection[str]) -> list[Mention]:
    found = []
    for match in re.finditer(rf"{_BEFORE}(?:the |The )?{NAME}", text):
        words = match.group(0)
        if surname(words) in affiliated:
            found.append(Mention(match.start(), "person", words))
    for match in re.finditer(rf"{_BEFORE}(?:the |The )?(?P<name>{CAPITAL}(?:[ \t]{CAPITAL}){{0,4}}){_REST}", text):
        name, words = match["name"], match.group(0)
        if " " in words and is_called_body(name):
            found.append(Mention(match.start(), "body", words))
    found += [Mention(match.start(), "body", match.group(0)) for match in _described().finditer(text)]
    acting = rf"{_BEFORE}(?:the |The )?[A-Z]{{3,}}(?= (?:{_VERB}|{any_word(lexicon().speech)})\b)"
    found += [Mention(match.start(), "body", match.group(0)) for match in re.finditer(acting, text)]
    return found


@cache
def _described() -> re.Pattern[str]:
    """A name that a noun behind it tells to be a body's: *Kronos Ferries, a Beni firm that …*."""
    nouns = any_word(lexicon().describing | lexicon().bodies)
    return re.compile(
        rf"{_BEFORE}(?!{_OPENER}\b){CAPITAL}(?:[ \t]{CAPITAL}){{0,3}}"
        rf"(?=, (?:an?|the) (?:[\w’'-]+ ){{0,4}}?(?:{nouns})(?:,| (?:of|for|in|at|that|which)\b))"
    )


def _offices(text: str) -> list[Mention]:
    return [Mention(match.start(), "person", match.group(0)) for match in _office().finditer(text)]


@cache
def _office() -> re.Pattern[str]:
    heads, bodies = any_word(lexicon().offices), any_word(lexicon().bodies)
    return re.compile(
        rf"\bThe (?:{_MODIFIER} ){{0,2}}?(?:{heads})\b(?! (?:{_MODIFIER} )?(?:{heads})\b)"
        rf"(?:['’]s \w+| of (?:the )?{CAPITAL}(?: {CAPITAL})*(?: {either(wording().divisions)}\b)?|"
        rf" of the (?:[\w’'-]+ ){{0,2}}?(?:{bodies})\b)?"
    )


def _bodies(text: str) -> list[Mention]:
    return [Mention(match.start(), "body", match.group(0)) for match in _body().finditer(text)]


@cache
def _body() -> re.Pattern[str]:
    """Bodies by a common noun: at a sentence's head whatever follows, else where they do or say something."""
    noun = rf"(?:[\w’'-]+ ){{0,3}}?(?:{any_word(lexicon().bodies)})\b"
    speech = any_word(lexicon().speech)
    acts = rf"(?:{_VERB}|{speech}|[a-z]+ed|met|came|went|left|held|put|set|made|gave|took|spoke|had)\b"
    of = rf"(?: of (?:the )?(?:[\w’'-]+ ){{0,2}}?(?:and )?[\w’'-]+(?= {acts}|[,.]))?"
    does = rf"(?= (?:{_VERB}|{speech})\b|,)"
    head = rf"(?:^|(?<=[.?!”\"*—–] )|(?<=\n))(?:The|A|An) {noun}{of}(?! of)"
    return re.compile(rf"{head}|\b(?:The|A|An) {noun}(?= (?:{speech}|in )|,)|\bthe {noun}{of}{does}")
