"""Export a trained network to the two ONNX files that the program runs, int8 weights, and check them."""

import math
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from foreshock.read.encoder import OnnxBackend
from foreshock.read.windows import BOUNDARIES, LONGEST_WINDOW
from train.network import HEADS, HIDDEN, JOINT, Reader, StatementHeads, WindowEncoder

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


class ExportedEncoder(nn.Module):
    """The encoder for a single window, without a batch's dimension inside and with its small tables joined into one."""

    def __init__(self, encoder: WindowEncoder) -> None:
        super().__init__()
        embeddings, layer = encoder.bert.embeddings, encoder.bert.encoder.layer[0]
        self.words = nn.Parameter(embeddings.word_embeddings.weight.detach())
        self.positions = nn.Parameter(embeddings.position_embeddings.weight[: LONGEST_WINDOW + 2].detach())
        features = encoder.shape.weight[:, None, None] + encoder.boundary.weight[:, None] + encoder.quoted.weight
        features = features + embeddings.token_type_embeddings.weight[0]
        self.features = nn.Parameter(features.reshape(-1, HIDDEN).detach())
        self.norm, self.layers, self.tokens = embeddings.LayerNorm, encoder.bert.encoder.layer, encoder.tokens
        self.heads, self.width = layer.attention.self.num_attention_heads, layer.attention.self.attention_head_size

    def forward(self, ids: Tensor, shape: Tensor, boundary: Tensor, quoted: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden states and token logits."""
        feature = (shape[0] * BOUNDARIES + boundary[0]) * 2 + quoted[0]
        embedded = self.words[ids[0]] + self.features[feature] + self.positions[: ids.shape[1]]
        hidden = self.norm(embedded)
        for layer in self.layers:
            attention = layer.attention
            seen = self._seen(hidden, attention.self)
            hidden = attention.output.LayerNorm(attention.output.dense(seen) + hidden)
            further = layer.output.dense(F.gelu(layer.intermediate.dense(hidden)))
            hidden = layer.output.LayerNorm(further + hidden)
        return hidden[None], self.tokens(hidden)[None]

    def _seen(self, hidden: Tensor, attention: nn.Module) -> Tensor:
        """What attention brings to every piece."""
        query, key, value = (
            part(hidden).reshape(-1, self.heads, self.width).permute(1, 0, 2)
            for part in (attention.query, attention.key, attention.value)
        )
        weights = torch.softmax(torch.matmul(query, key.transpose(1, 2)) / math.sqrt(self.width), dim=-1)
        return torch.matmul(weights, value).permute(1, 0, 2).reshape(-1, self.heads * self.width)


class ExportedHeads(nn.Module):
    """The statement heads for the triggers of a single window: nothing of it is copied for each of them."""

    def __init__(self, heads: StatementHeads) -> None:
        super().__init__()
        self.heads = heads
        near = heads.distance.weight[:, None] + heads.sentence.weight
        self.near = nn.Parameter(near.reshape(-1, JOINT).detach())

    def forward(self, hidden: Tensor, sentence: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
        """Pair and class logits."""
        heads, piece, of_sentence = self.heads, hidden[0], sentence[0]
        trigger = torch.cat([piece[first], piece[last]], dim=-1)
        distance = heads.buckets[torch.arange(piece.shape[0]) - first[:, None] + LONGEST_WINDOW]
        ahead = (of_sentence - of_sentence[first][:, None]).clamp(-2, 2) + 2
        joint = heads.piece_factor(piece) * heads.trigger_factor(trigger)[:, None] + heads.of_piece(piece)
        joint = joint + (
            self.near[distance * heads.sentence.num_embeddings + ahead] + heads.of_trigger(trigger)[:, None]
        )
        joint = heads.joint(joint)
        weights = torch.softmax(heads.query(joint), dim=1).permute(2, 0, 1)
        values = heads.values(piece).reshape(-1, HEADS, HIDDEN // HEADS).permute(1, 0, 2)
        pooled = torch.matmul(weights, values).permute(1, 0, 2).reshape(-1, HIDDEN)
        return heads.pair(joint), heads.classes(torch.cat([trigger, pooled], dim=-1))


def export(model: Reader, folder: Path) -> None:
    """Write `encoder.onnx` and `statements.onnx` into `folder`: weights in int8 by channel, small tables in floats."""
    folder.mkdir(parents=True, exist_ok=True)
    ids = torch.randint(1000, 2000, (1, 24))
    zeros = torch.zeros_like(ids)
    _export(
        ExportedEncoder(model.encoder), (ids, zeros, zeros, zeros), folder / "encoder.fp32.onnx",
        ["ids", "shape", "boundary", "quoted"], ["hidden", "tokens"],
    )  # fmt: skip
    triggers = torch.tensor([3, 4, 9]), torch.tensor([3, 5, 9])
    _export(
        ExportedHeads(model.heads), (torch.randn(1, 24, HIDDEN), zeros, *triggers), folder / "statements.fp32.onnx",
        ["hidden", "sentence", "first", "last"], ["pair", "classes"],
    )  # fmt: skip
    for name in ("encoder", "statements"):
        full = folder / f"{name}.fp32.onnx"
        kept = [
            node.name for node in onnx.load(full).graph.node if node.op_type == "Gather" and "words" not in node.input
        ]
        quantize_dynamic(
            full, folder / f"{name}.onnx", per_channel=True, weight_type=QuantType.QInt8, nodes_to_exclude=kept
        )
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
