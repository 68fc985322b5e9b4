"""The ledger over a record: what is taken, what is proposed, what people rule."""

import datetime
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from foreshock.cli import main
from foreshock.corroborate.decisions.deciding import dismiss
from foreshock.corroborate.events.events import catch_up
from foreshock.errors import UsageError
from foreshock.ledger.book import Book
from foreshock.ledger.finding import Wanted
from foreshock.model.prediction import Criterion, ForecasterKind, LedgerEntry, Outcome
from foreshock.model.statement import Participant, Time
from foreshock.model.vocabulary import EventType, Granularity, Kind, SourceKind
from foreshock.record.store import Record
from tests.ledger.conftest import (
    ABSENT,
    FORECAST,
    JULY,
    RAID,
    Text,
    forecast,
    keep,
    quiet_reports,
    raid,
    report,
)

NO_RAID = "No raid on Kursk was seen in the spring or in June."


def _by_words(book: Book, words: str) -> LedgerEntry:
    return next(one for one in book.entries(Wanted(repeats=True)) if one.prediction.text == words)


def test_author_horizon_and_odds_are_kept_with_the_words(record: Record) -> None:
    keep(record, forecast())
    book = Book(record, JULY)
    assert book.update() == 2
    one = _by_words(book, FORECAST).prediction
    assert (one.forecaster_kind, one.forecaster) == (ForecasterKind.AUTHOR, "Ada Writer")
    assert one.by == datetime.date(2023, 6, 30) and not one.default_horizon
    assert (one.low, one.high) == (0.55, 0.8)
    document = record.document(one.document)
    assert document is not None and document.text[one.start : one.end] == FORECAST
    assert book.update() == 0


@pytest.mark.parametrize("command", ["resolve", "list", "scores", "stranded", "show x", "confirm x --who A"])
def test_nothing_is_known_as_of_a_day_to_come(tmp_path: Path, command: str) -> None:
    """When that day has come it would stand before all that was proposed until then."""
    path = str(tmp_path / "r.sqlite")
    with Record(path) as record:
        keep(record, forecast())
    tomorrow = datetime.datetime.now(datetime.UTC).date() + datetime.timedelta(days=1)
    asked = ["ledger", *command.split(), "--as-of", tomorrow.isoformat(), "--record", path]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 2 and f"--as-of: {tomorrow} is yet to come" in result.stderr


def test_true_is_proposed_with_the_report_that_shows_it(record: Record) -> None:
    keep(record, forecast(), raid())
    book = Book(record, JULY)
    book.resolve()
    entry = book.entry(_by_words(book, FORECAST).prediction.id)
    assert entry.outcome is Outcome.TRUE
    assert entry.proposal is not None and entry.proposal.evidence[0].text == RAID


@pytest.mark.parametrize(("whose", "outcome"), [("Belarusian", Outcome.TRUE), ("Russian", Outcome.PENDING)])
def test_another_country_s_army_shows_nothing(record: Record, whose: str, outcome: Outcome) -> None:
    foretold = "Belarusian soldiers are likely to raid Chernihiv before the end of June."
    text = Text(foretold, "2023-05-01", "Ledger", "Ada Writer").say(
        foretold, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Chernihiv", country="UKR", by="2023-06-30",
    )  # fmt: skip
    words = f"{whose} soldiers raided Chernihiv on Thursday."
    told = report(
        "2023-06-02", "First", words, "raided", type_=EventType.ASSAULT, mode="x-raid", place="Chernihiv",
        country="UKR",
    )  # fmt: skip
    actor = Participant(start=0, end=len(whose) + 9, text=f"{whose} soldiers")
    told.statements[0] = msgspec.structs.replace(told.statements[0], actors=(actor,))
    keep(record, text, told)
    book = Book(record, JULY)
    book.resolve()
    assert _by_words(book, foretold).outcome is outcome


