"""The corpus in figures, for its README: `python -m train.corpus_figures [--write]`"""

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path

from foreshock.model.vocabulary import CONTEXTS, MECHANISMS, MODES, Kind
from train.annotated import CORPUS, read_rows

MARKS = re.compile(r"(<!-- figures -->\n).*?(<!-- /figures -->)", re.DOTALL)
FEW = 60
"""Below so many examples a label is named as rare."""


def _rows(folder: Path) -> list[dict[str, object]]:
    return [row for path in sorted(folder.glob("*.jsonl")) for row in read_rows(path)]


def figures() -> str:
    """Markdown: sizes, kinds, mechanisms, and what is rare."""
    facts = {
        part: json.loads((CORPUS / f"{part}.json").read_text(encoding="utf-8")) for part in ("documents", "standoff")
    }
    rows = {part: _rows(CORPUS / part) for part in facts}
    lines = ["| | documents | statements |", "|---|---|---|"]
    lines += [f"| `{part}/` | {len(facts[part])} | {len(rows[part])} |" for part in facts]
    everything = [row for part in rows.values() for row in part]
    countries = {country for part in facts.values() for document in part.values() for country in document["countries"]}
    kinds = Counter(str(row["kind"]) for row in everything)
    contexts: Counter[str] = Counter()
    for row in everything:
        names = row["contexts"]
        contexts.update(names if isinstance(names, list) else [])
    modes = Counter((row["type"], row["mode"]) for row in everything if row["mode"])
    lines += ["", f"{len(countries)} countries. By kind: " + ", ".join(f"{kind} {kinds[kind]}" for kind in Kind) + "."]
    lines += ["", "Mechanisms: " + ", ".join(f"{name} {contexts[name]}" for name in MECHANISMS) + "."]
    rare = [
        f"{event_type} {mode}" for event_type, names in MODES.items() for mode in names if modes[event_type, mode] < FEW
    ]
    rare_contexts = [name for name in CONTEXTS if contexts[name] < FEW]
    lines += [
        "",
        f"Fewer than {FEW} examples: modes {', '.join(rare) or 'none'}; contexts {', '.join(rare_contexts) or 'none'}.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write them into the corpus's README")
    arguments = parser.parse_args()
    text = figures()
    sys.stdout.write(text)
    if arguments.write:
        path = CORPUS / "README.md"
        old = path.read_text(encoding="utf-8")
        path.write_text(MARKS.sub(lambda match: f"{match.group(1)}{text}{match.group(2)}", old), encoding="utf-8")


if __name__ == "__main__":
    main()
