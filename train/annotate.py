"""From quick annotations with quotes to the corpus's rows with offsets: `python -m train.annotate DRAFT.ann.json …`

An annotator writes `NAME.txt` and `NAME.ann.json`, quoting the text instead of counting characters (the form is in
`train/corpus/README.md`). This resolves every quote, checks every label against the codebook, and writes
`NAME.txt` and `NAME.jsonl` into the corpus and the document's facts into `documents.json`. A text that may not be
kept here (`--standoff`) leaves offsets only, and the hash of the text they belong to.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from foreshock.model.vocabulary import CONTEXTS, COUNT_NAMES, MODES, EventType, Kind, SourceKind
from train.annotated import CORPUS

Row = dict[str, Any]
LONGEST_TRIGGER = 6


class AnnotationError(Exception):
    """What is wrong with an annotation, one line a problem."""


class Resolver:
    """Resolves one document's quotes. A quote that stands several times: the whole word nearest to the clause."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.document = "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        self.problems: list[str] = []
        self._cursor = 0

    def statements(self, annotated: list[Row]) -> list[Row]:
        """The rows of all statements. Raises `AnnotationError` with every problem found."""
        rows = [self._statement(number, statement) for number, statement in enumerate(annotated, 1)]
        if self.problems:
            raise AnnotationError("\n".join(self.problems))
        return [row for row in rows if row is not None]

    def _statement(self, number: int, statement: Row) -> Row | None:
        clause = statement.get("clause") or ""
        at = self.text.find(clause, self._cursor)
        at = at if at >= 0 else self.text.find(clause)
        if not clause or at < 0:
            self.problems.append(f"statement {number}: clause not in the text: {clause[:80]!r}")
            return None
        self._cursor = at
        found = _Statement(self, number, at, at + len(clause))
        return found.row(statement)


class _Statement:
    """One statement's quotes, sought around its clause."""

    def __init__(self, resolver: Resolver, number: int, start: int, end: int) -> None:
        self.resolver = resolver
        self.number = number
        self.start, self.end = start, end

    def _problem(self, message: str) -> None:
        self.resolver.problems.append(f"statement {self.number}: {message}")

    def _occurrences(self, quote: str) -> Iterator[int]:
        at = self.resolver.text.find(quote)
        while quote and at >= 0:
            yield at
            at = self.resolver.text.find(quote, at + 1)

    def _is_whole(self, at: int, quote: str) -> bool:
        before, after = self.resolver.text[at - 1 : at], self.resolver.text[at + len(quote) : at + len(quote) + 1]
        return not (before.isalnum() and quote[0].isalnum()) and not (after.isalnum() and quote[-1].isalnum())

    def span(self, quote: str | None, inside: bool = False) -> Row | None:
        """The quote's span, nearest to the clause; within it where `inside`."""
        if not quote:
            return None
        places = list(self._occurrences(quote))
        places = [at for at in places if self._is_whole(at, quote)] or places
        if inside:
            places = [at for at in places if self.start <= at and at + len(quote) <= self.end]
        if not places:
            self._problem(f"quote not found{' in the clause' if inside else ''}: {quote[:80]!r}")
            return None
        best = min(
            places, key=lambda at: 0 if self.start <= at < self.end else min(abs(at - self.start), abs(at - self.end))
        )
        return {"start": best, "end": best + len(quote), "text": quote}

    def _spans(self, quotes: list[str] | None) -> list[Row]:
        return [span for span in map(self.span, quotes or []) if span]

    def _check_labels(self, s: Row) -> None:
        event_type, mode = s.get("type"), s.get("mode")
        if s.get("kind") not in list(Kind):
            self._problem(f"kind {s.get('kind')!r}")
        if event_type is not None and event_type not in list(EventType):
            self._problem(f"type {event_type!r}")
        elif mode is not None and (event_type is None or mode not in MODES[EventType(event_type)]):
            self._problem(f"{mode!r} is not a mode of {event_type}")
        for name in set(s.get("ctx") or []) - set(CONTEXTS):
            self._problem(f"context {name!r}")
        for name in set(s.get("counts") or {}) - set(COUNT_NAMES):
            self._problem(f"count {name!r}")
        for _, kind in s.get("src") or []:
            if kind not in list(SourceKind):
                self._problem(f"source kind {kind!r}")
        if len((s.get("trigger") or "").split()) > LONGEST_TRIGGER:
            self._problem(f"trigger of more than {LONGEST_TRIGGER} words: {s['trigger']!r}")

    def _with_span(self, value: Row | None, names: tuple[str, ...]) -> Row | None:
        if not value:
            return None
        span = self.span(value.get("text")) or {"start": None, "end": None, "text": None}
        return {**span, **{name: value.get(name) for name in names}}

    def row(self, s: Row) -> Row:
        """The statement as a row of the corpus."""
        self._check_labels(s)
        sources = [(self.span(quote), kind) for quote, kind in s.get("src") or []]
        return {
            "document": self.resolver.document,
            "start": self.start,
            "end": self.end,
            "text": self.resolver.text[self.start : self.end],
            "trigger": self.span(s.get("trigger"), inside=True),
            "kind": s.get("kind"),
            "polarity": "negative" if s.get("neg") else "positive",
            "type": s.get("type"),
            "mode": s.get("mode"),
            "contexts": s.get("ctx") or [],
            "sources": [{**span, "source_kind": kind} for span, kind in sources if span],
            "cue": self.span(s.get("cue")),
            "actors": self._spans(s.get("actors")),
            "recipients": self._spans(s.get("recips")),
            "place": self._with_span(s.get("place"), ("country", "admin1", "precision")),
            "time": self._with_span(s.get("time"), ("from", "to", "granularity")),
            "condition": self.span(s.get("cond")),
            "likelihood": self.span(s.get("lik")),
            "counts": s.get("counts") or {},
            "loaded": self._spans(s.get("loaded")),
        }


