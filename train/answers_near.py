"""Pairs for the model of answers that come near in meaning and settle nothing, and pairs read bare.

What the ledger reads of a record it chooses by meaning (`foreshock/ledger/outcomes/searching.py`): so from the
chronicles of `train/answers/chronicles` the model learns, as `neither`, the sentences that are nearest to a forecast in
meaning and that a reader who went through all of them passed over.
"""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from foreshock.ledger.outcomes.answers import LABELS
from foreshock.ledger.outcomes.meaning import Encoder, Meanings, Sentence
from train.answers_chronicles import CHRONICLES, unmarked
from train.answers_pairs import Pair

NEAREST: Final = 12
"""Sentences of later texts for each forecast of a key."""
NEAREST_TO_READERS: Final = 6
"""For each that a reader thought of."""
BARE: Final = 8
"""Of so many labelled pairs one is learned a second time without what stands around it, as the program reads it
first."""
SEED: Final = 3


def near_in_meaning(encoder: Encoder, folder: Path = CHRONICLES) -> list[Pair]:
    """The pairs of every chronicle in `folder`, the nearest of a forecast first."""
    found = []
    for chronicle in sorted(path for path in folder.iterdir() if path.is_dir()):
        meanings = Meanings(encoder, {})
        for asked, told in unmarked(chronicle):
            forecast = asked.forecast
            passage = f"{forecast.before} {forecast.sentence}".strip()
            nearness = meanings.nearness(passage, [Sentence(one.source, one.text) for one in told])
            first = np.argsort(-nearness, kind="stable")[: NEAREST_TO_READERS if asked.thought_of else NEAREST]
            found += [Pair(forecast.asked(told[at]), LABELS.index("neither")) for at in first]
    return found


def read_bare(pairs: Sequence[Pair]) -> list[Pair]:
    """One of `BARE` pairs, by chance, without what stands around it."""
    chosen = random.Random(SEED).sample(pairs, len(pairs) // BARE)
    return [Pair(pair.question.bare, pair.label) for pair in chosen]
