"""What readers take phrases of likelihood to mean: `python -m train.likelihood [JUDGEMENTS.csv]`

The 10th to 90th percentile of the probability, in per cent, that readers gave each phrase in the CAPphrase survey (a
CSV with the columns `term` and `probability`); `foreshock/data/likelihood.yaml` is written from these figures.
"""

import argparse
import csv
import statistics
import sys
from collections import defaultdict
from pathlib import Path

SURVEY = Path(__file__).parents[2] / "shared" / "data" / "likelihood" / "absolute_judgements.csv"


def percentiles(path: Path) -> dict[str, tuple[float, float]]:
    """The 10th and 90th percentile of every phrase's probabilities, likeliest phrase first."""
    judged: defaultdict[str, list[float]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            judged[row["term"]].append(float(row["probability"]))
    tenths = {term: statistics.quantiles(values, n=10, method="inclusive") for term, values in judged.items()}
    likeliest_first = sorted(tenths, key=lambda term: (tenths[term][0] + tenths[term][-1], term), reverse=True)
    return {term: (tenths[term][0], tenths[term][-1]) for term in likeliest_first}


def main() -> None:
    """Print one phrase a line with its percentiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judgements", nargs="?", type=Path, default=SURVEY, help="the survey's CSV")
    lines = [
        f"{low:3.0f}-{high:3.0f}  {term}" for term, (low, high) in percentiles(parser.parse_args().judgements).items()
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
