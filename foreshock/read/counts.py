"""Quantities told in a statement: killed, injured, captured, displaced, deserted, with their bounds.

Numbers are read by code, not learned: digits, words, *dozens*, *at least*, *between … and …*. Which count
a number belongs to follows from the trigger's word; that word, and the words that say whether a number counts people,
are data (`data/counts.yaml`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.model.statement import Count
from foreshock.read.decode import CharSpan
from foreshock.read.numerals import NUMBER, lower_end, number_of

VAGUE = {
    "dozens": (24, 99), "tens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
    "several dozen": (24, 99), "a few dozen": (24, 99), "few dozen": (24, 99),
    "several hundred": (200, 999), "a few hundred": (200, 999), "few hundred": (200, 999),
    "several thousand": (2000, 9999), "a few thousand": (2000, 9999), "few thousand": (2000, 9999),
    "several hundred thousand": (200_000, 999_999), "a few hundred thousand": (200_000, 999_999),
    "tens of thousands": (20_000, 99_999),
    "hundreds of thousands": (200_000, 999_999),
}  # fmt: skip
"""What a vague number stands for (codebook, section 8)."""
LEAST = ("at least", "more than", "over", "no fewer than", "not fewer than", "no less than", "not less than",
         "upwards of", "in excess of", "a minimum of")  # fmt: skip
MOST = ("up to", "at most", "as many as", "fewer than", "less than", "no more than", "not more than", "a maximum of")
ROUGHLY = ("around", "about", "some", "nearly", "almost", "roughly", "approximately", "an estimated", "estimated",
           "close to")  # fmt: skip
ADJACENT_WORDS = 3
"""How many words may stand between a trigger and its object's number, or between a number and its noun."""

_TOLD_TOGETHER = frozenset({"killed", "injured"})
"""Names whose numbers one act tells side by side."""
LAST_DAY = 31
NOUN_PHRASE = 60
"""How many characters after a number its noun is looked for in."""


def _longest_first(phrases: Iterable[str]) -> str:
    return "|".join(sorted((phrase.replace(" ", r"\s+") for phrase in phrases), key=len, reverse=True))


_ends = r"(?![\w-]|[.,:]\d)"
_month = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?"
_date_before = re.compile(rf"(?<!\w){_month}\s+$", re.IGNORECASE)
_date_after = re.compile(
    rf"(?:st|nd|rd|th)?(?:\s+(?:and|to|or)\s+\d+|[-–]\d+)?(?:\s+of)?\s+{_month}(?!\w)", re.IGNORECASE
)
_fraction = re.compile(r"\b(?:one|two|three|\d) (?:in|out of)(?: (?:every|each))?\s+$", re.IGNORECASE)
_pause = re.compile(r"[,;.:—()]")
_words = re.compile(r"[^\W\d][\w’'%-]*|[%$]")
_stop = frozenset("and or in on at by of to from with near after before during since as for who whom which that was "
                  "were is are be been being has have had will would may could".split())  # fmt: skip
_one = re.compile(r"(?<![\w-])(?:one|an?)\s+", re.IGNORECASE)
_one_and = re.compile(r"(?<![\w-])(?:one|an?)\s+(?:[\w’'-]+\s+){1,4}and\s+(?:her\s+|his\s+|their\s+)?$", re.IGNORECASE)
_nobody = re.compile(r"\b(?:not\s+(?:a\s+single|(?:even\s+)?one)|none)\b(?!\s+but\b)", re.IGNORECASE)
_passive = re.compile(r"\b(?:was|were|been|being|is|are|be|got|gets)(?:\s+\w+ly|\s+\w+){0,1}\s*$", re.IGNORECASE)
_itself_undergoes = re.compile(r"\b(?:dead|died|dies|death)\b")
_agent_before = re.compile(r"\bby\s+$", re.IGNORECASE)
_years_before = re.compile(r"\b(?:in|since|during|until|before|after|of|from|by)\s+$", re.IGNORECASE)
_year = re.compile(r"(?:19|20)\d\d")


