"""What the weights of events are fitted on: texts that the project may train on, and which of them report one event.

Four sources. `reports`: the reports in `train/events/`, invented for this, in groups. `examples`: the shipped example
reports with their key. `corpus`: the training part of the corpus, of which no two texts report one event. `muc`:
MUC-3/4, whose keys give each incident's date, place and type: texts that share an incident are weakly labelled so.
Nothing of the development labels, nor of the news sets, goes in.
"""

import datetime
import errno
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from foreshock.corroborate.events.words import stem
from foreshock.model.document import Document, text_id
from foreshock.model.vocabulary import Granularity
from train.annotated import CORPUS

ROOT: Final = Path(__file__).resolve().parent.parent
REPORTS: Final = ROOT / "train" / "events"
EXAMPLES: Final = ROOT / "foreshock" / "data" / "examples"
_HEADER: Final = re.compile(r"^## (?P<group>\S+) (?P<day>\d{4}-\d\d-\d\d) (?P<outlet>[^|\n]+) \| (?P<title>.+)$", re.M)
_DATELINE: Final = re.compile(r"\b(\d{1,2}) (JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[A-Z]* (8\d|90)\b")
_MONTHS: Final = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()
_BRACKETS: Final = re.compile(r"\[[^\]]*\]")
_WORD: Final = re.compile(r"(?<![a-z0-9'-])[a-z][a-z'-]*")


@dataclass(frozen=True)
class Told:
    """A text to fit on: where it is from, its document, and the events it tells of as that source names them.

    `events` is null where the source says nothing of this text; two texts with no event in common tell of
    different ones. `loose` are acts known by country and, some of them, day (as an ordinal) alone: two texts with
    acts that could be one may tell of one event, whatever their `events` say.
    """

    source: str
    name: str
    document: Document
    day: datetime.date | None
    events: frozenset[str] | None
    loose: frozenset[tuple[str, int | None]] = field(default=frozenset())

    @property
    def block(self) -> str:
        """What must not be parted between fitting and measuring: the country of a report's group, else its month."""
        if self.source == "reports":
            return self.name.partition("-")[0]
        return f"{self.source} {self.day:%Y-%m}" if self.day is not None else self.name


def document_of(text: str, title: str | None, day: datetime.date | None, dated: bool = True) -> Document:
    """A document as a crawler would give it: with its day, or with the month of the crawl alone."""
    return Document(
        id=text_id(text), text=text, origin="train", capture="", title=title,
        published=day if dated else None, published_granularity=Granularity.DAY if dated and day else None,
        crawl_month=f"{day:%Y-%m}" if day else None,
    )  # fmt: skip


def reports() -> Iterator[Told]:
    """The invented reports, each group named by a country first; half the countries hide their days, as crawls do."""
    for path in sorted(REPORTS.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        found = list(_HEADER.finditer(text))
        for at, match in enumerate(found):
            body = text[match.end() : found[at + 1].start() if at + 1 < len(found) else len(text)].strip()
            title = match["title"].strip()
            day = datetime.date.fromisoformat(match["day"])
            dated = sum(map(ord, match["group"][:3])) % 2 == 0
            document = document_of(f"{title}\n\n{body}", title, day, dated)
            name = f"{match['group']} {match['outlet']}"
            yield Told("reports", name, document, day, frozenset((match["group"],)))


def examples() -> Iterator[Told]:
    """The shipped example reports; their copies of one wire story are left out, one of each is kept."""
    seen: set[str] = set()
    for row in json.loads((EXAMPLES / "index.json").read_text(encoding="utf-8")):
        copies, event = row["syndicated_group"], row["same_event"]
        if copies in seen:
            continue
        if copies:
            seen.add(copies)
        raw = (EXAMPLES / row["file"]).read_text(encoding="utf-8")
        _, front, body = raw.split("---\n", 2)
        title = re.search(r"^title: (.+)$", front, re.M)
        day = datetime.date.fromisoformat(row["published"])
        text = re.sub(r"^# ", "", body.strip())
        document = document_of(text, title[1].strip("\"'") if title else None, day)
        yield Told("examples", row["file"], document, day, frozenset((event or row["file"],)))


def corpus() -> Iterator[Told]:
    """The training part of the corpus: no two of its texts were written on one event."""
    about = json.loads((CORPUS / "documents.json").read_text(encoding="utf-8"))
    for name in json.loads((CORPUS / "splits.json").read_text(encoding="utf-8"))["train"]:
        text = (CORPUS / "documents" / f"{name}.txt").read_text(encoding="utf-8")
        day = about[name].get("published")
        published = datetime.date.fromisoformat(day) if day and len(day) == 10 else None
        document = document_of(text, about[name].get("title"), published)
        yield Told("corpus", name, document, published, frozenset((name,)))


def muc(data: Path) -> Iterator[Told]:
    """MUC-3/4's texts with the incidents that their keys give a day and a settlement."""
    incidents = _incidents(data / "muc" / "raw")
    texts = sorted((data / "muc" / "raw").glob("dev-muc3-*"))
    if not texts:  # half of what the weights weigh by would be gone, without a word
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(data / "muc" / "raw" / "dev-muc3-*"))
    for path in texts:
        parts = re.split(r"^(DEV-MUC3-\d{4}) .*$", path.read_text(encoding="latin-1"), flags=re.M)
        for name, raw in zip(parts[1::2], parts[2::2], strict=True):
            head = _DATELINE.search(raw[:400])
            if head is None:
                continue
            day = datetime.date(1900 + int(head[3]), _MONTHS.index(head[2]) + 1, int(head[1]))
            body = _BRACKETS.sub("", raw.partition("--")[2] or raw)
            text = _cased("\n\n".join(" ".join(part.split()) for part in body.split("\n\n")).strip().lower())
            sure, loose = incidents.get(name, (frozenset(), frozenset()))
            known = sure if sure or loose else None
            dated = int(name[-4:]) % 2 == 0
            yield Told("muc", name, document_of(text, None, day, dated), day, known, loose)


