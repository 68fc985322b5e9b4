"""Four bits a weight: a network that learns with its matrices rounded to sixteen steps, so that it loses little by it.

The step of each output channel is learned too (Esser et al. 2020, Learned Step Size Quantization). Sixteen steps make a
network of twelve layers as small as one of six in eight bits, which reads less well.
"""

from typing import Final

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

LOWEST, HIGHEST = -8, 7
"""The whole numbers that four bits hold."""
_SHARES: Final = (0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 1.0)
"""Shares of a channel's greatest weight that are tried for its last step; the best loses least."""


class FourBits(nn.Module):
    """Weights `[outputs, inputs]` → the same on sixteen steps; `step` `[outputs, 1]` is learned with them."""

    def __init__(self, weights: Tensor) -> None:
        super().__init__()
        self.step = nn.Parameter(best_step(weights.detach()))
        self.pull = (weights.shape[1] * HIGHEST) ** -0.5

    def forward(self, weights: Tensor) -> Tensor:
        """The rounded weights; the gradient passes through the rounding."""
        slow = self.step * self.pull
        step = slow + (self.step - slow).detach()
        inside = (weights / step).clamp(LOWEST, HIGHEST)
        return (inside + (inside.round() - inside).detach()) * step

    def numbers(self, weights: Tensor) -> Tensor:
        """The whole numbers `[outputs, inputs]` that times `step` are the rounded weights."""
        return whole(weights, self.step)


def whole(weights: Tensor, step: Tensor) -> Tensor:
    """The whole numbers that times `step` come nearest to the weights."""
    return (weights / step).round().clamp(LOWEST, HIGHEST)


def best_step(weights: Tensor) -> Tensor:
    """The step `[outputs, 1]` by which each channel loses least, of a few that are tried."""
    greatest = weights.abs().amax(dim=1, keepdim=True).clamp(min=1e-8)
    tried = [share * greatest / HIGHEST for share in _SHARES]
    lost = torch.stack([(whole(weights, step) * step - weights).pow(2).sum(dim=1) for step in tried])
    steps = torch.stack(tried)
    return steps.gather(0, lost.argmin(dim=0)[None, :, None])[0]


def matrices(layers: nn.Module) -> dict[str, nn.Linear]:
    """Every matrix of the layers, by its name."""
    return {name: one for name, one in layers.named_modules() if isinstance(one, nn.Linear)}


def round_weights(layers: nn.Module) -> None:
    """Let every matrix of the layers learn in four bits from now on, in place."""
    for one in matrices(layers).values():
        parametrize.register_parametrization(one, "weight", FourBits(one.weight))


def rounded(one: nn.Linear) -> tuple[Tensor, Tensor]:
    """The whole numbers `[outputs, inputs]` of a matrix that learned in four bits, and the step `[outputs]`."""
    held = one.parametrizations["weight"]
    return held[0].numbers(held.original).detach(), held[0].step.detach()[:, 0]
