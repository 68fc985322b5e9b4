"""How the ledger's two networks are loaded, the model of answers and the encoder of meaning."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from foreshock.errors import ModelError
from foreshock.read.memory import memory_told
from foreshock.read.windows import load_tokenizer

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_THREADS = 4
"""Most cores that one text is worth."""


class Loaded(NamedTuple):
    """A network as the program runs it, its vocabulary, and its version: what another version said is asked again."""

    session: "InferenceSession"
    tokenizer: Tokenizer
    version: str

    def run(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """What the network makes of one text's word pieces `[1, pieces]`. Raises `MemoryError` where that runs out."""
        with memory_told():
            found: NDArray[np.float32] = self.session.run(None, {"ids": ids})[0]
        return found


def load(folder: Path, name: str, vocabulary: str, what: str) -> Loaded:
    """`NAME.onnx` of `folder` with its card `NAME-card.json` and a vocabulary. Raises `ModelError`, which names `what`
    it is, where that fails."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_THREADS, os.cpu_count() or 1)
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        card = msgspec.json.decode((folder / f"{name}-card.json").read_bytes())
        tokenizer = load_tokenizer(folder / vocabulary)
        with memory_told():
            session = onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
        return Loaded(session, tokenizer, str(card["version"]))
    except MemoryError:
        raise
    except Exception as error:
        raise ModelError(f"the ledger's {what} in {folder} cannot be loaded: {error}; reinstall Foreshock") from error
