"""Events: what joins and what does not, in whatever order it comes; what a view shows; nothing left behind."""

import datetime
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from alembic import command
from sqlalchemy import select

from foreshock.corroborate.events import events
from foreshock.corroborate.views.build import event_with
from foreshock.corroborate.views.lists import Wanted, count_events, joins_of, list_events
from foreshock.model.entry import Entry
from foreshock.model.statement import Count, Place, PlaceMember
from foreshock.model.vocabulary import CONTEXTS, Granularity, Precision
from foreshock.record import events_tables
from foreshock.record.erasure import erase
from foreshock.record.store import Record, migration_config
from tests.corroborate.made import RAID_DAY, Said, event_of, other_reports, raid_reports, report, taken
from tests.record.samples import new_record


def state(record: Record) -> dict[str, list[tuple[object, ...]]]:
    """Every table of events, in an order of its own."""
    tables = (
        events_tables.events, events_tables.event_statements, events_tables.event_stories, events_tables.event_keys,
        events_tables.event_act_pairs, events_tables.event_document_pairs, events_tables.event_common_keys,
    )  # fmt: skip
    with record.begin() as connection:
        return {table.name: sorted(map(tuple, connection.execute(select(table))), key=str) for table in tables}


def test_reports_of_one_raid_join_and_others_do_not(record: Record) -> None:
    raid, others = raid_reports(), other_reports()
    taken(record, [*raid, *others])
    event = event_of(record, raid[0])
    assert {one.document for one in event.reports} == {entry.document.id for entry in raid}
    assert event.independent == 3 and event.copies == 0
    assert (event.from_, event.to) == (RAID_DAY, RAID_DAY)
    assert event.place is not None and event.place.name == "Varnost"
    assert str(event.first_report) == "2023-05-10" and str(event.last_report) == "2023-05-11"
    for entry in others:
        assert len(event_of(record, entry).reports) == 1
    assert events.same_event_groups(record) == [sorted(str(entry.document.title) for entry in raid)]


def test_an_event_in_a_list_of_towns_of_one_country_lies_there_and_not_in_the_country_alone(record: Record) -> None:
    def at(entry: Entry, place: Place) -> Entry:
        assert entry.reading is not None
        said = tuple(msgspec.structs.replace(one, place=place) for one in entry.reading.statements)
        return replace(entry, reading=msgspec.structs.replace(entry.reading, statements=said))

    towns = tuple(
        PlaceMember(
            name=name, country="SDN", admin1=None, lat=None, lon=None, precision=Precision.POINT, geonameid=None
        )
        for name in ("Varnost", "Ulmezhin")
    )
    nowhere = Place(start=None, end=None, text=None, country="SDN")
    region = msgspec.structs.replace(nowhere, name="both towns", precision=Precision.REGION, members=towns)
    country = msgspec.structs.replace(nowhere, name="Sudan", precision=Precision.COUNTRY)
    first, second, third = raid_reports()
    taken(record, [at(first, region), at(second, country), at(third, country)])
    event = event_of(record, first)
    assert len(event.reports) == 3
    assert event.place is not None and event.place.name == "both towns"


def test_order_and_batches_do_not_matter_and_recomputing_changes_nothing(tmp_path: Path) -> None:
    entries = [*raid_reports(), *other_reports()]
    seen = []
    for size, order in ((1, [0, 1, 2, 3, 4, 5]), (2, [5, 2, 4, 0, 3, 1]), (6, [3, 1, 5, 4, 2, 0])):
        with new_record(tmp_path / f"{size}.sqlite") as record:
            for at in range(0, len(order), size):
                taken(record, [entries[one] for one in order[at : at + size]])
            seen.append(state(record))
            events.recompute(record)
            assert state(record) == seen[-1]
    assert seen[0] == seen[1] == seen[2]


def test_an_event_that_loses_a_report_to_a_better_match_is_described_anew(tmp_path: Path) -> None:
    def told(title: str, words: str, published: int) -> Entry:
        said = Said(f"Gunmen of the Orvesh Column attacked {words} near Varnost", "attacked", town="Varnost")
        return report(title, [said], published=RAID_DAY.replace(day=published))

    entries = [
        told("Mill burns near Varnost", "the mill of Dorun and the Selk dam", 9),
        told("Dam and mill near Varnost", "the Selk dam, the Dorun mill and the Harn depot", 10),
        told("Depot attacked near Varnost", "the Harn depot and the Selk dam by night", 10),
        told("Night attack on Harn depot near Varnost", "the Harn depot by night with mortars", 11),
        told("Mortars hit Harn depot near Varnost", "the Harn depot with mortars by night", 11),
    ]
    for order in ([0, 1, 2, 3, 4], [4, 0, 2, 1, 3]):
        with new_record(tmp_path / f"{order[0]}.sqlite") as record:
            for one in order:
                taken(record, [entries[one]])
                for identity, *row in state(record)["events"]:
                    with record.begin() as connection:
                        event = event_with(connection, str(identity))
                    assert event is not None and event.id == identity
                    assert len(event.statements) in row and event.title in row