Incidents = tuple[frozenset[str], frozenset[tuple[str, int | None]]]


def _incidents(folder: Path) -> dict[str, Incidents]:
    """By text: incidents told to the day and the settlement, or with a victim's name; and all, by country and day."""
    found: dict[str, tuple[set[str], set[tuple[str, int | None]]]] = {}
    for path in sorted(folder.glob("key-dev-*.muc4")):
        for block in path.read_text(encoding="latin-1").split("\n0.  MESSAGE: ID")[1:]:
            slots = dict(re.findall(r"^(\d+)\.\s+[A-Z: ]+?\s{2,}(\S.*)$", block, re.M))
            name, kind = re.search(r"DEV-MUC3-\d{4}", block), slots.get("4", "*").strip()
            if name is None or kind == "*":
                continue
            day, place = _key_day(slots.get("2", "")), slots.get("3", "").strip(" ?")
            sure, loose = found.setdefault(name[0], (set(), set()))
            loose.add((place.partition(":")[0].strip(), day))
            if day is not None and ":" in place and " - " not in place:
                sure.add(f"{kind} {day} {place.rpartition(': ')[2].partition(' (')[0]}")
            sure.update(f"{kind} of {victim.split()[-1]}" for victim in re.findall(r'"([^"]+)"', slots.get("18", "")))
    return {name: (frozenset(sure), frozenset(loose)) for name, (sure, loose) in found.items()}


def _key_day(told: str) -> int | None:
    """The day in a key, as an ordinal; null where it is a range, a guess or none."""
    match = re.fullmatch(r"(\d{1,2}) ([A-Z]{3}) (\d\d)", told.strip())
    if match is None or match[2] not in _MONTHS:
        return None
    try:
        return datetime.date(1900 + int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1])).toordinal()
    except ValueError:  # a key has a 31 November
        return None


@cache
def _small() -> frozenset[str]:
    """Stems of words that the corpus and the examples write small."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((CORPUS / "documents").glob("*.txt"))]
    texts += [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.md"))]
    return frozenset(stem(word) for text in texts for word in re.findall(r"(?<![\w'-])[a-z][a-z'-]*", text))


def _cased(text: str) -> str:
    """Lower-case text with capitals where a sentence begins, and on words that the corpus never writes small."""
    named = _WORD.sub(lambda match: match[0] if stem(match[0]) in _small() else match[0].capitalize(), text)
    return re.sub(r"(?:^|(?<=[.!?\n] )|(?<=\n)|(?<=\.  ))[a-z]", lambda match: match[0].upper(), named)


def material(data: Path) -> list[Told]:
    """Everything, in a fixed order."""
    return [*reports(), *examples(), *corpus(), *muc(data)]
