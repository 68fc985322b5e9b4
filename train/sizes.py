"""How long encoders of several sizes take: `python -m train.sizes`

Untrained ones, exported as the shipped one is, on made windows of 110 to 190 word pieces, by turns. Milliseconds of one
core's processor time a window, the fastest of many, and the share of the first one's.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from foreshock.read.encoder import OnnxBackend
from train.export import export
from train.network import STUDENT, Reader, Size

SIZES = (
    STUDENT,
    Size(4, 12, 1152),
    Size(5, 12, 768),
    Size(5, 8, 1024),
    Size(5, 8, 768),
    Size(6, 8, 768),
    Size(6, 6, 768),
)
PIECES = (110, 130, 150, 170, 190)
TURNS = 25


def main() -> None:
    """Print a line for each size."""
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args()
    rng = np.random.default_rng(1)
    windows = [rng.integers(1000, 20000, (1, pieces)) for pieces in PIECES]
    with tempfile.TemporaryDirectory() as folder:
        backends = []
        for number, size in enumerate(SIZES):
            export(Reader(size=size).eval(), Path(folder) / str(number))
            backends.append(OnnxBackend(Path(folder) / str(number)))
        fastest = [float("inf")] * len(SIZES)
        for _ in range(TURNS):
            for number, backend in enumerate(backends):
                began = time.process_time()
                for ids in windows:
                    zeros = np.zeros_like(ids)
                    backend.encode(ids, zeros, zeros, zeros)
                fastest[number] = min(fastest[number], (time.process_time() - began) / len(windows))
    for size, seconds in zip(SIZES, fastest, strict=True):
        sys.stdout.write(
            f"{size.layers} layers, {size.heads:2} heads, {size.feed_forward:4} units: "
            f"{1000 * seconds:5.2f} ms a window, {seconds / fastest[0]:.2f}\n"
        )


if __name__ == "__main__":
    main()
