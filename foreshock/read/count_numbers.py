"""Numbers of people as a clause tells them, each with its bounds: *at least 12*, *between two and five*, *dozens*."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from foreshock.model.statement import Count
from foreshock.read.count_words import NOUN_PHRASE, PAUSE, STOP, WORDS, lexicon, noun_of, noun_words
from foreshock.read.decode import CharSpan
from foreshock.read.numerals import NUMBER, lower_end, number_of

VAGUE = {
    "dozens": (24, 99), "tens": (24, 99), "scores": (40, 99), "hundreds": (200, 999), "thousands": (2000, 9999),
    "several dozen": (24, 99), "a few dozen": (24, 99), "few dozen": (24, 99),
    "several hundred": (200, 999), "a few hundred": (200, 999), "few hundred": (200, 999),
    "several thousand": (2000, 9999), "a few thousand": (2000, 9999), "few thousand": (2000, 9999),
    "several hundred thousand": (200_000, 999_999), "a few hundred thousand": (200_000, 999_999),
    "tens of thousands": (20_000, 99_999), "hundreds of thousands": (200_000, 999_999),
    "millions": (2_000_000, 9_999_999), "several million": (2_000_000, 9_999_999),
    "a few million": (2_000_000, 9_999_999), "few million": (2_000_000, 9_999_999),
    "tens of millions": (20_000_000, 99_999_999), "hundreds of millions": (200_000_000, 999_999_999),
}  # fmt: skip
"""What a vague number stands for (codebook, section 8)."""
LEAST = ("at least", "more than", "over", "no fewer than", "not fewer than", "no less than", "not less than",
         "upwards of", "in excess of", "a minimum of")  # fmt: skip
MOST = ("up to", "at most", "as many as", "fewer than", "less than", "no more than", "not more than", "a maximum of")
HEDGES = ("perhaps", "maybe", "possibly", "probably")
"""Words that leave a number open; the event it is told of, they do not touch."""
ROUGHLY = ("around", "about", "some", "nearly", "almost", "roughly", "approximately", "an estimated", "estimated",
           "close to", *HEDGES)  # fmt: skip
_COUPLE = r"a\s+couple(?:(?:\s+of)?\s+(?:hundred|thousand|million|dozen)\b|\s+of\b)"
LAST_DAY = 31


def _longest_first(phrases: Iterable[str]) -> str:
    return "|".join(sorted((phrase.replace(" ", r"\s+") for phrase in phrases), key=len, reverse=True))


_BOUNDS = _longest_first((*LEAST, *MOST, *ROUGHLY))
_ends = r"(?!\w|-(?!plus\b)|[.,:]\d)"
_month = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:uary|ruary|ch|il|ust|ember|tember|ober)?\.?"
_date_before = re.compile(rf"(?<!\w){_month}\s+$", re.IGNORECASE)
_date_after = re.compile(
    rf"(?:st|nd|rd|th)?(?:\s+(?:and|to|or)\s+\d+|[-–]\d+)?(?:\s+of)?\s+{_month}(?!\w)", re.IGNORECASE
)
_fraction = re.compile(r"\b(?:one|two|three|\d) (?:in|out of)(?: (?:every|each))?\s+$", re.IGNORECASE)
_one_and = re.compile(
    r"(?<![\w-])(?:one|an?)\s+(?P<who>(?:[\w’'-]+\s+){1,4})and\s+(?:her\s+|his\s+|their\s+)?$", re.IGNORECASE
)
_undergoing = r"(?P<auxiliary>\s+(?:has|have|had|was|were|is|are|been|being|be|reportedly|confirmed)\b)*\s*"
_undergone = re.compile(_undergoing, re.IGNORECASE)
_person_undergone = re.compile(rf"(?:\s+[\w’'-]+){{1,3}}?{_undergoing}", re.IGNORECASE)
_stands_alone = re.compile(
    r"\s*(?:[;.:)]|,(?!\s+[\w-]+\s+or\b)|\band\b|\b(?:near|at)\b|\bin\s+(?-i:[A-ZÀ-Þ])|$)", re.IGNORECASE
)
_name_before = re.compile(
    r"(?:\b(?P<place>[Ii]n|[Aa]t|[Nn]ear|[Aa]round|[Aa]cross)\s+)?(?<!\w)[A-ZÀ-Þ][\w’'-]*(?:\s+[A-ZÀ-Þ][\w’'-]*)*,\s*$"
)
_company = re.compile(r"\b(?:(?:along|together)\s+with|alongside|as\s+well\s+as|plus|(?<!, )with)\s+$", re.IGNORECASE)
_clause_end = re.compile(r"\s*(?:[.;!?)]|$)")
_part = r"of\s+(?:the|these|those|its|their|his|her)\s+"
_capitalised = re.compile(r"\s+(?:the\s+)?(?:[A-ZÀ-Þ][\w’'/-]*\s+)+")
_agent_before = re.compile(r"\bby\s+$", re.IGNORECASE)
_years_before = re.compile(r"\b(?:in|since|during|until|before|after|of|from|by)\s+$", re.IGNORECASE)
_year = re.compile(r"(?:19|20)\d\d")
_couple_told = re.compile(_COUPLE, re.IGNORECASE)


@cache
def _told() -> re.Pattern[str]:
    """A number as it is told, its bounds with it; made when first a trigger counts people, as it is slow to make."""
    return re.compile(
        rf"(?<!\w)(?:(?P<bound>{_BOUNDS})\s+|(?P<sign>(?<![=-])[<>~≈≥≤]))?(?:"
        rf"(?:between|from)\s+(?P<from>{NUMBER})\s+(?:and|to)\s+(?P<until>{NUMBER}){_ends}"
        rf"|(?P<low>(?<![\w.,:/$€£-])(?:{NUMBER}))(?:(?:\s+(?:to|or)\s+|\s?[-–]\s?)(?P<high>{NUMBER}){_ends}|{_ends})"
        rf"|(?P<vague>{_COUPLE}|{_longest_first(VAGUE)})(?!\w))"
        r"(?P<more>\s+or more\b|\+|-plus\b)?",
        re.IGNORECASE,
    )


@cache
def _and_more() -> re.Pattern[str]:
    """One more number of people named with the one before it; made late, as `_told` is."""
    return re.compile(
        rf"(?:\s+[\w’'-]+){{1,4}}(?P<join>\s+and\s+|,\s+(?:and\s+)?)"
        rf"(?:(?P<bound>{_BOUNDS})\s+)?"
        rf"(?P<more>{_COUPLE}|{NUMBER}|an?|one)(?![\w-])",
        re.IGNORECASE,
    )


@cache
def _whole_before() -> re.Pattern[str]:
    """What stands before a whole that a part is told of: *three of the* before *40 captured soldiers*."""
    return re.compile(rf"(?<![\w-])(?:{NUMBER}|none|many|most|some|several|half)\s+{_part}$", re.IGNORECASE)


@cache
def _part_of_number() -> re.Pattern[str]:
    """What stands after a part that is told of a whole: *of the 40* after *one*."""
    return re.compile(rf"\s+{_part}(?:{NUMBER})(?!\w)", re.IGNORECASE)


@cache
def _part_before() -> re.Pattern[str]:
    """A part and the number of its whole, at the end: *three of the 40* before *captured soldiers*."""
    return re.compile(rf"(?<![\w-])(?:{NUMBER})\s+(?P<whole>{_part}(?:(?:{NUMBER})\s+)?)$", re.IGNORECASE)


@cache
def _put_closer() -> re.Pattern[str]:
    """What stands between a vague number and a closer one: *of people,* in *dozens of people, perhaps 70*."""
    return re.compile(rf"(?:\s+[\w’'-]+){{0,4}}\s*[,(—–]\s*(?=(?:{_BOUNDS})\s)", re.IGNORECASE)


@cache
def _no_object() -> re.Pattern[str]:
    """What stands after a participle that has no object: *one soldier killed near Gao* did not kill."""
    return re.compile(
        r"\s*(?:[,.;:)—]|and(?!\s+\w+(?:ed|ing)\b)\b"
        r"|(?:in|near|at|by|during|after|on|when|as|while|since|yesterday|today|overnight|with|along|alongside"
        r"|together|plus)\b"
        rf"|(?P<number>{NUMBER})(?!\w)|$)",
        re.IGNORECASE,
    )


def has_no_object(text: str, trigger: CharSpan, end: int) -> bool:
    """Whether nothing that a participle is done to, or says of whom, follows it: *one abandoned village* is a thing."""
    found = _no_object().match(text, trigger[1], end)
    return found is not None and not (found["number"] and noun_of(noun_words(text, found.end(), end)))


@dataclass(frozen=True)
class Number:
    """A number of people: its span, its count, and the noun for people it stands before, where that is known."""

    start: int
    end: int
    count: Count
    noun: str | None


def _names_or_dates(text: str, match: re.Match[str], clause: CharSpan, noun: str | None) -> bool:
    """Whether the number is a date, a year, an age, a fraction's whole, an agent's, or part of a name."""
    name = next((name for name in ("low", "from") if match[name]), None)
    if name is None:
        return False
    start = match.start(name)
    before = text[max(clause[0], start - NOUN_PHRASE // 2) : start]
    previous = WORDS.findall(before)
    last_word = previous[-1].casefold() if previous and not PAUSE.search(before[-2:]) else ""
    day = match[name].isdigit() and int(match[name]) <= LAST_DAY
    if (
        (day and _date_before.search(before))
        or _date_after.match(text, match.end(), clause[1])
        or _fraction.search(before)
    ):
        return True
    if _year.fullmatch(match[name]) and (noun not in lexicon().plurals or _years_before.search(before)):
        return True
    name_before = _name_before.search(before) if match.end() - start <= 2 else None
    if name_before and not name_before["place"] and _clause_end.match(text, match.end(), clause[1]):
        return True
    following = text[match.end() : match.end() + 1]
    if (before.rstrip().endswith(",") and following == ",") or (before.endswith("(") and following == ")"):
        return True
    age = last_word == "of" and len(previous) > 1 and previous[-2].casefold() in lexicon().plurals
    return age or last_word in lexicon().labels


def _ends_its_object_s_name(text: str, match: re.Match[str], trigger: CharSpan) -> bool:
    """Whether digits end the name of what the trigger is done to: *captured Military Operations Command 15*.

    A trigger in capitals tells nothing of names, as all else stands in capitals too.
    """
    digits = match["low"] is not None and match["low"].isdigit() and not (match["bound"] or match["high"])
    between = text[trigger[1] : match.start()]
    return digits and text[trigger[1] - 1].islower() and _capitalised.fullmatch(between) is not None


def _count(match: re.Match[str], trigger: CharSpan) -> Count | None:
    if match["vague"]:
        return _vague(match["vague"])
    until = match["until"] or match["high"]
    low_value = lower_end(match["from"] or match["low"], until or "")
    high_value = number_of(until) if until else None
    if low_value is None:
        return None
    if high_value is not None and high_value > low_value:
        return Count(low=low_value, high=high_value)
    if match["more"] or match["sign"] in (">", "≥"):
        return Count(low=low_value)
    if match["sign"]:
        return Count(high=low_value) if match["sign"] in ("<", "≤") else Count(best=low_value)
    return _bounded("" if trigger[0] <= match.start() < trigger[1] else match["bound"] or "", low_value)


def _vague(words: str) -> Count:
    phrase = re.sub(r"\s+", " ", words.casefold())
    if _couple_told.fullmatch(phrase):
        return _couple(phrase)
    low, high = VAGUE[phrase]
    return Count(low=low, high=high)


def _couple(phrase: str) -> Count:
    """What *a couple of* people, or of hundreds, is taken for: twice that, as the best figure."""
    return Count(best=2 * (number_of("a " + phrase.split()[-1]) or 1))


def _bounded(words: str, number: int) -> Count:
    """What `number` tells after the words for a bound (none: itself): *at least 12* is 12 as `low`."""
    bound = re.sub(r"\s+", " ", words.casefold())
    if bound in LEAST:
        return Count(low=number)
    if bound in MOST:
        return Count(high=number)
    if bound in ROUGHLY:
        return Count(best=number)
    return exactly(number)


def exactly(number: int) -> Count:
    """A number told without a bound: itself on all three sides."""
    return Count(low=number, best=number, high=number)


def together(one: Count, other: Count) -> Count:
    """Both together; a bound that either lacks is not known of the sum."""
    low, best, high = (
        None if mine is None or theirs is None else mine + theirs
        for mine, theirs in ((one.low, other.low), (one.best, other.best), (one.high, other.high))
    )
    return Count(low=low, best=best, high=high)


def numbers(text: str, window: CharSpan, clause: CharSpan, trigger: CharSpan) -> Iterator[Number]:
    """Every number of people in `window`."""
    known = lexicon()
    for match in _told().finditer(text, *window):
        noun = noun_of(noun_words(text, match.end(), clause[1]))
        least = re.sub(r"\s+", " ", (match["bound"] or "").casefold()) in LEAST and noun in known.plurals
        part = _part_of_number().match(text, match.end(), clause[1]) is not None
        alone = (match["low"] or "").casefold() == "one" and not match["high"] and not least and not part
        alone = alone and not _one_meant(text, match, trigger, clause[1])
        agent = _agent_before.search(text, max(clause[0], match.start() - 4), match.start())
        named = noun not in known.plurals and _ends_its_object_s_name(text, match, trigger)
        whole = _whole_before().search(text, max(window[0], match.start() - NOUN_PHRASE), match.start())
        if alone or agent or named or whole or noun in known.measures or _names_or_dates(text, match, clause, noun):
            continue
        count = _count(match, trigger)
        if count is not None:
            yield Number(match.start(), match.end(), count, noun)


def _one_meant(text: str, match: re.Match[str], trigger: CharSpan, end: int) -> bool:
    """Whether a lone *one* is whom the trigger counts: it undergoes it (*one dead*, *one soldier was killed*), or
    stands alone right after it (*kills one, injures three*)."""
    if match.end() > trigger[0]:
        return text[trigger[1] : match.start()].isspace() and _stands_alone.match(text, match.end(), end) is not None
    alone = _undergone.fullmatch(text, match.end(), trigger[0])
    if alone:
        return alone["auxiliary"] is not None or has_no_object(text, trigger, end)
    words = noun_words(text, match.end(), trigger[0])
    whose = lexicon().plurals if words[:1] == ["of"] else lexicon().people
    acts = lexicon().transitive.fullmatch(text, *trigger) and not has_no_object(text, trigger, end)
    undergone = _person_undergone.fullmatch(text, match.end(), trigger[0])
    return noun_of(words) in whose and undergone is not None and not (acts and not undergone["auxiliary"])


def whole_before(text: str, start: int, at: int) -> int | None:
    """Where the whole begins that the words at `at` belong to, if a part of it is told before them, after `start`.

    Of *three of the 40 captured soldiers* that is *of*, seen from *captured*.
    """
    found = _part_before().search(text, max(start, at - NOUN_PHRASE), at)
    return found.start("whole") if found else None


def put_closer(text: str, number: Number, following: Number) -> bool:
    """Whether `following` says closer what the vague `number` tells, in apposition: *dozens of people, perhaps 70*."""
    vague = number.count.best is None and None not in (number.count.low, number.count.high)
    between = _put_closer().match(text, number.end, following.end)
    return vague and between is not None and between.end() == following.start


def beside_one(text: str, window: CharSpan, number: Number) -> bool:
    """Whether one person is named with the number, before it: *a soldier and 12 civilians*.

    *A bomb exploded and 12 people died* tells twelve: more than a noun nobody knows is no person.
    """
    found = _one_and.search(text, window[0], number.start)
    if found is None:
        return False
    words = found["who"].casefold().split()
    noun = noun_of(words)
    return not (STOP - {"of"}).intersection(words) and (noun in lexicon().plurals or (noun is None and len(words) == 1))


def in_company(text: str, number: Number, trigger: CharSpan) -> bool:
    """Whether `number`, behind the trigger, tells who shared a person's lot: *was killed along with 12 civilians*."""
    people = number.noun in lexicon().plurals or text.startswith(" others", number.end)
    return people and number.start >= trigger[1] and _company.search(text, trigger[1], number.start) is not None


