"""Corroboration against the development labels: copies, same events, verdicts.

    python -m bench.corroboration --data ../shared/data [--record FILE]

Takes the rows of the three news sets that the labels name (all rows with `--all`) through `foreshock add`, exports the
groups and scores them: syndicated pairs with the labelled hard negatives and the pairs of different texts on one event
as negatives; pairs on one event, syndicated ones left out, with hard negatives, and against all other pairs of labelled
documents within a month; verdicts, and the share of usable reports lost.
`--unread` records documents without reading them, which takes seconds instead of minutes and makes no events.
"""

import argparse
import contextlib
import gzip
import itertools
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.errors import ItemError
from foreshock.exchange.groups import Groups, groups_in
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.gather.verdict import verdict_on
from foreshock.line import add
from foreshock.model.capture import Capture
from foreshock.model.entry import Entry
from foreshock.model.statement import Reading
from foreshock.record.store import Record

SETS = ("sudan", "drc", "afghanistan")
Pair = tuple[str, str]


def say(*words: str) -> None:
    """One line on standard output."""
    sys.stdout.write(" ".join(words) + "\n")


def pairs(groups: Iterable[Sequence[str]]) -> set[Pair]:
    """Every pair inside the groups, the lesser id first."""
    return {pair for group in groups for pair in itertools.combinations(sorted(set(group)), 2)}


def scores(found: set[Pair], true: set[Pair], false: set[Pair]) -> str:
    """Precision, recall and F1 over the pairs that are labelled."""
    hits, wrong = len(found & true), len(found & false)
    precision, recall = hits / max(1, hits + wrong), hits / max(1, len(true))
    balance = 2 * precision * recall / max(1e-9, precision + recall)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {balance:.3f}  ({len(true)} true, {len(false)} false)"


def write_rows(news: Path, wanted: set[str] | None, out: Path) -> dict[str, str]:
    """Copy the wanted rows, one file a set, to `out`; the month of each id."""
    months: dict[str, str] = {}
    for name in SETS:
        with gzip.open(news / f"{name}.jsonl.gz", "rb") as rows, (out / f"{name}.jsonl").open("wb") as kept:
            for line in rows:
                row = json.loads(line)
                if wanted is None or row["id"] in wanted:
                    months.setdefault(row["id"], row["month"])
                    kept.write(line)
    return months


def add_unread(files: Sequence[str], record: Record) -> None:
    """Record documents with empty readings: what copies and verdicts need."""
    syndication = Syndication()
    taken = [item for item in captures(files) if isinstance(item, Capture)]
    for at in range(0, len(taken), 200):
        entries = []
        for capture in taken[at : at + 200]:
            with contextlib.suppress(ItemError):
                document = document_of(capture)
                verdict = verdict_on(document)
                reading = Reading(document=document, statements=(), model="none") if verdict.usable else None
                entries.append(Entry(capture, document, verdict, reading))
        record.keep(entries, then=syndication.take)


def near(months: dict[str, str], pair: Pair) -> bool:
    """Whether two documents were crawled within a month of each other."""
    one, other = (12 * int(months[name][:4]) + int(months[name][5:7]) if name in months else 0 for name in pair)
    return abs(one - other) <= 1


def report(
    groups: Groups,
    gold: dict[str, list[list[str]]],
    labels: dict[str, str],
    months: dict[str, str],
    events_too: bool,
) -> None:
    """Print every figure, those of same events where documents were read."""
    copies, events, different = pairs(gold["syndicated"]), pairs(gold["same_event"]), pairs(gold["different"])
    apart = events - copies
    named = {name for kind in ("syndicated", "same_event", "different") for group in gold[kind] for name in group}
    everything = set(itertools.combinations(sorted(named), 2))
    found = pairs(groups.syndicated)
    say("syndicated, against different and same event:", scores(found, copies, (different | apart) - copies))
    say("syndicated, against all other labelled pairs:", scores(found, copies, everything - copies))
    if events_too:
        told = pairs(groups.same_event) - copies
        say("same event, against different:               ", scores(told, apart, different - apart))
        others = {pair for pair in everything - copies - apart if near(months, pair)}
        say("same event, against all others in a month:   ", scores(told, apart, others))
    verdicts = {document.id: document.label for document in groups.documents}
    right = sum(verdicts.get(name) == label for name, label in labels.items())
    usable = [name for name, label in labels.items() if label == "usable"]
    lost = sum(verdicts.get(name) != "usable" for name in usable)
    say(f"verdicts: {right / len(labels):.3f} of {len(labels)} right; {lost} of {len(usable)} usable reports lost")
    wrong = Counter((label, str(verdicts.get(name))) for name, label in labels.items() if verdicts.get(name) != label)
    for (label, verdict), number in wrong.most_common():
        say(f"  {label} taken for {verdict}: {number}")


def main() -> None:
    """Read, group, score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--record", type=Path, help="Keep the record here; one that is there is scored as it is.")
    parser.add_argument("--all", action="store_true", help="Take all rows, not only those that are labelled.")
    parser.add_argument("--unread", action="store_true", help="Do not read documents: no events.")
    parser.add_argument("--workers", type=int, default=1)
    given = parser.parse_args()
    gold = json.loads((given.data / "gold_dev" / "corroboration.json").read_text(encoding="utf-8"))
    labels = {document["id"]: document["label"] for document in gold["documents"]}
    named = {name for kind in ("syndicated", "same_event", "different") for group in gold[kind] for name in group}
    with tempfile.TemporaryDirectory() as folder:
        there = given.record is not None and given.record.exists()
        months = write_rows(given.data / "news", None if given.all else named | set(labels), Path(folder))
        with Record(str(given.record or Path(folder) / "record.sqlite")) as record:
            files = [str(Path(folder) / f"{name}.jsonl") for name in SETS]
            if not there and given.unread:
                add_unread(files, record)
            elif not there:
                began = time.monotonic()
                summary = add(files, record, given.workers)
                say(f"{summary.kept} documents read in {time.monotonic() - began:.0f} s, skipped {summary.skipped}")
            report(groups_in(record), gold, labels, months, events_too=not given.unread)


if __name__ == "__main__":
    main()
