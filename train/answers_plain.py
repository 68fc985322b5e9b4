"""Plain answers, of `train/answers/plain.jsonl`: reports that tell the outcome of a forecast in its own words.

All reports of the other files are in other words than their forecast, and near words settle nothing there. Whoever has
learned from those alone takes *the army did not enter Lipetsk* for no answer to *its army would not enter Lipetsk*.
"""

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from foreshock.ledger.outcomes.answers import LABELS
from train.annotated import read_rows
from train.answers_pairs import ANSWERS, HELD_OUT, Foretold, Pair, Told, read_forecasts

PLAIN: Final = "plain.jsonl"
SEED: Final = 3
WITH_BEFORE: Final = 0.5
"""Share of the sentences that get another before them: most do in a report, and it need not bear on the forecast."""
TO_ANOTHER: Final = 0.5
"""Share of the forecasts of which a sentence also goes to another forecast, for which it settles nothing."""


@dataclass(frozen=True)
class Plain:
    """A forecast with a sentence for each outcome, in the order of `LABELS`, and the forecasts of its file."""

    forecast: Foretold
    told: tuple[str, str]
    file: Sequence[Foretold]

    def answered(self, rng: random.Random) -> list[Pair]:
        """The forecast with both its sentences, some of them after a sentence from any report of the file."""
        return [Pair(self.forecast.asked(self._told(text, rng)), label) for label, text in enumerate(self.told)]

    def _told(self, text: str, rng: random.Random) -> Told:
        before = rng.choice(rng.choice(self.file).reports)[0].text if rng.random() < WITH_BEFORE else ""
        return Told(text, before, self.forecast.source)

    def apart(self, rng: random.Random) -> list[Pair]:
        """At most one pair: another forecast on the country with one of the sentences, which does not answer it."""
        country, own = self.forecast.country, self.forecast
        others = [other for other in self.file if other is not own and other.country == country]
        if not others or rng.random() >= TO_ANOTHER:
            return []
        told = Told(rng.choice(self.told), "", own.source)
        return [Pair(rng.choice(others).asked(told), LABELS.index("neither"))]


def read_plain(folder: Path = ANSWERS) -> dict[str, list[Plain]]:
    """The forecasts that have plain answers, by the file they stand in."""
    found = defaultdict(list)
    files: dict[str, list[Foretold]] = {}
    for row in read_rows(folder / PLAIN):
        name = row["file"]
        if name not in files:
            files[name] = read_forecasts(folder / f"{name}.jsonl")
        found[name].append(Plain(files[name][row["line"] - 1], (row["happened"], row["not"]), files[name]))
    return dict(found)


def plain_learned(folder: Path = ANSWERS) -> list[Pair]:
    """The plain pairs that are learned from, those of what does not belong together included."""
    rng = random.Random(SEED)
    plain = [one for name, found in read_plain(folder).items() if name not in HELD_OUT for one in found]
    return [pair for one in plain for pair in (*one.answered(rng), *one.apart(rng))]


def plain_held_out(folder: Path = ANSWERS) -> list[Pair]:
    """The plain pairs that only measure: forecasts of files that are held out, each with both its sentences."""
    rng = random.Random(SEED)
    plain = [one for name, found in read_plain(folder).items() if name in HELD_OUT for one in found]
    return [pair for one in plain for pair in one.answered(rng)]
