"""Small linear models: named weights, exported as JSON, that say of every score what made it."""

import math
from functools import lru_cache
from pathlib import Path

import msgspec

from foreshock.errors import ModelError

FOLDER = Path(__file__).resolve().parent.parent / "data" / "places"
FILE = "models.json"


class Linear(msgspec.Struct, frozen=True, eq=False):
    """A weighted sum of named features; a feature without a weight counts nothing.

    `threshold` is the least probability at which a yes-or-no question is answered yes. A model equals only itself, so
    that what is made of it can be kept by it.
    """

    weights: dict[str, float]
    bias: float = 0.0
    threshold: float = 0.5

    def score(self, features: dict[str, float]) -> float:
        """The sum, in log-odds."""
        total, weights = self.bias, self.weights
        for name, value in features.items():
            if name in weights:
                total += weights[name] * value
        return total

    def probability(self, features: dict[str, float]) -> float:
        """The sum as a probability between 0 and 1."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))


class Models(msgspec.Struct, frozen=True):
    """The models of geoparsing.

    Is it a place, which one in two rounds, is it an actor; and for what the index does not hold, which of the countries
    that the text speaks of it lies in, and which of their first-level units. Of the places of a text, where a
    statement's act happens: by the text alone, and that against the reader's choice. Of a resolved name: is its
    likeliest bearer meant, and is any that the index holds.
    """

    recognise: Linear
    rank_first: Linear
    rank_second: Linear
    roles: Linear
    country: Linear
    unit: Linear
    event_text: Linear
    event: Linear
    link: Linear = Linear({})
    held: Linear = Linear({})


@lru_cache(maxsize=1)
def shipped() -> Models:
    """The shipped models. Raises `ModelError` where their file is missing or broken."""
    path = FOLDER / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Models)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{path}: cannot be read ({error}); reinstall Foreshock") from error
