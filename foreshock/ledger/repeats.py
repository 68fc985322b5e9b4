"""What was said before: the same prediction again or reprinted, and one forecaster's line on one thing."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from foreshock.corroborate.events_words import weighed
from foreshock.ledger.sought import Sought
from foreshock.ledger.words import stems
from foreshock.model.prediction import Prediction

SAME = 0.8
"""Least likeness of two wordings for them to be one prediction said twice."""
LINE = 0.4
"""Least likeness for them to be one forecaster's predictions of one thing."""
_MOST_WORDS = 30


def _likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(weight * other.get(word, 0.0) for word, weight in one.items())


def grouped(new: Sequence[Prediction], known: Iterable[Prediction], copies: Mapping[str, str]) -> list[Prediction]:
    """`new` with their groups and lines, given those `known` before, oldest first.

    One prediction: the same forecaster in like words, to the same interval and horizon; or like words in a copy of the
    same text, whoever stands over it there. One line: the same forecaster, like words, whatever the odds.
    """
    by_forecaster: dict[str, list[tuple[Prediction, dict[str, float]]]] = {}
    by_text: dict[str, list[tuple[Prediction, dict[str, float]]]] = {}

    def keep(one: Prediction, words: dict[str, float]) -> None:
        by_forecaster.setdefault(one.forecaster, []).append((one, words))
        by_text.setdefault(copies.get(one.document, one.document), []).append((one, words))

    for one in known:
        keep(one, _words(one))
    found = []
    for one in sorted(new, key=lambda p: (p.made, p.document, p.start)):
        words = _words(one)
        reprinted = [
            (old, w)
            for old, w in by_text.get(copies.get(one.document, one.document), ())
            if old.document != one.document
        ]
        mine = by_forecaster.get(one.forecaster, [])
        likest = max(mine, key=lambda pair: _likeness(words, pair[1]), default=None)
        group = next((old.group for old, w in reprinted if _likeness(words, w) >= SAME), None)
        line = next((old.line for old, w in reprinted if _likeness(words, w) >= SAME), None)
        if likest is not None and (like := _likeness(words, likest[1])) >= LINE and one.forecaster_kind.scored:
            line = line or likest[0].line
            if like >= SAME and _same_odds(one, likest[0]):
                group = group or likest[0].group
        one = msgspec.structs.replace(one, group=group or one.id, line=line or one.id)
        keep(one, words)
        found.append(one)
    return found


def _same_odds(one: Prediction, other: Prediction) -> bool:
    return (one.low, one.high) == (other.low, other.high) and (one.by == other.by or one.default_horizon)


def _words(one: Prediction) -> dict[str, float]:
    sought = Sought(one)
    return weighed(stems(sought.words), _MOST_WORDS)
