"""Chronicles with a key, of `train/answers/chronicles`: forecasts, and what later texts of one pile tell of them.

The other files hold reports written for one forecast each. In a record, a forecast meets every later sentence: most
have its names and words and settle nothing. So from each chronicle the network learns the sentences that readers
marked as telling the outcome, and beside them those that tempt or by their words come near, and do not. More that come
near have no label, and teachers say what they tell. `tellings` holds further reports, written for these forecasts one
by one, that tell an outcome in passing or seem to.
"""

import datetime
import random
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from foreshock.ledger.conditions import unconditioned
from foreshock.ledger.outcomes.answers import LABELS, Question
from foreshock.ledger.outcomes.sought import BEFORE, RAREST
from foreshock.ledger.words import rarity, stems
from foreshock.read.segment import sentences
from train.annotated import read_rows
from train.answers_pairs import ANSWERS, Foretold, Pair, Told

CHRONICLES: Final = ANSWERS / "chronicles"
TELLINGS: Final = ANSWERS / "tellings"
SEED: Final = 5
NEAR: Final = 8
"""Sentences of later texts that are nearest to a forecast by their words and are not marked, for a pair each."""
NEAR_BESIDE_READERS: Final = 4
"""As many of them where a reader has picked those that tempt."""
AROUND: Final = 3
"""Of what is left, the nearest in texts around the horizon, where an outcome is told most often."""
ANY: Final = 2
"""Others of later texts, by chance."""
OPEN: Final = 14
"""The next nearest, for an open pair each."""
TOLD_FOR_OTHERS: Final = 3
"""Tellings of the chronicle's other forecasts that are nearest to one, for an open pair each."""
FEW: Final = 3
"""As many nearest by their words, and no others, from forecasts that readers thought of: those are many."""
READERS_HELD_OUT: Final = ("tha", "zwe")
"""Chronicles of which what readers thought of only measures; their keys are learned from."""
_DAYS_AROUND = 45
"""Days on either side of the horizon that are around it."""
SHORTEST: Final = 12
"""Characters of the shortest sentence that is looked at."""
_BESIDE = 3.0
"""By how much a stem that stands only beside the clause weighs less."""
_NOTE = re.compile(r"This text was written as an example for Foreshock.*", re.DOTALL)


@dataclass(frozen=True)
class Text:
    """One text of a chronicle: the name of its file, which begins with its day, its title and its sentences."""

    name: str
    title: str
    sentences: tuple[str, ...]
    starts: tuple[int, ...]
    """Where each sentence begins, in code points of what is read: from the title's first letter on."""

    @property
    def day(self) -> datetime.date:
        """When it was published."""
        return datetime.date.fromisoformat(self.name[:10])

    @cached_property
    def stems(self) -> tuple[frozenset[str], ...]:
        """Of each sentence."""
        return tuple(frozenset(stems(one)) for one in self.sentences)

    def told(self, at: int) -> Told:
        """A sentence with the one before it."""
        return Told(self.sentences[at], self.sentences[at - 1] if at else "", self.name, self.title)


def read_text(path: Path) -> Text:
    """A text without its head and the note at its end."""
    body = _NOTE.sub("", path.read_text(encoding="utf-8").split("---\n", 2)[2]).strip().removeprefix("# ")
    spans = list(sentences(body))
    said = tuple(body[start:end].strip() for start, end in spans)
    return Text(path.name, body.splitlines()[0], said, tuple(start for start, _ in spans))


@dataclass(frozen=True)
class Marks:
    """Sentences of later texts, each by its text and its place there, and what they tell of one forecast."""

    label: Mapping[tuple[str, int], int]
    unsure: frozenset[tuple[str, int]] = frozenset()
    """Of which one could argue."""
    near: frozenset[tuple[str, int]] = frozenset()
    """Which a careless reader would take for an answer."""
    whole: bool = False
    """Whether every sentence was read with the forecast in mind, and not only the plainest picked."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a forecast, or of many: pairs with a label, and open questions."""

    labelled: list[Pair]
    open: list[Question]


