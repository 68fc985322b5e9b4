"""Quantities told in a statement: killed, injured, captured, displaced, deserted, with their bounds.

Numbers are read by code, not learned. Which count one belongs to follows from the trigger's word, and from where
it stands.
"""

import re
from collections.abc import Iterable

from foreshock.model.statement import Count
from foreshock.read.count_numbers import (
    Number,
    beside_one,
    exactly,
    has_no_object,
    in_company,
    numbers,
    put_closer,
    together,
    whole_before,
    with_joined,
)
from foreshock.read.count_words import (
    ADJACENT_WORDS,
    PAUSE,
    STOP,
    WORDS,
    counted,
    counted_around,
    counts_another,
    lexicon,
    noun_of,
    noun_words,
)
from foreshock.read.decode import CharSpan

_TOLD_TOGETHER = frozenset({"killed", "injured"})
"""Names whose numbers one act tells side by side."""
_LONGEST_DIGITS = 12
"""Characters of a number before its last point or comma."""
_first_digits = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d{3})*[.,]$|(?<![\w=-])[<>~≈≥≤]$")
_one = re.compile(r"(?<![\w-])(?:one|an?)(?=\s)", re.IGNORECASE)
_nobody = re.compile(
    r"\b(?:not\s+(?:a\s+single|(?:even\s+)?one)|none)\b(?!\s+but\b)|\b(?:no[\s-]one|nobody)(?:\s+(?:was|has|had|been|is))*\s+$"
    r"|\bno(?:\s+[\w-]+)?\s+$",
    re.IGNORECASE,
)
_passive = re.compile(r"\b(?:was|were|been|being|is|are|be|got|gets)(?:\s+\w+ly|\s+\w+){0,1}\s*$", re.IGNORECASE)
_auxiliary = re.compile(r"\b(?:was|were|been|being|is|are|has|have|had|be)\b", re.IGNORECASE)
_reports = re.compile(
    r"(?<!\bwho\s)\b(?:(?:said|says)(?!\s+to\b)|told|tells|puts?\s+the|announced|claimed|claims"
    r"|(?:reported|reports|confirmed|confirms)\s+(?:that|the))\b",
    re.IGNORECASE,
)
"""What makes the person before it the source of what follows: *a doctor said*, *an official put the toll*."""
_of_bodies = re.compile(r"\s+(?:[\w’'-]+\s+)?(?:bodies|corpses)\b", re.IGNORECASE)
_new_clause = re.compile(r"[,;:.—()]|\b(?:and|when|as|while|after|during|since|before)\b", re.IGNORECASE)
_itself_undergoes = re.compile(r"\b(?:dead|died|dies|death)\b")


def _window(text: str, clause: CharSpan, trigger: CharSpan) -> tuple[CharSpan, CharSpan | None]:
    """The part of the clause that no other countable trigger claims, and the trigger that it begins after, if any.

    *Prisoners* are people here, not an act, and neither is what only says of whom a part is told (*three of the 40
    captured soldiers*, *three of the wounded*).
    """
    start, end = clause
    previous: CharSpan | None = None
    whole = whole_before(text, start, trigger[0])
    if whole is not None:
        start = whole
    for other in lexicon().any_trigger.finditer(text, *clause):
        if other.group(0).casefold() in lexicon().plurals or whole_before(text, clause[0], other.start()):
            continue
        if other.end() <= trigger[0]:
            start, previous = other.end(), other.span()
        elif other.start() >= trigger[1]:
            end = min(end, other.start())
    return (start, end), previous


def _directly_after(text: str, trigger: CharSpan, start: int) -> bool:
    """Whether what starts at `start` is the trigger's object: only a few words between, none a preposition."""
    return start >= trigger[1] and _close(text[trigger[1] : start])


def _close(between: str) -> bool:
    """Whether the words between two others part them little: they are few, and none is a preposition but *of*."""
    words = {word.casefold() for word in WORDS.findall(between)}
    return len(words) < ADJACENT_WORDS and not PAUSE.search(between) and not (STOP - {"of"}) & words


