"""What people rule in the ledger: what is refused, what counts on which day and for which question, what is kept."""

import datetime
import json
from pathlib import Path

import pytest
from alembic import command
from click.testing import CliRunner, Result
from fastapi.testclient import TestClient
from msgspec.structs import replace
from sqlalchemy import create_engine

from foreshock.cli import main
from foreshock.desk.app import create_app
from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.sharpening import Sharper, sharper_criterion
from foreshock.model.prediction import Criterion, Outcome
from foreshock.model.span import Span
from foreshock.model.statement import statement_id
from foreshock.model.vocabulary import EventType, Kind
from foreshock.record.ledger_tables import prediction_rulings
from foreshock.record.reread import replace_readings
from foreshock.record.store import Record, migration_config
from foreshock.record.tables import captures, documents
from tests.ledger.conftest import ABSENT, FORECAST, Text, forecast, op_ed, quiet_reports, raid, report

MAY = datetime.date(2023, 5, 20)
JULY = datetime.date(2023, 7, 31)
TANKS = Criterion(words="tanks in Shebekino")


def _held(record: Record, *more: Text) -> str:
    """The id of the forecast that a raid on Shebekino is likely by the end of June 2023, in a record that holds it."""
    record.keep([text.entry() for text in (forecast(), *more)])
    book = Book(record, JULY)
    book.update()
    return next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)


def _ran(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["ledger", *words, "--record", str(tmp_path / "record.sqlite")])


@pytest.mark.parametrize(
    ("by", "why"), [("9999-12-31", "fifty years"), ("2073-05-02", "fifty"), ("2023-04-30", "before")]
)
def test_a_horizon_too_far_off_or_before_the_prediction_is_refused(
    record: Record, tmp_path: Path, by: str, why: str
) -> None:
    identity = _held(record)
    done = _ran(tmp_path, "sharpen", identity, "--by", by, "--person", "Amal")
    assert done.exit_code == 2 and why in done.output
    assert Book(record, JULY).entry(identity).rulings == ()
    assert _ran(tmp_path, "sharpen", identity, "--by", "2073-04-30", "--person", "Amal").exit_code == 0


def test_a_horizon_kept_from_before_such_were_refused_does_not_stop_resolving(record: Record) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.sharpen(identity, TANKS, datetime.date(2073, 4, 30), "Amal", "")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(by=datetime.date.max))
    book.resolve()
    assert book.entry(identity).proposal is not None
    assert book.entry(identity).sharpened.by == datetime.date(2073, 5, 1)


def test_a_ruling_counts_from_the_day_of_its_view_on(record: Record, tmp_path: Path) -> None:
    identity = _held(record, raid())
    Book(record, JULY).resolve()
    later = datetime.date(2023, 12, 31)
    assert Book(record, later).confirm(identity, "Amal").ruling is not None
    assert Book(record, JULY).entry(identity).rulings == ()
    scored = _ran(tmp_path, "scores", "--confirmed", "--as-of", "2023-07-31", "--format", "json")
    assert scored.stdout.strip() == "[]"
    done = _ran(tmp_path, "confirm", identity, "--as-of", "2023-07-31", "--person", "Bora")
    assert done.exit_code == 0
    seen = Book(record, JULY).entry(identity).ruling
    assert seen is not None and (seen.person, seen.as_of) == ("Bora", JULY)
    assert [one.person for one in Book(record, later).entry(identity).rulings] == ["Amal", "Bora"]


def test_sharpening_as_of_a_day_is_resolved_as_of_that_day_and_no_earlier(record: Record, tmp_path: Path) -> None:
    identity = _held(record, raid())
    told = ("--by", "2023-05-31", "--person", "Amal")
    done = _ran(tmp_path, "sharpen", identity, *told, "--as-of", "2023-07-31")
    assert done.exit_code == 0 and "resolve --as-of 2023-07-31" in done.output
    assert Book(record, MAY).entry(identity).sharpened.by == datetime.date(2023, 6, 30)
    book = Book(record, JULY)
    book.resolve()
    assert book.entry(identity).sharpened.by == datetime.date(2023, 5, 31)
    assert book.entry(identity).outcome is not Outcome.TRUE


