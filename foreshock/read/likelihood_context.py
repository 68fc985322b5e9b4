"""What stands around a phrase of likelihood and takes its odds away or turns them: who disbelieves what *will* be, that
it is only asked whether it will, a cue that is a guess itself; and *May*, the month."""

import re

from foreshock.read.decode import CharSpan

_CONTEXT = 60
"""Characters before a phrase in which the words stand that bear on it."""

_word = r"(?:\s+(?!and\b|but\b|or\b)[\w’'-]+)"
_noun = r"(?:\s+(?!and\b|but\b|or\b|who\b|that\b|than\b|to\s+be\b)[\w’'-]+)"
_disbelief = (
    r"\b(?:(?:do|does|did)(?:\s+not|n['’]t)"
    rf"|(?:(?:(?<!\ba\s)(?<!\bthe\s)few|no(?!\s+(?:doubt|wonder|matter)\b)|(?:hardly|scarcely|barely)\s+any){_noun}{{0,2}}?"
    r"|(?:hardly|scarcely|barely)\s+any(?:one|body)|no-one|nobody)"
    rf"(?:\s+(?:in|at|of|from|among){_noun}{{1,3}}?)?)"
    r"\s+(?:(?P<expects>expect(?:s|ed)?)|believe[sd]?|thinks?|thought)\b"
)
_disbelieves = re.compile(_disbelief, re.IGNORECASE)
_disbelieves_that = re.compile(rf"{_disbelief}(?={_word}{{0,8}}\s+$)", re.IGNORECASE)
_whether = re.compile(r"\bwhether(?!\s+(?:or\s+not|to)\b)(?:\s+[\w’'-]+){1,8}\s+$", re.IGNORECASE)
_modal = re.compile(r"(?:will|would|may|might|could|can)(?:\s+(?:not|ever|even))?", re.IGNORECASE)
_guess = re.compile(r"\b(?:hop(?:es?|ed|ing)|(?:fear|doubt|suspect|expect)(?:s|ed|ing)?)$", re.IGNORECASE)
_given_up = re.compile(
    r"\b(?:los(?:es?|t|ing)|g[ia]v(?:es?|en|ing)\s+up|abandon(?:s|ed|ing)?|no|little|without|beyond)\s+"
    r"(?:(?:all|any|his|her|their)\s+)?$",
    re.IGNORECASE,
)
_month_before = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|by|until|till|from|to|since|last|next|this|of|through|after|before|during|early|late"
    r"|mid))[\s-]+$",
    re.IGNORECASE,
)
_number_after = re.compile(r",?\s+\d")
_name_after = re.compile(r"\s+[^\WA-ZÀ-Þ]|\W*$")
_sentence_before = re.compile(r"(?:^|[.:;!?\n“”\"‘'(—–-])\s*$")


def disbelief_before(text: str, at: int) -> CharSpan | None:
    """The words before a *will* at `at` that disbelieve it: *I don't believe that*, *few diplomats think*."""
    found = _disbelieves_that.search(text, max(0, at - _CONTEXT), at)
    return found.span() if found else None


def disbelief_that_ends(text: str, at: int) -> int | None:
    """Where the words begin that end at `at` and disbelieve: *hardly anyone* of *hardly anyone expects*."""
    found = _disbelieves.finditer(text, max(0, at - _CONTEXT), at)
    return next((one.start() for one in found if one.end() == at), None)


def disbelieved(phrase: str) -> str | None:
    """The phrase of the yardstick that a disbelief stands for, null where `phrase` is none."""
    found = _disbelieves.fullmatch(phrase)
    return found and ("not expect" if found["expects"] else "do not believe")


def guess_in(cue: str) -> str | None:
    """The word at the end of a cue that tells odds of its own, be they said with *will*: *feared*, *said it hoped*."""
    found = _guess.search(cue)
    return found and found.group(0)


def is_asked(text: str, phrase: CharSpan) -> bool:
    """Whether a modal tells no odds, as it is asked and not told: *unclear whether it will hold*.

    *Whether or not they leave, it will hold* tells it.
    """
    asked = _modal.fullmatch(text, *phrase) and _whether.search(text, max(0, phrase[0] - _CONTEXT), phrase[0])
    return asked is not None


def is_given_up(text: str, phrase: CharSpan) -> bool:
    """Whether a *hope* is none: *has given up hope of it*, *no hope that it will*."""
    hope = text[phrase[0] : phrase[1]].casefold() == "hope"
    return hope and _given_up.search(text, max(0, phrase[0] - _CONTEXT), phrase[0]) is not None


def is_month(text: str, phrase: CharSpan) -> bool:
    """Whether a phrase is the month or a name: *on 10 May*, *Theresa May said*; *Rebels May Attack* is a headline."""
    if text[phrase[0] : phrase[1]] not in ("May", "MAY"):
        return False
    start = max(0, phrase[0] - _CONTEXT)
    if _month_before.search(text, start, phrase[0]) or _number_after.match(text, phrase[1]):
        return True
    follows = text[phrase[0] + 1] == "a" and _name_after.match(text, phrase[1])
    return bool(follows) and not _sentence_before.search(text, start, phrase[0])
