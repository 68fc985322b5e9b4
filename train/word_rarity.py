"""Make `foreshock/data/word-rarity.json`: in how many news documents each stem occurs.

`python -m train.word_rarity --data ../shared/data` counts over the 1,500 public-domain newswire texts of MUC-3/4 and
the corpus written for this project; stems of fewer than three documents are left out, as they count as unseen. Old
newswire has never seen the *Taliban* or the *RSF*, yet in a record on their country they are everywhere: words of the
registry's organisations, states and peoples count as common (`KNOWN_SHARE`), names of persons and places do not.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import yaml

from foreshock.corroborate.events.words import stems

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "foreshock" / "data" / "word-rarity.json"
RAREST = 3
"""Documents a stem must occur in to be in the table."""
KNOWN_SHARE = 0.08
"""The share of documents that a known name is taken to occur in; shares from 0.05 to 0.35 measure alike."""
_CAPITALISED = re.compile(r"\b[A-Z][^\W_]*")


def texts(data: Path) -> Iterator[str]:
    """The documents that are counted over."""
    for part in ("train", "dev"):
        for line in (data / "muc" / f"{part}.json").read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["doctext"]
    for path in sorted((ROOT / "train" / "corpus" / "documents").glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def known() -> set[str]:
    """Stems of the capitalised words in names of organisations, armed groups, states and peoples."""
    data = ROOT / "foreshock" / "data"
    names: list[str] = []
    for path in sorted((data / "actors").glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            if entry["kind"] not in ("person", "office"):
                names += [entry["name"], *entry.get("aliases", [])]
    for forms in yaml.safe_load((data / "places" / "demonyms.yaml").read_text(encoding="utf-8")).values():
        names += [str(form) for form in forms]
    for forms in yaml.safe_load((data / "actor-countries.yaml").read_text(encoding="utf-8"))["names"].values():
        names += [str(form) for form in forms]
    return {one for name in names for word in _CAPITALISED.findall(name) for one in stems(word)}


def main() -> None:
    """Count, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    number, counted = 0, Counter[str]()
    for text in texts(parser.parse_args().data):
        number += 1
        counted.update(set(stems(text)))
    common = round(KNOWN_SHARE * number)
    for word in known():
        counted[word] = max(counted[word], common)
    words = {word: found for word, found in sorted(counted.items()) if found >= RAREST}
    TABLE.write_text(json.dumps({"documents": number, "words": words}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
