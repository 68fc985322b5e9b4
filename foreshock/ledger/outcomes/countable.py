"""Whether what is foretold could be settled at all, or says nothing that could be counted.

*The nation will find its voice*, *the coming weeks will be decisive*: no later report can tell what became of it. A
linear table over the vector that the encoder of meaning makes of the clause says how likely it is of that kind; `python
-m train.countable` fits it on clauses written for it. It goes for no clause that states a horizon, hangs on a condition
or was made more exact by a person: who says by when means something that could be looked up.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec
import numpy as np

from foreshock.errors import ModelError
from foreshock.ledger.outcomes.meaning import WIDTH, Encoder
from foreshock.model.prediction import Prediction

UNCOUNTABLE = 0.8
"""Chance from which a clause is taken to say nothing that could be counted: of 266 forecasts that state no horizon it
finds half of those that are void in their key, and no other (`python -m train.countable --measure`)."""


class Table(msgspec.Struct, frozen=True):
    """What each figure of a clause's vector weighs, and the version of the encoder that made those it was fitted on."""

    encoder: str
    weights: Sequence[float]
    base: float


@dataclass(frozen=True)
class Countable:
    """Says how likely a clause tells nothing that could be counted."""

    encoder: Encoder
    table: Table

    def chance(self, clause: str) -> float:
        """The chance, of 0 to 1, that nothing could settle a clause."""
        told = float(self.encoder.vector(clause) @ np.asarray(self.table.weights)) + self.table.base
        return float(1 / (1 + np.exp(-told)))

    def says_nothing(self, prediction: Prediction) -> float | None:
        """The chance that nothing could settle a prediction, where that is to be believed; null elsewhere."""
        definite = not prediction.default_horizon or prediction.condition is not None
        if definite or prediction.criterion.by_person:
            return None
        chance = self.chance(prediction.criterion.words)
        return chance if chance >= UNCOUNTABLE else None


def read_table(path: Path, version: str) -> Table:
    """The table in a file. Raises `ModelError` where it is damaged or was not fitted on what this encoder makes."""
    try:
        table = msgspec.json.decode(path.read_bytes(), type=Table)
    except (OSError, msgspec.DecodeError) as error:
        raise ModelError(f"{path} cannot be read: {error}; reinstall Foreshock") from error
    if table.encoder != version or len(table.weights) != WIDTH:
        raise ModelError(f"{path} was fitted for another encoder of meaning; run python -m train.countable")
    return table


@cache
def shipped(encoder: Encoder) -> Countable:
    """The table that ships, over the encoder that ships. Raises `ModelError` where it is damaged."""
    path = Path(str(files("foreshock") / "data" / "model" / "countable.json"))
    return Countable(encoder, read_table(path, encoder.version))