@pytest.mark.parametrize(
    ("words", "trigger", "outcome"),
    [("Rebels seized Abeche.", "seized", Outcome.PENDING), ("The president falls.", "falls", Outcome.TRUE)],
)
def test_another_word_of_the_act_shows_nothing_because_he_is_named_on_the_page(
    record: Record, words: str, trigger: str, outcome: Outcome
) -> None:
    foretold = "It is unlikely that the president will fall this year."
    column = (
        "Oil revenue shrank, pensions were postponed, teachers struck, customs inspectors pocketed bribes, the airport "
        "closed, electricity failed and hospitals lacked antibiotics. Idriss knows it."
    )
    text = Text(f"{column} {foretold}", "2023-05-01", "Ledger", "Ada Writer").say(
        foretold, "fall", Kind.FORECAST, likelihood=("unlikely", 0.2, 0.45), country="TCD", by="2023-12-31",
    )  # fmt: skip
    page = (
        "Idriss was told. Traders sold millet, sesame and dates, herders drove camels to distant wells, fishermen "
        "mended nets beside the lake, blacksmiths hammered ploughs and weavers dyed indigo cloth."
    )
    told = Text(f"{page} {words}", "2023-06-02", "First").say(
        words, trigger, type_=EventType.COERCE, mode="seize", country="TCD"
    )
    keep(record, text, told)
    book = Book(record, JULY)
    book.resolve()
    assert _by_words(book, foretold).outcome is outcome


@pytest.mark.slow
def test_silence_is_never_a_no_however_well_watched(record: Record) -> None:
    keep(record, forecast(), *quiet_reports())
    book = Book(record, JULY)
    book.resolve()
    assert {one.outcome for one in book.entries()} == {Outcome.PENDING}


@pytest.mark.slow
def test_false_needs_a_denial_the_horizon_and_coverage(record: Record) -> None:
    denial = report(
        "2023-07-04", "Second", NO_RAID, "raid", type_=EventType.ASSAULT, mode="x-raid", place="Kursk", negative=True
    )
    keep(record, forecast(), denial)
    thin = Book(record, JULY)
    thin.resolve()
    assert _by_words(thin, ABSENT).outcome is Outcome.PENDING
    told = "A second paper wrote that no raid on Kursk had been seen in June."
    second = report(
        "2023-07-06", "Third", told, "raid", type_=EventType.ASSAULT, mode="x-raid", place="Kursk", negative=True
    )
    keep(record, *quiet_reports(), second)
    before = Book(record, datetime.date(2023, 6, 15))
    before.resolve()
    assert _by_words(before, ABSENT).outcome is Outcome.PENDING
    after = Book(record, JULY)
    after.resolve()
    assert _by_words(after, ABSENT).outcome is Outcome.FALSE


@pytest.mark.slow
def test_texts_of_which_nobody_knows_where_they_came_out_are_one_voice(tmp_path: Path) -> None:
    """As many outlets as texts would be watching otherwise, be they all pages of one site that gives no name."""

    def denial(day: str, words: str) -> Text:
        told: dict[str, object] = {"type_": EventType.ASSAULT, "mode": "x-raid", "place": "Kursk", "negative": True}
        return report(f"2023-07-{day}", "Second", words, "raid", **told)

    for known, expected in ((True, Outcome.FALSE), (False, Outcome.PENDING)):
        told = "A second paper wrote that no raid on Kursk had been seen in June."
        texts = [forecast(), denial("04", NO_RAID), denial("06", told), *quiet_reports()]
        for text in texts:
            outlet = text.document.outlet if known else None
            text.document = msgspec.structs.replace(text.document, outlet=outlet)
        with Record(str(tmp_path / f"{known}.sqlite")) as record:
            keep(record, *texts)
            book = Book(record, JULY)
            book.resolve()
            assert _by_words(book, ABSENT).outcome is expected


