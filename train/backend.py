"""The network in torch as a backend of `foreshock.read`, so that training is measured by the shipped decoder."""

import numpy as np
import torch

from foreshock.read.encoder import Floats, Ints
from train.network import Network


class TorchBackend:
    """Runs a `Network` in evaluation mode."""

    def __init__(self, model: Network) -> None:
        self.model = model.eval()

    @torch.no_grad()
    def encode(self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        hidden, tokens = self.model.encoder(*self._there(ids, shape, boundary, quoted))
        return hidden.cpu().numpy(), tokens.cpu().numpy()

    @torch.no_grad()
    def statements(self, hidden: Floats, sentence: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """See `foreshock.read.encoder.Backend`."""
        row = np.zeros(len(first), dtype=np.int64)
        pair, classes = self.model.heads(*self._there(hidden, sentence, row, first, last))
        return pair.cpu().numpy(), classes.cpu().numpy()

    def _there(self, *values: Floats | Ints) -> list[torch.Tensor]:
        """On the model's device."""
        return [torch.from_numpy(np.ascontiguousarray(value)).to(self.model.device) for value in values]
