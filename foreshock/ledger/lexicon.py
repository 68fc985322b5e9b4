"""The ledger's word lists, as data: bodies, offices, voices of a body, words of speech, senses of outcomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.model.shipped import Words, shipped_table
from foreshock.model.vocabulary import EventType


@dataclass(frozen=True)
class Sense:
    """Words and PLOVER acts of one meaning for an outcome, and words that report the opposite.

    `not_` are senses with a word in common, which are not meant where the act is one of these: *strike*.
    """

    name: str
    acts: frozenset[str]
    words: re.Pattern[str]
    undone: re.Pattern[str] | None
    state: bool
    not_: frozenset[str]

    def tells_undone(self, words: str) -> bool:
        """Whether words report its opposite."""
        return self.undone is not None and self.undone.search(words) is not None


class WarnedOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What an alarm foretells of one kind, in words and as the type and mode that come nearest."""

    words: str
    type: EventType
    mode: str | None = None


class _Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists of `data/ledger.yaml`, whose head says what each is; patterns stand for any of their words.

    `kin` are words for the same people or things, `thin` tell no act, doer or thing apart, `idle` no act. `lasting`
    tell that something is to last, `held` that it did, `anew` that it is not the same any more; `called_off` that
    something is put off or given up, `decided` that it was decided against; `at_last` that it came late, `over` that it
    ended. `several`, `nobody` and `loose` tell that nobody in particular is named; `singular` nouns look like plurals.
    `stated` are words for odds by which a sentence foretells.
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
    thin: Words
    idle: re.Pattern[str]
    lasting: re.Pattern[str]
    called_off: re.Pattern[str]
    decided: re.Pattern[str]
    at_last: re.Pattern[str]
    held: re.Pattern[str]
    anew: re.Pattern[str]
    over: re.Pattern[str]
    outcomes: dict[str, WarnedOf]


class Lexicon(_Lists, frozen=True):
    """The lists, and the senses ready to match."""

    senses: tuple[Sense, ...]

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


class _Sense(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"not_": "not"}):
    """A sense as the file writes it: of `words` that are one, all regular forms are meant."""

    name: str
    types: list[str]
    words: list[str]
    undone: list[str]
    state: bool = False
    not_: frozenset[str] = frozenset()


class _Written(_Lists, frozen=True):
    """All of the file."""

    senses: list[_Sense]


@cache
def lexicon() -> Lexicon:
    """The shipped lists. Raises `ModelError` where the file is not as described at its head."""
    written = shipped_table("data/ledger.yaml", _Written, any_of)
    return Lexicon(
        **{name: getattr(written, name) for name in _Lists.__struct_fields__},
        senses=tuple(
            Sense(
                name=row.name,
                acts=frozenset(row.types),
                words=any_of(form for word in row.words for form in _forms(word)),
                undone=any_of(row.undone) if row.undone else None,
                state=row.state,
                not_=row.not_,
            )
            for row in written.senses
        ),
    )