@dataclass(frozen=True)
class Heard:
    """A forecast's name, clause and passage, the sentences that answer it, and others that settle nothing."""

    key: str
    clause: str
    passage: str
    answers: tuple[str, ...]
    others: tuple[str, ...]
    labels: Mapping[str, int] = field(default_factory=dict)
    """What each sentence that answers it tells, an index into `LABELS`, by its `plain` words."""


@dataclass(frozen=True)
class Reader:
    """One forecast as the reader of a chronicle has it: its name, its horizon, the later texts and what is marked."""

    key: str
    forecast: Foretold
    by: datetime.date
    later: list[Text]
    marks: Marks
    thought_of: bool = False
    """Whether it stands in no text: a reader thought of it."""

    def sentences(self) -> Iterator[tuple[tuple[str, int], Told]]:
        """Those of later texts, each with its place."""
        for text in self.later:
            for at in range(len(text.sentences)):
                yield (text.name, at), text.told(at)


def of_key(folder: Path) -> Iterator[Reader]:
    """The forecasts of one chronicle's key, which stand in its texts."""
    yield from _of_key(folder, _texts(folder))


def _of_key(folder: Path, texts: Sequence[Text]) -> Iterator[Reader]:
    read = _marks(folder / "marks.jsonl", texts)
    for key in read_rows(folder / "key.jsonl"):
        own = next(text for text in texts if text.name == key["document"])
        later = _later_than(own, texts)
        marks = read.get(key["id"]) or Marks(_evidence(key, later))
        yield Reader(key["id"], _foretold(key, own), datetime.date.fromisoformat(key["by"]), later, marks)


def of_readers(folder: Path) -> Iterator[Reader]:
    """Forecasts that readers of one chronicle thought of, as they could stand in its texts, if there are any."""
    yield from _of_readers(folder, _texts(folder))


def _of_readers(folder: Path, texts: Sequence[Text]) -> Iterator[Reader]:
    path = folder / "foretold.jsonl"
    read = _marks(path, texts)
    for row in read_rows(path) if path.exists() else ():
        own = next(text for text in texts if text.name == row["document"])
        forecast = Foretold(row["claim"], row["forecast"], row["context"], own.name, own.name)
        by = datetime.date.fromisoformat(row["by"])
        yield Reader(row["id"], forecast, by, _later_than(own, texts), read[row["id"]], thought_of=True)


def learned_of(folder: Path) -> Iterator[Reader]:
    """All forecasts of one chronicle that are learned from."""
    texts = _texts(folder)
    yield from _of_key(folder, texts)
    if folder.name not in READERS_HELD_OUT:
        yield from _of_readers(folder, texts)


def readers_held_out(folder: Path = CHRONICLES) -> list[Pair]:
    """What only measures: forecasts that readers thought of, with all that they marked as telling or tempting."""
    return [
        Pair(one.forecast.asked(told), one.marks.label.get(place, LABELS.index("neither")))
        for name in READERS_HELD_OUT
        for one in of_readers(folder / name)
        for place, told in one.sentences()
        if place in one.marks.label or place in one.marks.near
    ]


def _texts(folder: Path) -> list[Text]:
    return [read_text(path) for path in sorted(folder.glob("*.md"))]


def _later_than(own: Text, texts: Sequence[Text]) -> list[Text]:
    return [text for text in texts if text.name[:10] > own.name[:10]]


def heard(folder: Path) -> Iterator[Heard]:
    """Each forecast of one chronicle's key with the sentences of later texts; those one could argue of are left out."""
    for one in of_key(folder):
        label = one.marks.label
        later = [(place, told.text) for place, told in one.sentences()]
        yield Heard(
            one.key,
            one.forecast.clause,
            f"{one.forecast.before} {one.forecast.sentence}".strip(),
            tuple(sentence for place, sentence in later if place in label),
            tuple(sentence for place, sentence in later if place not in label and place not in one.marks.unsure),
            {plain(sentence): label[place] for place, sentence in later if place in label},
        )


