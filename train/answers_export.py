"""Export the network of answers to what the program runs: fewer word pieces, whole numbers, one pair at a time."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.utils import parametrize

from foreshock.read.windows import load_tokenizer
from train.answers_bits import LOWEST, matrices, rounded
from train.answers_network import CrossEncoder
from train.export import OPSET
from train.large import own_pieces

PIECES = 18_000
"""Word pieces that are kept: of the base's 30,522 those in use, and the commonest of the rest."""
POSITIONS = 216
"""Positions that are kept: no pair is longer."""
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
FIRST_POSITION = 2
"""MPNet's number for the first piece."""


def _written_as_english(piece: str) -> bool:
    """Whether all its letters are Latin, and all its signs such as stand in English text."""
    return all(ord(letter) < 0x250 or 0x2010 <= ord(letter) <= 0x20FF for letter in piece)


def kept_pieces(vocabulary: dict[str, int], used: set[int], count: int = PIECES) -> list[int]:
    """The numbers of the `count` pieces to keep, in their order.

    Special ones first, then single letters and signs, so that any word can be spelt, then those `used`; the rest by
    their number, which is the lower, the commoner they are. Other scripts and unused places come last.
    """

    def rank(item: tuple[str, int]) -> tuple[int, int]:
        piece, number = item
        bare = piece.removeprefix("##")
        if piece in SPECIAL:
            return 0, number
        if piece.startswith("[unused") or not _written_as_english(bare):
            return 4, number
        return (1 if len(bare) == 1 else 2 if number in used else 3), number

    return sorted(number for _, number in sorted(vocabulary.items(), key=rank)[:count])


def used_pieces(tokenizer: Tokenizer, texts: Iterable[str]) -> set[int]:
    """The numbers of the pieces that occur in `texts`."""
    return {number for text in texts for number in tokenizer.encode(text, add_special_tokens=False).ids}


def cut_tokenizer(path: Path, kept: list[int]) -> dict[str, Any]:
    """The tokenizer in `path` with these pieces only, numbered anew, and nothing that frames, pads or cuts a text."""
    cut: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    pieces = {number: piece for piece, number in cut["model"]["vocab"].items()}
    numbers = {pieces[old]: new for new, old in enumerate(kept)}
    cut["model"]["vocab"] = numbers
    for token in cut["added_tokens"]:
        token["id"] = numbers[token["content"]]
    return cut | {"post_processor": None, "truncation": None, "padding": None}


class ExportedAnswers(nn.Module):
    """The network for a single pair `[1, pieces]` by the smaller vocabulary, without a mask → logits `[1, 3]`."""

    def __init__(self, model: CrossEncoder, kept: list[int]) -> None:
        super().__init__()
        embeddings = model.bert.embeddings
        rows = embeddings.word_embeddings.weight[own_pieces(torch.tensor(kept))]
        self.words = nn.Parameter(rows.detach())
        self.positions = nn.Parameter(embeddings.position_embeddings.weight[:POSITIONS].detach())
        self.norm, self.encoder, self.head = embeddings.LayerNorm, model.bert.encoder, model.head

    def forward(self, ids: Tensor) -> Tensor:
        """The logits."""
        places = torch.arange(ids.shape[1])[None] + FIRST_POSITION
        embedded = self.norm(self.words[ids] + self.positions[places])
        hidden = self.encoder(embedded, attention_mask=torch.zeros(1, 1, 1, 1), return_dict=True).last_hidden_state
        logits: Tensor = self.head(torch.cat([hidden[:, 0], hidden.mean(dim=1)], dim=-1))
        return logits


