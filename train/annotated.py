"""Annotated documents: the project's corpus, the stand-off annotations, and any set in the same form."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"


@dataclass(frozen=True)
class Annotated:
    """A document and its gold statements: rows in the codebook's JSON form, offsets into `text`."""

    name: str
    text: str
    statements: tuple[dict[str, Any], ...]


def read_rows(path: Path) -> tuple[dict[str, Any], ...]:
    """The rows of a JSONL file."""
    return tuple(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


def read_folder(folder: Path, ending: str = ".jsonl") -> list[Annotated]:
    """Every `NAME.txt` in `folder` with its rows in `NAME` + `ending`, by name."""
    return [
        Annotated(
            name=path.stem,
            text=path.read_bytes().decode("utf-8"),
            statements=read_rows(path.with_name(path.stem + ending)),
        )
        for path in sorted(folder.glob("*.txt"))
    ]


def split(documents: Iterable[Annotated], part: str) -> list[Annotated]:
    """The documents of `part` (`train`, `dev` or `test`) by the corpus's own `splits.json`."""
    names = set(json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))[part])
    return [document for document in documents if document.name in names]
