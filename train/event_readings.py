"""Digests of the texts that the weights of events are fitted on, read by the shipped reader; readings are kept.

Reading takes minutes, so what was read is kept in `train/work/`, by the text and the version of the reader.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from foreshock.corroborate.events.digest import digest_of
from foreshock.line import line, read_one
from foreshock.model.event import Digest
from foreshock.model.statement import Statement, from_json, to_json
from train.event_material import ROOT, Told

WORK: Final = ROOT / "train" / "work"


def digests(told: Sequence[Told]) -> dict[str, Digest]:
    """The digest of each text, by the document's id."""
    known = readings(told)
    return {one.document.id: digest_of(one.document, known[one.document.id]) for one in told}


def readings(told: Sequence[Told]) -> dict[str, Sequence[Statement]]:
    """The statements of each text, by the document's id; what was not read before is read now."""
    path = WORK / f"event-readings-{line().reader.version}.jsonl".replace("/", "-")
    known = _known(path)
    missing = [one for one in told if one.document.id not in known]
    WORK.mkdir(exist_ok=True)
    with path.open("a", encoding="utf-8") as kept:
        for at, one in enumerate(missing, 1):
            statements = read_one(one.document).statements
            known[one.document.id] = statements
            row = [one.document.id, [to_json(statement) for statement in statements]]
            kept.write(msgspec.json.encode(row).decode() + "\n")
            if at % 100 == 0:
                sys.stderr.write(f"{at} of {len(missing)} texts read\n")
    return known


def _known(path: Path) -> dict[str, Sequence[Statement]]:
    if not path.exists():
        return {}
    rows = map(msgspec.json.decode, path.read_bytes().splitlines())
    return {identity: [from_json(body) for body in bodies] for identity, bodies in rows}
