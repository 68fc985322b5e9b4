"""What acts words tell, by the senses of `data/ledger.yaml`, and which of them they tell the opposite of."""

import re
from collections.abc import Iterable, Sequence

from foreshock.corroborate.events.words import FUNCTION_WORDS
from foreshock.ledger.lexicon import Sense, lexicon
from foreshock.ledger.words import stem
from foreshock.model.letters import UPPER
from foreshock.model.statement import Statement
from foreshock.model.vocabulary import Polarity
from foreshock.read.negation import NOBODY, NOT, UNABLE, denial

_CAPITALISED = re.compile(rf"(?<![\w’'-])[{UPPER}][\w’'-]{{2,}}")
MONTH_NAMES = re.compile(
    r"(?:\b(?i:in|by|of|since|until|till|before|after|last|this|next|on|during|early|late|to|and|or|from|the)\s+|"
    r"\b(?i:mid)-|\d(?:st|nd|rd|th)?\s+)(?:March|May)\b|\b(?:March|May)(?:\s+\d|\s+Day\b|['’]s\b)"
)
"""*March* and *May* where they are months."""
_NOT = denial(NOT, UNABLE, NOBODY, "none|neither|nor")
_NEAR = 34
"""Characters before a word of an act in which a negation denies it; *nothing to stop the looting* denies no looting."""


def senses_in(words: str, acts: Iterable[str] = ()) -> frozenset[str]:
    """The senses that words or PLOVER acts (`COERCE seize`, `ASSAULT`) carry."""
    told, words = set(acts), lexicon().idle.sub(" ", MONTH_NAMES.sub(" ", words))
    return frozenset(one.name for one in lexicon().senses if one.acts & told or one.words.search(words))


def senses_of(statement: Statement) -> frozenset[str]:
    """The senses of a statement's words; of its type and mode only where the words tell none."""
    acts = acts_of(statement.type, statement.mode)
    return told_apart(senses_in(statement.text), acts) or senses_in("", acts)


def told_apart(senses: frozenset[str], acts: Iterable[str]) -> frozenset[str]:
    """Of senses that share a word those that the act is of: a *strike* of workers is no strike on a town."""
    typed = set(acts)
    meant = [one for one in lexicon().senses if one.name in senses and one.acts & typed]
    return senses.difference(*(one.not_ for one in meant))


def states_in(sentence: str) -> frozenset[str]:
    """The senses of what lasts that a sentence tells: *still* may stand outside the clause of the verb."""
    return frozenset(one.name for one in lexicon().senses if one.state and one.words.search(sentence))


def acts_of(event_type: str | None, mode: str | None) -> tuple[str, ...]:
    """An act's names as senses list them: the type with its mode, and the type alone."""
    if event_type is None:
        return ()
    return (event_type, f"{event_type} {mode}") if mode else (event_type,)


def names_of(words: str) -> frozenset[str]:
    """Stems of the capitalised words that are no mere openers."""
    found = (match.group(0) for match in _CAPITALISED.finditer(words))
    return frozenset(stem(word.casefold()) for word in found if word.casefold() not in FUNCTION_WORDS)


def undone(senses: Sequence[Sense], sentence: str, statement: Statement) -> frozenset[str]:
    """The senses whose opposite the sentence tells: in so many words, or by denying the act."""
    told = {one.name for one in senses if one.tells_undone(sentence)}
    clause = MONTH_NAMES.sub(" ", statement.text)
    for one in senses:
        if any(
            _NOT.search(clause[max(0, found.start() - _NEAR) : found.start()]) for found in one.words.finditer(clause)
        ):
            told.add(one.name)
    if statement.polarity is Polarity.NEGATIVE:
        told |= senses_of(statement)
    return frozenset(told)
