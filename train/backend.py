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
    def encode(self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        hidden, tokens = self.model.encoder(*(torch.from_numpy(values) for values in (ids, shape, boundary, quoted)))
        return hidden.numpy(), tokens.numpy()

    @torch.no_grad()
    def statements(self, hidden: Floats, sentence: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        pair, classes = self.model.heads(
            torch.from_numpy(np.ascontiguousarray(hidden)),
            torch.from_numpy(sentence),
            torch.zeros(len(first), dtype=torch.long),
            torch.from_numpy(first),
            torch.from_numpy(last),
        )
        return pair.numpy(), classes.numpy()