def test_figures_and_who_gave_them(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    killed = event_of(record, raid[0]).counts["killed"]
    assert (killed.low, killed.best, killed.high) == (12, 12, 15)
    assert {(one.speaker, one.best) for one in killed.told} == {
        ("Morning Sheet", 12), ("Varnost hospital", 12), ("Kelm governorate", 15),
    }  # fmt: skip
    assert [one.about for one in event_of(record, raid[0]).disputes] == ["figures"]


def test_copies_count_once(record: Record) -> None:
    raid = raid_reports()
    body = raid[0].document.text.split("\n\n", 1)[1]
    long_tail = " ".join(f"Witness number {number} told of smoke over the mill quarter." for number in range(20))
    said = Said(body.split(". ")[0], "killed", town="Varnost", day=RAID_DAY, killed=12)
    copies = [report(title, [said], outlet, tail=long_tail) for title, outlet in (("Raid", "One"), ("The raid", "Two"))]
    taken(record, copies)
    event = event_of(record, copies[0])
    assert (event.independent, event.copies) == (1, 1)
    assert event.credibility.digit == 6, "an echo confirms nothing"


@pytest.mark.parametrize(
    ("publishers", "digit"),
    [
        (["", "", ""], 1),
        ([" - Kelm Daily", " - Kelm Daily", " - Kelm Daily"], 3),
        ([" - Kelm Daily", " | KELM DAILY", " - Osht Post"], 2),
        ([" - what we know so far about the raid", " - what we know so far about the raid", ""], 1),
    ],
)
def test_texts_of_one_publisher_confirm_nothing_for_each_other(
    record: Record, publishers: list[str], digit: int
) -> None:
    clause = "killed 12 people at the granary of Varnost on Tuesday"
    texts = [
        report(
            f"{headline}{publisher}",
            [Said(f"{who} {clause}", "killed", town="Varnost", day=RAID_DAY, killed=12, actor=(who, "sdn-orvesh"))],
            tail=tail,
        )
        for headline, who, tail, publisher in zip(
            ("Raiders strike Varnost granary", "Granary at Varnost burns in raid", "Varnost granary raid kills 12"),
            ("The Orvesh Column", "Raiders of the Orvesh Column", "Fighters of the Orvesh Column"),
            (
                "Smoke stood over the mill quarter until dusk. Carts with flour blocked the only bridge, and a baker "
                "said that bread would cost twice as much by Sunday.",
                "The governor flew in at noon and left within the hour. A second granary, further up the valley, has "
                "been under guard since last winter, when thieves broke its doors.",
                "Schools in the town stay shut until Monday. Families from the river camp asked for tents, blankets "
                "and clean water, and two lorries were sent from the capital.",
            ),
            publishers,
            strict=True,
        )
    ]
    taken(record, texts)
    event = event_of(record, texts[0])
    assert event.independent == 3
    assert event.credibility.digit == digit


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "digit"),
    [
        ([("Reuters", None), ("Daily Nation", "Reuters")], 3),
        ([("Reuters", "Kelm governorate"), ("Daily Nation", "Reuters")], 3),
        ([("Associated Press", None), ("Daily Nation", "AP")], 3),
        ([("uk.reuters.com", None), ("Daily Nation", "Reuters")], 3),
        ([("notreuters.com", None), ("Daily Nation", "Reuters")], 2),
        ([("The Kelm Daily", None), ("Daily Nation", "Kelm Daily")], 3),
        ([("Kelm Daily", "AFP"), ("Daily Nation", "Agence France-Presse")], 3),
        ([("Reuters", None), ("Daily Nation", "AP")], 2),
        ([("Reuters", None), ("Daily Nation", None)], 2),
        ([("Reuters", None), ("Daily Nation", "Reuters"), ("Kelm Daily", "Varnost hospital")], 2),
        ([("Kelm Daily", "Varnost hospital"), ("Kelm Daily", "Kelm governorate"), ("The Kelm Daily", None)], 3),
        ([("Kelm Daily", "Varnost hospital"), ("Kelm Daily", "Kelm governorate"), ("Noon Sheet", None)], 1),
    ],
)
def test_an_outlet_and_who_quotes_it_are_one_origin(
    record: Record, told: list[tuple[str, str | None]], digit: int
) -> None:
    tails = (
        "Smoke stood over the mill quarter until dusk, and carts with flour blocked the only bridge of the town.",
        "The governor flew in at noon and left within the hour, to the anger of those who had waited for him.",
        "Schools in the town stay shut until Monday. Families from the river camp asked for tents and blankets.",
    )
    clauses = (
        "The Orvesh Column killed 12 people at the granary of Varnost on Tuesday",
        "Twelve people were killed as the Orvesh Column raided the granary of Varnost on Tuesday",
        "On Tuesday the Orvesh Column killed 12 people in Varnost, at the granary",
    )
    texts = [
        report(
            f"Raid {number} on Varnost granary",
            [Said(clause if source is None else f"{clause}, {source} reported", "killed", town="Varnost", day=RAID_DAY,
                  killed=12, actor=("Orvesh Column", "sdn-orvesh"), source=source)],
            outlet, tail=tail,
        )
        for number, (clause, tail, (outlet, source)) in enumerate(zip(clauses, tails, told, strict=False))
    ]  # fmt: skip
    taken(record, texts)
    event = event_of(record, texts[0])
    assert event.independent == len(told)
    assert event.credibility.digit == digit


