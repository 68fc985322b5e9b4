"""How fast the line reads: `python -m bench.reading [FOLDER]`

Articles of 600 words a second over all cores, the share of each stage, the cold start to the first statement, and
the peak memory of a reading process. Without a folder the bundled example chronicle is read.
"""

import argparse
import concurrent.futures
import itertools
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from importlib.resources import files
from pathlib import Path

from foreshock import settings
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.line import line
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.read.decode import Decoder
from foreshock.read.encoder import run
from foreshock.read.windows import pieces_of

ARTICLE = 600
"""Words of the article that speed is told in."""
REPEATS = 3


def documents(folder: Path) -> list[Document]:
    """Everything readable in `folder`."""
    return [document_of(found) for found in captures([str(folder)]) if isinstance(found, Capture)]


def _read_all(texts: list[Document]) -> tuple[int, float, int]:
    """Statements found, seconds taken once warm, and this process's peak memory in bytes."""
    reading = line()
    reading.read(texts[0])
    began = time.perf_counter()
    found = sum(len(reading.read(text).statements) for text in texts)
    return found, time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def throughput(texts: list[Document], workers: int) -> tuple[float, int]:
    """Articles a second over `workers` processes, and the largest process's peak memory in bytes."""
    parts = [texts[number::workers] for number in range(workers)]
    context = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(workers, context) as pool:
        results = list(pool.map(_read_all, parts))
    words = sum(len(text.text.split()) for text in texts)
    return words / ARTICLE / max(seconds for _, seconds, _ in results), max(memory for *_, memory in results)


def shares(texts: list[Document]) -> dict[str, float]:
    """Each stage's share of the time of one process."""
    whole = line()
    reader = whole.reader
    spent = dict.fromkeys(("segment and tokenise", "encode", "decode", "the whole of read", "places and actors"), 0.0)
    for document in texts:
        marks = [time.perf_counter()]
        pieces = pieces_of(document.text, reader.tokenizer)
        marks.append(time.perf_counter())
        outputs = list(run(pieces, reader.backend, reader.settings.trigger_bias))
        marks.append(time.perf_counter())
        decoder = Decoder(document.text, pieces, reader.settings)
        for window in outputs:
            list(decoder.drafts(window))
        marks.append(time.perf_counter())
        reader.read(document)
        marks.append(time.perf_counter())
        whole.read(document)
        marks.append(time.perf_counter())
        steps = [b - a for a, b in itertools.pairwise(marks)]
        for name, step in zip(spent, steps, strict=True):
            spent[name] += step
    read, everything = spent["the whole of read"], spent["places and actors"]
    parts = {name: spent[name] for name in ("segment and tokenise", "encode", "decode")}
    parts["statements, times, counts"] = max(read - sum(parts.values()), 0.0)
    parts["places and actors"] = max(everything - read, 0.0)
    return {name: step / sum(parts.values()) for name, step in parts.items()}


def cold_start() -> float:
    """Seconds from starting the command to its first statement, the median of five."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", delete=False, encoding="utf-8") as handle:
        handle.write("Rebels attacked the town of Goma on Monday, the army said. Soldiers fled.")
    taken = []
    for _ in range(5):
        began = time.perf_counter()
        command = [sys.executable, "-m", "foreshock", "read", handle.name, "--format", "jsonl"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            taken.append(time.perf_counter() - began)
            process.stdout.read()
    Path(handle.name).unlink()
    return sorted(taken)[2]


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    arguments = parser.parse_args()
    folder = arguments.folder or Path(str(files("foreshock") / "data" / "examples"))
    texts = documents(folder) * REPEATS
    workers = settings.workers()
    speed, memory = throughput(texts, workers)
    words = sum(len(text.text.split()) for text in texts)
    out = sys.stdout.write
    out(f"{len(texts)} documents, {words} words, {workers} processes\n")
    out(f"articles of {ARTICLE} words a second: {speed:.1f}\n")
    out(f"peak memory of a process: {memory / 1e6:.0f} MB\n")
    out(f"cold start to the first statement: {cold_start():.2f} s\n")
    for name, share in shares(texts[: len(texts) // REPEATS]).items():
        out(f"  {name:28} {share:6.1%}\n")


if __name__ == "__main__":
    main()
