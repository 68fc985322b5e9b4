"""How statements of one event stand to each other: what says that another is not so, and what was taken back."""

import re
from typing import Final

from foreshock.corroborate.events.rules import rules
from foreshock.model.statement import Participant, Statement
from foreshock.model.vocabulary import Granularity, Polarity
from foreshock.read.count_words import counted
from foreshock.read.negation import NOBODY, NONE, NOT, denial

HELD: Final = "seize"
"""The mode of ground that is taken or held: two sides cannot both hold it."""
_OF_STATE: Final = ("GOV", "MIL", "COP", "SPY", "JUD", "LEG")
_CORRECTION = re.compile(r"\W*(?:correct(?:ion|ions|ed)|clarification|retraction|corrigendum|erratum)\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:earlier|previous|initial|original)\b[^.]*\b(?:report|story|version|article|dispatch|account|edition)s?\b",
    re.IGNORECASE,
)
_TAKING_PART = re.compile(
    r"\b(?:(?:take|takes|taking|taken|took) part|particip|involve|responsib|behind)", re.IGNORECASE
)
_NEGATOR = denial(
    NOT,
    NOBODY,
    NONE,
    r"cannot|nor|without|hardly|unable|far from|instead of|yet to"
    r"|fail(?:s|ed|ing|ure)?|refus\w*|declin(?:e|es|ed|ing)|den(?:y|ies|ied|ying|ials?)|reject\w*|false(?:ly)?|untrue"
    r"|doubt\w*|prevent\w*|rul\w+ out",
)
_PLAIN = denial(NOT, NOBODY, NONE, "nor|without")
"""That it did not happen; what failed, was refused or prevented was at least tried, and is told as that."""
_OF_ANOTHER = re.compile(r"\b(?:who|whom|whose|which|that)(?:\W+\w+){0,2}\W*$", re.IGNORECASE)
"""Before a negator: it belongs to a clause about somebody (*soldiers who were not paid*), not to the act."""
_REACH_BEFORE: Final = 8
_REACH_AFTER: Final = 4
"""Words from the trigger within which a negator is the act's own."""


def side_of(person: Participant) -> str | None:
    """Whom somebody belongs to: a state's government, army, police and courts are one side; null where not known."""
    if person.country and person.sector in _OF_STATE:
        return f"state of {person.country}"
    return person.id


def taken_back(statement: Statement, title: str | None) -> bool:
    """Whether a correction only quotes it as what was reported before; `title` is that of its document."""
    corrects = title is not None and _CORRECTION.match(title) is not None
    return corrects and any(_EARLIER.search(source.text) for source in statement.sources)


def negated_in_words(statement: Statement) -> bool:
    """Whether the statement's own words carry a negation (*did not seize*), so that nobody takes it for the act."""
    return _negated(statement, _NEGATOR)


def did_not_happen(statement: Statement) -> bool:
    """Whether it says in its own plain words that an act of violence was not done (*nobody was hurt*)."""
    violence = statement.type is not None and statement.type in rules().nothing_where_negated
    return violence and statement.polarity == Polarity.NEGATIVE and _negated(statement, _PLAIN)


def _negated(statement: Statement, negator: re.Pattern[str]) -> bool:
    begin, end = statement.trigger.start - statement.start, statement.trigger.end - statement.start
    before, after = statement.text[:begin], statement.text[end:]
    near = [one for one in negator.finditer(before) if len(before[one.end() :].split()) < _REACH_BEFORE]
    own = any(_OF_ANOTHER.search(before[: one.start()]) is None for one in near)
    following = " ".join(after.split()[:_REACH_AFTER])
    return own or any(map(negator.search, (statement.trigger.text, following)))


def contradicts(one: Statement, other: Statement, one_text: bool) -> bool:
    """Whether the two cannot both be so: one denies the other, or both tell of ground that another side holds.

    In one text (`one_text`; a copy is the same text) only somebody else denies what is told: who writes *curfew at ten*
    and *there is no curfew for pilgrims* speaks of two things, and does not dispute with himself.
    """
    if one.polarity != other.polarity:
        if one_text and _said_by(one) == _said_by(other):
            return False
        told, denial = (one, other) if one.polarity == Polarity.POSITIVE else (other, one)
        return _denies(denial, told)
    return one.polarity == Polarity.POSITIVE and _holds_against(one, other)


def _said_by(statement: Statement) -> frozenset[str]:
    """Who says it; nobody but the author where that is empty."""
    return frozenset((source.name or source.text).casefold() for source in statement.sources)


def _denies(denial: Statement, told: Statement) -> bool:
    """Whether the denial is of what is told.

    *Nobody was killed* denies a toll, not the shots. That somebody took no part is denied only of what names them.
    """
    if _TAKING_PART.search(denial.trigger.text):
        named, others = ({person.id for person in each.actors if person.id is not None} for each in (denial, told))
        return bool(named & others)
    denied = _counted(denial)
    return denied is None or denied in told.counts or denied == _counted(told)


def _counted(statement: Statement) -> str | None:
    """What the statement's trigger counts people of: `killed`, `injured`, …; null where it counts nobody."""
    name, only_with_people = counted(statement.trigger.text)
    return None if only_with_people else name


def _holds_against(one: Statement, other: Statement) -> bool:
    if one.mode != HELD or other.mode != HELD or _days_apart(one, other):
        return False
    sides, others = ({side for person in each.actors if (side := side_of(person))} for each in (one, other))
    return bool(sides and others) and not sides & others


def _days_apart(one: Statement, other: Statement) -> bool:
    """Whether both are told to the day, of days that do not meet: ground changes hands."""
    a, b = one.time, other.time
    if a is None or b is None or not a.from_ or not a.to or not b.from_ or not b.to:
        return False
    to_the_day = a.granularity == b.granularity == Granularity.DAY
    return to_the_day and (a.from_ > b.to or b.from_ > a.to)
