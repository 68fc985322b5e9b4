"""What code reads, against the annotated corpus: `python -m bench.layers [--part dev]`

Counts, times and likelihood intervals from gold clauses, triggers and spans, so that no error of the model's counts
here. The test set is left alone (`python -m train.evaluate` is for that).
"""

import argparse
import datetime
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from foreshock.model.day import last_day
from foreshock.model.vocabulary import Granularity, Kind
from foreshock.read import counts, likelihood, times
from train.annotated import CORPUS, read_folder, split

REPEATS = 3
Row = dict[str, Any]


def reference_of(published: str | None, kind: str) -> times.Reference | None:
    """The reference that the reader would use for a statement of `kind` in a text published then."""
    if not published:
        return None
    ahead = kind in (Kind.FORECAST, Kind.COMMITMENT)
    if len(published) == len("2023-06"):
        return times.Reference(last_day(published), Granularity.MONTH, ahead)
    return times.Reference(datetime.date.fromisoformat(published), Granularity.DAY, ahead)


def statements(parts: list[str]) -> Iterator[tuple[str, str | None, Row]]:
    """The text, its publication date and the gold row of every statement of `parts`.

    A row has the triggers of all the document's statements under `triggers`, as pairs of offsets.
    """
    facts = json.loads((CORPUS / "documents.json").read_text(encoding="utf-8"))
    everything = read_folder(CORPUS / "documents")
    for part in parts:
        for document in split(everything, part):
            triggers = [(row["trigger"]["start"], row["trigger"]["end"]) for row in document.statements]
            for row in document.statements:
                yield document.text, facts[document.name]["published"], {**row, "triggers": triggers}


def found_counts(text: str, row: Row) -> Row:
    """The counts found for a gold statement, in the corpus's form: null bounds are left out."""
    trigger = row["trigger"]
    found = counts.find_all(text, (row["start"], row["end"]), (trigger["start"], trigger["end"]), row["triggers"])
    return {
        name: {bound: value for bound in ("low", "best", "high") if (value := getattr(count, bound)) is not None}
        for name, count in found.items()
    }


def count_outcomes(gold: Row, found: Row) -> Iterator[str]:
    """`exact`, `wrong`, `missed` or `invented`, once for each count that either side tells."""
    for name in gold.keys() | found.keys():
        told = {bound: value for bound, value in gold.get(name, {}).items() if value is not None}
        if name not in found:
            yield "missed"
        elif name not in gold:
            yield "invented"
        else:
            yield "exact" if told == found[name] else "wrong"


def time_outcomes(published: str | None, row: Row) -> Iterator[str]:
    """Which of `from`, `to` and `granularity` agree with the gold time of a statement that has an expression."""
    gold = row["time"]
    found = times.resolve(gold["text"], reference_of(published, row["kind"]))
    yield "all"
    same_start = gold["from"] == (found.start and found.start.isoformat())
    same_end = gold["to"] == (found.end and found.end.isoformat())
    yield from (
        name
        for name, same in (
            ("from", same_start),
            ("to", same_end),
            ("both", same_start and same_end),
            ("granularity", gold["granularity"] == found.granularity),
        )
        if same
    )


def microseconds(calls: Sequence[Callable[[], object]]) -> float:
    """The mean processor time of one call, in the best of a few rounds."""
    best = float("inf")
    for _ in range(REPEATS):
        began = time.process_time()
        for call in calls:
            call()
        best = min(best, time.process_time() - began)
    return best / max(len(calls), 1) * 1e6


def _speeds(rows: list[tuple[str, str | None, Row]]) -> tuple[float, float]:
    """Microseconds of `times.resolve` an expression, and of `counts.find_all` a statement."""
    resolving = [
        partial(times.resolve, row["time"]["text"], reference_of(published, row["kind"]))
        for _, published, row in rows
        if row["time"] and row["time"].get("text")
    ]
    counting = [partial(found_counts, text, row) for text, _, row in rows]
    return microseconds(resolving), microseconds(counting)


def report(parts: list[str]) -> list[str]:
    """The figures, as lines of text."""
    rows = list(statements(parts))
    counted: Counter[str] = Counter()
    timed: Counter[str] = Counter()
    phrases = covered = 0
    for text, published, row in rows:
        counted.update(count_outcomes(row["counts"], found_counts(text, row)))
        if row["time"] and row["time"].get("text"):
            timed.update(time_outcomes(published, row))
        if row["likelihood"]:
            phrases += 1
            covered += likelihood.interval_of(row["likelihood"]["text"]) is not None
    resolving, counting = _speeds(rows)
    shares = ", ".join(f"{name} {timed[name] / timed['all']:.1%}" for name in ("from", "to", "both", "granularity"))
    return [
        f"{len(rows)} statements of {' and '.join(parts)}",
        "counts: " + ", ".join(f"{name} {counted[name]}" for name in ("exact", "wrong", "missed", "invented")),
        f"times: {shares} of {timed['all']}",
        f"likelihood: {covered} of {phrases} phrases have an interval ({covered / phrases:.1%})",
        f"speed: times.resolve {resolving:.1f} µs, counts.find_all {counting:.1f} µs",
    ]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", action="append", choices=["train", "dev"], help="train and dev by default")
    arguments = parser.parse_args()
    sys.stdout.write("\n".join(report(arguments.part or ["train", "dev"])) + "\n")


if __name__ == "__main__":
    main()
