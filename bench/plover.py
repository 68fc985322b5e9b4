"""Event types on PLOVER's own examples: `python -m bench.plover --data ../shared/data`

Half of the PLOVER gold standard records: single sentences of the CAMEO manual with the type of the event in them.
They carry older labels; `RENAMED` is the coders' own mapping to today's sixteen. A record is right when the reader
types the statement whose trigger lies in the record's marked event as its coder did; *anywhere* asks only that some
statement of the sentence has that type.
"""

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from foreshock.line import line
from foreshock.model.document import Document, text_id
from foreshock.model.vocabulary import EventType

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
_event = re.compile(r"\(EVT: ([^)]*)\)")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    records = json.loads((arguments.data / "plover" / "gold_standard_records.json").read_text(encoding="utf-8"))
    total, typed, right, anywhere = 0, 0, 0, 0
    by_type: Counter[str] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    right_by_type: Counter[str] = Counter()
    for record in records:
        wanted = RENAMED.get(record["event"], record["event"])
        text = record.get("text")
        if wanted not in set(EventType) or not text:
            continue
        total += 1
        by_type[wanted] += 1
        reading = line().read(Document(id=text_id(text), text=text, origin=record["id"], capture=""))
        marked = [
            (at, at + len(words))
            for words in _event.findall(record.get("textInfo", {}).get("markup", ""))
            if words and (at := text.find(words)) >= 0
        ]
        here = [
            statement.type.value if statement.type else "none"
            for statement in reading.statements
            if any(statement.trigger.start < end and start < statement.trigger.end for start, end in marked)
        ]
        typed += bool(here)
        anywhere += any(statement.type == wanted for statement in reading.statements)
        if wanted in here:
            right += 1
            right_by_type[wanted] += 1
        else:
            wrong[wanted, here[0] if here else "no statement there"] += 1
    out = sys.stdout.write
    out(f"{total} records: a statement at the marked event in {typed}\n")
    out(
        f"type right at the event {100 * right / total:.1f} % of all, {100 * right / max(1, typed):.1f} % where found\n"
    )
    out(f"type right anywhere in the sentence {100 * anywhere / total:.1f} %\n")
    out(", ".join(f"{name} {right_by_type[name]}/{number}" for name, number in sorted(by_type.items())) + "\n")
    for (gold, read), number in wrong.most_common(10):
        out(f"  {gold} read as {read}: {number}\n")


if __name__ == "__main__":
    main()
