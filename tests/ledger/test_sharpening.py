"""What people ask instead of what was foretold: another horizon, type, place or country, and what counts then."""

import datetime
import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from msgspec.structs import replace

from foreshock.desk.app import create_app
from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.ledger.sharpening import Sharper, sharper_criterion
from foreshock.model.prediction import Criterion, Outcome
from foreshock.model.vocabulary import EventType
from foreshock.record.ledger_tables import prediction_rulings
from foreshock.record.store import Record
from tests.ledger.conftest import JULY, TANKS, held, op_ed, quiet_reports, raid, ran, report

MAY = datetime.date(2023, 5, 20)


@pytest.mark.parametrize(
    ("by", "why"), [("9999-12-31", "fifty years"), ("2073-05-02", "fifty"), ("2023-04-30", "before")]
)
def test_a_horizon_too_far_off_or_before_the_prediction_is_refused(
    record: Record, tmp_path: Path, by: str, why: str
) -> None:
    identity = held(record)
    done = ran(tmp_path, "sharpen", identity, "--by", by, "--person", "Amal")
    assert done.exit_code == 2 and why in done.output
    assert Book(record, JULY).entry(identity).rulings == ()
    assert ran(tmp_path, "sharpen", identity, "--by", "2073-04-30", "--person", "Amal").exit_code == 0


def test_a_horizon_kept_from_before_such_were_refused_does_not_stop_resolving(record: Record) -> None:
    identity = held(record, raid())
    book = Book(record, JULY)
    book.sharpen(identity, TANKS, datetime.date(2073, 4, 30), "Amal", "")
    with record.begin(writing=True) as connection:
        connection.execute(prediction_rulings.update().values(by=datetime.date.max))
    book.resolve()
    assert book.entry(identity).proposal is not None
    assert book.entry(identity).sharpened.by == datetime.date(2073, 5, 1)


@pytest.mark.slow
def test_sharpening_as_of_a_day_is_resolved_as_of_that_day_and_no_earlier(record: Record, tmp_path: Path) -> None:
    identity = held(record, raid())
    told = ("--by", "2023-05-31", "--person", "Amal")
    done = ran(tmp_path, "sharpen", identity, *told, "--as-of", "2023-07-31")
    assert done.exit_code == 0 and "resolve --as-of 2023-07-31" in done.output
    assert Book(record, MAY).entry(identity).sharpened.by == datetime.date(2023, 6, 30)
    book = Book(record, JULY)
    book.resolve()
    assert book.entry(identity).sharpened.by == datetime.date(2023, 5, 31)
    assert book.entry(identity).outcome is not Outcome.TRUE


@pytest.mark.slow
def test_sharpening_asks_another_question_than_what_was_ruled_and_proposed_before(record: Record) -> None:
    identity = held(record, raid())
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


def _criterion(record: Record, identity: str) -> Criterion:
    return Book(record).entry(identity).sharpened.criterion


def test_another_type_takes_the_mode_of_the_old_one_along_and_the_original_stays(
    record: Record, tmp_path: Path
) -> None:
    identity = held(record)
    before = _criterion(record, identity)
    assert (before.type, before.mode) == ("ASSAULT", "x-raid")
    assert ran(tmp_path, "sharpen", identity, "--type", "coerce", "--person", "Amal").exit_code == 0
    now = _criterion(record, identity)
    assert (now.type, now.mode, now.words) == ("COERCE", None, before.words)
    assert ran(tmp_path, "sharpen", identity, "--mode", "Seize", "--person", "Amal").exit_code == 0
    assert _criterion(record, identity).mode == "seize"
    assert Book(record).entry(identity).prediction.criterion == before
    refused = ran(tmp_path, "sharpen", identity, "--mode", "x-raid", "--person", "Amal")
    assert refused.exit_code == 2 and "not a mode of COERCE" in refused.output