class _Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`data/counts.yaml` as written: regular expressions and words."""

    triggers: dict[str, list[str]]
    with_people: dict[str, list[str]]
    one_person: list[str]
    transitive: list[str]
    people: frozenset[str]
    irregular_people: frozenset[str]
    armed: frozenset[str]
    measures: frozenset[str]
    labels: frozenset[str]


@dataclass(frozen=True)
class _Lexicon:
    """`data/counts.yaml`, ready to search."""

    triggers: dict[str, re.Pattern[str]]
    with_people: dict[str, re.Pattern[str]]
    any_trigger: re.Pattern[str]
    one_person: re.Pattern[str]
    transitive: re.Pattern[str]
    people: frozenset[str]
    plurals: frozenset[str]
    armed: frozenset[str]
    measures: frozenset[str]
    labels: frozenset[str]


@cache
def _told() -> re.Pattern[str]:
    """A number as it is told, its bounds with it; made when first a trigger counts people, as it is slow to make."""
    return re.compile(
        rf"(?<!\w)(?:(?P<bound>{_longest_first((*LEAST, *MOST, *ROUGHLY))})\s+)?(?:"
        rf"(?:between|from)\s+(?P<from>{NUMBER})\s+(?:and|to)\s+(?P<until>{NUMBER}){_ends}"
        rf"|(?P<low>(?<![\w.,:/$€£-])(?:{NUMBER}))(?:(?:\s+(?:to|or)\s+|\s?[-–]\s?)(?P<high>{NUMBER}){_ends}|{_ends})"
        rf"|(?P<vague>{_longest_first(VAGUE)})(?!\w))"
        r"(?P<more>\s+or more\b)?",
        re.IGNORECASE,
    )


@cache
def _and_more() -> re.Pattern[str]:
    """One more number of people named with the one before it; made late, as `_told` is."""
    return re.compile(
        rf"(?:\s+[\w’'-]+){{1,4}}(?P<join>\s+and\s+|,\s+(?:and\s+)?)"
        rf"(?:(?P<bound>{_longest_first((*LEAST, *MOST, *ROUGHLY))})\s+)?(?P<more>{NUMBER}|an?|one)(?![\w-])",
        re.IGNORECASE,
    )


@dataclass(frozen=True)
class _Number:
    """A number of people: its span, its count, and the noun for people it stands before, where that is known."""

    start: int
    end: int
    count: Count
    noun: str | None


def _whole_words(expressions: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(expressions) + r")(?!\w)", re.IGNORECASE)


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-2] + "en"
    return word + ("es" if word.endswith(("s", "ch")) else "s")


@cache
def _lexicon() -> _Lexicon:
    table = shipped_table("data/counts.yaml", _Table)
    return _Lexicon(
        triggers={name: _whole_words(words) for name, words in table.triggers.items()},
        with_people={name: _whole_words(words) for name, words in table.with_people.items()},
        any_trigger=_whole_words([word for words in table.triggers.values() for word in words]),
        one_person=_whole_words(table.one_person),
        transitive=_whole_words(table.transitive),
        people=table.people,
        plurals=table.people | {_plural(word) for word in table.people} | table.irregular_people,
        armed=table.armed | {_plural(word) for word in table.armed},
        measures=table.measures,
        labels=table.labels,
    )


def _noun_words(text: str, start: int, end: int) -> list[str]:
    """The words that may be a number's noun: the few after it, up to a word that ends a noun phrase."""
    words: list[str] = []
    at = start
    for match in _words.finditer(text, start, min(end, start + NOUN_PHRASE)):
        word = match.group(0).casefold()
        ends = word in _stop and not (word == "of" and not words)
        if ends or len(words) > ADJACENT_WORDS or _pause.search(text, at, match.start()):
            break
        words.append(word)
        at = match.end()
    return words


def _noun(words: list[str]) -> str | None:
    """The first word for people or for something else (a measure) among `words`; null where none is known."""
    lexicon = _lexicon()
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if (word in lexicon.measures and following not in lexicon.plurals) or word in lexicon.plurals:
            return word
        if f"{word} {following}" in lexicon.plurals:
            return f"{word} {following}"
    return None


