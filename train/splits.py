"""Divide the corpus's documents into train, dev and test: `python -m train.splits`

By a hash of the document's name, so that a document stays where it is when others are added. The texts written to
imitate one another least (one country, one genre, one name) are independent enough for that.
"""

import argparse
import hashlib
import json
import sys

from train.annotated import CORPUS

SHARES = (("test", 0.08), ("dev", 0.16))
"""Upper bounds of each part's stretch of the hash's range; the rest is `train`."""


def part_of(name: str) -> str:
    """The part that a document of this name belongs to."""
    place = int(hashlib.sha256(f"foreshock corpus {name}".encode()).hexdigest()[:8], 16) / 16**8
    return next((part for part, bound in SHARES if place < bound), "train")


def main() -> None:
    """Write `splits.json`."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    names = sorted(path.stem for path in (CORPUS / "documents").glob("*.txt"))
    parts = {part: [name for name in names if part_of(name) == part] for part in ("train", "dev", "test")}
    (CORPUS / "splits.json").write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(", ".join(f"{part} {len(members)}" for part, members in parts.items()) + "\n")


if __name__ == "__main__":
    main()
