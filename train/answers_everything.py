"""All that the model of answers learns from, put together: pairs with a label, and open questions."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from foreshock.ledger.outcomes import meaning
from foreshock.ledger.outcomes.answers import Question
from train.annotated import Annotated
from train.answers_chronicles import chronicle_pairs
from train.answers_material import material
from train.answers_near import near_in_meaning, read_bare
from train.answers_pairs import Pair
from train.answers_plain import plain_learned

PLAIN_TIMES: Final = 3
"""How often a plain pair is learned from: in all others near words settle nothing."""


@dataclass(frozen=True)
class Everything:
    """What is learned from, and how many pairs there are of each sort."""

    labelled: list[Pair]
    open: list[Question]
    counts: dict[str, int]


def everything(documents: Sequence[Annotated]) -> Everything:
    """All of it; `documents` is the corpus's training part."""
    learned, plain, chronicles = material(documents), plain_learned(), chronicle_pairs()
    near = near_in_meaning(meaning.shipped())
    labelled = [*learned.labelled, *plain * PLAIN_TIMES, *chronicles.labelled, *near]
    bare = read_bare(labelled)
    return Everything(
        [*labelled, *bare],
        [*learned.open, *chronicles.open],
        {
            "pairs written as such": len(learned.written),
            "pairs of what does not belong together": len(learned.apart),
            "plain pairs": len(plain),
            "pairs of chronicles": len(chronicles.labelled),
            "pairs near in meaning": len(near),
            "pairs again, read bare": len(bare),
            "open pairs": len(learned.open) + len(chronicles.open),
        },
    )
