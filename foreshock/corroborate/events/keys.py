"""Which documents are compared at all: those that share keys which few have.

A key is one of a document's weightiest words with its month, or one act told to the day at one settlement. Documents
are compared that share `keys_shared` words, their months at most one apart, or one act, its days at most one apart.
A key that more than `commonest_key` documents have says nothing and is dropped for all of them, so that a new
document is compared with a bounded number of others however large the record is. Which pairs are compared follows
from the set of documents alone.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from foreshock.corroborate.events.digest import short_hash
from foreshock.corroborate.events.rules import rules
from foreshock.model.event import Digest


@dataclass(frozen=True)
class Keys:
    """The keys a document is filed under, and for each the keys that its like in reach are filed under."""

    words: dict[int, tuple[int, ...]]
    acts: dict[int, tuple[int, ...]]

    @property
    def own(self) -> set[int]:
        """Every key it is filed under."""
        return self.words.keys() | self.acts.keys()

    @property
    def reach(self) -> set[int]:
        """Every key to look under for others."""
        return {key for near in (*self.words.values(), *self.acts.values()) for key in near}


def keys_of(digest: Digest) -> Keys:
    """The document's keys."""
    heaviest = sorted(digest.words, key=lambda word: (-digest.words[word], word))[: rules().words_a_key]
    month = digest.month
    months = (month - 1, month, month + 1) if month else (0,)
    return Keys(
        words={
            short_hash(f"{month} {word}"): tuple(short_hash(f"{one} {word}") for one in months) for word in heaviest
        },
        acts={
            short_hash(f"{act} @{day}"): tuple(short_hash(f"{act} @{one}") for one in (day - 1, day, day + 1))
            for act, day in _dated_acts(digest)
        },
    )


def _dated_acts(digest: Digest) -> Iterator[tuple[str, int]]:
    for act in digest.acts:
        if act.day and act.place is not None and act.first is not None:
            yield f"{act.type} {act.place}", act.first


def candidates(keys: Keys, holders: Mapping[int, Collection[str]], common: Collection[int]) -> set[str]:
    """The documents to compare one with that has `keys`, given who holds which key and which keys are too common."""
    shared: Counter[str] = Counter()
    for key, near in keys.words.items():
        if key not in common:
            shared.update({holder for one in near for holder in holders.get(one, ())})
    found = {holder for holder, words in shared.items() if words >= rules().keys_shared}
    for key, near in keys.acts.items():
        if key not in common:
            found.update(holder for one in near for holder in holders.get(one, ()))
    return found


def still_candidates(a: Keys, b: Keys, is_common: Callable[[int], bool]) -> bool:
    """Whether two documents are to be compared, told from their keys alone."""
    shared = sum(
        not is_common(key) and any(one in b.words and not is_common(one) for one in near)
        for key, near in a.words.items()
    )
    return shared >= rules().keys_shared or any(
        not is_common(key) and any(one in b.acts and not is_common(one) for one in near) for key, near in a.acts.items()
    )
