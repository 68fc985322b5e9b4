"""Texts that tell an event in one another's words: a paragraph that a publisher prints under all of its reports, or a
wire's sentence in an article of somebody's own. Such a text is no copy, but confirms nothing, as a copy does not.

Independent writers hit on the same few words about an act and hardly ever on more. Of 877 pairs of statements of one
event and one verb in the news set on Sudan, copies left out, the words about it agree over fewer than 40 letters in
half and over 80 or more in four of ten. What an editor changed in between (*the TMC* for *the military council*) is
passed over and counts against it. What two quote of one source alike is that source's, not theirs: such a text is
another's only where it tells in the same words who says so.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from foreshock.corroborate.copies.linkage import components
from foreshock.model.statement import Statement

LEAST: Final = 80
"""Letters and figures around the word for an act that two texts must share: some sixteen words, one after another."""
_LOOKED_AT: Final = 300
"""Characters before and behind that word within which they are looked for."""
_CHANGED: Final = 24
"""Letters that an editor may have changed, left out or put in between, in either text."""
_RESUMED: Final = 12
"""Letters that must be the same again behind such a change."""
_BEGUN: Final = 20
"""Letters that must be the same about the word before changes are passed over at all."""


class _Around(NamedTuple):
    """A statement's act with the letters before it, turned round, and behind it, and how many of them on either side
    reach to whom it is attributed to."""

    before: str
    act: str
    behind: str
    least_before: int
    least_behind: int


def told_alike(standing: Sequence[Statement], texts: Mapping[str, str], copies_of: Mapping[str, str]) -> dict[str, str]:
    """For each group of copies, by name, the one that it counts with: that of the texts in whose words it tells all
    that it tells here, or the other way round; itself where there is none.

    `texts` and `copies_of` are by document.
    """
    told: dict[str, set[_Around]] = defaultdict(set)
    for one in standing:
        told[copies_of[one.document]].add(_around(one, texts[one.document]))
    names = sorted(set(copies_of.values()))
    number = {name: at for at, name in enumerate(names)}
    links = ((number[first], number[second]) for first, second in _alike(told))
    return {names[one]: names[found[0]] for found in components(range(len(names)), links) for one in found}


def _alike(told: Mapping[str, set[_Around]]) -> Iterator[tuple[str, str]]:
    for first, second in combinations(sorted(told), 2):
        if _within(told[first], told[second]) or _within(told[second], told[first]):
            yield first, second


def _within(few: Iterable[_Around], many: Iterable[_Around]) -> bool:
    """Whether each of the one stands in a passage that the others have, too."""
    return all(any(_shared(one, other) >= LEAST for other in many) for one in few)


def _shared(one: _Around, other: _Around) -> int:
    """Over how many letters about the act two texts agree, small changes passed over; 0 where they name it, or the
    one's source, otherwise."""
    if one.act != other.act:
        return 0
    begun = _same(one.before, other.before, 0, 0) + len(one.act) + _same(one.behind, other.behind, 0, 0)
    if begun < _BEGUN:
        return 0
    before, reached_before = _common(one.before, other.before)
    behind, reached_behind = _common(one.behind, other.behind)
    if reached_before < one.least_before or reached_behind < one.least_behind:
        return 0
    return before + len(one.act) + behind


def _common(one: str, other: str) -> tuple[int, int]:
    """How many letters the two have alike from their beginnings, less those that were changed in between, and how far
    into `one` that reaches: as far as it is worth most."""
    best = reached = alike = at = beside = 0
    while True:
        same = _same(one, other, at, beside)
        alike, at, beside = alike + same, at + same, beside + same
        if alike > best:
            best, reached = alike, at
        resumed = _resumed(one, other, at, beside)
        if resumed is None:
            return best, reached
        alike -= max(resumed[0] - at, resumed[1] - beside)
        at, beside = resumed


def _same(one: str, other: str, at: int, beside: int) -> int:
    """Letters that are the same from there on."""
    number = 0
    for mine, theirs in zip(one[at:], other[beside:], strict=False):
        if mine != theirs:
            break
        number += 1
    return number


def _resumed(one: str, other: str, at: int, beside: int) -> tuple[int, int] | None:
    """Where two texts are the same again behind a small change; null where they are not."""
    found = []
    for here in range(at, min(at + _CHANGED, len(one) - _RESUMED) + 1):
        there = other.find(one[here : here + _RESUMED], beside, beside + _CHANGED + _RESUMED)
        if there >= 0:
            found.append((here + there, here, there))
    return min(found)[1:] if found else None


def _around(one: Statement, text: str) -> _Around:
    start, end = one.trigger.start, one.trigger.end
    before, behind = text[max(0, start - _LOOKED_AT) : start], text[end : end + _LOOKED_AT]
    spans = [(source.start, source.end) for source in one.sources[-1:]]
    least_before = max((len(_letters(text[begin:start])) for begin, _ in spans), default=0)
    least_behind = max((len(_letters(text[end:ends])) for _, ends in spans), default=0)
    return _Around(_letters(before)[::-1], _letters(text[start:end]), _letters(behind), least_before, least_behind)


def _letters(text: str) -> str:
    """Letters and figures alone: blanks and quotation marks differ between prints of one sentence."""
    return "".join(filter(str.isalnum, text.casefold()))