def unmarked(folder: Path) -> Iterator[tuple[Reader, list[Told]]]:
    """Each forecast of one chronicle, and the sentences of later texts that a reader passed over."""
    for one in learned_of(folder):
        marked = one.marks.label.keys() | one.marks.unsure | one.marks.near
        told = [told for place, told in one.sentences() if len(told.text) >= SHORTEST and place not in marked]
        yield one, told


def asked_of(folder: Path, tellings: Path, rng: random.Random) -> Iterator[Asked]:
    """What is asked of each forecast of one chronicle; `tellings` holds what was written for it, if anything was."""
    written = _tellings(tellings)
    for one in learned_of(folder):
        forecast = one.forecast
        around = {text.name for text in one.later if abs((text.day - one.by).days) <= _DAYS_AROUND}
        found = _answered(one, around, rng)
        mine = written.get(one.key, [])
        theirs = [told for other, pool in written.items() if other != one.key for told, _ in pool]
        wanted = forecast.stems
        theirs.sort(key=lambda told: (-len(wanted & told.stems), told.text))
        yield Asked(
            [*found.labelled, *(Pair(forecast.asked(told), label) for told, label in mine)],
            [*found.open, *(forecast.asked(told) for told in theirs[:TOLD_FOR_OTHERS])],
        )


def chronicle_pairs(folder: Path = CHRONICLES, tellings: Path = TELLINGS) -> Asked:
    """The pairs of every chronicle that is learned from."""
    rng = random.Random(SEED)
    every = Asked([], [])
    for path in sorted(folder.iterdir()):
        for one in asked_of(path, tellings / f"{path.name}.jsonl", rng) if path.is_dir() else ():
            every.labelled.extend(one.labelled)
            every.open.extend(one.open)
    return every


def _tellings(path: Path) -> dict[str, list[tuple[Told, int]]]:
    """Reports that were written for a chronicle's forecasts, each with its label, by the forecast's id."""
    return {
        row["id"]: [
            (Told(one["text"], one["before"], path.stem, one["title"]), LABELS.index(one["label"]))
            for one in row["reports"]
        ]
        for row in (read_rows(path) if path.exists() else ())
    }


def plain(words: str) -> str:
    """Letters and figures alone, in lower case: a mark of quotation more or less does not make another sentence."""
    return re.sub(r"\W+", " ", words).strip().lower()


def _foretold(key: Mapping[str, Any], text: Text) -> Foretold:
    """A key's forecast with the sentence that it stands in. Raises ValueError where the text has none."""
    quote = plain(key["quote"])
    at = next((n for n, one in enumerate(text.sentences) if quote in plain(one)), None)
    if at is None:
        raise ValueError(f"{text.name}: {key['id']} stands in no sentence of it")
    condition = key["condition"] or None
    clause, sentence, before = (
        unconditioned(words, condition).strip()
        for words in (key["quote"], text.sentences[at], " ".join(text.sentences[max(0, at - BEFORE) : at]))
    )
    return Foretold(clause, sentence, before, text.name, text.name)


def _marks(path: Path, texts: Sequence[Text]) -> dict[str, Marks]:
    """What a reader of the whole chronicle marked, by the forecast's id; nothing where nobody did. A mark is the name
    of a text and where the sentence begins, `2020-05-18-a-deal.md@210`. Raises ValueError where none begins there."""
    places = {f"{text.name}@{start}": (text.name, at) for text in texts for at, start in enumerate(text.starts)}

    def at(row: Mapping[str, Any], sort: str) -> list[tuple[str, int]]:
        if lost := [mark for mark in row[sort] if mark not in places]:
            raise ValueError(f"{path}: {row['id']} marks {lost[0]}, where no sentence begins")
        return [places[mark] for mark in row[sort]]

    return {
        row["id"]: Marks(
            {place: label for label, sort in enumerate(LABELS[:2]) for place in at(row, sort)},
            frozenset(at(row, "unsure")),
            frozenset(at(row, "near")),
            whole=True,
        )
        for row in (read_rows(path) if path.exists() else ())
    }


