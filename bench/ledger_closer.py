"""Fit what a closer look weighs: `python -m bench.ledger_closer`.

Two linear sums over the reports that are read for a prediction, that one shows it and that one denies it
(`foreshock/ledger/outcomes/closer.py`), are fitted together, so that the higher of their highest, or neither, is the
key's outcome. Fitted on the bundled chronicle's two countries and on those further ones that were set apart for it
(`FITTED`), and checked on each with weights that were fitted on the others. Prints the tables of
`data/ledger-weights.yaml`, and how many outcomes are right with the closer look and without. `--records` names a folder
in which the chronicles' records are kept and found again.
"""

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import yaml
from numpy.typing import NDArray

from bench.descent import Floats, descended
from bench.ledger import AS_OF, KEY, entries_by_name, entry_at
from bench.ledger_further import FOLDER, as_of_last, entry_for, record_of
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.closer import Look
from foreshock.ledger.outcomes.matching import DENIED, SHOWN, weights
from foreshock.model.prediction import LedgerEntry, Outcome, Proposal
from foreshock.record.store import Record

FITTED = ("mli", "mmr", "ven", "hti", "lka", "per", "eth", "bol", "geo", "lby", "cmr", "ken", "tjk", "hnd", "phl")
SHARPNESS = 3.0
"""How near the soft highest, by which is fitted, comes to the highest that counts."""
PENALTY = 0.005
STEPS, RATE = 1200, 0.03
NEVER = -30.0
"""Log-odds of what may not count."""


@dataclass(frozen=True)
class Case:
    """A prediction of a key: its country, its outcome, whether its horizon has passed, what its reports' words propose,
    and what a closer look takes in."""

    country: str
    outcome: str
    over: bool
    proposal: Proposal
    looks: Sequence[Look]


def cases(records: Path) -> Iterator[Case]:
    """The keys' predictions that were extracted, chronicle by chronicle."""
    with record_of(Path(str(files("foreshock") / "data" / "examples")), records, "bundled") as record:
        yield from _bundled(record)
    for name in FITTED:
        with record_of(FOLDER / name, records) as record:
            yield from _further(record, FOLDER / name)


def _bundled(record: Record) -> Iterator[Case]:
    """Of the bundled chronicle."""
    book = Book(record, AS_OF)
    resolver, by_name = book.resolver(), entries_by_name(record, book)
    for key in yaml.safe_load(KEY.read_text(encoding="utf-8")):
        mine, _ = entry_at(key, by_name.get(key["document"], []))
        if mine is not None:
            yield Case(key["country"], key["outcome"], mine.sharpened.by <= AS_OF, *resolver.looked_at(mine.sharpened))


def _further(record: Record, folder: Path) -> Iterator[Case]:
    """Of a further one."""
    book = Book(record, as_of_last(folder))
    resolver, by_name = book.resolver(), entries_by_name(record, book)
    for line in (folder / "key.jsonl").read_text(encoding="utf-8").splitlines():
        key: dict[str, Any] = msgspec.json.decode(line)
        mine: LedgerEntry | None = entry_for(key, by_name.get(key["document"], []))[0]
        if mine is not None:
            yield Case(
                folder.name.upper(),
                key["outcome"],
                mine.sharpened.by <= book.as_of,
                *resolver.looked_at(mine.sharpened),
            )


@dataclass(frozen=True)
class Tables:
    """The reports of every case as arrays `[cases, reports, features]`, which may count, and what is right: 0 true,
    1 false, 2 neither."""

    shown: Floats
    denied: Floats
    may_show: NDArray[np.bool_]
    may_deny: NDArray[np.bool_]
    right: NDArray[np.int_]

    def of(self, taken: NDArray[np.bool_]) -> "Tables":
        """Some of the cases."""
        return Tables(*(getattr(self, name)[taken] for name in ("shown", "denied", "may_show", "may_deny", "right")))


def tables_of(every: Sequence[Case]) -> Tables:
    """The cases as arrays; a horizon that is still open can't be missed yet."""
    widest = max(len(one.looks) for one in every)
    sides = [np.zeros((len(every), widest, len(names))) for names in (SHOWN, DENIED)]
    may = [np.zeros((len(every), widest), dtype=bool) for _ in sides]
    for number, one in enumerate(every):
        for at, look in enumerate(one.looks):
            for side, names in zip(sides, (SHOWN, DENIED), strict=True):
                side[number, at] = [look.features[name] for name in names]
            may[0][number, at] = look.may_show
            may[1][number, at] = look.may_deny and one.over
    right = np.array([{"true": 0, "false": 1}.get(one.outcome, 2) for one in every])
    return Tables(sides[0], sides[1], may[0], may[1], right)


@dataclass(frozen=True)
class Fitted:
    """The weights of either sum by the scale of their features, base last."""

    shown: Floats
    denied: Floats

    def highest(self, tables: Tables) -> tuple[Floats, Floats]:
        """The highest log-odds on either side, for every case."""
        told = (_sum(tables.shown, self.shown, tables.may_show), _sum(tables.denied, self.denied, tables.may_deny))
        return told[0].max(axis=1), told[1].max(axis=1)


