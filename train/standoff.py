"""The real texts that the corpus annotates but does not hold: MUC-3/4 and GUM, made again from their archives."""

import hashlib
import json
import tarfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from train.annotate import with_quotes
from train.annotated import CORPUS, Annotated, read_rows

LONGEST_GUM = 450
"""Words of a GUM document that were annotated, to a sentence's end."""


@cache
def _muc_texts(data: Path) -> dict[str, str]:
    texts = {}
    for line in (data / "muc" / "train.json").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        texts[f"muc-{row['docid'].lower()}"] = row["doctext"]
    return texts


@cache
def _gum_lines(data: Path) -> dict[str, list[str]]:
    found = {}
    with tarfile.open(data / "gum.tar.xz") as archive:
        for member in archive.getmembers():
            if member.name.endswith(".conllu") and (handle := archive.extractfile(member)):
                name = Path(member.name).stem.removeprefix("GUM_")
                found[f"gum-{name}"] = handle.read().decode("utf-8").splitlines()
    return found


def _gum_text(lines: list[str]) -> str:
    """A paragraph a line, its sentences joined by spaces, up to `LONGEST_GUM` words."""
    paragraphs: list[list[str]] = []
    words = 0
    for line in lines:
        if line.startswith("# newpar") and not line.startswith("# newpar_block"):
            paragraphs.append([])
        elif line.startswith("# text = "):
            sentence = line.removeprefix("# text = ")
            words += len(sentence.split())
            if words > LONGEST_GUM:
                break
            if not paragraphs:
                paragraphs.append([])
            paragraphs[-1].append(sentence)
    return "\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def _texts(data: Path, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        if name.startswith("muc-"):
            yield name, _muc_texts(data)[name]
        else:
            yield name, _gum_text(_gum_lines(data)[name])


def standoff_documents(data: Path) -> list[Annotated]:
    """The stand-off part of the corpus, its texts made from the archives under `data`, by name.

    Raises `ValueError` where a text is not the one that was annotated.
    """
    facts = json.loads((CORPUS / "standoff.json").read_text(encoding="utf-8"))
    documents = []
    for name, text in _texts(data, sorted(facts)):
        if hashlib.sha256(text.encode("utf-8")).hexdigest() != facts[name]["sha256"]:
            raise ValueError(f"{name}: the text in {data} is not the one that was annotated")
        rows = read_rows(CORPUS / "standoff" / f"{name}.jsonl")
        documents.append(Annotated(name=name, text=text, statements=tuple(with_quotes(row, text) for row in rows)))
    return documents


def open_documents(data: Path) -> list[Annotated]:
    """The real texts under `data` that shipped weights may be trained on and that nobody annotated, by name."""
    annotated = set(json.loads((CORPUS / "standoff.json").read_text(encoding="utf-8")))
    texts = {**_muc_texts(data), **{name: _gum_text(lines) for name, lines in _gum_lines(data).items()}}
    return [Annotated(name, text, ()) for name, text in sorted(texts.items()) if name not in annotated and text]
