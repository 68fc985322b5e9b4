"""Forecasts and the reports that answer them or do not, from `train/answers`, as pairs for the model of answers."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from foreshock.ledger.outcomes.answers import LABELS, Question
from train.annotated import read_rows

ANSWERS: Final = Path(__file__).parent / "answers"
HELD_OUT: Final = ("p05", "p12", "p17", "p22", "p23")
"""Files that only measure: no forecast and no report of theirs is learned from."""

_word = re.compile(r"[A-Za-z][A-Za-z'-]{3,}")
_COMMON = frozenset(
    "that this with from have will would said they their there been were which when after before over into more than "
    "some about also such other could should might".split()
)
_STEM = 6


def stems(text: str) -> frozenset[str]:
    """The first six letters of its words, lower case, those of four letters and more that are not in every text."""
    return frozenset(word.lower()[:_STEM] for word in _word.findall(text)) - _COMMON


@dataclass(frozen=True)
class Told:
    """A sentence as a report tells it, the sentence before it, the line or document where it stands, and its title."""

    text: str
    before: str
    source: str
    title: str = ""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of the sentence itself."""
        return stems(self.text)


@dataclass(frozen=True)
class Foretold:
    """A forecast: its clause, its sentence and the one before, where it stands, and the reports written for it."""

    clause: str
    sentence: str
    before: str
    source: str
    country: str
    reports: tuple[tuple[Told, int], ...] = ()
    """Each with its label, an index into `LABELS`."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """Of clause and sentence."""
        return stems(f"{self.clause} {self.sentence}")

    def asked(self, told: Told) -> Question:
        """Whether that report answers it."""
        said = f"{self.before} {self.sentence}".strip()
        return Question(self.clause, said, told.text, told.before, told.title)


@dataclass(frozen=True)
class Pair:
    """A question with its answer, an index into `LABELS`."""

    question: Question
    label: int


def forecast_files(folder: Path = ANSWERS) -> list[Path]:
    """The files of forecasts in `folder`, by name; what else lies there is not among them."""
    return sorted(folder.glob("p[0-9][0-9].jsonl"))


def read_forecasts(path: Path) -> list[Foretold]:
    """The forecasts of one file of `train/answers`."""
    return [_forecast(f"{path.stem}-{number}", row) for number, row in enumerate(read_rows(path))]


def _forecast(source: str, row: dict[str, Any]) -> Foretold:
    reports = [
        (Told(one["text"], one["before"], source, one.get("title", "")), LABELS.index(one["label"]))
        for one in row["reports"]
    ]
    return Foretold(row["claim"], row["forecast"], row["context"], source, row["country"], tuple(reports))


def written_pairs(forecasts: Iterable[Foretold]) -> list[Pair]:
    """Every forecast with the reports that were written for it."""
    return [Pair(one.asked(told), label) for one in forecasts for told, label in one.reports]


def held_out(folder: Path = ANSWERS) -> dict[str, list[Pair]]:
    """The pairs that only measure, file by file."""
    return {name: written_pairs(read_forecasts(folder / f"{name}.jsonl")) for name in HELD_OUT}
