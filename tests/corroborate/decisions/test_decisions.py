"""People's decisions: kept with who and why, undone, stable under a newer reading; grades that rules never touch."""

import msgspec
import pytest

from foreshock.corroborate.credibility.grades import rules
from foreshock.corroborate.credibility.sources import changes_of, letters, sources, suggested
from foreshock.corroborate.decisions import deciding, decisions
from foreshock.corroborate.events import events
from foreshock.corroborate.views.build import event_with, events_with
from foreshock.corroborate.views.lists import Wanted, count_events, list_events
from foreshock.errors import UsageError
from foreshock.model.entry import Entry
from foreshock.model.event import Event
from foreshock.model.span import Span
from foreshock.model.statement import Reading, statement_id
from foreshock.record.reread import replace_readings
from foreshock.record.store import Record
from tests.corroborate.made import RAID_DAY, other_reports, raid_reports, taken

WHO, WHY = "A. Analyst", "read both"


def first(entry: Entry) -> str:
    assert entry.reading is not None
    return entry.reading.statements[0].id


def event_at(record: Record, identity: str) -> Event:
    with record.begin() as connection:
        found = event_with(connection, identity)
    assert found is not None
    return found


def test_merge_and_undo(record: Record) -> None:
    raid, others = raid_reports(), other_reports()
    taken(record, [*raid, *others])
    number = deciding.merge(record, first(raid[0]), first(others[1]), WHO, WHY)
    merged = event_at(record, first(others[1]))
    assert len(merged.reports) == 4 and merged.decisions == (number,)
    events.recompute(record)
    assert len(event_at(record, first(others[1])).reports) == 4, "a decision outlives recomputing"
    deciding.undo(record, number, "B. Other", "two attacks after all")
    assert len(event_at(record, first(others[1])).reports) == 1
    with record.begin() as connection:
        kept = decisions.read(connection)[0]
    assert (kept.who, kept.why, kept.undone_by, kept.undone_why) == (WHO, WHY, "B. Other", "two attacks after all")


