"""What a forecast hangs on, told by its words alone: *if the pay stops, they will go*, *they will go unless …*."""

import re

from foreshock.ledger.words import NEGATED
from foreshock.model.letters import UPPER

_OPENERS = r"(?:only if|if|unless|provided(?: that)?|so long as|as long as|in case|in the event (?:that|of))"
_INVERTED = rf"should (?=(?:the|an?|his|her|its|their|our|this|that|these|those|he|she|it|they|we|[{UPPER}][\w’'-]+)\b)"
"""*Should the pay stop* is a condition; *it should rain* is none."""
_OPENS = re.compile(
    rf"^\W*(?:(?:and|but)\s+)?(?!so\s+long\s+as\b)(?:{_OPENERS}|on\s+(?:the\s+)?condition\s+that|(?:assuming|supposing|providing)(?:\s+that)?|"
    r"should|were|had)\b",
    re.IGNORECASE,
)
"""How words begin that the reader found to be a condition, and that are one: *before he signs*, *when it is
over* are times, *even if they are paid* makes no difference, *so long as nobody is tried* tells how things stand."""
_THAT = re.compile(r"^\W*that\b", re.IGNORECASE)
_SPAN = r"(?! (?:\w+ ){1,2}(?:days?|weeks?|months?|years?)\b)[^,.;:?“”\"\n]{3,150}"
"""The rest of the condition; *as long as six months* is a time."""
_FIRST = re.compile(
    rf"(?:^|[“”\"]|\bthat\s|[:;,]\s)\s*+(?:and\s++|but\s++)?(?P<told>(?i:{_OPENERS}\b|{_INVERTED}){_SPAN}),(?=\s)"
)
_LAST = re.compile(rf"(?<=[\w”\"’]),?\s(?P<told>(?:{_OPENERS}\b|{_INVERTED}){_SPAN})")
_EVEN = re.compile(r"\beven if\b[^,.;:?“”\"\n]{3,150}", re.IGNORECASE)
"""What makes no difference is no condition, and still not what is foretold."""
_WHETHER = re.compile(
    r"\b(?:surprised|astonished|amazed|shocked|wonders?|doubts?|doubtful|see|asks?|asked|knows?|unclear|unsure|as|even)$",
    re.IGNORECASE,
)
"""Before an *if* that opens no condition: *I would be surprised if they were paid* is of their pay."""
_TO_NO_END = re.compile(r"\b(?:to|for) nothing\b", re.IGNORECASE)
"""*Come to nothing* is told of talks like any other end of theirs."""
_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_NO_CONDITION = re.compile(
    r"\W*if\s+(?:only\s+(?:to|because|for|in|by|as)\b|not\s+(?:sooner|later|earlier|before|now|already|yet)\b|at\s+all\b|"
    r"(?:need|needs)\s+be\b|ever\b|any(?:thing)?\W*$|(?:necessary|possible|at\s+all\s+possible)\W*$)",
    re.IGNORECASE,
)
"""What opens like a condition and makes nothing hang on it: *if only to be photographed*, *if not sooner*."""
_BREAK = re.compile(r"[;:?]|,\s(?:but|yet|while)\s")


def condition_of(sentence: str, trigger: int, end: int) -> str | None:
    """The condition that a sentence tells for the act whose word stands at `trigger`, in a clause that ends at `end`.

    It opens the sentence or a part of it before the act, or follows in the clause or at its end. Null where there is
    none; positions are characters of the sentence.
    """
    for found in _FIRST.finditer(sentence):
        if found.end("told") <= trigger and not _BREAK.search(sentence, found.end("told"), trigger):
            return found["told"]
    for found in _LAST.finditer(sentence):
        if _WHETHER.search(sentence[: found.start()]):
            continue
        if trigger < found.start("told") <= end + 2 and not _BREAK.search(sentence, trigger, found.start("told")):
            return found["told"]
    return None


def is_conditional(condition: str) -> bool:
    """Whether what a prediction is said to hang on has to be shown before anything is held against it."""
    return _OPENS.match(condition) is not None and _NO_CONDITION.match(condition) is None


def bare_condition(condition: str) -> str:
    """What has to be shown, without the word that opens it: *the pay stops* of *if the pay stops*."""
    return _THAT.sub("", _OPENS.sub("", condition, count=1)).strip()


def hangs_on_absence(condition: str) -> bool:
    """Whether a condition is met as long as something does not come: *unless they are paid*, *if nobody signs*."""
    return _UNLESS.search(condition) is not None or NEGATED.search(_TO_NO_END.sub(" ", condition)) is not None


def without_conditions(words: str) -> str:
    """A clause's words without the conditions in them, and without what is said to make no difference."""
    words = _EVEN.sub(" ", words)
    for pattern in (_FIRST, _LAST):
        words = pattern.sub(_emptied, words)
    return words


def unconditioned(words: str, condition: str | None) -> str:
    """Words without what a prediction hangs on, as the reader names it or they tell it themselves: a report of the
    condition does not show the thing foretold."""
    return without_conditions(words.replace(condition, " ") if condition else words)


def _emptied(found: re.Match[str]) -> str:
    """What was found without the condition in it; as it is where its *if* opens none."""
    whole = found.group(0)
    return whole if _WHETHER.search(found.string[: found.start()]) else whole.replace(found["told"], " ")