def test_as_of_a_day_knows_nothing_later(record: Record) -> None:
    keep(record, forecast(), raid())
    Book(record, JULY).resolve()
    earlier = Book(record, datetime.date(2023, 6, 1))
    earlier.resolve()
    assert _by_words(earlier, FORECAST).outcome is Outcome.PENDING
    assert _by_words(Book(record, JULY), FORECAST).outcome is Outcome.TRUE
    assert Book(record, datetime.date(2023, 4, 1)).entries() == []


def test_conditional_waits_for_its_condition(record: Record) -> None:
    words = "If the dam at Orsk bursts, a raid on Shebekino is likely before the end of June."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer").say(
        words, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30", condition="If the dam at Orsk bursts",
    )  # fmt: skip
    keep(record, text, raid())
    book = Book(record, JULY)
    book.resolve()
    entry = _by_words(book, words)
    assert entry.outcome is Outcome.PENDING
    assert entry.proposal is not None and "condition" in entry.proposal.reason


def test_a_private_person_stands_as_a_role_and_is_not_scored(record: Record) -> None:
    words = "Galina Petrovna, a pensioner, said that another raid would come."
    text = Text(f"Calm in the town.\n\n{words}", "2023-05-01", "Ledger", "Ada Writer").say(
        "another raid would come", "raid", Kind.FORECAST, source=("Galina Petrovna", SourceKind.PERSON)
    )
    keep(record, text)
    book = Book(record, JULY)
    book.update()
    one = book.entries()[0].prediction
    assert one.forecaster_kind is ForecasterKind.UNSCORED
    assert "Galina" not in one.forecaster


@pytest.mark.parametrize(
    ("words", "source", "office"),
    [
        ("President Mahamat Idriss Deby vowed to retake Abeche.", "President Mahamat Idriss Deby", "President of Chad"),
        (
            "Chadian Defence Minister Issaka Djamous vowed to retake Abeche.",
            "Issaka Djamous",
            "Defence Minister of Chad",
        ),
    ],
)
def test_the_holder_of_a_public_office_stands_as_the_office(
    record: Record, words: str, source: str, office: str
) -> None:
    text = Text(words, "2023-05-01", "Ledger").say(
        "retake Abeche", "retake", Kind.COMMITMENT, source=(source, SourceKind.PERSON), place="Abeche", country="TCD"
    )
    keep(record, text)
    book = Book(record, JULY)
    book.update()
    one = book.entries()[0].prediction
    assert (one.forecaster_kind, one.forecaster) == (ForecasterKind.ROLE, office)


@pytest.mark.parametrize("words", ["former President Mahamat Adoum", "an adviser to President Mahamat Deby"])
def test_who_holds_no_office_does_not_stand_as_one(record: Record, words: str) -> None:
    text = Text(f"In the capital {words} vowed to retake Abeche.", "2023-05-01", "Ledger").say(
        "retake Abeche", "retake", Kind.COMMITMENT, source=(words, SourceKind.PERSON), place="Abeche", country="TCD"
    )
    keep(record, text)
    book = Book(record, JULY)
    book.update()
    assert not book.entries()[0].prediction.forecaster.startswith("President")


@pytest.mark.parametrize(("kind", "scored"), [(Kind.COMMITMENT, False), (Kind.FORECAST, True)])
def test_a_pledge_that_nobody_is_quoted_for_is_not_the_outlet_s(record: Record, kind: Kind, scored: bool) -> None:
    text = Text("Chad to hold talks with mutineers", "2023-05-01", "Ledger").say(
        "hold talks with mutineers", "hold", kind, country="TCD"
    )
    keep(record, text)
    book = Book(record, JULY)
    book.update()
    one = book.entries()[0].prediction
    assert (one.forecaster == "Ledger") is one.forecaster_kind.scored is scored


def test_an_analyst_stands_as_the_body_spoken_for(record: Record) -> None:
    words = "Ilse Varandi of the Emajogi Border Observatory said that a raid would come."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer").say(
        "a raid would come", "raid", Kind.FORECAST, source=("Ilse Varandi", SourceKind.PERSON)
    )
    keep(record, text)
    book = Book(record, JULY)
    book.update()
    one = book.entries()[0].prediction
    assert (one.forecaster_kind, one.forecaster) == (ForecasterKind.ORGANISATION, "Emajogi Border Observatory")


