"""Measures the places of statements on the annotated documents: `python -m bench.event_places [--data FOLDER]`.

The spans are the gold's, so this is resolution alone. A country counts as right where the ISO code is the gold's, a
unit where both names stand for one first-level unit of the index; *as spelled* asks for the same first five letters,
as the scorer of readings does. Real and written documents are told apart.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foreshock.model.statement import Place
from foreshock.places.gazetteer import Gazetteer, PlaceKind
from foreshock.places.locate import Locator


def unit_code(gazetteer: Gazetteer, country: str | None, name: str | None) -> str | None:
    """The first-level unit of a country that bears a name; the name itself where the index knows none."""
    if not name:
        return None
    for one in gazetteer.find(name):
        if one.entry.kind is PlaceKind.ADMIN1 and one.entry.country == country:
            return one.entry.admin1
    return f"{country} {name}"


def spelled(country: str | None, name: str | None) -> str | None:
    """A country and the first five letters of a unit."""
    return f"{country} {name.casefold()[:5]}" if name else None


def pairs(locator: Locator, folder: Path) -> Iterator[tuple[str, dict[str, Any], Place]]:
    """`(real or written, gold place, place found)` for every gold statement whose place has words."""
    for path in sorted(folder.glob("*.gold.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        golds = [place for line in lines if (place := json.loads(line).get("place")) and place.get("text")]
        text = path.with_name(path.name.replace(".gold.jsonl", ".txt")).read_bytes().decode("utf-8")
        located = locator.locate(text, [(gold["start"], gold["end"]) for gold in golds])
        kind = "written" if path.name.startswith("hard") else "real"
        yield from ((kind, gold, one.place) for gold, one in zip(golds, located, strict=True))


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/gold_dev"))
    gazetteer = Gazetteer()
    counts: Counter[tuple[str, str, str]] = Counter()
    for kind, gold, found in pairs(Locator(gazetteer), parser.parse_args().data):
        sides = {
            "country": (gold["country"], found.country),
            "unit": (
                unit_code(gazetteer, gold["country"], gold["admin1"]),
                unit_code(gazetteer, found.country, found.admin1),
            ),
            "unit as spelled": (spelled(gold["country"], gold["admin1"]), spelled(found.country, found.admin1)),
        }
        for what, (wanted, got) in sides.items():
            for group in (kind, "all"):
                counts[group, what, "n"] += 1
                counts[group, what, "same"] += wanted == got
                counts[group, what, "right"] += got is not None and wanted == got
                counts[group, what, "got"] += got is not None
                counts[group, what, "wanted"] += wanted is not None
    for group in ("real", "written", "all"):
        for what in ("country", "unit", "unit as spelled"):
            n, same, right, found_in, told_in = (
                counts[group, what, name] for name in "n same right got wanted".split()
            )
            f1 = 200 * right / max(1, found_in + told_in)
            sys.stdout.write(f"{group:8} {what:16} n {n:4}  accuracy {100 * same / max(1, n):5.1f}  F1 {f1:5.1f}\n")


if __name__ == "__main__":
    main()