def _of_another(text: str, number: Number, trigger: CharSpan, window: CharSpan, clause: CharSpan) -> bool:
    """Whether a number behind `trigger` stands right before the next one and is that one's: *one dead, three wounded*.

    *Killing 12 wounded soldiers* counts the killed: there the next trigger only says of whom.
    """
    if not trigger[1] <= number.start < window[1] < clause[1]:
        return False
    after = lexicon().any_trigger.match(text, window[1], clause[1])
    if after is None or noun_of(noun_words(text, after.end(), clause[1])) in lexicon().plurals:
        return False
    return _close(_auxiliary.sub("", text[number.end : window[1]]))


def _one_person(
    text: str, window: CharSpan, trigger: CharSpan, mine: Iterable[Number], around: CharSpan | None
) -> Number | None:
    """The one person who is the trigger's object or subject, if any: *a soldier was killed*, *killing one guard*.

    Who reports it is neither, nor is who acts on a number of people in `mine`: *a gunman killed in Gao 12 traders*.
    Of a phrase `around` the trigger it is who is its object, or subject where it is passive: *left a guard dead*.
    """
    word = text[trigger[0] : trigger[1]].casefold()
    own = lexicon().one_person.search(word) is not None
    if not own and not (around and lexicon().one_person.search(text, *around)):
        return None
    told = [(match, noun_of(noun_words(text, match.end(), window[1]))) for match in _one.finditer(text, *window)]
    people = [Number(m.start(), m.end(), exactly(1), noun) for m, noun in told if noun in lexicon().people]
    object_ = next((one for one in people if _directly_after(text, trigger, one.start)), None)
    if object_ is not None:
        return object_
    reported = max((found.start() for found in _reports.finditer(text, window[0], trigger[0])), default=window[0])
    before = [one for one in people if reported < one.end <= trigger[0]]
    if _itself_undergoes.search(word) or _passive.search(text, window[0], trigger[0]):
        return next(iter(before), None)
    if not own:
        return None
    shortened = has_no_object(text, trigger, window[1]) and not any(
        number.noun in lexicon().plurals
        and not in_company(text, number, trigger)
        and not _new_clause.search(text, trigger[1], number.start)
        for number in mine
    )
    return next((one for one in before if shortened and _close(text[one.end : trigger[0]])), None)


def _acted_on(text: str, trigger: CharSpan, window: CharSpan) -> bool:
    """Whether the trigger is active and people are its object: whoever stands before *killed a trader* killed."""
    if not lexicon().transitive.fullmatch(text[trigger[0] : trigger[1]]):
        return False
    if _passive.search(text, window[0], trigger[0]):
        return False
    words = noun_words(text, trigger[1], window[1])
    return noun_of(words) in lexicon().plurals and not PAUSE.match(text[trigger[1] : trigger[1] + 1])


def _named(name: str, noun: str | None, cautious: bool, around: bool) -> str | None:
    """Under which name `noun`'s number goes: soldiers who flee desert, and those who cross a border do neither.

    Where it is the phrase `around` its trigger that tells of desertion, teachers who leave their posts do not desert.
    """
    if name == "deserted" and around and noun in lexicon().plurals - lexicon().armed - {"men"}:
        return None
    if name != "displaced" or noun not in lexicon().armed:
        return name
    return None if cautious else "deserted"