def _names_or_dates(text: str, match: re.Match[str], clause: CharSpan, noun: str | None) -> bool:
    """Whether the number is a date, a year, an age, a fraction's whole, an agent's, or part of a name."""
    name = next((name for name in ("low", "from") if match[name]), None)
    if name is None:
        return False
    start = match.start(name)
    before = text[max(clause[0], start - NOUN_PHRASE // 2) : start]
    previous = _words.findall(before)
    last_word = previous[-1].casefold() if previous and not _pause.search(before[-2:]) else ""
    day = match[name].isdigit() and int(match[name]) <= LAST_DAY
    if (
        (day and _date_before.search(before))
        or _date_after.match(text, match.end(), clause[1])
        or _fraction.search(before)
    ):
        return True
    if _year.fullmatch(match[name]) and (noun not in _lexicon().plurals or _years_before.search(before)):
        return True
    following = text[match.end() : match.end() + 1]
    if (before.rstrip().endswith(",") and following == ",") or (before.endswith("(") and following == ")"):
        return True
    age = last_word == "of" and len(previous) > 1 and previous[-2].casefold() in _lexicon().plurals
    return age or last_word in _lexicon().labels


def _count(match: re.Match[str], trigger: CharSpan) -> Count | None:
    if match["vague"]:
        low, high = VAGUE[re.sub(r"\s+", " ", match["vague"].casefold())]
        return Count(low=low, high=high)
    until = match["until"] or match["high"]
    low_value = lower_end(match["from"] or match["low"], until or "")
    high_value = number_of(until) if until else None
    if low_value is None:
        return None
    if high_value is not None and high_value > low_value:
        return Count(low=low_value, high=high_value)
    if match["more"]:
        return Count(low=low_value)
    return _bounded("" if trigger[0] <= match.start() < trigger[1] else match["bound"] or "", low_value)


def _bounded(words: str, number: int) -> Count:
    """What `number` tells after the words for a bound (none: itself): *at least 12* is 12 as `low`."""
    bound = re.sub(r"\s+", " ", words.casefold())
    if bound in LEAST:
        return Count(low=number)
    if bound in MOST:
        return Count(high=number)
    if bound in ROUGHLY:
        return Count(best=number)
    return _exactly(number)


def _exactly(number: int) -> Count:
    return Count(low=number, best=number, high=number)


def _sum(one: Count, other: Count) -> Count:
    """Both together; a bound that either lacks is not known of the sum."""
    low, best, high = (
        None if mine is None or theirs is None else mine + theirs
        for mine, theirs in ((one.low, other.low), (one.best, other.best), (one.high, other.high))
    )
    return Count(low=low, best=best, high=high)


def _numbers(text: str, window: CharSpan, clause: CharSpan, trigger: CharSpan) -> Iterator[_Number]:
    """Every number of people in `window`."""
    lexicon = _lexicon()
    for match in _told().finditer(text, *window):
        noun = _noun(_noun_words(text, match.end(), clause[1]))
        least = re.sub(r"\s+", " ", (match["bound"] or "").casefold()) in LEAST and noun in lexicon.plurals
        alone = (match["low"] or "").casefold() == "one" and not match["high"] and not least
        agent = _agent_before.search(text, max(clause[0], match.start() - 4), match.start())
        if alone or agent or noun in lexicon.measures or _names_or_dates(text, match, clause, noun):
            continue
        count = _count(match, trigger)
        if count is not None:
            yield _Number(match.start(), match.end(), count, noun)


def _window(text: str, clause: CharSpan, trigger: CharSpan) -> tuple[CharSpan, CharSpan | None]:
    """The part of the clause that no other countable trigger claims, and the trigger that it begins after, if any.

    *Prisoners* are people here, not an act.
    """
    start, end = clause
    previous: CharSpan | None = None
    for other in _lexicon().any_trigger.finditer(text, *clause):
        if other.group(0).casefold() in _lexicon().plurals:
            continue
        if other.end() <= trigger[0]:
            start, previous = other.end(), other.span()
        elif other.start() >= trigger[1]:
            end = min(end, other.start())
    return (start, end), previous


def _directly_after(text: str, trigger: CharSpan, start: int) -> bool:
    """Whether what starts at `start` is the trigger's object: only a few words between, none a preposition."""
    between = text[trigger[1] : start]
    words = {word.casefold() for word in _words.findall(between)}
    close = len(words) < ADJACENT_WORDS and not _pause.search(between)
    return start >= trigger[1] and close and not (_stop - {"of"}) & words


def _one_person(text: str, window: CharSpan, trigger: CharSpan) -> bool:
    """Whether the trigger's object or subject is one person: *a soldier was killed*, *killing one guard*."""
    word = text[trigger[0] : trigger[1]].casefold()
    if not _lexicon().one_person.search(word):
        return False
    starts = [
        match.start()
        for match in _one.finditer(text, *window)
        if _noun(_noun_words(text, match.end(), window[1])) in _lexicon().people
    ]
    if any(_directly_after(text, trigger, start) for start in starts):
        return True
    undergoes = _itself_undergoes.search(word) or _passive.search(text, window[0], trigger[0])
    return undergoes is not None and any(start < trigger[0] for start in starts)


def _with_joined(text: str, number: _Number, window: CharSpan) -> Count:
    """The number with those named beside it: *nine soldiers, two boys and a policeman* tell twelve.

    After a comma those who follow *people* break the number down, and so do those who make up just the number.
    """
    alone = _sum(number.count, _exactly(1)) if _one_and.search(text, window[0], number.start) else number.count
    joined = pending = _exactly(0)
    listed, at = False, number.end
    while match := _and_more().match(text, at, window[1]):
        comma = match["join"].startswith(",")
        if _noun(_noun_words(text, match.end(), window[1])) not in _lexicon().plurals or (
            comma and number.noun in (None, "people", "persons")
        ):
            break
        listed = listed or comma
        pending = _sum(pending, _bounded(match["bound"] or "", number_of(match["more"]) or 0))
        at = match.end()
        if match["join"].rstrip().endswith("and"):
            joined, pending = _sum(joined, pending), _exactly(0)
    return alone if listed and joined.low == number.count.low else _told_sum(alone, joined)


def _told_sum(alone: Count, joined: Count) -> Count:
    """The sum, or the first number where the two bounds leave nothing of a sum (*at least two and up to ten*)."""
    both = _sum(alone, joined)
    return alone if both == Count() else both


def _acted_on(text: str, trigger: CharSpan, window: CharSpan) -> bool:
    """Whether the trigger is active and people are its object: whoever stands before *killed a trader* killed."""
    if not _lexicon().transitive.fullmatch(text[trigger[0] : trigger[1]]):
        return False
    if _passive.search(text, window[0], trigger[0]):
        return False
    words = _noun_words(text, trigger[1], window[1])
    return _noun(words) in _lexicon().plurals and not _pause.match(text[trigger[1] : trigger[1] + 1])


def _named(name: str, noun: str | None, cautious: bool) -> str | None:
    """Under which name `noun`'s number goes: soldiers who flee desert, and those who cross a border do neither."""
    if name != "displaced" or noun not in _lexicon().armed:
        return name
    return None if cautious else "deserted"


@lru_cache(maxsize=5_000)
def _counted(word: str) -> tuple[str | None, bool]:
    """What a trigger of these words counts, if anything, and whether only with a noun for people beside the number."""
    lexicon = _lexicon()
    name = next((name for name, pattern in lexicon.triggers.items() if pattern.search(word)), None)
    if name is not None:
        return name, False
    return next((name for name, pattern in lexicon.with_people.items() if pattern.fullmatch(word)), None), True


def find(text: str, clause: CharSpan, trigger: CharSpan) -> dict[str, Count]:
    """The counts of the statement, by name; empty where its trigger counts nobody or no number is told.

    A number that is the trigger's object is meant first; else the first of the clause, since what follows breaks it
    down. Numbers beside another trigger (*killed 2000 people and wounded 50*) belong to that one.
    """
    name, cautious = _counted(text[trigger[0] : trigger[1]])
    if name is None:
        return {}
    window, previous = _window(text, clause, trigger)
    if _nobody.search(text, window[0], trigger[0]) or _nobody.match(text, trigger[1] + 1, window[1]):
        return {}
    found = [number for number in _numbers(text, window, clause, trigger) if not cautious or number.noun]
    if found and found[0].end < trigger[0] and _acted_on(text, trigger, window):
        plurals = _lexicon().plurals
        found = [
            number
            for number in found
            if number.end > trigger[0] or _noun(_noun_words(text, number.end, trigger[0])) not in plurals
        ]
    if len(found) > 1 and previous and _directly_after(text, previous, found[0].start):
        found = found[1:]
    if found:
        chosen = next((number for number in found if _directly_after(text, trigger, number.start)), found[0])
        told = _named(name, chosen.noun, cautious)
        return {told: _with_joined(text, chosen, window)} if told else {}
    return {name: _exactly(1)} if _one_person(text, window, trigger) else {}


def find_all(text: str, clause: CharSpan, trigger: CharSpan, others: Iterable[CharSpan]) -> dict[str, Count]:
    """The counts of the statement with those of the second half of *31 killed and 54 wounded*.

    `others` are the triggers of the text's other statements: what one of them counts is told there, and not twice.
    """
    found = find(text, clause, trigger)
    if not found.keys() & _TOLD_TOGETHER:
        return found
    for beside in _lexicon().any_trigger.finditer(text, *clause):
        told = _counted(beside.group(0))[0] in _TOLD_TOGETHER - found.keys()
        if told and not any(start < beside.end() and beside.start() < end for start, end in (trigger, *others)):
            found = find(text, clause, beside.span()) | found
    return found
