"""The encoder by which reports near to a forecast in meaning are found, and how the ledger keeps what it makes."""

import datetime
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import func, select, update

from foreshock.corroborate.copies.syndication import Syndication
from foreshock.errors import ModelError
from foreshock.ledger.book import Book
from foreshock.ledger.outcomes.meaning import LONGEST, WIDTH, Encoder, Meanings, Sentence, framed, shipped
from foreshock.model.prediction import Outcome
from foreshock.model.vocabulary import Kind
from foreshock.record.erasure import erase
from foreshock.record.ledger_tables import prediction_answers, report_meanings
from foreshock.record.store import Record
from foreshock.record.tables import documents
from tests.ledger.conftest import Text, quiet_reports, report

JULY = datetime.date(2023, 7, 31)
FORECAST = "The ministers will be dismissed before the end of June."
TOLD = "A new cabinet was sworn in at Kazan on Monday without any of its former members."


@pytest.mark.parametrize(
    ("forecast", "answer", "beside"),
    [
        (FORECAST, TOLD, "Pupils in Kazan were sent home on Monday without any of their books."),
        (
            "The strike at the port will not last a week.",
            "Dockers went back to their cranes on Monday.",
            "A strike of teachers in the capital has gone on for three weeks.",
        ),
    ],
)
def test_what_tells_the_outcome_in_other_words_is_nearer_than_another_matter(
    forecast: str, answer: str, beside: str
) -> None:
    nearness = Meanings(shipped(), {}).nearness(forecast, [Sentence("a", answer), Sentence("b", beside)])
    assert nearness[0] > nearness[1]


def test_a_vector_has_length_one_and_a_long_sentence_is_cut() -> None:
    assert len(framed(shipped().tokenizer, "word " * 500)) == LONGEST
    vector = shipped().vector("word " * 500)
    assert vector.shape == (WIDTH,)
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-4)


def texts() -> list[Text]:
    """A forecast, and a report of what came of it that shares no telling word with it."""
    foretold = Text(FORECAST, "2023-05-01", "Ledger", "Ada Writer")
    foretold.say(FORECAST, "dismissed", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0))
    return [foretold, report("2023-06-24", "Fourth", TOLD, "sworn", place="Kazan"), *quiet_reports()]


def kept(record: Record) -> int:
    """How many vectors the record holds."""
    with record.begin() as connection:
        return connection.scalar(select(func.count()).select_from(report_meanings)) or 0


@pytest.mark.slow
def test_a_report_that_shares_no_word_is_found_and_read(record: Record) -> None:
    record.keep([text.entry() for text in texts()], then=Syndication().take)
    book = Book(record, JULY)
    book.resolve()
    [entry] = book.entries()
    assert entry.outcome is Outcome.TRUE
    shown = book.entry(entry.prediction.id).proposal
    assert shown is not None and [one.text for one in shown.evidence] == [TOLD]


@pytest.mark.slow
def test_vectors_are_kept_made_once_and_go_with_their_document(record: Record) -> None:
    record.keep([text.entry() for text in texts()], then=Syndication().take)
    Book(record, JULY).resolve()
    held = kept(record)
    assert held == len({text.document.text for text in texts()[1:]})

    again = Book(record, JULY).resolver()
    for one in Book(record, JULY).entries():
        again.propose(one.sharpened)
    assert again.search.meanings.new == {}

    erase(record, texts()[1].document.id, "test", "A. Person")
    assert kept(record) == held - 1


@pytest.mark.slow
def test_a_document_erased_while_the_ledger_resolves_leaves_nothing(record: Record) -> None:
    record.keep([text.entry() for text in texts()], then=Syndication().take)
    gone = texts()[1].document.id
    Book(record, JULY).resolve(lambda done, of: _erase_once(record, gone))
    with record.begin() as connection:
        assert gone not in set(connection.scalars(select(report_meanings.c.document)))
        assert gone not in set(connection.scalars(select(prediction_answers.c.document)))


def _erase_once(record: Record, document: str) -> None:
    with record.begin() as connection:
        there = connection.scalar(select(documents.c.id).where(documents.c.id == document))
    if there:
        erase(record, document, "test", "A. Person")


@pytest.mark.slow
def test_what_another_encoder_made_is_made_anew(record: Record) -> None:
    record.keep([text.entry() for text in texts()], then=Syndication().take)
    Book(record, JULY).resolve()
    held = kept(record)
    with record.begin(writing=True) as connection:
        connection.execute(update(report_meanings).values(encoder="meaning-of-old", vector=b"\0" * 2 * WIDTH))
    Book(record, JULY).resolve()
    assert kept(record) == held
    with record.begin() as connection:
        assert set(connection.scalars(select(report_meanings.c.encoder))) == {shipped().version}


def test_a_damaged_encoder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "meaning-card.json").write_text('{"version": "x"}')
    with pytest.raises(ModelError, match="reinstall Foreshock"):
        Encoder(tmp_path)


def proposed(record: Record, *told: Text) -> Outcome:
    """What is proposed of the one prediction among these texts, in a watched country."""
    record.keep([text.entry() for text in (*told, *quiet_reports())], then=Syndication().take)
    book = Book(record, JULY)
    book.resolve()
    [entry] = book.entries()
    return entry.outcome


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "act", "expected"),
    [
        ("Orlov left the courtroom of Lipetsk in handcuffs, to begin nine years in prison.", "left", Outcome.TRUE),
        ("Orlov left the new swimming pool of Lipetsk by the back door.", "left", Outcome.PENDING),
    ],
)
def test_a_condition_may_be_told_in_other_words(record: Record, told: str, act: str, expected: Outcome) -> None:
    condition = "If the court convicts Governor Orlov"
    words = f"{condition}, the miners will block the road to Lipetsk before the end of June."
    foretold = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    foretold.say(
        words, "block", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0), place="Lipetsk",
        condition=condition,
    )  # fmt: skip
    court = report("2023-05-12", "Fourth", told, act, place="Lipetsk")
    road = report("2023-05-15", "Fifth", "Miners blocked the road to Lipetsk.", "blocked", place="Lipetsk")
    assert proposed(record, foretold, court, road) is expected


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("None of the kidnapped has come home to Kazan.", Outcome.FALSE),
        ("Nobody was hurt when a crane came down in Kazan.", Outcome.PENDING),
    ],
)
def test_a_no_that_shares_no_word_has_to_be_near_in_meaning(record: Record, told: str, expected: Outcome) -> None:
    words = "The hostages will be freed before the end of June."
    foretold = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    foretold.say(words, "freed", Kind.FORECAST, by="2023-06-30", likelihood=("will", 0.8, 1.0))
    later = report("2023-07-03", "Fourth", told, told.split(" ")[3], place="Kazan")
    assert proposed(record, foretold, later) is expected


SHORT = """
import resource
from foreshock.ledger.outcomes.answers import Question, shipped
from pathlib import Path
model = shipped()
held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (held + 1_000_000, resource.RLIM_INFINITY))
try:
    model.answers([Question("War will come", "War will come.", "War came. " * 200, "")])
except MemoryError:
    print("memory ran out")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a program holds is asked in Linux's way")
def test_a_network_for_which_memory_runs_out_says_so() -> None:
    done = subprocess.run([sys.executable, "-c", SHORT], capture_output=True, text=True, check=True)
    assert done.stdout == "memory ran out\n"
