"""How well two annotation passes agree: `python -m train.agreement`

The second pass over some documents of the corpus lies in `train/corpus/second`; the first is scored as if it were gold.
"""

import argparse
import json
import sys

from train.annotated import CORPUS, read_rows
from train.score import score


def main() -> None:
    """Print every figure of the second pass against the first."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    paths = sorted((CORPUS / "second").glob("*.jsonl"))
    first = [row for path in paths for row in read_rows(CORPUS / "documents" / path.name)]
    second = [row for path in paths for row in read_rows(path)]
    sys.stdout.write(f"{len(paths)} documents, {len(first)} and {len(second)} statements\n")
    sys.stdout.write(json.dumps(score(first, second).figures(), indent=1) + "\n")


if __name__ == "__main__":
    main()