def export(model: CrossEncoder, tokenizer: Path, texts: Iterable[str], folder: Path) -> None:
    """Write `answers.onnx` and `answers-tokenizer.json`, cut by `texts`, into `folder`.

    The layers' matrices, which learned in four bits, are kept in them; the rest in int8 by channel. Half a byte a
    weight is what the file holds: a session unpacks it into int8 once, when it loads. `model` is left on the processor,
    its rounded weights as plain ones.
    """
    whole = load_tokenizer(tokenizer)
    kept = kept_pieces(whole.get_vocab(), used_pieces(whole, texts))
    folder.mkdir(parents=True, exist_ok=True)
    cut = cut_tokenizer(tokenizer, kept)
    (folder / "answers-tokenizer.json").write_text(json.dumps(cut, ensure_ascii=False), encoding="utf-8")
    full = folder / "answers.fp32.onnx"
    layers = list(matrices(model.cpu().bert.encoder).values())
    learned = [rounded(one) for one in layers]
    for one in layers:
        parametrize.remove_parametrizations(one, "weight")
    torch.onnx.export(
        ExportedAnswers(model, kept).eval(), (torch.randint(1000, 2000, (1, 24)),), str(full),
        input_names=["ids"], output_names=["logits"], opset_version=OPSET, dynamic_axes={"ids": {1: "pieces"}},
        dynamo=False,
    )  # fmt: skip
    floats = [
        node.name for node in onnx.load(full).graph.node if node.op_type == "Gather" and "words" not in node.input
    ]
    eight = folder / "answers.int8.onnx"
    # Seven bits for the rest, whose sums then fit into sixteen bits on every processor.
    quantize_dynamic(
        full, eight, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8, nodes_to_exclude=floats
    )
    packed = packed_weights(onnx.load(eight), learned)
    onnx.save(packed, folder / "answers.onnx")
    onnx.checker.check_model(str(folder / "answers.onnx"))
    full.unlink()
    eight.unlink()


def packed_weights(model: onnx.ModelProto, learned: list[tuple[Tensor, Tensor]]) -> onnx.ModelProto:
    """The exported model with each layer's int8 matrix replaced by the whole numbers that it `learned`, two a byte.

    Raises ValueError where its matrices are not those of the layers, in their order.
    """
    graph = model.graph
    held = {one.name: one for one in graph.initializer}
    wanted = [node.input[1] for node in graph.node if node.op_type == "MatMulInteger"]
    if len(wanted) < len(learned):
        raise ValueError(f"{len(wanted)} matrices in int8, of {len(learned)}")
    unpacking = []
    for name, (numbers, step) in zip(wanted, learned, strict=False):
        weights = numbers.T.numpy().astype(np.int8)
        old, bare = numpy_helper.to_array(held[name]), name.removesuffix("_quantized")
        if old.shape != weights.shape:
            raise ValueError(f"{name}: {old.shape} in the export, {weights.shape} learned")
        if np.corrcoef(old.ravel()[::97], weights.ravel()[::97])[0, 1] < 0.9:
            raise ValueError(f"{name}: not the matrix that stands there in the export")
        half = len(weights) // 2
        low, high = (part.astype(np.int16) - LOWEST for part in (weights[:half], weights[half:]))
        held[name].CopyFrom(numpy_helper.from_array((low | high << 4).astype(np.uint8), f"{bare}_packed"))
        held[f"{bare}_scale"].CopyFrom(numpy_helper.from_array(step.numpy().astype(np.float32), f"{bare}_scale"))
        unpacking += _unpacked(bare, name)
    constants = [
        numpy_helper.from_array(np.array(15, np.uint8), "low_half"),
        numpy_helper.from_array(np.array(4, np.uint8), "half_a_byte"),
        numpy_helper.from_array(np.array(-LOWEST, np.int32), "lowest"),
    ]
    nodes = [*unpacking, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(constants)
    return model


def _unpacked(bare: str, name: str) -> list[onnx.NodeProto]:
    """What unpacks a matrix, of constants alone, so that a session does it once."""
    make = onnx.helper.make_node
    return [
        make("BitwiseAnd", [f"{bare}_packed", "low_half"], [f"{bare}_low"]),
        make("BitShift", [f"{bare}_packed", "half_a_byte"], [f"{bare}_high"], direction="RIGHT"),
        make("Concat", [f"{bare}_low", f"{bare}_high"], [f"{bare}_bytes"], axis=0),
        make("Cast", [f"{bare}_bytes"], [f"{bare}_whole"], to=onnx.TensorProto.INT32),
        make("Sub", [f"{bare}_whole", "lowest"], [f"{bare}_shifted"]),
        make("Cast", [f"{bare}_shifted"], [name], to=onnx.TensorProto.INT8),
    ]