def _sum(features: Floats, at: Floats, may: NDArray[np.bool_]) -> Floats:
    return np.where(may, features @ at[:-1] + at[-1], NEVER)


def fit(tables: Tables) -> Fitted:
    """Adam on the cross-entropy of *true*, *false* and *neither*, each side by a soft highest of its sums."""
    sides = [(tables.shown, tables.may_show), (tables.denied, tables.may_deny)]
    scales = [np.sqrt((features[may] ** 2).mean(axis=0)) + 0.01 for features, may in sides]
    scaled = [features / scale for (features, _), scale in zip(sides, scales, strict=True)]
    right, middle = np.eye(3)[tables.right], len(scales[0]) + 1

    def slope(at: Floats) -> Floats:
        parts = at[:middle], at[middle:]
        sums = [_sum(features, part, may) for features, part, (_, may) in zip(scaled, parts, sides, strict=True)]
        soft = [np.exp(SHARPNESS * (one - one.max(axis=1, keepdims=True))) for one in sums]
        shares = [one / one.sum(axis=1, keepdims=True) for one in soft]
        tops = [one.max(axis=1) + np.log(part.sum(axis=1)) / SHARPNESS for one, part in zip(sums, soft, strict=True)]
        told = np.exp(np.clip(np.stack([*tops, np.zeros(len(right))], axis=1), NEVER, -NEVER))
        off = (told / told.sum(axis=1, keepdims=True) - right) / len(right)
        slopes = []
        for side, (features, share, (_, may)) in enumerate(zip(scaled, shares, sides, strict=True)):
            pull = off[:, side, None] * share * may
            penalty = 2 * PENALTY * parts[side][:-1]
            slopes += [np.einsum("cr,crf->f", pull, features) + penalty, [pull.sum()]]
        return np.concatenate(slopes)

    start = np.concatenate([np.append(np.zeros(len(scale)), -2.0) for scale in scales])
    at = descended(start, slope, STEPS, RATE)
    parts = zip((at[:middle], at[middle:]), scales, strict=True)
    return Fitted(*(np.append(part[:-1] / scale, part[-1]) for part, scale in parts))


def proposed(every: Sequence[Case], fitted: Fitted, over: tuple[float, float]) -> list[Outcome]:
    """The outcome of each case: the words', or that of the closer look where they leave it open."""
    found = []
    for case, shown, denied in zip(every, *fitted.highest(tables_of(every)), strict=True):
        shown, denied = shown - over[0], denied - over[1]
        told = case.proposal.outcome
        if told is Outcome.PENDING and denied > max(shown, 0.0):
            watched = case.proposal.coverage is not None and case.proposal.coverage.sufficient
            told = Outcome.FALSE if watched else told
        elif told is Outcome.PENDING and shown > 0:
            told = Outcome.TRUE
        found.append(told)
    return found


def score(every: Sequence[Case], told: Sequence[Outcome]) -> tuple[int, int]:
    """How many outcomes are the key's, and how many are wrongly *false*."""
    right = sum(case.outcome == one.value for case, one in zip(every, told, strict=True))
    return right, sum(one is Outcome.FALSE and case.outcome != "false" for case, one in zip(every, told, strict=True))


def main() -> None:
    """Fit, check and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=Path, help="a folder for the chronicles' records")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        every = list(cases(given.records or Path(scratch)))
    tables, over = tables_of(every), (weights().shown_over, weights().denied_over)
    lines = []
    whole = np.zeros((3, 2), dtype=int)
    fitted = fit(tables)
    for country in dict.fromkeys(case.country for case in every):
        inside = np.array([case.country == country for case in every])
        mine = [case for case in every if case.country == country]
        rows = np.array([
            score(mine, [case.proposal.outcome for case in mine]),
            score(mine, proposed(mine, fit(tables.of(~inside)), over)),
            score(mine, proposed(mine, fitted, over)),
        ])  # fmt: skip
        whole += rows
        lines.append(_line(country, len(mine), rows))
    lines.append(_line("all", len(every), whole))
    for name, names, at in (("shown", SHOWN, fitted.shown), ("denied", DENIED, fitted.denied)):
        lines.append(
            f"{name}: {{{', '.join(f'{word}: {one:.2f}' for word, one in zip((*names, 'base'), at, strict=True))}}}"
        )
    print("\n".join(lines))  # noqa: T201 - a benchmark's output


def _line(country: str, number: int, rows: NDArray[np.int_]) -> str:
    told = zip(("by words", "held out", "fitted on it"), rows, strict=True)
    return f"{country} {number} predictions: " + "; ".join(
        f"{name} {right} right, {wrong} wrongly false" for name, (right, wrong) in told
    )


if __name__ == "__main__":
    main()
