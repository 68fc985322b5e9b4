"""Measures the places of statements on annotated documents: `python -m bench.event_places [--data FOLDER] [--read]`.

Over the corpus's `dev` and `test` splits, and `gold_dev` where the development data are there, real and written apart.
On gold spans, this is resolution alone; with `--read`, the shipped reader and everything after it. A country counts as
right where the ISO code is the gold's, a unit where both names stand for one first-level unit of the index; *as
spelled* asks for the same first five letters, as the scorer of readings does.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from foreshock.line import line
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Place, to_json
from foreshock.places.gazetteer import Gazetteer, unit_named
from foreshock.places.locate import Locator
from train.annotated import CORPUS, Annotated, read_folder, split
from train.evaluate import gold_dev
from train.score import pair

Pair = tuple[dict[str, Any] | None, dict[str, Any] | None]
"""An annotated place and the one found, each null where there is none."""

WHAT = ("country", "unit", "unit as spelled")


def spelled(place: dict[str, Any]) -> str | None:
    """A country and the first five letters of a unit."""
    return f"{place['country']} {place['admin1'].casefold()[:5]}" if place["admin1"] else None


def as_dict(place: Place) -> dict[str, Any]:
    """A place found, as the annotation has it."""
    return {"country": place.country, "admin1": place.admin1}


def on_gold_spans(documents: Sequence[Annotated], locator: Locator) -> Iterator[Pair]:
    """Every annotated place that has words, and what they are resolved to."""
    for document in documents:
        golds = [place for row in document.statements if (place := row.get("place")) and place.get("text")]
        located = locator.locate(document.text, [(gold["start"], gold["end"]) for gold in golds])
        yield from ((gold, as_dict(one.place)) for gold, one in zip(golds, located, strict=True))


def as_read(documents: Sequence[Annotated]) -> Iterator[Pair]:
    """The places of every annotated statement that the whole line finds, and of its match."""
    for document in documents:
        whole = Document(id=text_id(document.text), text=document.text, origin=document.name, capture="")
        found = [msgspec.json.decode(to_json(one)) for one in line().read(whole).statements]
        for at, read_at in pair(document.statements, found):
            yield document.statements[at].get("place"), found[read_at].get("place")


def figures(pairs: Iterator[Pair], gazetteer: Gazetteer) -> str:
    """Accuracy and F1 of country and unit in per cent; accuracy is over all pairs, nulls included."""
    counts: Counter[tuple[str, str]] = Counter()
    for sides in pairs:
        told = [
            {
                "country": place["country"],
                "unit": unit_named(gazetteer, place["country"], place["admin1"]),
                "unit as spelled": spelled(place),
            }
            if place
            else dict.fromkeys(WHAT)
            for place in sides
        ]
        for what in WHAT:
            wanted, got = (one[what] for one in told)
            counts[what, "n"] += 1
            counts[what, "same"] += wanted == got
            counts[what, "right"] += got is not None and wanted == got
            counts[what, "told"] += (got is not None) + (wanted is not None)
    cells = [f"n {counts['country', 'n']:5}"]
    for what in WHAT:
        f1 = 200 * counts[what, "right"] / max(1, counts[what, "told"])
        cells.append(f"{what}: accuracy {100 * counts[what, 'same'] / max(1, counts[what, 'n']):5.1f} F1 {f1:5.1f}")
    return "  ".join(cells)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--read", action="store_true", help="the whole line instead of gold spans")
    options = parser.parse_args()
    written = read_folder(CORPUS / "documents")
    sets = {f"corpus {part}": split(written, part) for part in ("dev", "test")}
    if options.data.is_dir():
        sets |= gold_dev(options.data)
    gazetteer = Gazetteer()
    locator = Locator(gazetteer)
    for name, documents in sets.items():
        pairs = as_read(documents) if options.read else on_gold_spans(documents, locator)
        sys.stdout.write(f"{name:14} {figures(pairs, gazetteer)}\n")


if __name__ == "__main__":
    main()
