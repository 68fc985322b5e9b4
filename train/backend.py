"""The network in torch as a backend of `foreshock.read`, so that training is measured by the shipped decoder."""

import numpy as np
import torch

from foreshock.read.encoder import Floats, Ints
from train.network import Reader


class TorchBackend:
    """Runs a `Reader` in evaluation mode."""

    def __init__(self, model: Reader) -> None:
        self.model = model.eval()

    @torch.no_grad()
    def encode(
        self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints, mask: Ints
    ) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        tensors = [torch.from_numpy(values) for values in (ids, shape, boundary, quoted, mask)]
        hidden, tokens = self.model.encoder(*tensors)
        return hidden.numpy(), tokens.numpy()

    @torch.no_grad()
    def statements(
        self, hidden: Floats, mask: Ints, sentence: Ints, row: Ints, first: Ints, last: Ints
    ) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        pair, classes = self.model.heads(
            torch.from_numpy(np.ascontiguousarray(hidden)),
            *(torch.from_numpy(values) for values in (mask, sentence, row, first, last)),
        )
        return pair.numpy(), classes.numpy()
