"""The reader's network: one encoder pass over a window, then heads conditioned on each trigger.

Two modules, exported apart: `WindowEncoder` (pieces → hidden states and token heads) and `StatementHeads`
(hidden states and one trigger → its kind, type, contexts and the spans of its roles).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from foreshock.model.vocabulary import CONTEXTS, Kind, SourceKind
from foreshock.read.encoder import PAIR_OUTPUTS
from foreshock.read.labels import MODE_LABELS, TYPE_LABELS
from foreshock.read.windows import BOUNDARIES, LONGEST_WINDOW, SHAPES

HIDDEN = 384
JOINT = 128
"""Width of what is said of one piece and one trigger together; 192 cost twice the time for nothing measurable."""
HEADS = 4
STUDENT_LAYERS = (0, 1, 2, 3, 5)
"""The teacher’s layers that the student starts from."""
CLASS_SIZES = (len(Kind), 2, len(TYPE_LABELS), len(MODE_LABELS), len(CONTEXTS))
TOKEN_SIZES = (3, 1 + len(SourceKind), 2, 2)
"""Token heads: trigger, source kind, loaded, likelihood."""


@dataclass(frozen=True)
class Size:
    """How large an encoder is: its layers, the attention heads of each, 32 wide, and its feed-forward units."""

    layers: int
    heads: int
    feed_forward: int


WHOLE = Size(layers=6, heads=12, feed_forward=1536)
"""The base model's, and so the teacher's."""
STUDENT = Size(layers=len(STUDENT_LAYERS), heads=12, feed_forward=1152)
"""Of each layer's feed-forward units the student starts with those that have the largest weights."""
SHIPPED = Size(layers=len(STUDENT_LAYERS), heads=8, feed_forward=768)
"""What is left of the student when what it can best do without is taken away (`train/narrow.py`): half the teacher's
arithmetic, and three tenths less time than the student's."""


class Encoder(nn.Module):
    """What encoders of any width share: tables for how a piece is written, and the token heads."""

    def add_own_parts(self, width: int) -> None:
        """Make them beside the pretrained part; call it after that is there, so that seeds give what they gave."""
        self.shape = nn.Embedding(SHAPES, width)
        self.boundary = nn.Embedding(BOUNDARIES, width)
        self.quoted = nn.Embedding(2, width)
        for table in (self.shape, self.boundary, self.quoted):
            nn.init.normal_(table.weight, std=0.002)
        self.drop = nn.Dropout(0.15)
        self.tokens = nn.Sequential(nn.Linear(width, width), nn.GELU(), nn.Linear(width, sum(TOKEN_SIZES)))

    def embedded(self, words: Tensor, shape: Tensor, boundary: Tensor, quoted: Tensor) -> Tensor:
        """Word embeddings with how each piece is written added."""
        return words + self.shape(shape) + self.boundary(boundary) + self.quoted(quoted)


