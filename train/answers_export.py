"""Export the network of answers to what the program runs: fewer word pieces, whole numbers, one pair at a time."""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
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
BLOCK = 256
"""Inputs that share a scale where a product is made in whole numbers."""
_CONTRIBUTED, _EIGHT_BITS = "com.microsoft", 4
"""The domain of onnxruntime's own operators, and its name for products with inputs of eight bits."""
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

    The layers' matrices, which learned in four bits, are kept in them; the rest in int8 by channel. `model` is left on
    the processor, its rounded weights as plain ones.
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
    """The exported model with each layer's int8 product replaced by one of the whole numbers that it `learned`.

    They stay two a byte in a session too, and what they are multiplied with is rounded to eight bits by stretches of
    `BLOCK` (onnxruntime's MatMulNBits): by one scale for a whole text the network loses one hard pair in fifty. Raises
    ValueError where its matrices are not those of the layers, in their order.
    """
    graph = model.graph
    held = {one.name: one for one in graph.initializer}
    products = [node for node in graph.node if node.op_type == "MatMulInteger"]
    if len(products) < len(learned):
        raise ValueError(f"{len(products)} matrices in int8, of {len(learned)}")
    scaling = {name: node for node in graph.node if node.op_type == "Mul" for name in node.input}
    casting = {node.input[0]: node for node in graph.node if node.op_type == "Cast"}
    made_by = {node.output[0]: node for node in graph.node}
    replaced: dict[str, list[onnx.NodeProto]] = {}
    for product, (numbers, step) in zip(products, learned, strict=False):
        name = product.input[1]
        bare, weights = name.removesuffix("_quantized"), numbers.numpy().astype(np.int8)
        _check_alike(name, numpy_helper.to_array(held[name]), weights.T)
        packed = numpy_helper.from_array(by_blocks(weights), f"{bare}_packed")
        scale = numpy_helper.from_array(step.numpy().astype(np.float32)[:, None], f"{bare}_step")
        graph.initializer.extend([packed, scale])
        result = scaling[casting[product.output[0]].output[0]].output[0]
        replaced[result] = _product(bare, made_by[product.input[0]].input[0], result, weights.shape)
    nodes = [one for node in graph.node for one in replaced.get(node.output[0], [node])]
    _keep_needed(graph, nodes)
    model.opset_import.append(onnx.helper.make_opsetid(_CONTRIBUTED, 1))
    return model


def _check_alike(name: str, exported: NDArray[np.int8], learned: NDArray[np.int8]) -> None:
    if exported.shape != learned.shape:
        raise ValueError(f"{name}: {exported.shape} in the export, {learned.shape} learned")
    if np.corrcoef(exported.ravel()[::97], learned.ravel()[::97])[0, 1] < 0.9:
        raise ValueError(f"{name}: not the matrix that stands there in the export")


def by_blocks(weights: NDArray[np.int8]) -> NDArray[np.uint8]:
    """Whole numbers `[outputs, inputs]`, two a byte, the first in its lower half: `[outputs, blocks, bytes]`."""
    block = math.gcd(BLOCK, weights.shape[1])
    pairs = (weights.astype(np.int16) - LOWEST).reshape(len(weights), -1, block // 2, 2)
    return (pairs[..., 0] | pairs[..., 1] << 4).astype(np.uint8)


def _product(bare: str, given: str, result: str, shape: tuple[int, ...]) -> list[onnx.NodeProto]:
    """The product of what is `given` with the packed weights of a shape `[outputs, inputs]`.

    A step holds for all blocks of a channel; a session spreads it when it loads.
    """
    make = onnx.helper.make_node
    outputs, inputs = shape
    block = math.gcd(BLOCK, inputs)
    spread = onnx.helper.make_tensor(f"{bare}_spread", onnx.TensorProto.INT64, [2], [outputs, inputs // block])
    flat = onnx.helper.make_tensor(f"{bare}_flat", onnx.TensorProto.INT64, [1], [-1])
    return [
        make("Constant", [], [f"{bare}_spread"], value=spread),
        make("Constant", [], [f"{bare}_flat"], value=flat),
        make("Expand", [f"{bare}_step", f"{bare}_spread"], [f"{bare}_steps_by_block"]),
        make("Reshape", [f"{bare}_steps_by_block", f"{bare}_flat"], [f"{bare}_steps"]),
        make(
            "MatMulNBits", [given, f"{bare}_packed", f"{bare}_steps"], [result], domain=_CONTRIBUTED,
            K=inputs, N=outputs, bits=4, block_size=block, accuracy_level=_EIGHT_BITS,
        ),
    ]  # fmt: skip


def _keep_needed(graph: onnx.GraphProto, nodes: list[onnx.NodeProto]) -> None:
    """Leave in the graph, of `nodes` and of the values it holds, what its outputs need."""
    needed = {one.name for one in graph.output}
    kept = []
    for node in reversed(nodes):
        if needed & set(node.output):
            kept.append(node)
            needed |= set(node.input)
    held = [one for one in graph.initializer if one.name in needed]
    del graph.node[:]
    graph.node.extend(reversed(kept))
    del graph.initializer[:]
    graph.initializer.extend(held)
