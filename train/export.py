"""Export a trained network to the two ONNX files that the program runs, int8 weights, and check them."""

from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from train.network import HIDDEN, Reader

OPSET = 18


def _export(module: nn.Module, inputs: tuple[torch.Tensor, ...], path: Path, names: list[str], outputs: list[str]) -> None:
    dynamic = {
        "ids": {0: "batch", 1: "pieces"}, "shape": {0: "batch", 1: "pieces"}, "boundary": {0: "batch", 1: "pieces"},
        "quoted": {0: "batch", 1: "pieces"}, "mask": {0: "batch", 1: "pieces"}, "sentence": {0: "batch", 1: "pieces"},
        "hidden": {0: "batch", 1: "pieces"}, "row": {0: "triggers"}, "first": {0: "triggers"}, "last": {0: "triggers"},
        "tokens": {0: "batch", 1: "pieces"}, "pair": {0: "triggers", 1: "pieces"}, "classes": {0: "triggers"},
    }  # fmt: skip
    torch.onnx.export(
        module.eval(), inputs, str(path), input_names=names, output_names=outputs, opset_version=OPSET,
        dynamic_axes={name: dynamic[name] for name in (*names, *outputs)}, dynamo=False,
    )  # fmt: skip


def export(model: Reader, folder: Path) -> None:
    """Write `encoder.onnx` and `statements.onnx` into `folder`, weights in int8 by channel."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (2, 24))
    ones = torch.ones_like(ids)
    zeros = torch.zeros_like(ids)
    _export(
        model.encoder, (ids, zeros, zeros, zeros, ones), folder / "encoder.fp32.onnx",
        ["ids", "shape", "boundary", "quoted", "mask"], ["hidden", "tokens"],
    )  # fmt: skip
    triggers = torch.tensor([0, 1, 1]), torch.tensor([3, 4, 9]), torch.tensor([3, 5, 9])
    _export(
        model.heads, (torch.randn(2, 24, HIDDEN), ones, zeros, *triggers), folder / "statements.fp32.onnx",
        ["hidden", "mask", "sentence", "row", "first", "last"], ["pair", "classes"],
    )  # fmt: skip
    for name in ("encoder", "statements"):
        full = folder / f"{name}.fp32.onnx"
        quantize_dynamic(full, folder / f"{name}.onnx", per_channel=True, weight_type=QuantType.QInt8)
        onnx.checker.check_model(str(folder / f"{name}.onnx"))
        full.unlink()


def largest_difference(model: Reader, folder: Path, seed: int = 7) -> float:
    """The largest absolute difference of hidden states between torch and the int8 file, on made input."""
    from foreshock.read.encoder import OnnxBackend

    rng = np.random.default_rng(seed)
    ids = rng.integers(1000, 20000, (2, 64))
    zeros, ones = np.zeros_like(ids), np.ones_like(ids)
    hidden, _ = OnnxBackend(folder).encode(ids, zeros, zeros, zeros, ones)
    with torch.no_grad():
        wanted, _ = model.encoder(*(torch.from_numpy(a) for a in (ids, zeros, zeros, zeros, ones)))
    return float(np.abs(hidden - wanted.numpy()).max())
