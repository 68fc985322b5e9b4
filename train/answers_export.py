"""Export the network of answers to what the program runs: a smaller vocabulary, int8 weights, one pair at a time."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn

from foreshock.read.windows import load_tokenizer
from train.answers_network import CrossEncoder
from train.export import OPSET
from train.large import own_pieces

PIECES = 19_000
"""Word pieces that are kept: of the base's 30,522 those in use, and the commonest of the rest."""
POSITIONS = 192
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
    """Write `answers.onnx`, weights in int8 by channel, and `answers-tokenizer.json`, cut by `texts`, into `folder`."""
    whole = load_tokenizer(tokenizer)
    export_with(model, tokenizer, kept_pieces(whole.get_vocab(), used_pieces(whole, texts)), folder)


def export_with(model: CrossEncoder, tokenizer: Path, kept: list[int], folder: Path) -> None:
    """The same with these word pieces, by their numbers in `tokenizer`."""
    folder.mkdir(parents=True, exist_ok=True)
    cut = cut_tokenizer(tokenizer, kept)
    (folder / "answers-tokenizer.json").write_text(json.dumps(cut, ensure_ascii=False), encoding="utf-8")
    full = folder / "answers.fp32.onnx"
    torch.onnx.export(
        ExportedAnswers(model.cpu(), kept).eval(), (torch.randint(1000, 2000, (1, 24)),), str(full),
        input_names=["ids"], output_names=["logits"], opset_version=OPSET, dynamic_axes={"ids": {1: "pieces"}},
        dynamo=False,
    )  # fmt: skip
    floats = [
        node.name for node in onnx.load(full).graph.node if node.op_type == "Gather" and "words" not in node.input
    ]
    # Seven bits: with eight, half of what the plain answers had taught was lost (46 of 100 right for 94 in floats).
    quantize_dynamic(
        full, folder / "answers.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        nodes_to_exclude=floats,
    )  # fmt: skip
    onnx.checker.check_model(str(folder / "answers.onnx"))
    full.unlink()