def test_nobody_rules_as_of_a_day_yet_to_come(record: Record) -> None:
    identity = _held(record)
    Book(record, datetime.date(9999, 12, 31)).overrule(identity, Outcome.VOID, "Amal", "a film")
    assert Book(record).entry(identity).outcome is Outcome.VOID


def test_a_ruling_from_before_its_day_was_kept_counts_in_every_view(record: Record) -> None:
    identity = _held(record)
    Book(record).overrule(identity, Outcome.VOID, "Amal", "a film")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(as_of=None, proposed=None))
    assert Book(record, MAY).entry(identity).outcome is Outcome.VOID


@pytest.mark.parametrize(
    "words", [("show",), ("confirm", "--person", "A"), ("overrule", "void", "--reason", "x", "--person", "A"),
              ("sharpen", "--words", "x", "--person", "A")],
)  # fmt: skip
def test_what_was_foretold_after_the_day_is_not_known(record: Record, tmp_path: Path, words: tuple[str, ...]) -> None:
    identity = _held(record)
    done = _ran(tmp_path, words[0], identity, *words[1:], "--as-of", "2023-04-30")
    assert done.exit_code == 2 and "made on 2023-05-01" in done.output
    assert Book(record).entry(identity).rulings == ()


def test_what_is_pending_is_not_confirmed_so_that_a_later_proposal_counts(record: Record) -> None:
    identity = _held(record)
    book = Book(record, MAY)
    book.resolve()
    with pytest.raises(UsageError, match="settles nothing"):
        book.confirm(identity, "Amal")
    record.keep([raid().entry()])
    later = Book(record, JULY)
    later.resolve()
    assert later.entry(identity).outcome is Outcome.TRUE


def test_a_confirmed_pending_from_before_settles_nothing(record: Record) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    book.confirm(identity, "Amal")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(outcome="pending"))
    entry = book.entry(identity)
    assert entry.ruling is None and entry.outcome is Outcome.TRUE and len(entry.rulings) == 1


def test_sharpening_asks_another_question_than_what_was_ruled_and_proposed_before(record: Record) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    book.confirm(identity, "Amal")
    entry = book.sharpen(identity, TANKS, None, "Bora", "too wide")
    assert [one.action for one in entry.rulings] == ["confirm", "sharpen"]
    assert entry.ruling is None and entry.outcome is Outcome.PENDING
    with pytest.raises(UsageError, match="sharpened since"):
        book.confirm(identity, "Amal")
    book.overrule(identity, Outcome.FALSE, "Amal", "there were no tanks")
    assert book.entry(identity).outcome is Outcome.FALSE
    book.resolve()
    assert not book.entry(identity).lapsed


def test_what_was_proposed_is_kept_with_the_ruling_and_shown(record: Record, tmp_path: Path) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    proposal = book.entry(identity).proposal
    assert proposal is not None
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    book.sharpen(identity, TANKS, datetime.date(2023, 5, 31), "Bora", "")
    book.resolve()
    entry = book.entry(identity)
    assert entry.proposal is not None and entry.proposal.outcome is not proposal.outcome
    told = entry.rulings[0].proposed
    assert told is not None
    assert (told.outcome, told.reason, told.as_of) == (proposal.outcome, proposal.reason, JULY)
    shown = _ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output
    assert f"proposed then: true, as of 2023-07-31: {proposal.reason}" in shown
    assert "false, Amal" in shown


