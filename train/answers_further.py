"""Let the model of answers that ships learn on, without a GPU: `python -m train.answers_further --out FOLDER`

It learns from what a record really holds: the forecasts that readers thought of for the chronicles of `train/answers`,
with the sentences that answer them and those that tempt, in about their proportion. What comes out has half of what
each weight learned (the mean of the weights before and after), so that it keeps what it knew of hard pairs. Some hours
on two cores for all pairs once; `--pairs` takes fewer. The model that ships learned on three times in this way, from
25,000, 12,000 and 5,800 pairs, and was averaged once, with what it had been before: `docs/decisions.md`, 90.

Its weights lie in four bits, each in the middle of its cell, where small steps leave them for ever: each begins
anywhere in its cell, which changes no answer, and lets some cross.
"""

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch.nn.utils import parametrize
from transformers import MPNetConfig, MPNetModel

from foreshock.ledger.outcomes.answers import LABELS, joined
from foreshock.read.windows import load_tokenizer
from train.answers import CARD, MODEL, log, write_card
from train.answers_bits import HIGHEST, LOWEST, FourBits, matrices, rounded
from train.answers_chronicles import CHRONICLES, Reader, unmarked
from train.answers_export import POSITIONS, by_blocks
from train.answers_network import CrossEncoder, Lessons, Plan, fit
from train.answers_pairs import HELD_OUT, Pair, Told, forecast_files, read_forecasts, written_pairs
from train.answers_plain import plain_learned
from train.large import own_pieces

FURTHER: Final = "pairs learned on from"
"""Under what name the card counts them."""
ANYWHERE: Final = 0.45
"""How far from the middle of its cell a weight begins at most, in steps: within half of one it rounds to the same."""
HALF: Final = 0.5
FROZEN: Final = 4
"""Layers that stay as they are, with the embeddings: the lowest read words, not answers."""
PLAN: Final = Plan(epochs=1, batch=32, rate=5e-5, decay=0.93, seed=5, head_rate=8e-5, average_from=0.5)
NEAR, OTHERS, KEYS, WRITTEN, PLAIN = 9000, 2200, 2200, 2000, 300
"""Pairs of each sort beside the readers' answers: sentences that tempt, others that share most words, of the keys'
forecasts, written as such, plain."""
BARE: Final = 0.3
"""The share of pairs that is read bare."""
_AS_ITS_BASE: Final = MPNetConfig(max_position_embeddings=514, layer_norm_eps=1e-5)
_NEITHER: Final = LABELS.index("neither")
_SEED: Final = 7


