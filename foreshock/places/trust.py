"""How far a resolved place may be trusted, as probabilities: its name is held at all, it is the right one.

The chance by which bearers of a name are ranked takes for granted that one of them is meant. Two small logistic models
(`held`, `link`), fitted on out-of-fold rankings of LGL and GeoWebNews (`train/trust.py`), do not.
"""

import math
from typing import Final

from foreshock.places.context import Name
from foreshock.places.linear import Models
from foreshock.places.rank import Ranked

LEAST: Final = 0.001
"""How near to 0 or 1 a chance counts, so that its log odds stay small."""


def features(name: Name, ranked: list[Ranked]) -> dict[str, float]:
    """What speaks for the likeliest bearer of a name: its rank's own features, its lead, and how many bear the name."""
    best = ranked[0]
    kept = min(1 - LEAST, max(LEAST, best.chance))
    return {
        **best.features,
        "odds": math.log(kept / (1 - kept)),
        "bearers": math.log(len(ranked)),
        "often": math.log(max(1, name.count)),
        "size": math.log10(best.entry.population + 1),
        "letters": math.log(len(name.key)),
    }


def trusted(models: Models, name: Name, ranked: list[Ranked]) -> tuple[float, float]:
    """The probability that the likeliest bearer is meant, and that none of those that the index holds is."""
    found = features(name, ranked)
    return models.link.probability(found), 1.0 - models.held.probability(found)
