"""Verdicts against the development labels: accuracy, usable reports lost, and confusion by class.

python -m bench.verdicts --data ../shared/data
"""

import argparse
import gzip
import json
import sys
from collections import Counter
from pathlib import Path

from foreshock.errors import ItemError
from foreshock.gather.captures import capture_of
from foreshock.gather.parse import document_of
from foreshock.gather.verdict import verdict_on
from foreshock.model.capture import Medium

SETS = ("sudan", "drc", "afghanistan")


def verdicts(news: Path, wanted: set[str]) -> dict[str, str]:
    """The verdict's label on each wanted row, by id; `failed` where no document could be made of it."""
    found: dict[str, str] = {}
    for name in SETS:
        with gzip.open(news / f"{name}.jsonl.gz", "rb") as rows:
            for line in rows:
                identity = json.loads(line)["id"]
                if identity in wanted and identity not in found:
                    try:
                        found[identity] = verdict_on(document_of(capture_of(name, line.strip(), Medium.ROW))).label
                    except ItemError:
                        found[identity] = "failed"
    return found


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    given = parser.parse_args()
    gold = json.loads((given.data / "gold_dev" / "corroboration.json").read_text(encoding="utf-8"))["documents"]
    labels = {document["id"]: document["label"] for document in gold}
    found = verdicts(given.data / "news", set(labels))
    right = sum(found.get(name) == label for name, label in labels.items())
    usable = [name for name, label in labels.items() if label == "usable"]
    lost = sum(found.get(name) != "usable" for name in usable)
    sys.stdout.write(f"{right / len(labels):.3f} of {len(labels)} right; {lost} of {len(usable)} usable reports lost\n")
    confusion = Counter(
        (label.split(":")[0], found.get(name, "absent").split(":")[0]) for name, label in labels.items()
    )
    classes = sorted({name for pair in confusion for name in pair})
    sys.stdout.write(f"{'labelled':<16}" + "".join(f"{name:>16}" for name in classes) + "\n")
    for label in classes:
        counts = "".join(f"{confusion[label, verdict]:>16}" for verdict in classes)
        sys.stdout.write(f"{label:<16}{counts}\n")


if __name__ == "__main__":
    main()