def test_said_again_counts_once_and_a_change_of_mind_is_a_line(record: Record) -> None:
    again = Text(f"Once more. {FORECAST}", "2023-05-08", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    other = "A raid on Shebekino is very unlikely before the end of June."
    changed = Text(other, "2023-05-20", "Ledger", "Ada Writer").say(
        other, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("very unlikely", 0.05, 0.2),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    text = Text(FORECAST, "2023-05-01", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    keep(record, text, again, changed)
    book = Book(record, JULY)
    book.update()
    assert len(book.entries()) == 2
    first = _by_words(book, FORECAST)
    assert book.entry(first.prediction.id).repeats == 1
    line = [one.prediction.low for one in book.line(first.prediction.line)]
    assert line == [0.55, 0.05]


def test_what_is_said_again_later_is_not_known_before(record: Record) -> None:
    again = Text(f"Once more. {FORECAST}", "2023-05-08", "Ledger", "Ada Writer").say(
        FORECAST, "raid", Kind.FORECAST, type_=EventType.ASSAULT, mode="x-raid", likelihood=("likely", 0.55, 0.8),
        place="Shebekino", by="2023-06-30",
    )  # fmt: skip
    keep(record, forecast(), again)
    Book(record, JULY).update()
    for day, repeats in ((datetime.date(2023, 5, 7), 0), (JULY, 1)):
        book = Book(record, day)
        listed = next(one for one in book.entries() if one.prediction.text == FORECAST)
        assert (listed.repeats, book.entry(listed.prediction.id).repeats) == (repeats, repeats)


def test_a_person_decides_and_both_are_kept(record: Record) -> None:
    keep(record, forecast(), raid())
    book = Book(record, JULY)
    book.resolve()
    identity = _by_words(book, FORECAST).prediction.id
    with pytest.raises(UsageError, match="reason"):
        book.overrule(identity, Outcome.VOID, "A. Analyst", " ")
    ruled = book.overrule(identity, Outcome.FALSE, "A. Analyst", "it was another village")
    assert ruled.outcome is Outcome.FALSE
    assert ruled.proposal is not None and ruled.proposal.outcome is Outcome.TRUE
    assert book.confirm(identity, "B. Analyst").outcome is Outcome.TRUE
    assert [one.action for one in book.entry(identity).rulings] == ["overrule", "confirm"]


def test_sharpening_keeps_the_original_and_is_what_is_resolved(record: Record) -> None:
    keep(record, forecast(), raid())
    book = Book(record, JULY)
    book.update()
    one = _by_words(book, FORECAST).prediction
    book.sharpen(one.id, Criterion(words="tanks in Shebekino"), datetime.date(2023, 5, 31), "A. Analyst", "too wide")
    book.resolve()
    entry = book.entry(one.id)
    assert entry.prediction.criterion.words == FORECAST and entry.prediction.by == one.by
    assert entry.sharpened.by == datetime.date(2023, 5, 31) and entry.sharpened.criterion.by_person == "A. Analyst"
    assert entry.outcome is not Outcome.TRUE


def test_only_the_program_enters_its_own_forecasts(record: Record) -> None:
    keep(record, forecast())
    book = Book(record, JULY)
    book.update()
    theirs = book.entries()[0].prediction
    with pytest.raises(UsageError, match="own"):
        book.enter([theirs])
    own = msgspec.structs.replace(
        theirs, id="000000000001", forecaster_kind=ForecasterKind.PROGRAM, forecaster="Foreshock", group="p", line="p"
    )
    book.enter([own])
    book.enter([own])
    assert len(book.entries(Wanted(forecaster="Foreshock"))) == 1


def test_undated_text_of_an_unnamed_author_stands_under_whom_it_follows(record: Record) -> None:
    words = "Conflict will reach Kursk."
    text = f"According to Roman Rukomeda, the West has been slow.\n\n{words}"
    undated = Text(text, "2023-05-01", "Ledger")
    undated.document = msgspec.structs.replace(undated.document, published=None, outlet=None)
    undated.say("the West has been slow", "slow", Kind.JUDGEMENT, source=("Roman Rukomeda", SourceKind.PERSON))
    undated.say(words, "reach", Kind.FORECAST)
    keep(record, undated)
    book = Book(record)
    book.update()
    one = book.entries()[0].prediction
    assert (one.forecaster_kind, one.forecaster) == (ForecasterKind.AUTHOR, "Roman Rukomeda")
    assert one.default_horizon


def test_true_names_the_merged_event_and_a_dismissed_event_shows_nothing(record: Record) -> None:
    keep(record, forecast(), raid())
    catch_up(record)
    book = Book(record, JULY)
    book.resolve()
    entry = book.entry(_by_words(book, FORECAST).prediction.id)
    assert entry.outcome is Outcome.TRUE and entry.proposal is not None
    event = entry.proposal.evidence[0].event
    assert event is not None and "in 1 event" in entry.proposal.reason
    dismiss(record, event, "A. Analyst", "a film")
    book.resolve()
    assert book.entry(entry.prediction.id).outcome is Outcome.PENDING


@pytest.mark.slow
def test_a_denial_of_a_shorter_time_does_not_settle_a_longer_one(record: Record) -> None:
    def since(outlet: str, day: str, words: str) -> Text:
        told = report(day, outlet, words, "raid", type_=EventType.ASSAULT, mode="x-raid", place="Kursk", negative=True)
        start, end = words.index("since"), len(words) - 1
        time = Time(
            start=start, end=end, text=words[start:end], from_=datetime.date(2023, 6, 15),
            to=datetime.date.fromisoformat(day), granularity=Granularity.MONTH,
        )  # fmt: skip
        told.statements[0] = msgspec.structs.replace(told.statements[0], time=time)
        return told

    late = since("Second", "2023-07-04", "No raid on Kursk was seen since the middle of June.")
    later = since("Third", "2023-07-06", "A paper wrote that no raid on Kursk was seen since the middle of June.")
    keep(record, forecast(), late, later, *quiet_reports())
    book = Book(record, JULY)
    book.resolve()
    assert _by_words(book, ABSENT).outcome is Outcome.PENDING


@pytest.mark.parametrize(
    ("words", "low"),
    [
        ("There is a one in four chance that the truce will not hold until June.", 0.75),
        ("The chance that the truce will not hold until June is one in four.", 0.75),
        ("There is a one in four chance that the truce will hold until June.", 0.25),
        ("I do not think there is a one in four chance that the truce will hold until June.", 0.25),
        ("There is a one-in-four chance that the truce will hold until June.", 0.25),
        ("Odds are three to one that the truce will hold until June.", 0.75),
        ("Odds are three to one that the truce will not hold until June.", 0.25),
    ],
)
def test_odds_stand_for_what_is_counted_whichever_side_the_text_takes(record: Record, words: str, low: float) -> None:
    keep(record, Text(words, "2023-05-01", "Ledger", "Ada Writer"))
    book = Book(record, JULY)
    book.update()
    one = _by_words(book, words).prediction
    assert (one.low, one.high) == (low, low)


@pytest.mark.parametrize("told", [("may", 0.2, 0.6), ("may not", 0.4, 0.8)])
def test_odds_of_a_read_denial_are_those_of_the_act(record: Record, told: tuple[str, float, float]) -> None:
    words = "The truce may not hold."
    text = Text(words, "2023-05-01", "Ledger", "Ada Writer")
    keep(record, text.say(words, "hold", Kind.FORECAST, likelihood=told, negative=True))
    book = Book(record, JULY)
    book.update()
    one = _by_words(book, words).prediction
    assert (one.low, one.high) == (0.4, 0.8)


def test_sharpening_by_command_checks_what_it_is_given(record: Record, tmp_path: Path) -> None:
    keep(record, forecast())
    book = Book(record, JULY)
    book.update()
    one = _by_words(book, FORECAST).prediction

    def sharpen(*words: str) -> Result:
        kept = ["--record", str(tmp_path / "record.sqlite")]
        return CliRunner().invoke(main, ["ledger", "sharpen", one.id, *words, "--person", "Amal", *kept])

    for words, wrong in (
        (("--country", "xx"), "not an ISO 3166-1 alpha-3 code"),
        (("--words", "  "), "say what would count"),
        ((), "nothing would change"),
        (("--by", one.by.isoformat()), "nothing would change"),
    ):
        done = sharpen(*words)
        assert done.exit_code == 2 and wrong in done.output and done.output.count("\n") == 1
    assert sharpen("--country", "sdn").exit_code == 0
    assert Book(record).entry(one.id).sharpened.criterion.country == "SDN"


@pytest.mark.parametrize(("code", "found"), [("rus", True), ("SDN", False)])
def test_the_list_takes_a_country_s_code_in_any_case(record: Record, tmp_path: Path, code: str, found: bool) -> None:
    keep(record, forecast())
    kept = ["--as-of", "2023-07-31", "--record", str(tmp_path / "record.sqlite")]
    done = CliRunner().invoke(main, ["ledger", "list", "--country", code, "--format", "json", *kept])
    assert done.exit_code == 0 and (FORECAST in done.output) == found


@pytest.mark.slow
@pytest.mark.parametrize("part", ["Élise", "élise", "elise kab", "KABORÉ", "kabore"])
def test_a_forecaster_is_found_by_a_part_of_the_name_with_accents_or_without(record: Record, part: str) -> None:
    words = "A raid on Shebekino is likely before the end of June."
    for author in ("Élise Kaboré", "Ada Writer"):
        text = Text(f"{words} {author}.", "2023-05-01", "Ledger", author)
        keep(record, text.say(words, "raid", Kind.FORECAST, likelihood=("likely", 0.55, 0.8), by="2023-06-30"))
    book = Book(record, JULY)
    book.update()
    assert [one.prediction.forecaster for one in book.entries(Wanted(forecaster=part))] == ["Élise Kaboré"]


def test_an_undated_text_is_marked_and_told_of_where_it_is_left_out(record: Record, tmp_path: Path) -> None:
    text = forecast()
    text.document = msgspec.structs.replace(text.document, published=None, published_granularity=None)
    keep(record, text)

    def ran(*words: str) -> Result:
        return CliRunner().invoke(main, ["ledger", *words, "--record", str(tmp_path / "record.sqlite")])

    today = str(datetime.datetime.now(datetime.UTC).date())
    listed = ran("list")
    assert f"{today}†" in listed.output and "bears no date" in listed.output
    told = json.loads(ran("list", "--format", "json").stdout)
    assert [(one["made"], one["undated"]) for one in told] == [(today, True)] * 2
    assert "bears no date" in ran("show", told[0]["id"]).output
    for command in ("list", "resolve"):
        assert "2 more in texts that bear no date" in ran(command, "--as-of", "2023-07-31").stderr


def test_show_tells_the_sharper_words_and_one_horizon(record: Record, tmp_path: Path) -> None:
    keep(record, forecast())
    book = Book(record, datetime.date(2023, 5, 10))
    book.resolve()
    one = _by_words(book, FORECAST).prediction
    book.sharpen(one.id, Criterion(words="tanks in Shebekino"), datetime.date(2023, 6, 29), "A. Analyst", "")
    where = ["--as-of", "2023-05-10", "--record", str(tmp_path / "record.sqlite")]
    shown = CliRunner().invoke(main, ["ledger", "show", one.id, *where]).output
    assert "tanks in Shebekino" in shown and FORECAST in shown
    assert "sharpened by A. Analyst" in shown
    assert "2023-06-29" in shown and "2023-06-30" not in shown