def with_joined(text: str, number: Number, window: CharSpan) -> Count:
    """The number with those named beside it in `window`: *nine soldiers, two boys and a policeman* tell twelve.

    After a comma those who follow *people* break the number down, and so do those who make up just the number.
    """
    alone = together(number.count, exactly(1)) if beside_one(text, window, number) else number.count
    joined = pending = exactly(0)
    listed, at = False, number.end
    while match := _and_more().match(text, at, window[1]):
        comma = match["join"].startswith(",")
        if noun_of(noun_words(text, match.end(), window[1])) not in lexicon().plurals or (
            comma and number.noun in (None, "people", "persons")
        ):
            break
        listed = listed or comma
        pending = together(pending, _added(match))
        at = match.end()
        if match["join"].rstrip().endswith("and"):
            joined, pending = together(joined, pending), exactly(0)
    return alone if listed and joined.low == number.count.low else _told_sum(alone, joined)


def _added(match: re.Match[str]) -> Count:
    """What one more number, as `_and_more` finds it, adds."""
    if _couple_told.fullmatch(match["more"]):
        return _couple(match["more"].casefold())
    return _bounded(match["bound"] or "", number_of(match["more"]) or 0)


def _told_sum(alone: Count, joined: Count) -> Count:
    """The sum, or the first number where the two bounds leave nothing of a sum (*at least two and up to ten*)."""
    both = together(alone, joined)
    return alone if both == Count() else both