def test_a_ruling_on_what_says_it_again_stands_on_the_first(record: Record, tmp_path: Path) -> None:
    again = Text(f"Once more. {FORECAST}", "2023-05-08", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    identity = _held(record, again, raid())
    book = Book(record, JULY)
    book.resolve()
    repeat = next(one.prediction for one in book.entries(Wanted(repeats=True)) if one.prediction.made.day == 8)
    assert book.entry(repeat.id).says_again == identity and book.entry(identity).says_again is None
    where = ("--person", "Amal", "--as-of", "2023-07-31")
    done = _ran(tmp_path, "confirm", repeat.id, *where)
    assert f"{repeat.id} says again what {identity} says" in done.output and "confirmed: true" in done.output
    done = _ran(tmp_path, "overrule", repeat.id, "void", "--reason", "a film", *where)
    assert f"{identity} overruled: void" in done.output
    assert [one.outcome for one in book.entries() if one.prediction.text == FORECAST] == [Outcome.VOID]
    assert {one.prediction for one in book.entry(repeat.id).rulings} == {identity}
    assert identity in _ran(tmp_path, "show", repeat.id, "--as-of", "2023-07-31").output


@pytest.mark.parametrize(
    ("person", "reason", "why"),
    [("Amal", "\udcff", "no text"), ("\udcff", "x", "no text"), ("Amal", "a\0b", "no text"),
     ("A" * 2001, "x", "2000"), ("Amal", "x" * 2001, "2000")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(record: Record, person: str, reason: str, why: str) -> None:
    identity = _held(record)
    book = Book(record)
    with pytest.raises(UsageError, match=why):
        book.overrule(identity, Outcome.VOID, person, reason)
    with pytest.raises(UsageError, match=why):
        book.sharpen(identity, TANKS, None, person, reason)
    with pytest.raises(UsageError, match="no text"):
        book.sharpen(identity, Criterion(words="\udcff"), None, "Amal", "")
    assert book.entry(identity).rulings == ()
    assert book.overrule(identity, Outcome.VOID, "A" * 2000, "é" * 2000).outcome is Outcome.VOID


def test_a_record_from_before_keeps_its_rulings_and_knows_what_its_proposals_answer(
    record: Record, tmp_path: Path
) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.sharpen(identity, TANKS, None, "Amal", "")
    book.resolve()
    book.overrule(identity, Outcome.VOID, "Bora", "a film")
    record.close()
    config = migration_config()
    engine = create_engine(f"sqlite:///{tmp_path / 'record.sqlite'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0011")
    engine.dispose()
    with Record(str(tmp_path / "record.sqlite")) as migrated:
        entry = Book(migrated, JULY).entry(identity)
        assert [(one.action, one.as_of, one.proposed) for one in entry.rulings] == [
            ("sharpen", None, None), ("overrule", None, None),
        ]  # fmt: skip
        assert entry.outcome is Outcome.VOID and not entry.lapsed
        assert entry.proposal is not None and entry.proposal.sharpening == entry.rulings[0].number


def test_a_name_that_is_no_text_names_no_prediction(record: Record) -> None:
    _held(record)
    with pytest.raises(UsageError, match="no prediction's id"):
        Book(record).entry("\udcff")


def _criterion(record: Record, identity: str) -> Criterion:
    return Book(record).entry(identity).sharpened.criterion


def test_another_type_takes_the_mode_of_the_old_one_along_and_the_original_stays(
    record: Record, tmp_path: Path
) -> None:
    identity = _held(record)
    before = _criterion(record, identity)
    assert (before.type, before.mode) == ("ASSAULT", "x-raid")
    assert _ran(tmp_path, "sharpen", identity, "--type", "coerce", "--person", "Amal").exit_code == 0
    now = _criterion(record, identity)
    assert (now.type, now.mode, now.words) == ("COERCE", None, before.words)
    assert _ran(tmp_path, "sharpen", identity, "--mode", "Seize", "--person", "Amal").exit_code == 0
    assert _criterion(record, identity).mode == "seize"
    assert Book(record).entry(identity).prediction.criterion == before
    refused = _ran(tmp_path, "sharpen", identity, "--mode", "x-raid", "--person", "Amal")
    assert refused.exit_code == 2 and "not a mode of COERCE" in refused.output


def test_mechanisms_actors_and_region_are_sharpened_and_taken_away(record: Record, tmp_path: Path) -> None:
    identity = _held(record)
    told = ("--mechanism", "Spillover", "--mechanism", "arms_diffusion", "--actor", "Free Russia", "--actor", "Militia")
    done = _ran(tmp_path, "sharpen", identity, *told, "--admin1", "belgorod oblast", "--person", "Amal")
    assert done.exit_code == 0, done.output
    now = _criterion(record, identity)
    assert now.mechanisms == ("spillover", "arms_diffusion") and now.actors == ("Free Russia", "Militia")
    assert (now.place, now.admin1) == ("Shebekino", "Belgorod Oblast")
    shown = _ran(tmp_path, "show", identity).output
    assert shown.count("ASSAULT x-raid; spillover; arms_diffusion; Free Russia; Militia; in Shebekino, Belgorod") == 2
    assert _ran(tmp_path, "sharpen", identity, "--place", "Kursk", "--actor", "", "--person", "Amal").exit_code == 0
    now = _criterion(record, identity)
    assert (now.place, now.admin1, now.actors) == ("Kursk", None, ()) and now.mechanisms
    for wrong, why in (("--mechanism", "not a mechanism"), ("--admin1", "no first-level region")):
        refused = _ran(tmp_path, "sharpen", identity, wrong, "Nowhere", "--person", "Amal")
        assert refused.exit_code == 2 and why in refused.output


def test_a_region_asked_for_is_where_it_counts(record: Record) -> None:
    elsewhere = report(
        "2023-06-02", "First", "Armed men raided Graivoron on Thursday and left.", "raided", type_=EventType.ASSAULT,
        mode="x-raid", place="Graivoron",
    )  # fmt: skip
    place = elsewhere.statements[0].place
    assert place is not None
    elsewhere.statements[0] = replace(elsewhere.statements[0], place=replace(place, admin1="Belgorod Oblast"))
    identity = _held(record, elsewhere)
    book = Book(record, JULY)
    wider = Sharper(words="Armed men will raid a border town by the end of June", place="", admin1="Belgorod Oblast")
    book.sharpen(identity, sharper_criterion(_criterion(record, identity), wider), None, "Amal", "")
    book.resolve()
    proposal = book.entry(identity).proposal
    assert proposal is not None and "at Belgorod Oblast" in proposal.evidence[0].why


def test_a_country_asked_for_is_the_one_whose_coverage_counts_and_under_which_it_is_scored(
    record: Record, tmp_path: Path
) -> None:
    column = op_ed(
        "The Orlov column will enter Lipetsk before the end of June.", "enter", country=None, by="2023-06-30"
    )
    denials = [
        report(day, outlet, words, "enter", place="Lipetsk", negative=True)
        for day, outlet, words in (
            ("2023-07-02", "Second", "The Orlov column did not enter Lipetsk in June."),
            ("2023-07-05", "Third", "A paper wrote that the Orlov column did not enter Lipetsk."),
        )
    ]
    book = Book(record, JULY)
    record.keep([column.entry()])
    book.update()  # before the record says what its outlets usually write about
    record.keep([text.entry() for text in (*denials, *quiet_reports())])
    book.resolve()
    [found] = book.entries()
    identity, before = found.prediction.id, book.entry(found.prediction.id).proposal
    assert before is not None and before.coverage is not None and "no country is known" in before.coverage.why
    told = ("--country", "RUS", "--type", "ASSAULT", "--person", "Amal", "--as-of", "2023-07-31")
    assert _ran(tmp_path, "sharpen", identity, *told).exit_code == 0
    book.resolve()
    entry = book.entry(identity)
    assert entry.outcome is Outcome.FALSE
    assert (entry.sharpened.country, entry.sharpened.countries) == ("RUS", ("RUS",))
    assert (entry.prediction.country, entry.prediction.countries) == (None, ())
    for what, name in (("country", "RUS"), ("topic", "ASSAULT")):
        scored = _ran(tmp_path, "scores", "--by", what, "--as-of", "2023-07-31", "--format", "json")
        assert [one["name"] for one in json.loads(scored.stdout)] == [name]


def test_the_desk_offers_a_country_that_only_a_person_asked_for(record: Record, tmp_path: Path) -> None:
    identity = _held(record)
    with TestClient(create_app(record)) as desk:
        assert ">Belarus</option>" not in desk.get("/ledger?as_of=2023-07-31").text
        assert _ran(tmp_path, "sharpen", identity, "--country", "BLR", "--who", "Amal").exit_code == 0
        for address in ("/ledger", "/predictions"):
            assert ">Belarus</option>" in desk.get(address).text


def test_a_country_given_takes_the_place_of_the_one_before_and_one_taken_away_leaves_it(
    record: Record, tmp_path: Path
) -> None:
    identity = _held(record)
    before = Book(record).entry(identity).prediction
    assert (before.criterion.country, before.country, before.countries) == ("RUS", "RUS", ("RUS",))
    assert _ran(tmp_path, "sharpen", identity, "--country", "", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.criterion.country, now.country, now.countries) == (None, "RUS", ("RUS",))
    assert _ran(tmp_path, "sharpen", identity, "--country", "BLR", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.country, now.countries) == ("BLR", ("BLR",))
    assert _ran(tmp_path, "sharpen", identity, "--country", "UKR", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.country, now.countries) == ("UKR", ("UKR",))
    found = {country: Book(record).entries(Wanted(country=country)) for country in ("RUS", "UKR")}
    assert [one.prediction.id for one in found["UKR"]] == [identity]
    assert identity not in {one.prediction.id for one in found["RUS"]}


def test_a_text_without_a_date_that_is_read_anew_keeps_the_day_first_assumed_and_its_rulings(record: Record) -> None:
    text = forecast()
    text.document = replace(text.document, published=None, published_granularity=None)
    record.keep([text.entry()])
    first = datetime.datetime(2023, 5, 1, 9, tzinfo=datetime.UTC)
    with record.begin(writing=True) as connection:
        connection.execute(captures.update().values(captured_at=first))
        connection.execute(documents.update().values(read_at=first))
    book = Book(record, JULY)
    book.resolve()
    identity = next(one.prediction.id for one in book.entries() if one.prediction.text == FORECAST)
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    reading = text.entry().reading
    assert reading is not None
    replace_readings(record, [replace(reading, model="newer")])
    assert book.update() == 2
    entry = book.entry(identity)
    assert (entry.prediction.made, entry.prediction.undated) == (first.date(), True)
    assert entry.outcome is Outcome.FALSE and [one.person for one in entry.rulings] == ["Amal"]


def test_a_ruling_stands_when_an_earlier_text_turns_out_to_say_the_same(record: Record, tmp_path: Path) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.resolve()
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    before = Text(f"For the first time. {FORECAST}", "2023-04-20", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    record.keep([before.entry()])
    book.update()
    [first] = [one for one in book.entries() if one.prediction.text == FORECAST]
    assert first.prediction.made == datetime.date(2023, 4, 20) and first.repeats == 1
    assert (first.outcome, [one.person for one in first.rulings]) == (Outcome.VOID, ["Amal"])
    shown = _ran(tmp_path, "show", first.prediction.id, "--as-of", "2023-07-31").output
    assert f"a film (on {identity}, which says the same)" in shown
    assert Book(record, datetime.date(2023, 4, 30)).entry(first.prediction.id).rulings == ()
    with TestClient(create_app(record)) as desk:
        page = desk.get(f"/ledger/{first.prediction.id}?as_of=2023-07-31").text
    assert f'on <a href="/ledger/{identity}?as_of=2023-07-31">another that says the same</a>' in page


def _read_anew(record: Record, text: Text, *without: str, trigger: str = "") -> None:
    """Put a newer reading of a text into the record: without the statements of these words, the first one's trigger
    moved to the word `trigger`."""
    reading = text.entry().reading
    assert reading is not None
    told = [one for one in reading.statements if one.text not in without]
    if trigger:
        start, end, word = text.span(trigger)
        moved = Span(start=start, end=end, text=word)
        told[0] = replace(told[0], id=statement_id(told[0].document, start, end), trigger=moved)
    replace_readings(record, [replace(reading, model="newer", statements=tuple(told))])


def test_what_people_ruled_goes_along_when_a_newer_reading_moves_the_trigger(record: Record) -> None:
    identity = _held(record, raid())
    book = Book(record, JULY)
    book.overrule(identity, Outcome.FALSE, "Amal", "it was another village")
    book.sharpen(identity, TANKS, None, "Bora", "too wide")
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    _read_anew(record, forecast(), trigger="likely")
    book.update()
    [entry] = [one for one in book.entries() if one.prediction.text == FORECAST]
    assert entry.prediction.id != identity and entry.outcome is Outcome.VOID
    assert [(one.person, one.prediction) for one in entry.rulings] == [
        (person, entry.prediction.id) for person in ("Amal", "Bora", "Amal")
    ]
    assert entry.sharpened.criterion.words == TANKS.words and book.stranded() == []
    [other] = [one for one in book.entries() if one.prediction.text == ABSENT]
    assert other.rulings == ()


def test_what_people_ruled_goes_along_when_a_newer_reader_passes_over_what_states_odds_outright(record: Record) -> None:
    identity = _held(record)
    book = Book(record, JULY)
    book.overrule(identity, Outcome.VOID, "Amal", "a film")
    _read_anew(record, forecast(), FORECAST)
    book.update()
    [entry] = [one for one in book.entries() if one.prediction.start == 0]
    assert entry.prediction.id != identity and entry.outcome is Outcome.VOID


def test_what_rests_on_what_a_newer_reading_lacks_says_so_until_it_is_looked_at_anew(
    record: Record, tmp_path: Path
) -> None:
    shown = raid()
    identity = _held(record, shown)
    book = Book(record, JULY)
    book.resolve()
    assert "newer reading" not in _ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output
    _read_anew(record, shown, trigger="Armed")
    _read_anew(record, shown, trigger="men")
    entry = book.entry(identity)
    assert entry.outcome is Outcome.TRUE and entry.proposal is not None and entry.proposal.evidence == ()
    told = " ".join(_ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output.split())
    assert told.count("a newer reading lacks some of what it rests on: foreshock ledger resolve looks") == 1
    book.resolve()
    assert "newer reading" not in _ran(tmp_path, "show", identity, "--as-of", "2023-07-31").output


def test_a_ruling_does_not_go_to_a_prediction_that_stood_beside_its_own(record: Record) -> None:
    words = "Orlov will resign and Kursk will be raided before the end of June."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    text.say("Orlov will resign", "resign", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    raid = "Kursk will be raided before the end of June"
    text.say(raid, "raided", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    record.keep([text.entry()])
    book = Book(record, JULY)
    book.update()
    found = {one.prediction.text: one.prediction.id for one in book.entries()}
    book.overrule(found["Orlov will resign"], Outcome.TRUE, "Amal", "he resigned on 3 June")
    book.overrule(found[raid], Outcome.FALSE, "Amal", "no raid came")
    reading = text.entry().reading
    assert reading is not None
    grown = replace(reading.statements[0], start=0, end=len(words), text=words)
    replace_readings(record, [replace(reading, model="newer", statements=(grown,))])
    book.update()
    [entry] = book.entries()
    assert entry.outcome is Outcome.TRUE and [one.reason for one in entry.rulings] == ["he resigned on 3 June"]
    assert [one.reason for _, one in book.stranded()] == ["no raid came"]


def test_rulings_on_what_a_newer_reading_no_longer_finds_are_listed(record: Record, tmp_path: Path) -> None:
    words = "The mayor will fall before the end of June."
    text = Text(f"{words} Prices rose in Kazan.", "2023-05-01", "Ledger", "Ada Writer")
    text.say(words, "fall", Kind.FORECAST, likelihood=("will", 0.8, 1.0), by="2023-06-30")
    text.say("Prices rose in Kazan.", "rose", place="Kazan")
    record.keep([text.entry()])
    book = Book(record, JULY)
    book.update()
    [entry] = book.entries()
    book.overrule(entry.prediction.id, Outcome.VOID, "Amal", "a film")
    assert book.stranded() == []
    reading = text.entry().reading
    assert reading is not None
    turned = [replace(one, kind=Kind.JUDGEMENT) for one in reading.statements if one.text == words]
    replace_readings(record, [replace(reading, model="newer", statements=(*turned, reading.statements[1]))])
    listed = _ran(tmp_path, "list", "--as-of", "2023-07-31")
    assert "1 ruling stands on a prediction that a newer reading no longer finds" in listed.output
    assert "see foreshock ledger stranded" in listed.output
    told = _ran(tmp_path, "stranded", "--as-of", "2023-07-31").output
    assert "overrule: void, Amal" in told and ": a film" in told and text.document.id in told
    [row] = json.loads(_ran(tmp_path, "stranded", "--as-of", "2023-07-31", "--format", "json").stdout)
    assert (row["document"], row["prediction"], row["reason"]) == (text.document.id, entry.prediction.id, "a film")
    assert "Every ruling stands" in _ran(tmp_path, "stranded", "--as-of", "2023-05-20").output
    with TestClient(create_app(record)) as desk:
        page = desk.get("/ledger?as_of=2023-07-31").text
        assert "1 ruling stands on" in page and "overrule: void · Amal" in page
        assert desk.get("/ledger.json?as_of=2023-07-31").json()["stranded_rulings"] == 1
        assert desk.get("/ledger.json?as_of=2023-05-20").json()["stranded_rulings"] == 0
