"""How fast the line reads: `python -m bench.reading [FOLDER]`

Articles of 600 words a second over all cores, each stage's processor time and its share, the cold start to the first
statement, and the peak memory of a reading process. Without a folder the bundled example chronicle is read.
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
from collections import Counter
from importlib.resources import files
from pathlib import Path

from foreshock import settings
from foreshock.errors import UsageError
from foreshock.gather.captures import captures
from foreshock.gather.parse import document_of
from foreshock.line import Line, line
from foreshock.model.capture import Capture
from foreshock.model.document import Document
from foreshock.read.decode import Decoder
from foreshock.read.encoder import Backend, Floats, Ints, run
from foreshock.read.segment import unwrapped
from foreshock.read.windows import pieces_of

ARTICLE = 600
"""Words of the article that speed is told in."""
REPEATS = 3


def documents(folder: Path) -> list[Document]:
    """Everything readable in `folder`. Raises `UsageError` where there is nothing."""
    found = [document_of(one) for one in captures([str(folder)]) if isinstance(one, Capture)]
    if not found:
        raise UsageError(f"{folder}: nothing there can be read; name a folder of documents")
    return found


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


class _Timed:
    """A backend that adds up the processor time of its networks."""

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.encoding = self.answering = 0.0

    def encode(self, ids: Ints, shape: Ints, boundary: Ints, quoted: Ints) -> tuple[Floats, Floats]:
        """See `Backend`."""
        began = time.process_time()
        result = self.backend.encode(ids, shape, boundary, quoted)
        self.encoding += time.process_time() - began
        return result

    def statements(self, hidden: Floats, sentence: Ints, first: Ints, last: Ints) -> tuple[Floats, Floats]:
        """See `Backend`."""
        began = time.process_time()
        result = self.backend.statements(hidden, sentence, first, last)
        self.answering += time.process_time() - began
        return result


def _stages(document: Document, whole: Line) -> dict[str, float]:
    """Seconds of processor time that each stage takes of one document."""
    reader, timed = whole.reader, _Timed(whole.reader.backend)
    marks = [time.process_time()]
    pieces = pieces_of(unwrapped(document.text), reader.tokenizer)
    marks.append(time.process_time())
    outputs = list(run(pieces, timed, reader.settings.trigger_bias))
    marks.append(time.process_time())
    decoder = Decoder(document.text, pieces, reader.settings)
    for window in outputs:
        decoder.loaded(window)
        list(decoder.drafts(window))
    marks.append(time.process_time())
    reader.read(document)
    marks.append(time.process_time())
    whole.read(document)
    marks.append(time.process_time())
    cut, ran, decoded, read, everything = (b - a for a, b in itertools.pairwise(marks))
    return {
        "segment and tokenise": cut,
        "encoder": timed.encoding,
        "statement heads": timed.answering,
        "decode": decoded + ran - timed.encoding - timed.answering,
        "statements, times, counts": read - cut - ran - decoded,
        "places and actors": everything - read,
    }


def stages(texts: list[Document]) -> dict[str, float]:
    """Milliseconds of processor time that each stage takes of an article, in one process.

    Of each document the fastest of a few readings counts: what else the machine does disturbs that least.
    """
    whole = line()
    spent: Counter[str] = Counter()
    for document in texts:
        tries = [_stages(document, whole) for _ in range(REPEATS)]
        spent.update({name: max(min(one[name] for one in tries), 0.0) for name in tries[0]})
    articles = sum(len(text.text.split()) for text in texts) / ARTICLE
    return {name: seconds * 1000 / articles for name, seconds in spent.items()}


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
    taken = stages(texts[: len(texts) // REPEATS])
    out(f"processor time of an article: {sum(taken.values()):.1f} ms\n")
    for name, step in taken.items():
        out(f"  {name:28} {step:5.1f} ms {step / sum(taken.values()):6.1%}\n")


if __name__ == "__main__":
    main()