def without_quotes(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    """A row with every quotation of the text taken out, offsets kept."""
    if isinstance(value, dict):
        spanned = "start" in value
        return {key: without_quotes(part) for key, part in value.items() if not (spanned and key == "text")}
    return [without_quotes(part) for part in value] if isinstance(value, list) else value


def with_quotes(value: Any, text: str) -> Any:  # noqa: ANN401 - any JSON value
    """The reverse of `without_quotes`, from the text itself."""
    if isinstance(value, dict):
        full = {key: with_quotes(part, text) for key, part in value.items()}
        if value.get("start") is not None:
            full["text"] = text[value["start"] : value["end"]]
        return full
    return [with_quotes(part, text) for part in value] if isinstance(value, list) else value


def take(draft: Path, standoff: bool) -> dict[str, Any]:
    """Resolve one draft and write it into the corpus; returns the document's facts."""
    name = draft.name.removesuffix(".ann.json")
    raw = draft.with_name(name + ".txt").read_bytes()
    annotation = json.loads(draft.read_text(encoding="utf-8"))
    rows = Resolver(raw.decode("utf-8")).statements(annotation["statements"])
    folder = CORPUS / ("standoff" if standoff else "documents")
    folder.mkdir(parents=True, exist_ok=True)
    kept = without_quotes(rows) if standoff else rows
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept)
    (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    if not standoff:
        (folder / f"{name}.txt").write_bytes(raw)
    facts = {
        "published": annotation.get("published"),
        "countries": annotation.get("countries") or [],
        "genre": annotation.get("genre"),
        "statements": len(rows),
    }
    return facts | ({"sha256": hashlib.sha256(raw).hexdigest()} if standoff else {"title": annotation.get("title")})


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", nargs="+", type=Path)
    parser.add_argument("--standoff", action="store_true", help="keep offsets only, not the text")
    arguments = parser.parse_args()
    index = CORPUS / ("standoff.json" if arguments.standoff else "documents.json")
    documents = json.loads(index.read_text(encoding="utf-8")) if index.exists() else {}
    failed = 0
    for draft in arguments.drafts:
        try:
            documents[draft.name.removesuffix(".ann.json")] = take(draft, arguments.standoff)
        except (AnnotationError, json.JSONDecodeError, OSError) as error:
            failed += 1
            sys.stderr.write(f"{draft}: {error}\n")
    ordered = {name: documents[name] for name in sorted(documents)}
    index.write_text(json.dumps(ordered, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(arguments.drafts) - failed} documents taken, {failed} refused\n")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