def _evidence(key: Mapping[str, Any], later: Sequence[Text]) -> dict[tuple[str, int], int]:
    """The label of each sentence of later texts, by its text and place, that the key marks as telling the outcome."""
    found = {}
    for told in key["evidence"]:
        wanted = plain(told["sentence"])
        for text in later:
            for at, sentence in enumerate(text.sentences if text.name == told["document"] else ()):
                held = plain(sentence)
                if wanted in held or (len(held) > 2 * SHORTEST and held in wanted):
                    found[text.name, at] = LABELS.index(told["says"])
    return found


def _answered(asked: Reader, around: Collection[str], rng: random.Random) -> Asked:
    """The forecast with the sentences marked, each twice, with those that tempt, and with some that are not marked.
    `around` names the texts around its horizon. Open are those one could argue of, the next nearest, and, where only
    the plainest were picked, what stands next to them and may tell the same."""
    forecast, marks = asked.forecast, asked.marks
    beside = {(name, at + step) for name, at in marks.label for step in (-1, 0, 1)}
    left = marks.unsure if marks.whole else beside
    found = Asked([], [])
    others: list[tuple[float, str, Told]] = []
    weights = _weights(forecast)
    neither = LABELS.index("neither")
    for text in asked.later:
        for at, sentence in enumerate(text.sentences):
            place = text.name, at
            if (label := marks.label.get(place)) is not None:
                found.labelled.extend([Pair(forecast.asked(text.told(at)), label)] * 2)
            elif place in marks.near:
                found.labelled.append(Pair(forecast.asked(text.told(at)), neither))
            elif len(sentence) >= SHORTEST and place in left:
                found.open.append(forecast.asked(text.told(at)))
            elif len(sentence) >= SHORTEST:
                others.append((-_nearness(weights, text, at), f"{text.name} {at:03}", text.told(at)))
    others.sort(key=lambda one: one[:2])
    chosen = others[:FEW] if asked.thought_of else _others(others, marks.whole, around, rng)
    found.labelled.extend(Pair(forecast.asked(told), neither) for _, _, told in chosen)
    rest = [one for one in others[NEAR_BESIDE_READERS if marks.whole else NEAR :] if one not in chosen]
    found.open.extend(forecast.asked(told) for _, _, told in rest[:OPEN])
    return found


def _others(
    others: Sequence[tuple[float, str, Told]], whole: bool, around: Collection[str], rng: random.Random
) -> list[tuple[float, str, Told]]:
    """Of the sentences that are not marked, the nearest first: some of them, of those `around`, and of all the rest."""
    nearest = NEAR_BESIDE_READERS if whole else NEAR
    near, rest = list(others[:nearest]), others[nearest:]
    near += [one for one in rest if one[2].source in around][:AROUND]
    rest = [one for one in rest if one not in near]
    return [*near, *rng.sample(rest, min(ANY, len(rest)))]


def _weights(forecast: Foretold) -> dict[str, float]:
    """The forecast's stems by rarity; less for those that stand only beside its clause."""
    beside = {word: min(rarity(word), RAREST) / _BESIDE for word in stems(f"{forecast.before} {forecast.sentence}")}
    return beside | {word: min(rarity(word), RAREST) for word in stems(forecast.clause)}


def _nearness(weights: Mapping[str, float], text: Text, at: int) -> float:
    """The weight of the forecast's stems in a sentence; half for those in the sentence before it."""
    inside, before = text.stems[at], text.stems[at - 1] if at else frozenset()
    told = sum(weight for word, weight in weights.items() if word in inside)
    return told + sum(weight / 2 for word, weight in weights.items() if word in before)