def find(text: str, clause: CharSpan, trigger: CharSpan) -> dict[str, Count]:
    """The counts of the statement, by name; empty where its trigger counts nobody or no number is told.

    A number that is the trigger's object is meant first; else the first of the clause, since what follows breaks it
    down. Numbers beside another trigger (*killed 2000 people and wounded 50*) belong to that one.
    """
    name, cautious = counted(text[trigger[0] : trigger[1]])
    around = counted_around(text, trigger)
    if around is not None:
        name, cautious = around[0], False
    elif name is None or counts_another(text, trigger, name):
        return {}
    window, previous = _window(text, clause, trigger)
    if _nobody.search(text, window[0], trigger[0]) or _nobody.match(text, trigger[1] + 1, window[1]):
        return {}
    found = [number for number in numbers(text, window, clause, trigger) if not cautious or number.noun]
    if found and found[0].end < trigger[0] and _acted_on(text, trigger, window):
        plurals = lexicon().plurals
        found = [
            number
            for number in found
            if number.end > trigger[0] or noun_of(noun_words(text, number.end, trigger[0])) not in plurals
        ]
    if len(found) > 1 and previous and _directly_after(text, previous, found[0].start):
        found = found[1:]
    mine = [number for number in found if not _of_another(text, number, trigger, window, clause)]
    if not any(
        one.start < trigger[0] or _directly_after(text, trigger, one.start) or beside_one(text, window, one)
        for one in mine
    ):
        person = _one_person(text, window, trigger, mine, around[1] if around else None)
        if person is not None:
            told = with_joined(text, person, _reach(window, trigger, person, found, mine))
            others = next((number for number in mine if in_company(text, number, trigger)), None)
            return {name: together(told, others.count) if others else told}
        mine = mine or [
            number
            for number in found
            if _directly_after(text, trigger, number.start)
            or (name == "killed" and _of_bodies.match(text, number.end, clause[1]))
        ]
    if not mine:
        return {}
    chosen = next((number for number in mine if _directly_after(text, trigger, number.start)), mine[0])
    after = next((number for number in mine if number.start > chosen.start), None)
    if after is not None and put_closer(text, chosen, after):
        chosen = after
    named = _named(name, chosen.noun, cautious, around is not None)
    return {named: with_joined(text, chosen, _reach(window, trigger, chosen, found, mine))} if named else {}


def _reach(
    window: CharSpan, trigger: CharSpan, number: Number, found: Iterable[Number], mine: Iterable[Number]
) -> CharSpan:
    """Where those named beside `number` stand: on its side of the trigger, before what another trigger counts."""
    kept = {one.start for one in mine}
    ends = [one.start for one in found if one.start not in kept and one.start > number.start]
    return window[0], min([window[1], *ends, *([trigger[0]] if number.end <= trigger[0] else [])])


def _with_first_digits(text: str, clause: CharSpan) -> CharSpan:
    """The clause from the first digit of the number that it begins in, or the sign before it: the reader parts *3.1
    million* at the point, and *>80* behind the sign."""
    found = _first_digits.search(text, max(0, clause[0] - _LONGEST_DIGITS), clause[0])
    return (found.start(), clause[1]) if found and text[clause[0] : clause[0] + 1].isdigit() else clause


def _holds(phrase: CharSpan, trigger: CharSpan) -> bool:
    return phrase[0] <= trigger[0] and trigger[1] <= phrase[1]


def _own_side(clause: CharSpan, trigger: CharSpan, others: Iterable[CharSpan]) -> CharSpan:
    """The clause up to the next trigger of one phrase, or from `trigger` on: *shot and injured five* is told once."""
    start, end = clause
    for other in others:
        if other[0] >= trigger[1]:
            end = min(end, other[0])
        elif other[1] <= trigger[0]:
            start = max(start, trigger[0])
    return start, end


def find_all(text: str, clause: CharSpan, trigger: CharSpan, others: Iterable[CharSpan]) -> dict[str, Count]:
    """The counts of the statement with those of the second half of *31 killed and 54 wounded*.

    `others` are the triggers of the text's other statements: what one of them counts is told there, and not twice.
    """
    clause = _with_first_digits(text, clause)
    around = counted_around(text, trigger)
    if around is not None:
        clause = _own_side(clause, trigger, (other for other in others if _holds(around[1], other)))
    found = find(text, clause, trigger)
    if not found.keys() & _TOLD_TOGETHER:
        return found
    for beside in lexicon().any_trigger.finditer(text, *clause):
        told = counted(beside.group(0))[0] in _TOLD_TOGETHER - found.keys()
        if told and not any(start < beside.end() and beside.start() < end for start, end in (trigger, *others)):
            found = find(text, clause, beside.span()) | found
    return found