class WindowEncoder(Encoder):
    """`[batch, pieces]` inputs → hidden states `[batch, pieces, 384]` and token logits `[batch, pieces, 13]`."""

    def __init__(self, base: Path | None = None, size: Size = WHOLE) -> None:
        super().__init__()
        if base is None:
            config = BertConfig(
                vocab_size=30522, hidden_size=HIDDEN, num_hidden_layers=size.layers, num_attention_heads=WHOLE.heads,
                intermediate_size=size.feed_forward, attn_implementation="eager",
            )  # fmt: skip
            self.bert = BertModel(config, add_pooling_layer=False)
        else:
            self.bert = BertModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
        if size.heads < WHOLE.heads:
            for layer in self.bert.encoder.layer:
                _give_heads(layer.attention, size.heads)
        self.add_own_parts(HIDDEN)

    def forward(
        self, ids: Tensor, shape: Tensor, boundary: Tensor, quoted: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Hidden states and token logits; `mask` is 1 for real pieces, null where all are."""
        embedded = self.embedded(self.bert.embeddings.word_embeddings(ids), shape, boundary, quoted)
        hidden = self.bert.embeddings(inputs_embeds=embedded)
        off = None if mask is None else (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        hidden = self.bert.encoder(hidden, attention_mask=off).last_hidden_state
        return hidden, self.tokens(self.drop(hidden))


def _give_heads(attention: nn.Module, heads: int) -> None:
    """Fewer heads than the width of the hidden states holds, which no configuration of BERT can say."""
    own = attention.self
    width = heads * own.attention_head_size
    own.query, own.key, own.value = (nn.Linear(HIDDEN, width) for _ in range(3))
    attention.output.dense = nn.Linear(width, HIDDEN)
    own.num_attention_heads, own.all_head_size = heads, width


def _distance_buckets() -> Tensor:
    """Distances −N…N in pieces, folded into 33 buckets that widen with the logarithm."""
    buckets = []
    for distance in range(-LONGEST_WINDOW, LONGEST_WINDOW + 1):
        size = abs(distance)
        bucket = size if size < 6 else min(16, 6 + int(2.4 * math.log2(size / 6 + 1e-9)))
        buckets.append(16 + (bucket if distance >= 0 else -bucket))
    return torch.tensor(buckets, dtype=torch.long)


class StatementHeads(nn.Module):
    """What one trigger's statement holds, from its window's hidden states.

    `pair` logits `[triggers, pieces, 22]`: first and last piece of each single role, then outside / begin /
    inside of each participant role. `classes` logits `[triggers, sum(CLASS_SIZES)]`.
    """

    buckets: Tensor

    def __init__(self, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.register_buffer("buckets", _distance_buckets(), persistent=False)
        self.drop = nn.Dropout(0.15)
        self.of_piece = nn.Linear(hidden, JOINT)
        self.of_trigger = nn.Linear(2 * hidden, JOINT)
        self.piece_factor = nn.Linear(hidden, JOINT)
        self.trigger_factor = nn.Linear(2 * hidden, JOINT)
        self.distance = nn.Embedding(33, JOINT)
        self.sentence = nn.Embedding(5, JOINT)
        self.joint = nn.Sequential(nn.LayerNorm(JOINT), nn.ReLU(), nn.Linear(JOINT, JOINT), nn.ReLU())
        self.pair = nn.Linear(JOINT, PAIR_OUTPUTS)
        self.query = nn.Linear(JOINT, HEADS)
        self.values = nn.Linear(hidden, hidden)
        self.classes = nn.Sequential(
            nn.Linear(3 * hidden, hidden), nn.GELU(), nn.Dropout(0.15), nn.Linear(hidden, sum(CLASS_SIZES))
        )

    def forward(
        self,
        hidden: Tensor,
        sentence: Tensor,
        row: Tensor,
        first: Tensor,
        last: Tensor,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Pair and class logits of the triggers `(row, first, last)`; `mask` as for the encoder.

        `train.export` has the same for one window, with nothing of it copied for each trigger.
        """
        hidden = self.drop(hidden)
        trigger = torch.cat([hidden[row, first], hidden[row, last]], dim=-1)
        position = torch.arange(hidden.shape[1], device=hidden.device)
        distance = self.buckets[position[None, :] - first[:, None] + LONGEST_WINDOW]
        ahead = (sentence[row] - sentence[row, first][:, None]).clamp(-2, 2) + 2
        joint = (
            self.of_piece(hidden)[row]
            + self.of_trigger(trigger)[:, None]
            + self.piece_factor(hidden)[row] * self.trigger_factor(trigger)[:, None]
            + self.distance(distance)
            + self.sentence(ahead)
        )
        joint = self.joint(joint)
        query = self.query(joint)
        off = None if mask is None else ((1.0 - mask[row].to(joint.dtype)) * -1e4)[:, :, None]
        weights = torch.softmax(query if off is None else query + off, dim=1)
        values = self.values(hidden).reshape(hidden.shape[0], hidden.shape[1], HEADS, hidden.shape[2] // HEADS)
        pooled = torch.einsum("nth,nthd->nhd", weights, values[row])
        classes = self.classes(torch.cat([trigger, pooled.reshape(first.shape[0], hidden.shape[2])], dim=-1))
        pair = self.pair(self.drop(joint))
        return pair if off is None else pair + off, classes


class Network(nn.Module):
    """An encoder and the heads on it. The encoder holds its pretrained part as `bert`."""

    encoder: nn.Module
    heads: StatementHeads

    @property
    def device(self) -> torch.device:
        """Where its weights are."""
        return next(self.parameters()).device

    @property
    def width(self) -> int:
        """Of its hidden states."""
        return self.heads.values.in_features

    def pretrained(self) -> list[nn.Parameter]:
        """The weights that were trained before, on other text, and should move less."""
        return [weight for name, weight in self.named_parameters() if name.startswith("encoder.bert.")]


class Reader(Network):
    """Both parts together: of the base's size, a student's, or the one that ships."""

    encoder: WindowEncoder

    def __init__(self, base: Path | None = None, size: Size = WHOLE) -> None:
        super().__init__()
        self.size = size
        self.encoder = WindowEncoder(base, size)
        self.heads = StatementHeads()

    def student(self) -> "Reader":
        """A shallower, narrower reader that starts from some of this one's layers and from all of its heads."""
        layers = []
        for number in STUDENT_LAYERS:
            layer = self.encoder.bert.encoder.layer[number].state_dict()
            inward, outward = layer["intermediate.dense.weight"], layer["output.dense.weight"]
            layers.append(with_units(layer, largest(inward.norm(dim=1) * outward.norm(dim=0), STUDENT.feed_forward)))
        return self.with_layers(STUDENT, layers)

    def with_layers(self, size: Size, layers: Sequence[dict[str, Tensor]]) -> "Reader":
        """A reader of another size: these weights for its layers, and all the rest of this one."""
        other = Reader(size=size)
        state = {name: value for name, value in self.state_dict().items() if ".encoder.layer." not in name}
        for number, layer in enumerate(layers):
            state |= {f"encoder.bert.encoder.layer.{number}.{name}": value for name, value in layer.items()}
        other.load_state_dict(state)
        return other


def largest(values: Tensor, count: int) -> Tensor:
    """Where the `count` largest of `values` stand, in their order."""
    return values.topk(count).indices.sort().values


def with_units(layer: dict[str, Tensor], kept: Tensor) -> dict[str, Tensor]:
    """A layer's weights with those feed-forward units only."""
    return {
        **layer,
        "intermediate.dense.weight": layer["intermediate.dense.weight"][kept],
        "intermediate.dense.bias": layer["intermediate.dense.bias"][kept],
        "output.dense.weight": layer["output.dense.weight"][:, kept],
    }
