"""The ledger's word lists, as data: bodies, offices, voices of a body, words of speech, senses of outcomes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.model.shipped import shipped_table
from foreshock.model.vocabulary import EventType


@dataclass(frozen=True)
class Sense:
    """Words and PLOVER acts of one meaning for an outcome, and words that report the opposite."""

    name: str
    acts: frozenset[str]
    words: re.Pattern[str]
    undone: re.Pattern[str] | None
    state: bool

    def tells_undone(self, words: str) -> bool:
        """Whether words report its opposite."""
        return self.undone is not None and self.undone.search(words) is not None


@dataclass(frozen=True)
class WarnedOf:
    """What an alarm foretells of one kind, in words and as the type and mode that come nearest."""

    words: str
    type: EventType
    mode: str | None


@dataclass(frozen=True)
class Lexicon:
    """The lists, ready to match; `kin` are words for the same people or things, `idle` tell no act.

    `lasting` tell that something is to last, `held` that it did, `anew` that it is not the same any more; `called_off`
    that something is put off or given up, `decided` that it was decided against; `at_last` that it came late, `over`
    that it ended. `several`, `nobody` and `loose` tell that nobody in particular is named; `singular` nouns look like
    plurals. `stated` are words for odds by which a sentence foretells.
    """

    bodies: frozenset[str]
    describing: frozenset[str]
    foreign: frozenset[str]
    offices: frozenset[str]
    voices: frozenset[str]
    private: frozenset[str]
    personal: frozenset[str]
    several: re.Pattern[str]
    nobody: frozenset[str]
    singular: frozenset[str]
    loose: frozenset[str]
    unnamed: re.Pattern[str]
    stated: frozenset[str]
    speech: frozenset[str]
    kin: tuple[tuple[str, ...], ...]
    idle: re.Pattern[str]
    lasting: re.Pattern[str]
    called_off: re.Pattern[str]
    decided: re.Pattern[str]
    at_last: re.Pattern[str]
    held: re.Pattern[str]
    anew: re.Pattern[str]
    over: re.Pattern[str]
    senses: tuple[Sense, ...]
    outcomes: Mapping[str, WarnedOf]

    @property
    def public(self) -> frozenset[str]:
        """The offices of a state or a body that no private person has, nor one who only speaks."""
        return self.offices - self.private


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of the words or phrases, longest first."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in ordered) + r")(?![\w-])", re.IGNORECASE)


_DOUBLED = re.compile(r"[^aeiou][aeiou][bdglmnrt]$")
"""How a word ends whose last letter may be doubled before *-ed* and *-ing*: *ban*, *expel*; *visit* is written so by
nobody, and nothing is found by that."""
_CHANGED = re.compile(r"(?<=[^aeiou])y$")


def _forms(word: str) -> tuple[str, ...]:
    """A word with its regular forms; a phrase stands for itself."""
    if " " in word or "-" in word or "'" in word:
        return (word,)
    bare = word[:-1] if word.endswith("e") else word
    doubled = bare + bare[-1] if _DOUBLED.search(bare) else bare
    changed = _CHANGED.sub("i", word)
    return (
        word, f"{word}s", f"{word}es", f"{bare}ed", f"{bare}ing", f"{bare}ings", f"{doubled}ed", f"{doubled}ing",
        f"{changed}es", f"{changed}ed",
    )  # fmt: skip


class _Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    types: list[str]
    words: list[str]
    undone: list[str]
    state: bool = False


class _WarnedOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: str
    type: EventType
    mode: str | None = None


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists as the file writes them; its head says what each is."""

    bodies: list[str]
    describing: list[str]
    foreign: list[str]
    offices: list[str]
    voices: list[str]
    private: list[str]
    personal: list[str]
    several: list[str]
    nobody: list[str]
    singular: list[str]
    loose: list[str]
    unnamed: list[str]
    stated: list[str]
    speech: list[str]
    kin: list[list[str]]
    idle: list[str]
    lasting: list[str]
    called_off: list[str]
    decided: list[str]
    at_last: list[str]
    held: list[str]
    anew: list[str]
    over: list[str]
    senses: list[_Sense]
    outcomes: dict[str, _WarnedOf]


@cache
def lexicon() -> Lexicon:
    """The shipped lists. Raises `ModelError` where the file is not as described at its head."""
    written = shipped_table("data/ledger.yaml", _Written)
    return Lexicon(
        bodies=frozenset(written.bodies),
        describing=frozenset(written.describing),
        foreign=frozenset(written.foreign),
        offices=frozenset(written.offices),
        voices=frozenset(written.voices),
        private=frozenset(written.private),
        personal=frozenset(written.personal),
        several=any_of(written.several),
        nobody=frozenset(written.nobody),
        singular=frozenset(written.singular),
        loose=frozenset(written.loose),
        unnamed=any_of(written.unnamed),
        stated=frozenset(written.stated),
        speech=frozenset(written.speech),
        kin=tuple(tuple(row) for row in written.kin),
        idle=any_of(written.idle),
        lasting=any_of(written.lasting),
        called_off=any_of(written.called_off),
        decided=any_of(written.decided),
        at_last=any_of(written.at_last),
        held=any_of(written.held),
        anew=any_of(written.anew),
        over=any_of(written.over),
        senses=tuple(
            Sense(
                name=row.name,
                acts=frozenset(row.types),
                words=any_of(form for word in row.words for form in _forms(word)),
                undone=any_of(row.undone) if row.undone else None,
                state=row.state,
            )
            for row in written.senses
        ),
        outcomes={kind: WarnedOf(row.words, row.type, row.mode) for kind, row in written.outcomes.items()},
    )