def test_split_and_then_merge_again(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    deciding.split(record, first(raid[0]), [first(raid[2])], WHO, WHY)
    assert len(event_at(record, first(raid[2])).reports) == 1
    assert len(event_at(record, first(raid[0])).reports) == 2
    deciding.merge(record, first(raid[0]), first(raid[2]), WHO, "one raid, told twice")
    assert len(event_at(record, first(raid[2])).reports) == 3, "the newer decision stands"
    deciding.split(record, first(raid[0]), [first(raid[1])], WHO, "not this one")
    assert len(event_at(record, first(raid[1])).reports) == 1
    assert len(event_at(record, first(raid[2])).reports) == 2


def test_decisions_need_who_why_and_sense(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    with pytest.raises(UsageError, match="who decides it and why"):
        deciding.dismiss(record, first(raid[0]), WHO, " ")
    with pytest.raises(UsageError, match="one event already"):
        deciding.merge(record, first(raid[0]), first(raid[1]), WHO, WHY)
    with pytest.raises(UsageError, match="not none and not all"):
        deciding.split(record, first(raid[0]), [first(entry) for entry in raid], WHO, WHY)
    with pytest.raises(UsageError, match="no event has a statement"):
        deciding.dismiss(record, "0" * 16, WHO, WHY)
    with pytest.raises(UsageError, match="no decision 7"):
        deciding.undo(record, 7, WHO, WHY)
    with record.begin() as connection:
        assert decisions.read(connection) == [], "what failed left nothing"


def test_events_read_together_are_those_that_are_read_one_by_one(record: Record) -> None:
    raid, others = raid_reports(), other_reports()
    taken(record, [*raid, *others])
    deciding.split(record, first(raid[0]), [first(raid[2])], WHO, WHY)
    deciding.dismiss(record, first(raid[2]), WHO, "a film")
    deciding.correct(record, first(raid[0]), "killed", "17", WHO, WHY)
    deciding.grade_event(record, first(others[1]), 2, WHO, WHY)
    with record.begin() as connection:
        listed = [row.id for row in list_events(connection, Wanted(dismissed=True))]
        assert len(listed) > 3
        assert events_with(connection, listed) == [event_with(connection, one) for one in listed]


def test_dismissed_events_leave_lists_but_not_the_record(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    deciding.dismiss(record, first(raid[0]), WHO, "a film")
    with record.begin() as connection:
        assert count_events(connection, Wanted()) == 0
        assert count_events(connection, Wanted(dismissed=True)) == 1
    assert event_at(record, first(raid[1])).dismissed == f"{WHO}: a film"


def test_corrected_fields_are_shown_and_the_statements_stay(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    deciding.correct(record, first(raid[0]), "killed", "17", WHO, WHY)
    deciding.correct(record, first(raid[0]), "place", "Kassala", WHO, WHY)
    event = event_at(record, first(raid[0]))
    assert (event.counts["killed"].low, event.counts["killed"].best, event.counts["killed"].high) == (12, 17, 17)
    assert event.place is not None and (event.place.name, event.place.country) == ("Kassala", "SDN")
    assert event.place.lat is not None and 15 < event.place.lat < 16, "the coordinates move with the name"
    assert event.place.admin1 == "Kassala" and event.place.geonameid not in (None, 1)
    for field, value in (("killed", "many"), ("from", "May"), ("type", "RAID"), ("weather", "wet"), ("mode", "riot")):
        with pytest.raises(UsageError):
            deciding.correct(record, first(raid[0]), field, value, WHO, WHY)


def test_a_country_is_corrected_by_its_code(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    for value, hint in (
        ("Sudan", "Sudan is SDN"),
        ("UK", "United Kingdom is GBR"),
        ("XXX", "write it as"),
        ("", "write it"),
    ):
        with pytest.raises(UsageError, match=f"not an ISO 3166-1 alpha-3 code; {hint}"):
            deciding.correct(record, first(raid[0]), "country", value, WHO, WHY)
    deciding.correct(record, first(raid[0]), "country", " tcd", WHO, WHY)
    place = event_at(record, first(raid[0])).place
    assert place is not None and place.country == "TCD"


def test_a_corrected_event_does_not_end_before_it_begins(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    event = event_at(record, first(raid[0]))
    assert event.from_ == event.to == RAID_DAY
    with pytest.raises(UsageError, match="begin on 2023-05-12, after it ends on 2023-05-09; correct 'to' first"):
        deciding.correct(record, first(raid[0]), "from", "2023-05-12", WHO, WHY)
    with pytest.raises(UsageError, match="begin on 2023-05-09, after it ends on 2023-05-01; correct 'from' first"):
        deciding.correct(record, first(raid[0]), "to", "2023-05-01", WHO, WHY)
    deciding.correct(record, first(raid[0]), "to", "2023-05-13", WHO, WHY)
    deciding.correct(record, first(raid[0]), "from", "2023-05-12", WHO, WHY)
    event = event_at(record, first(raid[0]))
    assert (str(event.from_), str(event.to)) == ("2023-05-12", "2023-05-13")


def test_an_undone_correction_leaves_no_event_that_ends_before_it_begins(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    last = deciding.correct(record, first(raid[0]), "to", "2023-05-13", WHO, WHY)
    begun = deciding.correct(record, first(raid[0]), "from", "2023-05-12", WHO, WHY)
    wrong = f"would begin on 2023-05-12, after it ends on {RAID_DAY}; undo decision {begun} on its 'from' first"
    with pytest.raises(UsageError, match=wrong):
        deciding.undo(record, last, WHO, WHY)
    event = event_at(record, first(raid[0]))
    assert (str(event.from_), str(event.to)) == ("2023-05-12", "2023-05-13"), "what failed changed nothing"
    deciding.undo(record, begun, WHO, WHY)
    deciding.undo(record, last, WHO, WHY)
    event = event_at(record, first(raid[0]))
    assert event.from_ == event.to == RAID_DAY


def test_an_earlier_correction_that_a_later_one_overrules_may_be_undone(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    earlier = deciding.correct(record, first(raid[0]), "to", "2023-05-20", WHO, WHY)
    deciding.correct(record, first(raid[0]), "to", "2023-05-13", WHO, WHY)
    deciding.correct(record, first(raid[0]), "from", "2023-05-12", WHO, WHY)
    deciding.undo(record, earlier, WHO, WHY)
    event = event_at(record, first(raid[0]))
    assert (str(event.from_), str(event.to)) == ("2023-05-12", "2023-05-13")


def test_an_analysts_grade_is_never_overwritten_and_changes_are_logged(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid[:1])
    assert event_at(record, first(raid[0])).credibility.digit == 6
    number = deciding.grade_event(record, first(raid[0]), 4, WHO, "seen before")
    taken(record, raid[1:])
    event = event_at(record, first(raid[0]))
    assert (event.credibility.digit, event.credibility.by) == (4, WHO)
    deciding.undo(record, number, WHO, "rules will do")
    assert event_at(record, first(raid[0])).credibility.digit == 2, "three origins, which do not agree on the dead"
    with record.begin() as connection:
        logged = {(one.before, one.after, one.who) for one in changes_of(connection)}
    assert ("6", "4", WHO) in logged
    assert ("4", "2", "rules") in logged


def test_sources_are_graded_and_events_with_them(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid[:1])
    deciding.grade(record, "Morning Sheet", "B", WHO, "two years' record")
    assert event_at(record, first(raid[0])).credibility.digit == 3
    with record.begin() as connection:
        assert letters(connection) == {"Morning Sheet": "B"}
        assert [(one.before, one.after) for one in changes_of(connection, "Morning Sheet")] == [("F", "B")]
        assert [(one.name, one.letter, one.suggested) for one in sources(connection)] == [("Morning Sheet", "B", None)]
    with pytest.raises(UsageError, match="not a reliability"):
        deciding.grade(record, "Morning Sheet", "G", WHO, WHY)


def _items(record: Record) -> dict[str, tuple[int, int]]:
    with record.begin() as connection:
        return {one.name: (one.confirmed, one.contradicted) for one in sources(connection)}


def test_a_dismissed_event_speaks_neither_for_nor_against_its_outlets_until_that_is_undone(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    confirmed = _items(record)
    assert set(confirmed.values()) == {(1, 0)}
    number = deciding.dismiss(record, first(raid[0]), WHO, "a film, no event at all")
    assert _items(record) == dict.fromkeys(confirmed, (0, 0))
    deciding.undo(record, number, WHO, "it was one")
    assert _items(record) == confirmed
    deciding.grade_event(record, first(raid[0]), 5, WHO, "made up")
    assert set(_items(record).values()) == {(0, 1)}
    deciding.dismiss(record, first(raid[0]), WHO, "no event at all")
    assert _items(record) == dict.fromkeys(confirmed, (0, 0))


def test_a_letter_is_suggested_from_twenty_items_on() -> None:
    assert suggested(19, 0) is None
    assert [suggested(20, 0), suggested(19, 1), suggested(16, 4), suggested(10, 10), suggested(1, 19)] == list("ABCDE")


def test_the_last_rule_grades_whatever_no_other_does() -> None:
    assert rules().events[-1].digit == 6


def test_actors_and_places_are_named_as_people_say(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    number = deciding.rename(record, "sdn-orvesh", "Column of Orvesh", WHO, WHY)
    assert event_at(record, first(raid[0])).actors == (("Column of Orvesh", 3),)
    deciding.undo(record, number, WHO, WHY)
    assert event_at(record, first(raid[0])).actors == (("Orvesh Column", 3),)
    deciding.different(record, first(raid[0]), "sdn-orvesh", WHO, "their rivals")
    assert event_at(record, first(raid[0])).actors == (("Orvesh Column", 2),)
    deciding.rename(record, "place:1", "Warnost", WHO, WHY)
    place = event_at(record, first(raid[0])).place
    assert place is not None and place.name == "Warnost"
    with pytest.raises(UsageError, match="cannot be the same"):
        deciding.same(record, "place:1", "sdn-orvesh", WHO, WHY)
    for named in ("place:goma", "place:", "place:²", "place:01", "place:" + "9" * 5000):
        with pytest.raises(UsageError, match="write it as place:378493"):
            deciding.rename(record, named, "Goma", WHO, WHY)
        with pytest.raises(UsageError, match="write it as place:378493"):
            deciding.different(record, first(raid[0]), named, WHO, WHY)


def test_what_is_the_same_as_another_goes_by_what_that_is_the_same_as_whichever_was_said_first(record: Record) -> None:
    raid = raid_reports()[0]
    taken(record, [raid])

    def actors() -> tuple[tuple[str, int], ...]:
        return event_at(record, first(raid)).actors

    deciding.same(record, "sdn-front", "sdn-orvesh", WHO, WHY)
    last = deciding.same(record, "sdn-union", "sdn-front", WHO, WHY)
    assert actors() == (("sdn-union", 1),)
    deciding.rename(record, "sdn-union", "National Union", WHO, WHY)
    assert actors() == (("National Union", 1),)
    deciding.undo(record, last, WHO, WHY)
    assert actors() == (("sdn-front", 1),)
    deciding.rename(record, "sdn-front", "Orvesh Front", WHO, WHY)
    assert actors() == (("Orvesh Front", 1),)


def test_decisions_find_their_statements_in_a_newer_reading(record: Record) -> None:
    raid, others = raid_reports(), other_reports()
    taken(record, [*raid, *others])
    deciding.merge(record, first(raid[0]), first(others[1]), WHO, WHY)
    entry = others[1]
    assert entry.reading is not None
    old = entry.reading.statements[0]
    trigger = Span.of(entry.document.text, old.trigger.start, old.trigger.end + len(" four"))
    newer = msgspec.structs.replace(old, trigger=trigger, id=statement_id(old.document, trigger.start, trigger.end))
    newer_reading = Reading(document=entry.document, statements=(newer,), model="newer")
    replace_readings(record, [newer_reading], events.forget)
    events.catch_up(record)
    assert len(event_at(record, newer.id).reports) == 4


def test_an_event_is_named_by_eight_digits(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    event = event_at(record, first(raid[0])[:8])
    assert first(raid[0]) in event.statements
    with record.begin() as connection:
        assert event_with(connection, first(raid[0])[:7]) is None
        assert event_with(connection, "%%%%%%%%") is None
    deciding.split(record, first(raid[0])[:8], [first(raid[2])[:8]], WHO, WHY)
    assert first(raid[2]) not in event_at(record, first(raid[0])).statements


def test_an_outlet_that_the_record_does_not_hold_is_not_graded(record: Record) -> None:
    taken(record, raid_reports())
    with pytest.raises(UsageError, match="no document in this record is from 'Mornin Sheet'; near it: Morning Sheet"):
        deciding.grade(record, "Mornin Sheet", "B", WHO, WHY)
    with pytest.raises(UsageError, match="grade list"):
        deciding.grade(record, "Zzz", "B", WHO, WHY)
    with record.begin() as connection:
        assert decisions.read(connection) == []


@pytest.mark.parametrize(
    ("value", "hint"),
    [
        ("Qqzzqq", "nor a name near it"),
        ("Kassalah", "near it: Kassala"),
        ("N'Djamena", "but in TCD; correct the event's country first"),
        ("", "the gazetteer knows no ''"),
    ],
)
def test_a_place_is_corrected_to_one_that_the_gazetteer_knows(record: Record, value: str, hint: str) -> None:
    raid = raid_reports()
    taken(record, raid)
    with pytest.raises(UsageError, match=hint):
        deciding.correct(record, first(raid[0]), "place", value, WHO, WHY)
    place = event_at(record, first(raid[0])).place
    assert place is not None and place.name == "Varnost"
