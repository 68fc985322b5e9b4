"""Measures how well scores of links are calibrated: `python -m bench.trust [--data ../shared/data]`.

Places: LGL and GeoWebNews, ranked and weighed out of fold. *rank* is the chance among the bearers of a name, *link*
the probability that the likeliest is meant, *held* that the index holds the one meant. Actors: the links of the clean
list of mentions. For each tenth of the scale: mean score, share right, how many; ECE is the mean gap, weighted by how
many.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from bench.actors import MENTIONS, cases
from foreshock.actors.fresh import NEW
from foreshock.actors.resolve import shipped as registry
from foreshock.places import linear
from foreshock.places.gazetteer import Gazetteer
from train import trust
from train.calibrate import reliability

CLEAN = MENTIONS.with_name("mentions-clean.yaml")
Pairs = list[tuple[float, bool]]


def table(name: str, pairs: Sequence[tuple[float, bool]]) -> str:
    """The reliability table of some scores, and their expected calibration error."""
    rows = [row for row in reliability(pairs) if row[2]]
    error = sum(abs(score - right) * count for score, right, count in rows) / len(pairs)
    lines = [f"{name}: {len(pairs)} scores, ECE {error:.3f}"]
    lines += [f"  {score:6.3f} {right:6.3f} {count:6d}" for score, right, count in rows]
    return "\n".join(lines) + "\n"


def places(data: Path) -> dict[str, Pairs]:
    """The scores of places with whether each was right, from folds that neither ranks nor trust were fitted on."""
    found: dict[str, Pairs] = {"rank": [], "link": [], "held": []}
    shipped = linear.shipped()
    folds = trust.folded(trust.corpora(data), Gazetteer(), shipped)
    for at, fold in enumerate(folds):
        models = trust.fit(shipped, [case for other, rows in enumerate(folds) if other != at for case in rows])
        probability: Callable[[dict[str, float]], float] = models.link.probability
        found["rank"] += [(case.chance, case.right) for case in fold]
        found["link"] += [(probability(case.features), case.right) for case in fold]
        found["held"] += [(models.held.probability(case.features), case.held) for case in fold]
    return found


def actors(path: Path) -> Pairs:
    """The scores of links to registry entries in a list of mentions, with whether each was right."""
    known = registry()
    links = [(case, known.resolve(case.mention, case.context)) for case in cases(path, known)]
    return [
        (match.score, match.actor.id == case.expected)
        for case, match in links
        if match is not None and not match.actor.id.startswith(NEW)
    ]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    data = parser.parse_args().data
    for name, pairs in places(data).items():
        sys.stdout.write(table(f"places, {name}", pairs))
    sys.stdout.write(table("actors, links", actors(CLEAN)))


if __name__ == "__main__":
    main()
