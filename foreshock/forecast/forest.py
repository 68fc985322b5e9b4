"""A quantile regression forest in numpy: extremely randomised trees whose leaves keep their outcomes.

Meinshausen (2006), *Quantile Regression Forests*; random cut points after Geurts et al. (2006). Own code because
scikit-learn with scipy would add 150 MB to an installation for this one model. Trees grow level by level on all nodes
at once, so a tree of some thousand rows takes milliseconds.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Tree:
    """One tree: a node's cut (feature, threshold), its left child (right is the next) or -1; rows by leaf."""

    feature: Places
    threshold: Array
    left: Places
    first: Places
    size: Places
    rows: Places


@dataclass(frozen=True)
class Forest:
    """Trees that were grown on the same rows."""

    trees: tuple[Tree, ...]

    def neighbours(self, inputs: Array, draws: int, rng: np.random.Generator) -> Places:
        """For each row of `inputs`, `draws` rows of the training set that share a leaf with it, equally many a tree."""
        found = np.empty((len(inputs), draws), dtype=np.int64)
        for number, chosen in enumerate(np.array_split(np.arange(draws), len(self.trees))):
            tree = self.trees[number]
            leaf = _leaves(tree, inputs)
            picks = rng.random((len(inputs), len(chosen))) * tree.size[leaf][:, None]
            found[:, chosen] = tree.rows[tree.first[leaf][:, None] + picks.astype(np.int64)]
        return found


def grow_forest(
    inputs: Array,
    outcomes: Array,
    rng: np.random.Generator,
    trees: int = 60,
    share: float = 0.5,
    tried: int = 6,
    leaf: int = 20,
    depth: int = 12,
) -> Forest:
    """A forest of `trees` trees, each on a random `share` of the rows.

    At each node `tried` random cuts (a feature, a threshold between two of its rows) are compared by the variance
    they leave; a node stays whole below 2 × `leaf` rows.
    """
    size = max(1, round(share * len(inputs)))
    grown = []
    for _ in range(trees):
        rows = rng.choice(len(inputs), size=size, replace=False)
        grown.append(_grow(inputs, outcomes, rows, rng, tried, leaf, depth))
    return Forest(tuple(grown))


def _grow(
    inputs: Array, outcomes: Array, rows: Places, rng: np.random.Generator, tried: int, leaf: int, depth: int
) -> Tree:
    node = np.zeros(len(rows), dtype=np.int64)
    feature, threshold, left = [np.array([-1])], [np.array([0.0])], [np.array([-1])]
    start, count = 0, 1
    values = outcomes[rows]
    for _ in range(depth):
        local = node - start
        open_rows = local >= 0
        cut = _best_cuts(inputs, rows[open_rows], values[open_rows], local[open_rows], count, rng, tried, leaf)
        chosen, limits, good = cut
        feature[-1] = np.where(good, chosen, -1)
        threshold[-1] = limits
        order = np.cumsum(good) - 1
        left[-1] = np.where(good, start + count + 2 * order, -1)
        split = open_rows.copy()
        split[open_rows] = good[local[open_rows]]
        if not split.any():
            break
        at = local[split]
        right = inputs[rows[split], chosen[at]] > limits[at]
        node[split] = left[-1][at] + right
        start, count = start + count, 2 * int(good.sum())
        feature.append(np.full(count, -1))
        threshold.append(np.zeros(count))
        left.append(np.full(count, -1))
    nodes = sum(len(part) for part in left)
    size = np.bincount(node, minlength=nodes)
    ordered = rows[np.argsort(node, kind="stable")]
    return Tree(
        np.concatenate(feature), np.concatenate(threshold), np.concatenate(left), np.cumsum(size) - size, size, ordered
    )


def _best_cuts(
    inputs: Array,
    rows: Places,
    values: Array,
    node: Places,
    count: int,
    rng: np.random.Generator,
    tried: int,
    leaf: int,
) -> tuple[Places, Array, NDArray[np.bool_]]:
    """For each of `count` nodes the best of `tried` random cuts, and whether it is one at all."""
    size = np.bincount(node, minlength=count)
    total = np.bincount(node, weights=values, minlength=count)
    by_node = np.argsort(node, kind="stable")
    first = np.cumsum(size) - size
    best = np.full(count, -np.inf)
    feature, threshold = np.zeros(count, dtype=np.int64), np.zeros(count)
    for _ in range(tried):
        candidate = rng.integers(0, inputs.shape[1], count)
        one, other = (
            rows[by_node[np.minimum(first + (rng.random(count) * size).astype(np.int64), len(rows) - 1)]]
            for _ in range(2)
        )
        mix = rng.random(count)
        limit = mix * inputs[one, candidate] + (1 - mix) * inputs[other, candidate]
        goes_left = inputs[rows, candidate[node]] <= limit[node]
        left_size = np.bincount(node[goes_left], minlength=count)
        left_total = np.bincount(node[goes_left], weights=values[goes_left], minlength=count)
        right_size = size - left_size
        allowed = (left_size >= leaf) & (right_size >= leaf)
        gain = left_total**2 / np.maximum(left_size, 1) + (total - left_total) ** 2 / np.maximum(right_size, 1)
        better = allowed & (gain > best)
        best[better], feature[better], threshold[better] = gain[better], candidate[better], limit[better]
    return feature, threshold, np.isfinite(best)


def _leaves(tree: Tree, inputs: Array) -> Places:
    node = np.zeros(len(inputs), dtype=np.int64)
    everyone = np.arange(len(inputs))
    while True:
        inner = tree.left[node] >= 0
        if not inner.any():
            return node
        rows, at = everyone[inner], node[inner]
        node[inner] = tree.left[at] + (inputs[rows, tree.feature[at]] > tree.threshold[at])
