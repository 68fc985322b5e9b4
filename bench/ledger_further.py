"""The ledger on nineteen chronicles that its words were not made on: `python -m bench.ledger_further`.

Each of some forty short texts with a key of 33 or 34 predictions (`tests/ledger/further`), written when the rules were
there, by hands that did not know them. What a closer look weighs was fitted on fifteen of them
(`bench/ledger_closer.py`); Lebanon, Mozambique, Egypt and Guinea-Bissau (lbn, moz, egy, gnb) had no part in a fit, and
nothing of them was looked at; `docs/ledger.md` says more. Prints for each how many predictions were extracted, how many
with the right forecaster, and how many outcomes proposed the day after the last text are the key's. `--misses` names
each that is not. `--folder train/answers/chronicles --forecasters` counts extraction and forecasters alone on the
thirty-two chronicles from which the model of answers learns; outcomes there would be no measure.
"""

import argparse
import datetime
import re
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench.ledger import entries_by_name, same_forecaster
from foreshock.ledger.book import Book
from foreshock.line import add
from foreshock.model.prediction import LedgerEntry
from foreshock.record.store import Record

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "ledger" / "further"
LEAST_SHARED = 0.6
"""Share of the shorter one's words in which a prediction and a key's quote are the same."""


def _shared(quote: str, entry: LedgerEntry) -> float:
    mine, wanted = (set(re.findall(r"\w+", words.casefold())) for words in (entry.prediction.text, quote))
    return len(mine & wanted) / max(1, min(len(mine), len(wanted)))


def entry_for(key: dict[str, Any], entries: list[LedgerEntry]) -> tuple[LedgerEntry | None, bool]:
    """The entry that a key's quote means, and whether it stands under the key's forecaster."""
    found = sorted(entries, key=lambda one: -_shared(key["quote"], one))
    found = [one for one in found if _shared(key["quote"], one) >= LEAST_SHARED]
    mine = next((one for one in found if same_forecaster(key, one)), None)
    return mine or next(iter(found), None), mine is not None


def as_of_last(folder: Path) -> datetime.date:
    """The day after a chronicle's last text."""
    return datetime.date.fromisoformat(max(folder.glob("*.md")).name[:10]) + datetime.timedelta(days=1)


@contextmanager
def record_of(folder: Path, records: Path, name: str | None = None) -> Iterator[Record]:
    """A chronicle's record in the folder `records`, made anew where it has none; called as its folder, or by `name`."""
    path = records / f"{name or folder.name}.sqlite"
    new = not path.exists()
    with Record(str(path)) as record:
        if new:
            add([str(text) for text in sorted(folder.glob("*.md"))], record)
        yield record


def measure(folder: Path, misses: bool, outcomes: bool = True) -> Counter[str]:
    """Counts over one chronicle; outcomes are proposed of what its key has, without `outcomes` none."""
    keys = [msgspec.json.decode(line) for line in (folder / "key.jsonl").read_text(encoding="utf-8").splitlines()]
    as_of = as_of_last(folder)
    counts = Counter(keys=len(keys))
    with tempfile.TemporaryDirectory() as scratch, record_of(folder, Path(scratch)) as record:
        book = Book(record, as_of)
        book.update()
        resolver = book.resolver() if outcomes else None
        by_name = entries_by_name(record, book)
        for key in keys:
            entry, right = entry_for(key, by_name.get(key["document"], []))
            if entry is None:
                continue
            counts += Counter(extracted=1, forecaster=int(right))
            if resolver is None:
                continue
            told, wanted = resolver.propose(entry.sharpened).outcome.value, key["outcome"]
            counts += Counter(outcome=int(told == wanted))
            counts["wrong false"] += told == "false" != wanted
            if misses and told != wanted:
                print(f"{folder.name} {key['id']}: {told} instead of {wanted}: {key['quote']}")  # noqa: T201
    return counts


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--forecasters", action="store_true")
    asked = parser.parse_args()
    whole: Counter[str] = Counter()
    folders = sorted(path.parent for path in asked.folder.glob("*/key.jsonl"))
    if not folders:
        parser.error(f"{asked.folder}: no chronicle with a key.jsonl lies in it")
    for folder in folders:
        counts = measure(folder, asked.misses, not asked.forecasters)
        whole += counts
        _show(folder.name.upper(), counts, not asked.forecasters)
    _show("all", whole, not asked.forecasters)


def _show(name: str, counts: Counter[str], outcomes: bool) -> None:
    extracted = counts["extracted"]
    told = f"{name:4} {counts['keys']} predictions, {extracted} extracted, {counts['forecaster']} rightly ascribed"
    if outcomes:
        told += (
            f", outcome as in the key {counts['outcome']} ({100 * counts['outcome'] / extracted:.1f}%), "
            f"wrong false {counts['wrong false']}"
        )
    print(told)  # noqa: T201 - a benchmark's output


if __name__ == "__main__":
    main()
