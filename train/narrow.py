"""A trained reader made narrower: what its answers depend on least is taken away, attention heads and units.

How much they depend on a part is the first-order estimate of what its loss would be worth: the sum of weight times
gradient over the part, absolute, batch by batch (Michel, Levy and Neubig 2019; Molchanov et al. 2019). What is left
has to be trained on.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from train.batches import Batch
from train.examples import Prepared
from train.fit import lesson_loss
from train.losses import rarity_of
from train.network import Reader, Size, largest, with_units


def _worth(linear: nn.Linear, parts: int) -> Tensor:
    """Of each of the `parts` into which the inputs of `linear` fall, by its weights and their gradient."""
    gradient = linear.weight.grad
    assert gradient is not None
    return (linear.weight * gradient).sum(dim=0).reshape(parts, -1).sum(dim=1).abs().detach()


def dependence(
    model: Reader, documents: Sequence[Prepared], batches: Sequence[Batch]
) -> tuple[list[Tensor], list[Tensor]]:
    """For each layer, how much the answers to `batches`, all annotated, depend on its heads and on its units."""
    rarity = rarity_of(documents).to(model.device)
    layers = model.encoder.bert.encoder.layer
    heads = [torch.zeros(model.size.heads, device=model.device) for _ in layers]
    units = [torch.zeros(model.size.feed_forward, device=model.device) for _ in layers]
    model.eval()
    for batch in batches:
        model.zero_grad()
        lesson_loss(model, batch, rarity).backward()
        for number, layer in enumerate(layers):
            heads[number] += _worth(layer.attention.output.dense, model.size.heads)
            units[number] += _worth(layer.output.dense, model.size.feed_forward)
    model.zero_grad()
    return heads, units


def narrowed(model: Reader, size: Size, heads: Sequence[Tensor], units: Sequence[Tensor]) -> Reader:
    """A reader of `size` with as many layers as `model`, and of each the heads and units most depended on."""
    layers = []
    for number, old in enumerate(model.encoder.bert.encoder.layer):
        layer = with_units(old.state_dict(), largest(units[number], size.feed_forward))
        width = old.attention.self.attention_head_size
        kept = largest(heads[number], size.heads)
        rows = (kept[:, None] * width + torch.arange(width, device=kept.device)).flatten()
        for name in ("query", "key", "value"):
            for part in ("weight", "bias"):
                layer[f"attention.self.{name}.{part}"] = layer[f"attention.self.{name}.{part}"][rows]
        layer["attention.output.dense.weight"] = layer["attention.output.dense.weight"][:, rows]
        layers.append(layer)
    return model.with_layers(size, layers)
