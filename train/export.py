"""Export a trained network to the two ONNX files that the program runs, int8 weights, and check them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from foreshock.read.encoder import OnnxBackend
from train.network import HIDDEN, Reader

OPSET = 18


def _export(
    module: nn.Module, inputs: tuple[torch.Tensor, ...], path: Path, names: list[str], outputs: list[str]
) -> None:
    pieces = {name: {1: "pieces"} for name in ("ids", "shape", "boundary", "quoted", "sentence", "hidden", "tokens")}
    triggers = {name: {0: "triggers"} for name in ("first", "last", "classes")}
    dynamic = {**pieces, **triggers, "pair": {0: "triggers", 1: "pieces"}}
    torch.onnx.export(
        module.eval(), inputs, str(path), input_names=names, output_names=outputs, opset_version=OPSET,
        dynamic_axes={name: dynamic[name] for name in (*names, *outputs)}, dynamo=False,
    )  # fmt: skip


class _OneWindow(nn.Module):
    """The statement heads for the triggers of a single window."""

    def __init__(self, heads: nn.Module) -> None:
        super().__init__()
        self.heads = heads

    def forward(
        self, hidden: torch.Tensor, sentence: torch.Tensor, first: torch.Tensor, last: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Pair and class logits."""
        pair, classes = self.heads(hidden, sentence, None, first, last)
        return pair, classes


def export(model: Reader, folder: Path) -> None:
    """Write `encoder.onnx` and `statements.onnx` into `folder`, weights in int8 by channel."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (1, 24))
    zeros = torch.zeros_like(ids)
    _export(
        model.encoder, (ids, zeros, zeros, zeros), folder / "encoder.fp32.onnx",
        ["ids", "shape", "boundary", "quoted"], ["hidden", "tokens"],
    )  # fmt: skip
    triggers = torch.tensor([3, 4, 9]), torch.tensor([3, 5, 9])
    _export(
        _OneWindow(model.heads), (torch.randn(1, 24, HIDDEN), zeros, *triggers), folder / "statements.fp32.onnx",
        ["hidden", "sentence", "first", "last"], ["pair", "classes"],
    )  # fmt: skip
    for name in ("encoder", "statements"):
        full = folder / f"{name}.fp32.onnx"
        quantize_dynamic(full, folder / f"{name}.onnx", per_channel=True, weight_type=QuantType.QInt8)
        onnx.checker.check_model(str(folder / f"{name}.onnx"))
        full.unlink()


def largest_difference(model: Reader, folder: Path, seed: int = 7) -> float:
    """The largest absolute difference of hidden states between torch and the int8 file, on made input."""
    rng = np.random.default_rng(seed)
    ids = rng.integers(1000, 20000, (1, 64))
    zeros = np.zeros_like(ids)
    hidden, _ = OnnxBackend(folder).encode(ids, zeros, zeros, zeros)
    with torch.no_grad():
        wanted, _ = model.encoder(*(torch.from_numpy(values) for values in (ids, zeros, zeros, zeros)))
    return float(np.abs(hidden - wanted.numpy()).max())