def further_pairs(rng: random.Random) -> list[Pair]:
    """What it learns on from, in chance order."""
    answered, tempting, others, keys = list[Pair](), list[Pair](), list[Pair](), list[Pair]()
    for folder in sorted(path for path in CHRONICLES.iterdir() if path.is_dir()):
        for one, rest in unmarked(folder):
            told, near = _marked(one)
            if one.thought_of:
                answered += told
                tempting += near
                others += _most_alike(one, rest, rng)
            else:
                keys += [*told, *rng.sample(near, len(near) // 8)]
    written = [
        pair for path in forecast_files() if path.stem not in HELD_OUT for pair in written_pairs(read_forecasts(path))
    ]
    drawn = [answered]
    for pairs, most in (
        (tempting, NEAR), (others, OTHERS), (keys, KEYS), (written, WRITTEN), (plain_learned(), PLAIN),
    ):  # fmt: skip
        drawn.append(rng.sample(pairs, min(most, len(pairs))))
    chosen = [pair for part in drawn for pair in part]
    bare = [Pair(one.question.bare, one.label) if rng.random() < BARE else one for one in chosen]
    return rng.sample(bare, len(bare))


def _marked(one: Reader) -> tuple[list[Pair], list[Pair]]:
    """The pairs of a forecast that are marked as answers, and those that are marked as tempting."""
    answered, tempting = [], []
    for place, told in one.sentences():
        if place in one.marks.label:
            answered.append(Pair(one.forecast.asked(told), one.marks.label[place]))
        elif place in one.marks.near:
            tempting.append(Pair(one.forecast.asked(told), _NEITHER))
    return answered, tempting


def _most_alike(one: Reader, rest: Sequence[Told], rng: random.Random) -> list[Pair]:
    """One of the dozen sentences of `rest` that share most words with a forecast."""
    first = sorted(rest, key=lambda told: -len(one.forecast.stems & told.stems))[:12]
    return [Pair(one.forecast.asked(told), _NEITHER) for told in rng.sample(first, min(1, len(first)))]


def read_back(folder: Path, seed: int | None = None) -> CrossEncoder:
    """The network of the model in `folder`, ready to learn in four bits; with a seed its weights begin anywhere in
    their cells. Raises ValueError where its graph is not one that `train.answers_export` writes."""
    graph = onnx.load(folder / "answers.onnx").graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    model = CrossEncoder(MPNetModel(_AS_ITS_BASE, add_pooling_layer=False))
    layers, names = matrices(model.bert.encoder), packed_names(graph)
    if len(layers) != len(names):
        raise ValueError(f"{len(names)} matrices in four bits, where the network has {len(layers)}")
    state = {name: torch.from_numpy(value) for name, value in _plain_weights(model, folder, held).items()}
    steps = {}
    chance = None if seed is None else np.random.default_rng(seed)
    for name, packed in zip(layers, names, strict=True):
        numbers = unpacked(held[packed]).astype(np.float32)
        if chance is not None:
            numbers = np.clip(numbers + chance.uniform(-ANYWHERE, ANYWHERE, numbers.shape), LOWEST, HIGHEST)
        steps[name] = torch.from_numpy(held[_step_of(packed)].reshape(-1, 1).copy())
        state[f"bert.encoder.{name}.weight"] = torch.from_numpy(numbers.astype(np.float32)) * steps[name]
    model.load_state_dict({**model.state_dict(), **state})
    for name, one in layers.items():
        parametrize.register_parametrization(one, "weight", FourBits(one.weight))
        one.parametrizations["weight"][0].step.data = steps[name]
    return model


def _plain_weights(
    model: CrossEncoder, folder: Path, held: Mapping[str, NDArray[Any]]
) -> dict[str, NDArray[np.float32]]:
    """What stands in the graph as it is, or in eight bits: by its name in the network."""
    whole = load_tokenizer(MODEL / "tokenizer.json").get_vocab()
    cut = load_tokenizer(folder / "answers-tokenizer.json").get_vocab()
    rows = own_pieces(torch.tensor([whole[piece] for piece in cut])).numpy()
    embeddings = model.bert.embeddings
    words = np.zeros(embeddings.word_embeddings.weight.shape, np.float32)
    zero, scale = float(held["words_zero_point"]), float(held["words_scale"])
    words[rows] = (held["words_quantized"][list(cut.values())].astype(np.float32) - zero) * scale
    places = embeddings.position_embeddings.weight.detach().numpy().copy()
    places[:POSITIONS] = held["positions"]
    found = {
        "bert.embeddings.word_embeddings.weight": words,
        "bert.embeddings.position_embeddings.weight": places,
        **{f"bert.embeddings.LayerNorm.{one}": held[f"norm.{one}"] for one in ("weight", "bias")},
    }
    for name in model.state_dict():
        bare = name.removeprefix("bert.")
        if bare in held:
            found[name] = held[bare]
        elif f"{bare}_Transposed_quantized" in held:
            scales = held[f"{bare}_Transposed_scale"]
            found[name] = (held[f"{bare}_Transposed_quantized"].astype(np.float32) * scales).T
    return {name: np.array(value, np.float32) for name, value in found.items()}


def packed_names(graph: onnx.GraphProto) -> list[str]:
    """The names of the matrices in four bits, in the order of the network's layers."""
    return [node.input[1] for node in graph.node if node.op_type == "MatMulNBits"]


def _step_of(packed: str) -> str:
    return f"{packed.removesuffix('_packed')}_step"


def unpacked(blocks: NDArray[np.uint8]) -> NDArray[np.int8]:
    """The whole numbers `[outputs, inputs]` that `answers_export.by_blocks` packed."""
    flat = blocks.reshape(len(blocks), -1)
    pairs = np.stack([flat & 15, flat >> 4], axis=-1).astype(np.int8)
    return pairs.reshape(len(flat), -1) + LOWEST


def write(model: CrossEncoder, like: Path, folder: Path) -> None:
    """Write `model` into `folder` as the graph of the one in `like`, from which it was read back."""
    whole = onnx.load(like / "answers.onnx")
    held = {one.name: one for one in whole.graph.initializer}

    def put(name: str, values: NDArray[Any]) -> None:
        held[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), name))

    for one, packed in zip(matrices(model.bert.encoder).values(), packed_names(whole.graph), strict=True):
        numbers, step = rounded(one)
        put(packed, by_blocks(numbers.numpy().astype(np.int8)))
        put(_step_of(packed), step.numpy().astype(np.float32)[:, None])
    for name, value in model.state_dict().items():
        bare = name.removeprefix("bert.")
        if bare in held:
            put(bare, value.numpy())
        elif f"{bare}_Transposed_quantized" in held:
            # On as many steps as the model has that it was read back from.
            greatest = np.abs(numpy_helper.to_array(held[f"{bare}_Transposed_quantized"])).max()
            scales = np.abs(value.numpy()).max(axis=1) / greatest
            put(f"{bare}_Transposed_scale", scales.astype(np.float32))
            put(f"{bare}_Transposed_quantized", np.round(value.numpy() / scales[:, None]).astype(np.int8).T)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(whole, folder / "answers.onnx")
    for name in ("answers-tokenizer.json", CARD):
        if folder != like:
            (folder / name).write_bytes((like / name).read_bytes())