def test_a_headline_makes_no_second_origin_of_what_its_text_has_from_a_ministry(record: Record) -> None:
    texts = [
        report(
            f"{outlet}: {headline}",
            [Said(headline, "killed", town="Varnost", day=RAID_DAY, killed=12, actor=("Orvesh Column", "sdn-orvesh")),
             Said(body, "killed", town="Varnost", day=RAID_DAY, killed=12, actor=("Orvesh Column", "sdn-orvesh"),
                  source="interior ministry")],
            outlet, tail=tail,
        )
        for outlet, headline, body, tail in (
            ("Morning Sheet", "Orvesh Column has killed 12 in Varnost",
             "The Orvesh Column killed 12 people at the granary of Varnost, the interior ministry said on Tuesday",
             "Smoke stood over the mill quarter until dusk, and carts with flour blocked the only bridge."),
            ("Daily Nation", "Twelve killed by Orvesh Column in raid on Varnost",
             "Twelve were killed as the Orvesh Column raided Varnost on Tuesday, according to the interior ministry",
             "The governor flew in at noon and left within the hour, to the anger of those who had waited."),
            ("Kelm Daily", "Varnost granary raided, 12 killed by Orvesh Column",
             "The interior ministry put those killed by the Orvesh Column in Tuesday's raid on Varnost at twelve",
             "Schools in the town stay shut until Monday. Families from the river camp asked for blankets."),
        )
    ]  # fmt: skip
    taken(record, texts)
    event = event_of(record, texts[0])
    assert (event.independent, event.credibility.digit) == (3, 3)


def test_a_denial_and_another_side_are_disputes(record: Record) -> None:
    raid = raid_reports()
    denial = report(
        "Orvesh Column denies Varnost granary raid",
        [Said("The Orvesh Column did not raid the granary of Varnost on Tuesday, its spokesman said", "raid",
              town="Varnost", day=RAID_DAY, denied=True, actor=("Orvesh Column", "sdn-orvesh"))],
        "Noon Sheet",
    )  # fmt: skip
    blame = report(
        "Army blamed for Varnost granary raid",
        [Said("Soldiers of the Second Brigade killed 12 people at the granary of Varnost on Tuesday", "killed",
              town="Varnost", day=RAID_DAY, killed=12, actor=("Second Brigade", "sdn-second"))],
        "Night Sheet",
    )  # fmt: skip
    taken(record, [*raid, denial, blame])
    event = event_of(record, denial)
    assert {"denial", "side"} <= {one.about for one in event.disputes}
    assert len(event.reports) == 5 and event.independent == 4, "who denies it does not report it"
    against = next(one for one in event.disputes if one.about == "denial")
    assert denial.reading is not None
    assert against.statements == (denial.reading.statements[0].id,)


