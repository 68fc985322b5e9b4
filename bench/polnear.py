"""Attribution on news that trained nothing here: `python -m bench.polnear --data ../shared/data`

PolNeAR's development set (Newell, Margolin and Ruths 2018): 84 articles of American election coverage, every
attribution with its source, cue and content. The reader is run as it is, zero-shot; it looks for statements about
the political world, so what sources say of anything else counts as missed. *Exact* wants the same characters;
*overlap* is Pareti's (2015) soft measure: the share of a span that the best span of the other side covers.
"""

import argparse
import io
import re
import sys
import tarfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foreshock.line import line
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading

Span = tuple[int, int]
PARTS = ("source", "cue", "content")
_row = re.compile(r"^T\d+\t(Source|Cue|Content) ([\d ;]+)\t", re.MULTILINE)


@dataclass
class Spans:
    """One document's spans of each part."""

    source: list[Span] = field(default_factory=list)
    cue: list[Span] = field(default_factory=list)
    content: list[Span] = field(default_factory=list)


def _annotated(brat: str) -> Spans:
    """The spans of a brat file; one in several pieces counts from its first character to its last."""
    found = Spans()
    for part, numbers in _row.findall(brat):
        ends = [int(number) for number in re.findall(r"\d+", numbers)]
        getattr(found, part.lower()).append((min(ends), max(ends)))
    return found


def documents(data: Path) -> Iterator[tuple[str, str, Spans]]:
    """Name, text and annotated spans of every article that has both; of several annotators the first."""
    texts: dict[str, str] = {}
    brats: dict[str, list[str]] = defaultdict(list)
    with tarfile.open(data / "polnear" / "dev.tar.xz") as archive:
        for member in sorted(archive.getmembers(), key=lambda one: one.name):
            handle = archive.extractfile(member)
            if handle is None:
                continue
            content = io.TextIOWrapper(handle, encoding="utf-8", newline="").read()
            path = Path(member.name)
            if path.suffix == ".txt":
                texts[path.stem] = content
            elif path.suffix == ".ann":
                brats[path.stem.rpartition("_")[0]].append(content)  # its annotator follows the name
    for name, text in texts.items():
        if name in brats:
            yield name, text, _annotated(brats[name][0])


def found_spans(reading: Reading) -> Spans:
    """What the reader attributes: the innermost source of each statement, its cue, and the clauses under one cue."""
    contents: dict[tuple[Span, Span | None], Span] = {}
    for statement in reading.statements:
        if not statement.sources:
            continue
        source = statement.sources[-1]
        cue = (statement.cue.start, statement.cue.end) if statement.cue else None
        key = ((source.start, source.end), cue)
        start, end = contents.get(key, (statement.start, statement.end))
        contents[key] = (min(start, statement.start), max(end, statement.end))
    return Spans(
        source=sorted({source for source, _ in contents}),
        cue=sorted({cue for _, cue in contents if cue}),
        content=sorted(set(contents.values())),
    )


def _covered(spans: Sequence[Span], by: Sequence[Span]) -> float:
    """Summed over `spans`: the share of each that the best one of `by` covers."""
    return sum(
        max((max(0, min(end, b) - max(start, a)) for a, b in by), default=0) / (end - start) for start, end in spans
    )


def _f1(precision: float, recall: float) -> float:
    return 100 * 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    pairs = []
    for name, text, gold in documents(arguments.data):
        document = Document(id=text_id(text), text=text, origin=name, capture="")
        pairs.append((gold, found_spans(line().read(document))))
    out = sys.stdout.write
    out(f"{len(pairs)} articles\n")
    out("| | annotated | found | exact F1 | overlap P | overlap R | overlap F1 |\n|---|---|---|---|---|---|---|\n")
    for part in PARTS:
        both = [(getattr(gold, part), getattr(found, part)) for gold, found in pairs]
        wanted, had = sum(len(gold) for gold, _ in both), sum(len(found) for _, found in both)
        same = sum(len(set(gold) & set(found)) for gold, found in both)
        precision = sum(_covered(found, gold) for gold, found in both) / max(1, had)
        recall = sum(_covered(gold, found) for gold, found in both) / max(1, wanted)
        exact = _f1(same / max(1, had), same / max(1, wanted))
        out(
            f"| {part} | {wanted} | {had} | {exact:.1f} "
            f"| {100 * precision:.1f} | {100 * recall:.1f} | {_f1(precision, recall):.1f} |\n"
        )


if __name__ == "__main__":
    main()
