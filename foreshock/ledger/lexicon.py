"""The ledger's word lists, as data: bodies, offices, voices of a body, words of speech, senses of outcomes."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.errors import RunError
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


@dataclass(frozen=True)
class Outcome:
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
    plurals.
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
    outcomes: Mapping[str, Outcome]

    @property
    def public(self) -> frozenset[str]:
        """The offices of a state or a body that no private person has, nor one who only speaks."""
        return self.offices - self.private


def any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One pattern for any of the words or phrases, longest first."""
    ordered = sorted({str(word) for word in words}, key=lambda word: (-len(word), word))
    return re.compile(r"(?<![\w-])(?:" + "|".join(re.escape(word) for word in ordered) + r")(?![\w-])", re.IGNORECASE)


def _forms(word: str) -> tuple[str, ...]:
    """A word with its regular forms; a phrase stands for itself."""
    if " " in word or "-" in word or "'" in word:
        return (word,)
    bare = word[:-1] if word.endswith("e") else word
    return (word, f"{word}s", f"{word}es", f"{bare}ed", f"{bare}ing", f"{bare}ings")


@cache
def lexicon() -> Lexicon:
    """The shipped lists. Raises `RunError` where the file is not as described at its head."""
    data = shipped_table("data/ledger.yaml", dict[str, Any])
    try:
        return Lexicon(
            bodies=frozenset(data["bodies"]),
            describing=frozenset(data["describing"]),
            foreign=frozenset(data["foreign"]),
            offices=frozenset(data["offices"]),
            voices=frozenset(data["voices"]),
            private=frozenset(data["private"]),
            personal=frozenset(data["personal"]),
            several=any_of(data["several"]),
            nobody=frozenset(data["nobody"]),
            singular=frozenset(data["singular"]),
            loose=frozenset(data["loose"]),
            unnamed=any_of(data["unnamed"]),
            speech=frozenset(data["speech"]),
            kin=tuple(tuple(str(word) for word in row) for row in data["kin"]),
            idle=any_of(data["idle"]),
            lasting=any_of(data["lasting"]),
            called_off=any_of(data["called_off"]),
            decided=any_of(data["decided"]),
            at_last=any_of(data["at_last"]),
            held=any_of(data["held"]),
            anew=any_of(data["anew"]),
            over=any_of(data["over"]),
            senses=tuple(
                Sense(
                    name=row["name"],
                    acts=frozenset(row["types"]),
                    words=any_of(form for word in row["words"] for form in _forms(word)),
                    undone=any_of(row["undone"]) if row["undone"] else None,
                    state=row.get("state", False),
                )
                for row in data["senses"]
            ),
            outcomes={
                kind: Outcome(str(row["words"]), EventType(row["type"]), row.get("mode"))
                for kind, row in data["outcomes"].items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise RunError(f"data/ledger.yaml: not as its head describes ({error}); reinstall Foreshock") from error