def move_half(model: CrossEncoder, before: CrossEncoder) -> None:
    """Take back half of what `model` learned, in place: the mean of both, each weight as it is rounded."""
    old = matrices(before.bert.encoder)
    rest = dict(before.named_parameters())
    with torch.no_grad():
        for name, one in matrices(model.bert.encoder).items():
            mean = (one.weight + old[name].weight) * HALF
            held = one.parametrizations["weight"]
            held[0].step.copy_((held[0].step + old[name].parametrizations["weight"][0].step) * HALF)
            held.original.copy_(mean)
        for name, weights in model.named_parameters():
            if "parametrizations" not in name:
                weights.copy_((weights + rest[name]) * HALF)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="a folder for the model that has learned on")
    parser.add_argument("--pairs", type=int, help="learn from so many; all if not given")
    given = parser.parse_args()
    rng = random.Random(_SEED)
    pairs = further_pairs(rng)[: given.pairs]
    tokenizer = load_tokenizer(MODEL / "tokenizer.json")
    model = read_back(MODEL, _SEED)
    model.bert.embeddings.requires_grad_(False)
    for layer in model.bert.encoder.layer[:FROZEN]:
        layer.requires_grad_(False)
    log(f"learning on from {len(pairs)} pairs")
    rows = [joined(tokenizer, pair.question) for pair in pairs]
    fit(model, Lessons(rows, torch.tensor([pair.label for pair in pairs])), PLAN, log)
    move_half(model, read_back(MODEL))
    write(model, MODEL, given.out)
    learned = json.loads((MODEL / CARD).read_text(encoding="utf-8"))["learned_from"]
    write_card(given.out, {**learned, FURTHER: learned.get(FURTHER, 0) + len(pairs)})


if __name__ == "__main__":
    main()
