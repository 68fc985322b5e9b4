"""Incidents and graded claims in MUC-3/4 newswire: `python -m bench.muc --data ../shared/data`

Two measures. *Incident types* on the 200 texts of the MUC-4 development set that trained nothing: for each text the
set of incident types its templates name against the set that the reader's assaults stand for. It is coarser than a
template micro-F1, which also counts how many incidents of a type there are. *Claims*: slot 11 of the original keys
says how sure the text is of a perpetrator's organisation; here it follows from who says so and as what (`graded`).
These keys belong to the training half of MUC: texts that the corpus annotates are left out, the others were read
without labels by the student (`train/distil.py`).
"""

import argparse
import itertools
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from foreshock.line import line
from foreshock.model.document import Document, text_id
from foreshock.model.statement import Reading, Statement
from foreshock.model.vocabulary import EventType, Kind, Polarity
from train.annotated import CORPUS

BOMBING, KIDNAPPING, ATTACK = "bombing", "kidnapping", "attack"
INCIDENTS = {"explosives": BOMBING, "suicide-attack": BOMBING, "abduct": KIDNAPPING}
"""The incident that a mode of ASSAULT stands for; any other is an attack."""
FACT, CLAIMED, POSSIBLE = "REPORTED AS FACT", "CLAIMED OR ADMITTED", "POSSIBLE"
AUTHORITIES, SUSPECTED = "SUSPECTED OR ACCUSED BY AUTHORITIES", "SUSPECTED OR ACCUSED"
AUTHORITY_WORDS = frozenset(
    "government army police military minister ministry president spokesman officials official authorities command "
    "garrison battalion brigade armed forces press committee coprefa judge attorney general colonel".split()
)
_template = re.compile(r"^0\.  MESSAGE: ID\s+(\S+)", re.MULTILINE)
_claim = re.compile(r"^11\. PERP: ORGANIZATION CONFIDENCE\s+((?:.+\n)(?: {10,}.+\n)*)", re.MULTILINE)
_grade = re.compile(rf"^({FACT}|{CLAIMED}|{AUTHORITIES}|{SUSPECTED}|{POSSIBLE}): (.+)$")


@dataclass(frozen=True)
class Claim:
    """One organisation that a key names as perpetrator, by its names, and how sure the text is."""

    names: frozenset[str]
    grade: str


def _read(name: str, text: str) -> Reading:
    return line().read(Document(id=text_id(text), text=text, origin=name, capture=""))


def incident(statement: Statement) -> str | None:
    """The type of incident that a statement reports; null for none."""
    if statement.type is not EventType.ASSAULT or statement.polarity is Polarity.NEGATIVE:
        return None
    if statement.kind not in (Kind.REPORT, Kind.JUDGEMENT):
        return None
    return INCIDENTS.get(statement.mode or "", ATTACK)


def graded(statement: Statement, names: frozenset[str]) -> str:
    """The claim grade of slot 11: who says so decides it, else the kind and the hedge."""
    if statement.sources:
        words = statement.sources[-1].text.casefold()
        if any(name in words for name in names):
            return CLAIMED
        return AUTHORITIES if AUTHORITY_WORDS & set(re.findall(r"\w+", words)) else SUSPECTED
    return POSSIBLE if statement.likelihood or statement.kind is not Kind.REPORT else FACT


def claims(data: Path) -> Iterator[tuple[str, Claim]]:
    """Document and claim for every organisation whose key gives one grade without alternatives."""
    for path in sorted((data / "muc" / "raw").glob("key-dev-*")):
        text = path.read_text(encoding="latin-1")
        starts = [*(found.start() for found in _template.finditer(text)), len(text)]
        for start, end in itertools.pairwise(starts):
            template = text[start:end]
            name, claim = _template.search(template), _claim.search(template)
            for row in claim.group(1).splitlines() if claim else ():
                found = _grade.match(row.strip())
                names = frozenset(re.findall(r'"([^"]+)"', found.group(2).casefold())) if found else frozenset()
                if name and found and names:
                    yield name.group(1).lower(), Claim(names, found.group(1))


def incident_types(data: Path) -> tuple[float, float, float, Counter[str]]:
    """Precision, recall and F1 of the types of incident by text, and how many of each the keys hold."""
    right = found = wanted = 0
    held: Counter[str] = Counter()
    for row in map(json.loads, (data / "muc" / "dev.json").read_text(encoding="utf-8").splitlines()):
        gold = {kind for template in row["templates"] for kind in template["incident_type"].split(" / ")}
        mine = {kind for statement in _read(row["docid"], row["doctext"]).statements if (kind := incident(statement))}
        held.update(gold)
        right, found, wanted = right + len(gold & mine), found + len(mine), wanted + len(gold)
    precision, recall = 100 * right / max(1, found), 100 * right / max(1, wanted)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), held


def claim_grades(data: Path) -> tuple[int, int, Counter[tuple[str, str]]]:
    """How many claims there are, for how many a statement names the organisation as actor, and grade by grade."""
    annotated = set(json.loads((CORPUS / "standoff.json").read_text(encoding="utf-8")))
    rows = map(json.loads, (data / "muc" / "train.json").read_text(encoding="utf-8").splitlines())
    texts = {row["docid"].lower(): row["doctext"] for row in rows}
    by_document: dict[str, list[Claim]] = {}
    for name, claim in claims(data):
        if name in texts and f"muc-{name}" not in annotated and claim not in by_document.setdefault(name, []):
            by_document[name].append(claim)
    pairs: Counter[tuple[str, str]] = Counter()
    total = 0
    for name, wanted in by_document.items():
        reading = _read(name, texts[name])
        for claim in wanted:
            total += 1
            grades = Counter(
                graded(statement, claim.names)
                for statement in reading.statements
                if incident(statement)
                and any(name in actor.text.casefold() for actor in statement.actors for name in claim.names)
            )
            if grades:
                pairs[claim.grade, grades.most_common(1)[0][0]] += 1
    return total, sum(pairs.values()), pairs


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    out = sys.stdout.write
    precision, recall, f1, held = incident_types(arguments.data)
    out(f"incident types by text: precision {precision:.1f}, recall {recall:.1f}, F1 {f1:.1f} ({dict(held)})\n")
    total, seen, pairs = claim_grades(arguments.data)
    right = sum(number for (gold, mine), number in pairs.items() if gold == mine)
    commonest = Counter(gold for gold, _ in pairs.elements()).most_common(1)[0]
    out(f"claims: {total}, the organisation found as actor of an incident in {seen}\n")
    out(f"grade right {100 * right / max(1, seen):.1f} % of those, {100 * right / max(1, total):.1f} % of all; ")
    out(f"always {commonest[0]!r}: {100 * commonest[1] / max(1, seen):.1f} %\n")
    for (gold, mine), number in pairs.most_common():
        out(f"  {gold} read as {mine}: {number}\n")


if __name__ == "__main__":
    main()
