"""The model of answers that ships, as a network again: its int8 weights as floats, to learn on from.

The floats that it was made from are not kept (they are six times its size). What the seven bits lost, a network that
learns on makes good.
"""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from transformers import MPNetConfig, MPNetModel

from train.answers_network import STUDENT_LAYERS, CrossEncoder
from train.large import own_pieces

_PARTS = (
    "attention.attn.q",
    "attention.attn.k",
    "attention.attn.v",
    "attention.attn.o",
    "intermediate.dense",
    "output.dense",
)
"""The matrices of a layer in the order in which the export leaves them."""


def resumed(folder: Path) -> tuple[CrossEncoder, list[int]]:
    """The network of the model in `folder`, and the reader's numbers of the word pieces that it knows."""
    vocabulary = json.loads((folder / "answers-tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    whole = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    kept = [whole[piece] for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1])]
    weights = _weights(folder / "answers.onnx")
    model = CrossEncoder(MPNetModel(MPNetConfig(num_hidden_layers=len(STUDENT_LAYERS)), add_pooling_layer=False))
    own = model.state_dict()
    with torch.no_grad():
        for name, value in weights.items():
            place = own[_place(name)]
            if name == "words":
                place[:] = value[vocabulary["[UNK]"]]  # what the cut vocabulary lacks is unknown, not noise
                place[own_pieces(torch.tensor(kept))] = value
            elif name == "positions":
                place[: len(value)] = value
            else:
                place.copy_(value)
    model.eval()
    return model, kept


def _place(name: str) -> str:
    """Where an exported weight stands in the network."""
    if name == "words":
        return "bert.embeddings.word_embeddings.weight"
    if name == "positions":
        return "bert.embeddings.position_embeddings.weight"
    if name.startswith("norm."):
        return f"bert.embeddings.LayerNorm.{name.removeprefix('norm.')}"
    return name if name.startswith("head.") else f"bert.{name}"


def _weights(path: Path) -> dict[str, torch.Tensor]:
    """Every weight of an exported model as floats, by the name it had."""
    held = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    whole: dict[str, NDArray[np.float32]] = {}
    nameless = []
    for name, value in held.items():
        if name.endswith(("_scale", "_zero_point")):
            continue
        bare = name.removesuffix("_quantized")
        if bare == name:
            whole[name] = value
            continue
        shift, scale = held[f"{bare}_zero_point"].astype(np.float32), held[f"{bare}_scale"]
        floats = (value.astype(np.float32) - shift) * scale
        if bare.startswith("onnx::"):
            nameless.append((int(bare.rsplit("_", 1)[1]), floats.T))
        elif bare.endswith("_Transposed"):
            whole[bare.removesuffix("_Transposed")] = floats.T
        else:
            whole[bare] = floats
    for number, (_, floats) in enumerate(sorted(nameless, key=lambda one: one[0])):
        layer, part = divmod(number, len(_PARTS))
        whole[f"encoder.layer.{layer}.{_PARTS[part]}.weight"] = floats
    return {name: torch.from_numpy(np.array(value)) for name, value in whole.items()}
