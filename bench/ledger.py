"""The ledger on the bundled chronicle, by the key in `tests/ledger/key.yaml`: `python -m bench.ledger`.

Prints how many of the key's predictions were extracted, how many with the right forecaster, and how many outcomes
proposed as of 2024-06-30 are the key's; names each wrong *false*. `--record` takes a record that already holds the
chronicle; without it one is made. `--misses` names every prediction that was missed or resolved otherwise.
"""

import argparse
import datetime
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from foreshock.actors.context import Context
from foreshock.actors.resolve import shipped
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.line import add
from foreshock.model.prediction import LedgerEntry
from foreshock.record.store import Record
from foreshock.record.tables import captures

KEY = Path(__file__).resolve().parent.parent / "tests" / "ledger" / "key.yaml"
SECOND = KEY.with_name("second-reading.yaml")
"""Outcomes that two more readers see otherwise than the key, by its ids."""
AS_OF = datetime.date(2024, 6, 30)
NEAR = 3
"""Days by which a horizon may differ from the key's."""
_ARTICLES = {"the", "a", "an", "of", "its"}


@dataclass(frozen=True)
class Result:
    """What was found of the key: entries are keys' ids."""

    keys: int
    extracted: int
    right_forecaster: int
    outcomes: Counter[tuple[str, str]]
    by_country: Mapping[str, tuple[int, int]]
    right_horizon: Mapping[str, int]
    agreed: tuple[int, int]
    """Outcomes proposed as the key has them where two more readers have them so, too, of how many such."""
    wrong_false: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def right_outcomes(self) -> int:
        """Outcomes proposed as the key has them."""
        return sum(number for (wanted, proposed), number in self.outcomes.items() if wanted == proposed)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[\w’'-]+", re.sub(r"['’]s\b", "", name.casefold()))) - _ARTICLES


def same_forecaster(key: dict[str, Any], entry: LedgerEntry) -> bool:
    """Whether the entry stands under the key's forecaster; unscored is unnamed.

    One name's words are within the other's, or the registry has the entry's name for the key's, in the country that the
    prediction is about: *Chinese foreign ministry* is *Ministry of Foreign Affairs of China*.
    """
    prediction = entry.prediction
    if key["forecaster"]["kind"] == "unscored" or not prediction.forecaster_kind.scored:
        return bool(key["forecaster"]["kind"] == prediction.forecaster_kind.value)
    told = _words(prediction.forecaster)
    return any(
        told and (told <= _words(name) or _words(name) <= told or _registered(name, prediction.country) == told)
        for name in key["forecaster"]["names"]
    )


@cache
def _registered(name: str, country: str | None) -> set[str] | None:
    """The words of the registry's name for what is called so in a text about a country; null where it knows none."""
    match = shipped().resolve(name, Context(country=country))
    return None if match is None or match.is_new else _words(match.actor.name)


def entries_by_name(record: Record, book: Book) -> dict[str, list[LedgerEntry]]:
    """The book's entries by the file name of the document they stand in."""
    with record.begin() as connection:
        rows = connection.execute(select(captures.c.origin, captures.c.document))
        documents = {Path(row.origin).name: row.document for row in rows}
    of: dict[str, list[LedgerEntry]] = {}
    for entry in book.entries(Wanted(repeats=True)):
        of.setdefault(entry.prediction.document, []).append(entry)
    return {name: of.get(document, []) for name, document in documents.items()}


def measure(record: Record) -> Result:
    """Hold the ledger over a record of the chronicle against the key; of what it does not have none are proposed."""
    keys = yaml.safe_load(KEY.read_text(encoding="utf-8"))
    otherwise = yaml.safe_load(SECOND.read_text(encoding="utf-8"))
    book = Book(record, AS_OF)
    resolver = book.resolver()
    by_document = entries_by_name(record, book)
    extracted = right = 0
    outcomes: Counter[tuple[str, str]] = Counter()
    by_country: dict[str, tuple[int, int]] = {}
    horizons: Counter[str] = Counter()
    agreed: Counter[bool] = Counter()
    wrong: list[str] = []
    notes: list[str] = []
    for key in keys:
        entry, mine = entry_at(key, by_document.get(key["document"], []))
        if entry is None:
            notes.append(f"{key['id']}: not extracted: {key['quote']}")
            continue
        extracted += 1
        right += mine
        if not mine:
            notes.append(f"{key['id']}: {entry.prediction.forecaster} instead of {key['forecaster']['names'][0]}")
        horizons[key["country"]] += abs((entry.prediction.by - key["by"]).days) <= NEAR
        proposed = resolver.propose(entry.sharpened).outcome.value
        outcomes[key["outcome"], proposed] += 1
        if key["id"] not in otherwise:
            agreed[proposed == key["outcome"]] += 1
        found_right, whole = by_country.get(key["country"], (0, 0))
        by_country[key["country"]] = found_right + (proposed == key["outcome"]), whole + 1
        if proposed != key["outcome"]:
            notes.append(f"{key['id']}: {proposed} instead of {key['outcome']}: {key['quote']}")
            if proposed == "false":
                wrong.append(key["id"])
    return Result(
        keys=len(keys), extracted=extracted, right_forecaster=right, outcomes=outcomes, by_country=by_country,
        right_horizon=horizons, agreed=(agreed[True], agreed.total()), wrong_false=tuple(wrong), notes=tuple(notes),
    )  # fmt: skip


def entry_at(key: dict[str, Any], entries: Sequence[LedgerEntry]) -> tuple[LedgerEntry | None, bool]:
    """The entry that stands where a key's quote does, and whether under the key's forecaster."""
    found = overlapping(key, entries)
    mine = next((one for one in found if same_forecaster(key, one)), None)
    return mine or next(iter(found), None), mine is not None


def overlapping(key: dict[str, Any], entries: Sequence[LedgerEntry]) -> list[LedgerEntry]:
    """The entries that share more than half of the key's words or of their own."""
    found = []
    for one in entries:
        start, end = one.prediction.start, one.prediction.end
        shared = min(end, key["end"]) - max(start, key["start"])
        if shared > 0.5 * min(end - start, key["end"] - key["start"]):
            found.append(one)
    return found


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--record", help="a record that holds the chronicle")
    parser.add_argument("--misses", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Record(arguments.record or f"{folder}/record.sqlite") as record:
        if not arguments.record:
            add([str(files("foreshock") / "data" / "examples")], record)
        result = measure(record)
    n = sum(result.outcomes.values())
    lines = [
        f"predictions in the key            {result.keys}",
        f"extracted                         {result.extracted} ({result.extracted / result.keys:.1%})",
        f"… with the right forecaster       {result.right_forecaster} ({result.right_forecaster / result.keys:.1%})",
        f"proposed outcome as in the key    {result.right_outcomes} of {n} ({result.right_outcomes / n:.1%})",
        f"… where two more readers agree    {result.agreed[0]} of {result.agreed[1]}",
        f"horizon as in the key             {sum(result.right_horizon.values())} of {n}, give or take {NEAR} days ("
        + ", ".join(f"{country} {found}" for country, found in sorted(result.right_horizon.items()))
        + ")",
        *(
            f"{f'… on {country}':<34}{right} of {whole} ({right / whole:.1%})"
            for country, (right, whole) in sorted(result.by_country.items())
        ),
        f"wrong *false*                     {len(result.wrong_false)} {' '.join(result.wrong_false)}",
        "key → proposed                    "
        + ", ".join(f"{a} → {b} {number}" for (a, b), number in sorted(result.outcomes.items())),
        *(result.notes if arguments.misses else ()),
    ]
    print("\n".join(lines))  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