def test_a_join_is_explained_feature_by_feature(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    with record.begin() as connection:
        between, acts = joins_of(connection, event_of(record, raid[0]))
    for join in (*between, *acts):
        assert join.probability > 0.5
        assert {"intercept"} < {part.feature for part in join.parts}
    names = next(part for part in between[0].parts if part.feature == "names")
    assert "varnost" in names.found


@pytest.mark.parametrize(
    ("killed", "feature"),
    [
        (Count(low=12), "counts"),
        (Count(low=16), "other_counts"),
        (Count(high=20), "counts"),
        (Count(high=12), "other_counts"),
        (Count(best=12), "other_counts"),
        (Count(), None),
    ],
)
def test_an_open_figure_agrees_with_all_that_it_can_be(record: Record, killed: Count, feature: str | None) -> None:
    raid = raid_reports()
    clause = "Raiders of the Orvesh Column attacked the granary of Varnost on Tuesday and killed people"
    said = Said(clause, "attacked", town="Varnost", day=RAID_DAY, killed=killed, actor=("Orvesh Column", "sdn-orvesh"))
    open_ended = report("Varnost granary raid", [said], "Noon Sheet", tail="The harvest of the valley was in it.")
    taken(record, [open_ended, raid[2]])
    event = event_of(record, raid[2])
    assert len(event.reports) == 2
    with record.begin() as connection:
        _, (join,) = joins_of(connection, event)
    found = {part.feature: part.contribution for part in join.parts if part.feature in ("counts", "other_counts")}
    assert list(found) == ([feature] if feature is not None else [])
    assert all(contribution > 0 if name == "counts" else contribution < 0 for name, contribution in found.items())
    assert ("figures" in {one.about for one in event.disputes}) == (feature == "other_counts")


def test_an_erased_document_leaves_no_trace_in_events(record: Record, tmp_path: Path) -> None:
    raid = raid_reports()
    taken(record, raid)
    erase(record, raid[0].document.id, "asked for", "tester")
    events.catch_up(record)
    with new_record(tmp_path / "without.sqlite") as without:
        taken(without, raid[1:])
        assert state(record) == state(without)


def test_a_run_that_was_killed_is_caught_up(record: Record) -> None:
    entries = raid_reports()
    record.keep(entries)
    assert len(events.pending(record)) == 3
    events.catch_up(record)
    assert events.pending(record) == []
    with record.begin() as connection:
        assert count_events(connection, Wanted()) == 1


@pytest.mark.slow
def test_words_that_everyone_uses_are_no_longer_compared_by(tmp_path: Path) -> None:
    crowd = [
        report(f"Notice {number}", [Said(f"Militia looted the Varnost mill yard, item {number} of {number}", "looted")])
        for number in range(104)
    ]
    seen = []
    for number, ordered in enumerate((crowd, crowd[::-1])):
        with new_record(tmp_path / f"{number}.sqlite") as record:
            record.keep(ordered)
            identities = [entry.document.id for entry in ordered]
            for at in range(0, len(identities), 60):
                events.update(record, identities[at : at + 60])
            seen.append(state(record))
    assert seen[0] == seen[1]
    assert seen[0]["event_common_keys"]
    assert not seen[0]["event_document_pairs"]


def test_lists_are_sorted_by_independent_reports_and_filtered(record: Record) -> None:
    taken(record, [*raid_reports(), *other_reports()])
    with record.begin() as connection:
        found = list_events(connection, Wanted())
        assert [one.independent for one in found] == [3, 1, 1, 1]
        assert [one.type for one in list_events(connection, Wanted(type="PROTEST"))] == ["PROTEST"]
        assert count_events(connection, Wanted(disputed=True)) == 1
        assert count_events(connection, Wanted(country="UKR")) == 0


def test_an_event_has_every_context_that_its_statements_bear_on(record: Record) -> None:
    raid, many = raid_reports(), sorted(CONTEXTS)[:20]
    assert raid[0].reading is not None
    told = tuple(msgspec.structs.replace(one, contexts=tuple(many)) for one in raid[0].reading.statements)
    reading = msgspec.structs.replace(raid[0].reading, statements=told)
    taken(record, [replace(raid[0], reading=reading), *raid[1:]])
    assert set(event_of(record, raid[0]).contexts) == {*many, "armed_resistance"}, "exports protect by them"


def test_events_listed_before_say_of_which_reports_only_the_month_is_known_after_migration(record: Record) -> None:
    first, *others = raid_reports()
    month = {"published": datetime.date(2023, 5, 31), "published_granularity": Granularity.MONTH}
    assert first.reading is not None
    document = msgspec.structs.replace(first.document, **month)
    reading = msgspec.structs.replace(first.reading, document=document)
    taken(record, [replace(first, document=document, reading=reading), *others])
    with record.begin() as connection:
        before = list_events(connection, Wanted())
    with record.begin(writing=True) as connection:
        config = migration_config()
        config.attributes["connection"] = connection
        command.downgrade(config, "0014")
    with Record(record.name) as again, again.begin() as connection:
        assert list_events(connection, Wanted()) == before
    known = {one.first_report_granularity for one in before} | {one.last_report_granularity for one in before}
    assert Granularity.MONTH in known
