"""Which words count people: the triggers that a number belongs to, and the nouns that say whom or what it counts.

The words are data (`data/counts.yaml`); here they are made ready to search.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.read.decode import CharSpan

ADJACENT_WORDS = 3
"""How many words may stand between a trigger and its object's number, or between a number and its noun."""
NOUN_PHRASE = 60
"""How many characters after a number its noun is looked for in."""

_PHRASE = 40
"""Characters before and after a trigger in which a phrase around it stands."""
_ANY_WORD = r"(?:(?!(?:part|place|to|in|on|at|for|over|with|from|off|up)\b)[\w-]+(?:[.,]\d+)*\s+)"
_BESIDE = 120
"""Characters before and after a hospital in which it may be told why people are there."""
_hospital = re.compile(r"\bhospitals?\b", re.IGNORECASE)
_next_word = re.compile(r"\s+(?P<word>[^\W\d]+)")
_or_after = re.compile(r"(?:,\s+\w+){0,2},?\s+or\s+(?P<other>\w+)")
PAUSE = re.compile(r"[,;.:—()]")
WORDS = re.compile(r"[^\W\d][\w’'%-]*|[%$]")
STOP = frozenset("and or in on at by of to from with near after before during since as for who whom which that when "
                 "where while was were is are be been being has have had will would may could".split())  # fmt: skip
"""Words that end a noun phrase."""


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/counts.yaml` as written: regular expressions and words."""

    triggers: dict[str, list[str]]
    with_people: dict[str, list[str]]
    around: dict[str, list[str]]
    around_holds: tuple[str, ...]
    ailing: list[str]
    one_person: list[str]
    transitive: list[str]
    people: frozenset[str]
    irregular_people: frozenset[str]
    armed: frozenset[str]
    measures: frozenset[str]
    labels: frozenset[str]


@dataclass(frozen=True)
class Lexicon:
    """`data/counts.yaml`, ready to search."""

    triggers: dict[str, re.Pattern[str]]
    with_people: dict[str, re.Pattern[str]]
    around: dict[str, re.Pattern[str]]
    around_holds: tuple[str, ...]
    any_trigger: re.Pattern[str]
    ailing: re.Pattern[str]
    one_person: re.Pattern[str]
    transitive: re.Pattern[str]
    people: frozenset[str]
    plurals: frozenset[str]
    armed: frozenset[str]
    measures: frozenset[str]
    labels: frozenset[str]


def _whole_words(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(expressions) + r")(?!\w)", re.IGNORECASE)


def _phrases(expressions: list[str]) -> list[str]:
    """Regular expressions with every word that `~` stands for written out."""
    return [expression.replace("~", _ANY_WORD) for expression in expressions]


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    return word + ("es" if word.endswith(("s", "ch")) else "s")


@cache
def lexicon() -> Lexicon:
    """The shipped words, made ready once."""
    table = shipped_table("data/counts.yaml", _Table)
    around = {name: _whole_words(_phrases(expressions)) for name, expressions in table.around.items()}
    return Lexicon(
        triggers={name: _whole_words(words) for name, words in table.triggers.items()},
        with_people={name: _whole_words(words) for name, words in table.with_people.items()},
        around=around,
        around_holds=table.around_holds,
        any_trigger=_whole_words(
            [pattern.pattern for pattern in around.values()]
            + [word for words in table.triggers.values() for word in words]
        ),
        ailing=_whole_words(table.ailing),
        one_person=_whole_words(table.one_person),
        transitive=_whole_words(table.transitive),
        people=table.people,
        plurals=table.people | {_plural(word) for word in table.people} | table.irregular_people,
        armed=table.armed | {_plural(word) for word in table.armed},
        measures=table.measures,
        labels=table.labels,
    )


def noun_words(text: str, start: int, end: int) -> list[str]:
    """The words that may be a number's noun: the few after it, up to a word that ends a noun phrase."""
    words: list[str] = []
    at = start
    for match in WORDS.finditer(text, start, min(end, start + NOUN_PHRASE)):
        word = match.group(0).casefold()
        ends = word in STOP and not (word == "of" and not words)
        if ends or len(words) > ADJACENT_WORDS or PAUSE.search(text, at, match.start()):
            break
        words.append(word)
        at = match.end()
    return words


def noun_of(words: list[str]) -> str | None:
    """The first word for people or for something else (a measure) among `words`; null where none is known."""
    known = lexicon()
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if (word in known.measures and following not in known.plurals) or word in known.plurals:
            return word
        if f"{word} {following}" in known.plurals:
            return f"{word} {following}"
    return None


@lru_cache(maxsize=5_000)
def counted(word: str) -> tuple[str | None, bool]:
    """What a trigger of these words counts, if anything, and whether only with a noun for people beside the number."""
    known = lexicon()
    name = next((name for name, pattern in known.triggers.items() if pattern.search(word)), None)
    if name is not None:
        return name, False
    return next((name for name, pattern in known.with_people.items() if pattern.fullmatch(word)), None), True


@lru_cache(maxsize=64)
def counted_around(text: str, trigger: CharSpan) -> tuple[str, CharSpan] | None:
    """What a phrase around a trigger counts, and its span: *shot and wounded*, *killed or wounded*; null if none does.

    In *12 were killed and wounded soldiers fled* the second word only says of whom.
    """
    start, end = max(0, trigger[0] - _PHRASE), trigger[1] + _PHRASE
    near = text[start:end].lower()
    if not any(words in near for words in lexicon().around_holds):
        return None
    for name, pattern in lexicon().around.items():
        for found in pattern.finditer(text, start, end):
            if found.start() <= trigger[0] and trigger[1] <= found.end():
                of_whom = _next_word.match(text, found.end())
                if _hospital.search(text, *found.span()) and _nobody_hurt(text, found.span()):
                    return None
                return None if of_whom and of_whom["word"].casefold() in lexicon().plurals else (name, found.span())
    return None


def _nobody_hurt(text: str, phrase: CharSpan) -> bool:
    """Whether those who were brought to a hospital are ill, or fast: *on hunger strike; two were taken to hospital*."""
    near = text[max(0, phrase[0] - _BESIDE) : phrase[1] + _BESIDE]
    return lexicon().ailing.search(near) is not None


def counts_another(text: str, trigger: CharSpan, name: str) -> bool:
    """Whether a number is told of two acts of which either may be meant: *killed or captured*."""
    found = _or_after.match(text, trigger[1])
    other = counted(found["other"].casefold())[0] if found else None
    return other is not None and other != name and {name, other} != {"displaced", "deserted"}