def test_mechanisms_actors_and_region_are_sharpened_and_taken_away(record: Record, tmp_path: Path) -> None:
    identity = held(record)
    told = ("--mechanism", "Spillover", "--mechanism", "arms_diffusion", "--actor", "Free Russia", "--actor", "Militia")
    done = ran(tmp_path, "sharpen", identity, *told, "--admin1", "belgorod oblast", "--person", "Amal")
    assert done.exit_code == 0, done.output
    now = _criterion(record, identity)
    assert now.mechanisms == ("spillover", "arms_diffusion") and now.actors == ("Free Russia", "Militia")
    assert (now.place, now.admin1) == ("Shebekino", "Belgorod Oblast")
    shown = ran(tmp_path, "show", identity).output
    told = "assault · raid; violence spreading; weapons adrift; Free Russia; Militia; in Shebekino, Belgorod Oblast"
    assert shown.count(told) == 2
    assert ran(tmp_path, "sharpen", identity, "--place", "Kursk", "--actor", "", "--person", "Amal").exit_code == 0
    now = _criterion(record, identity)
    assert (now.place, now.admin1, now.actors) == ("Kursk", None, ()) and now.mechanisms
    for wrong, why in (("--mechanism", "not a mechanism"), ("--admin1", "no first-level region")):
        refused = ran(tmp_path, "sharpen", identity, wrong, "Nowhere", "--person", "Amal")
        assert refused.exit_code == 2 and why in refused.output


def test_a_region_asked_for_is_where_it_counts(record: Record) -> None:
    elsewhere = report(
        "2023-06-02", "First", "Armed men raided Graivoron on Thursday and left.", "raided", type_=EventType.ASSAULT,
        mode="x-raid", place="Graivoron",
    )  # fmt: skip
    place = elsewhere.statements[0].place
    assert place is not None
    elsewhere.statements[0] = replace(elsewhere.statements[0], place=replace(place, admin1="Belgorod Oblast"))
    identity = held(record, elsewhere)
    book = Book(record, JULY)
    wider = Sharper(words="Armed men will raid a border town by the end of June", place="", admin1="Belgorod Oblast")
    book.sharpen(identity, sharper_criterion(_criterion(record, identity), wider), None, "Amal", "")
    book.resolve()
    proposal = book.entry(identity).proposal
    assert proposal is not None and "at Belgorod Oblast" in proposal.evidence[0].why


@pytest.mark.slow
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
    assert ran(tmp_path, "sharpen", identity, *told).exit_code == 0
    book.resolve()
    entry = book.entry(identity)
    assert entry.outcome is Outcome.FALSE
    assert (entry.sharpened.country, entry.sharpened.countries) == ("RUS", ("RUS",))
    assert (entry.prediction.country, entry.prediction.countries) == (None, ())
    for what, name in (("country", "RUS"), ("topic", "ASSAULT")):
        scored = ran(tmp_path, "scores", "--by", what, "--as-of", "2023-07-31", "--format", "json")
        assert [one["name"] for one in json.loads(scored.stdout)["scores"]] == [name]


def test_the_desk_offers_a_country_that_only_a_person_asked_for(record: Record, tmp_path: Path) -> None:
    identity = held(record)
    with TestClient(create_app(record)) as desk:
        assert ">Belarus</option>" not in desk.get("/ledger?as_of=2023-07-31").text
        assert ran(tmp_path, "sharpen", identity, "--country", "BLR", "--who", "Amal").exit_code == 0
        for address in ("/ledger", "/predictions"):
            assert ">Belarus</option>" in desk.get(address).text


def test_a_country_given_takes_the_place_of_the_one_before_and_one_taken_away_leaves_it(
    record: Record, tmp_path: Path
) -> None:
    identity = held(record)
    before = Book(record).entry(identity).prediction
    assert (before.criterion.country, before.country, before.countries) == ("RUS", "RUS", ("RUS",))
    assert ran(tmp_path, "sharpen", identity, "--country", "", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.criterion.country, now.country, now.countries) == (None, "RUS", ("RUS",))
    assert ran(tmp_path, "sharpen", identity, "--country", "BLR", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.country, now.countries) == ("BLR", ("BLR",))
    assert ran(tmp_path, "sharpen", identity, "--country", "UKR", "--person", "Amal").exit_code == 0
    now = Book(record).entry(identity).sharpened
    assert (now.country, now.countries) == ("UKR", ("UKR",))
    found = {country: Book(record).entries(Wanted(country=country)) for country in ("RUS", "UKR")}
    assert [one.prediction.id for one in found["UKR"]] == [identity]
    assert identity not in {one.prediction.id for one in found["RUS"]}
