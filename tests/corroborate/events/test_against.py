"""What goes against an event: denials, the other side's claim, clashing figures, and what a correction takes back."""

import msgspec
import pytest

from foreshock.corroborate.credibility.sources import sources
from foreshock.corroborate.decisions import deciding
from foreshock.corroborate.events import events
from foreshock.corroborate.views.build import event_with
from foreshock.corroborate.views.lists import Wanted, list_events
from foreshock.model.entry import Entry
from foreshock.model.event import Act, Event
from foreshock.model.vocabulary import EventType
from foreshock.record.query import Filter, find_statements
from foreshock.record.store import Record
from tests.corroborate.made import RAID_DAY, Said, event_of, identity, raid_reports, report, taken

ORVESH = ("Orvesh Column", "sdn-orvesh")
ARMY = ("Second Brigade", "sdn-second")


def merged(record: Record, first: Entry, *others: Entry) -> Event:
    """The event of `first` with those of the others, an analyst having said that they are one where they are not."""
    for other in others:
        if identity(other) not in event_of(record, first).statements:
            deciding.merge(record, identity(first), identity(other), "A. Analyst", "one act")
    return event_of(record, first)


def test_clashing_figures_never_pass_for_none_against(record: Record) -> None:
    raid = raid_reports()
    taken(record, raid)
    event = event_of(record, raid[0])
    assert [one.about for one in event.disputes] == ["figures"]
    assert event.credibility.digit == 2 and "do not agree" in event.credibility.why


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        (("Second Brigade", 5), ("Orvesh Column", 10), []),
        (("soldiers", 5), ("servicemen", 10), ["figures"]),
        (("soldiers", 5), ("people", 10), []),
        (("soldiers", 12), ("people", 10), ["figures"]),
        (("soldiers", 5), ("soldiers", 10), ["figures"]),
        (("people", 5), ("people", 10), ["figures"]),
    ],
)
def test_figures_of_other_people_are_no_dispute(
    record: Record, first: tuple[str, int], second: tuple[str, int], about: list[str]
) -> None:
    """Five of the army and ten of the rebels died, and five soldiers may be among ten people, but not twelve."""
    (some, few), (others, many) = first, second
    known = dict((ARMY, ORVESH))
    told = [
        report("Battle of Varnost", [
            Said(f"{few} of the {some} were killed near the market of Varnost on Tuesday", "killed", town="Varnost",
                 day=RAID_DAY, killed=few, recipient=(some, known.get(some))),
        ], "Morning Sheet", tail="The market had opened an hour before, and carts were left standing in the road."),
        report("Fighting at the market", [
            Said(f"On Tuesday {many} of the {others} were killed beside Varnost market", "killed", town="Varnost",
                 day=RAID_DAY, killed=many, recipient=(others, known.get(others))),
        ], "Evening Sheet", tail="Doctors of the provincial hospital asked for blood and for fuel."),
    ]  # fmt: skip
    taken(record, told)
    assert [one.about for one in merged(record, *told).disputes] == about


def test_ground_that_another_side_still_holds_counts_against_its_capture(record: Record) -> None:
    def told(outlet: str, clause: str, actor: tuple[str, str | None], word: str, source: str) -> Entry:
        return report(f"{outlet} on Varnost", [
            Said(clause, word, EventType.COERCE, "Varnost", RAID_DAY, actor=actor, source=source, mode="seize"),
        ], outlet)  # fmt: skip

    seized = [
        told("Morning Sheet", "The Orvesh Column seized Varnost town on Tuesday, residents said", ORVESH, "seized",
             "residents"),
        told("Evening Sheet", "The Orvesh Column seized the town of Varnost on Tuesday, a doctor said", ORVESH,
             "seized", "a doctor"),
    ]  # fmt: skip
    held = told("Noon Sheet", "The Second Brigade still held the town of Varnost on Tuesday, the ministry said", ARMY,
                "held", "the ministry")  # fmt: skip
    taken(record, [*seized, held])
    event = merged(record, *seized, held)
    assert event.credibility.digit == 4
    assert "denied" in event.credibility.why and "seized" in event.title


def twelve_dead() -> Entry:
    return report("Twelve dead in Varnost", [
        Said("Twelve people were killed near the market of Varnost on Tuesday", "killed", town="Varnost",
             day=RAID_DAY, killed=12),
    ], "Evening Sheet")  # fmt: skip


def test_a_toll_of_nobody_denies_no_shots(record: Record) -> None:
    shots = report("Shots in Varnost", [
        Said("Shots were heard near the market of Varnost on Tuesday", "heard", town="Varnost", day=RAID_DAY),
        Said("Nobody was killed near the market of Varnost on Tuesday", "killed", town="Varnost", day=RAID_DAY,
             denied=True),
    ], "Morning Sheet")  # fmt: skip
    dead = twelve_dead()
    taken(record, [shots, dead])
    deciding.split(record, *_apart(record, shots, dead))
    with record.begin() as connection:
        alone = event_with(connection, identity(shots))
    assert alone is not None and alone.disputes == () and alone.credibility.digit == 6
    whole = merged(record, shots, dead)
    assert "denial" in {one.about for one in whole.disputes}, "it denies the twelve"


def _apart(record: Record, shots: Entry, dead: Entry) -> tuple[str, list[str], str, str]:
    """Both statements of the first text in one event, the second text out of it."""
    for one in (identity(shots, 1), identity(dead)):
        if one not in event_of(record, shots).statements:
            deciding.merge(record, identity(shots), one, "A. Analyst", "one evening")
    return identity(shots), [identity(dead)], "A. Analyst", "another evening"


def test_a_correction_does_not_bear_out_what_it_takes_back(record: Record) -> None:
    first = report("Raiders strike Varnost", [
        Said("Raiders killed 12 people at the granary of Varnost on Tuesday, a doctor said", "killed", town="Varnost",
             day=RAID_DAY, killed=12, source="a doctor"),
    ], "Morning Sheet")  # fmt: skip
    second = report("Correction: Varnost granary", [
        Said("An earlier report said that raiders killed 12 people at the granary of Varnost on Tuesday", "killed",
             town="Varnost", day=RAID_DAY, killed=12, source="An earlier report"),
    ], "Evening Sheet", tail="The number cannot be upheld, and the Evening Sheet regrets the error.")  # fmt: skip
    taken(record, [second])
    alone = event_of(record, second)
    assert alone.credibility.digit == 5 and "takes it back" in alone.credibility.why
    taken(record, [first])
    event = merged(record, first, second)
    assert event.credibility.digit == 6, "one text tells it, the other only takes it back"
    assert [one.document for one in event.counts["killed"].told] == [first.document.id]
    assert event.independent == 1 and len(event.reports) == 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        (None, None, []),  # the author tells of a curfew, and for whom there is none
        ("the governor", "the governor", []),
        (None, "the governor", ["denial"]),
        ("residents", "the governor", ["denial"]),
    ],
)
def test_nobody_disputes_with_himself(record: Record, first: str | None, second: str | None, about: list[str]) -> None:
    said_by = [f", {one} said" if one else "" for one in (first, second)]
    told = report("Curfew in Varnost", [
        Said(f"A curfew was imposed at Varnost on Tuesday{said_by[0]}", "curfew", EventType.COERCE, "Varnost", RAID_DAY,
             source=first),
        Said(f"There was no curfew at Varnost for pilgrims{said_by[1]}", "curfew", EventType.COERCE, "Varnost",
             RAID_DAY, source=second, denied=True),
    ], "Morning Sheet")  # fmt: skip
    taken(record, [told])
    if identity(told, 1) not in event_of(record, told).statements:
        deciding.merge(record, identity(told), identity(told, 1), "A. Analyst", "one curfew")
    event = event_of(record, told)
    assert [one.about for one in event.disputes] == about
    assert event.credibility.digit == (6 if not about else 4)


def test_that_somebody_took_no_part_denies_no_act_of_others(record: Record) -> None:
    raid = raid_reports()
    bystander = report("Kelm Front on Varnost", [
        Said("The Kelm Front had taken part in the raid on Varnost granary on Tuesday", "taken part", town="Varnost",
             day=RAID_DAY, denied=True, actor=("Kelm Front", "sdn-kelm"), source="The Kelm Front"),
    ], "Noon Sheet")  # fmt: skip
    accused = report("Orvesh Column on Varnost", [
        Said("The Orvesh Column had taken part in the raid on Varnost granary on Tuesday", "taken part",
             town="Varnost", day=RAID_DAY, denied=True, actor=ORVESH, source="The Orvesh Column"),
    ], "Night Sheet")  # fmt: skip
    taken(record, [raid[0], bystander])
    assert merged(record, raid[0], bystander).disputes == ()
    taken(record, [accused])
    assert [one.about for one in merged(record, raid[0], accused).disputes] == ["denial"]


def test_an_event_of_denials_alone_says_so_in_its_title(record: Record) -> None:
    denied = report("Wedding in Varnost", [
        Said("There had been a raid at Varnost on Tuesday", "raid", town="Varnost", day=RAID_DAY, denied=True),
    ])  # fmt: skip
    negated = report("Quiet day in Tarrabad", [
        Said("Rebels did not enter Tarrabad on Tuesday", "enter", EventType.COERCE, "Tarrabad", RAID_DAY, denied=True),
    ])  # fmt: skip
    taken(record, [denied, negated])
    assert event_of(record, denied).title == "Denied: There had been a raid at Varnost on Tuesday"
    assert "only in being denied" in event_of(record, denied).credibility.why
    assert event_of(record, negated).title == "Rebels did not enter Tarrabad on Tuesday"


def _killing(outlet: str, actor: str, recipient: str, killed: int, clause: str) -> Entry:
    return report(f"{outlet}: {killed} dead in Varnost armoury fight", [
        Said(clause, "killed", town="Varnost", day=RAID_DAY, killed=killed, actor=(actor, None),
             recipient=(recipient, None)),
    ], outlet, tail="The armoury of Varnost lies beside the granary of the Kelm province.")  # fmt: skip


def test_who_killed_whom_turned_round_is_another_act_even_through_a_third(record: Record) -> None:
    one = _killing("Morning Sheet", "Mutinous soldiers", "guards", 12,
                   "Mutinous soldiers killed 12 guards at the armoury of Varnost on Tuesday")  # fmt: skip
    other = _killing("Evening Sheet", "Guards", "mutinous soldiers", 12,
                     "Guards killed 12 mutinous soldiers at the armoury of Varnost on Tuesday")  # fmt: skip
    third = report("Noon Sheet: 12 dead in Varnost armoury fight", [
        Said("A fight at the armoury of Varnost on Tuesday killed 12 guards or soldiers", "killed", town="Varnost",
             day=RAID_DAY, killed=12),
    ], "Noon Sheet", tail="The armoury of Varnost lies beside the granary of the Kelm province.")  # fmt: skip
    taken(record, [one, other, third])
    assert event_of(record, one).id != event_of(record, other).id
    assert len({event_of(record, each).id for each in (one, other, third)}) == 2, "the third is with one of them"
    events.recompute(record)
    assert event_of(record, one).id != event_of(record, other).id
    assert len(merged(record, one, other).reports) >= 2, "an analyst may still say that they are one"


def test_one_toll_of_one_people_is_one_act_though_an_attacker_is_read_among_them(record: Record) -> None:
    one = _killing("Morning Sheet", "Rebels", "peacekeepers", 7,
                   "Rebels killed 7 peacekeepers at the armoury of Varnost on Tuesday")  # fmt: skip
    other = _killing("Evening Sheet", "A fight", "peacekeepers and rebels", 7,
                     "A fight of peacekeepers and rebels killed 7 at the armoury of Varnost on Tuesday")  # fmt: skip
    taken(record, [one, other])
    assert event_of(record, one).id == event_of(record, other).id


def test_an_outlet_is_not_charged_with_a_denial_that_it_quotes(record: Record) -> None:
    teller = report("Mutiny at Varnost", [
        Said("Soldiers of the Second Brigade mutinied at Varnost on Tuesday, two officers said", "mutinied",
             EventType.COERCE, "Varnost", RAID_DAY, source="two officers", mode="x-mutiny"),
    ], "Morning Sheet")  # fmt: skip
    quoter = report("General staff on Varnost", [
        Said("Soldiers of the Second Brigade did not mutiny at Varnost on Tuesday, the general staff said", "mutiny",
             EventType.COERCE, "Varnost", RAID_DAY, source="the general staff", mode="x-mutiny", denied=True),
    ], "Evening Sheet")  # fmt: skip
    taken(record, [teller, quoter])
    assert merged(record, teller, quoter).credibility.digit == 4
    with record.begin() as connection:
        charged = {one.name: one.contradicted for one in sources(connection)}
    assert charged == {"Morning Sheet": 1, "Evening Sheet": 0}


def test_an_outlet_that_tells_both_sides_is_not_contradicted_by_itself(record: Record) -> None:
    both = report("Mutiny at Varnost", [
        Said("Soldiers of the Second Brigade mutinied at Varnost on Tuesday", "mutinied", EventType.COERCE, "Varnost",
             RAID_DAY, mode="x-mutiny"),
        Said("The general staff said that soldiers did not mutiny at Varnost on Tuesday", "mutiny", EventType.COERCE,
             "Varnost", RAID_DAY, source="The general staff", mode="x-mutiny", denied=True),
    ], "Morning Sheet")  # fmt: skip
    taken(record, [both])
    if identity(both, 1) not in event_of(record, both).statements:
        deciding.merge(record, identity(both), identity(both, 1), "A. Analyst", "one mutiny")
    assert event_of(record, both).credibility.digit == 4
    with record.begin() as connection:
        assert [one.contradicted for one in sources(connection)] == [0]


def test_stored_acts_of_before_roles_were_kept_are_read() -> None:
    old = ["a" * 16, 0, "ASSAULT", None, False, None, None, None, None, None, False, [], {}, {}, [], []]
    act = msgspec.msgpack.decode(msgspec.msgpack.encode(old), type=Act)
    assert act.did == act.suffered == frozenset()


@pytest.mark.parametrize(
    ("clause", "trigger"),
    [
        ("Nobody was hurt at the market of Varnost on Tuesday", "hurt"),
        ("No one was killed at the market of Varnost on Tuesday", "killed"),
        ("No shots were fired at the market of Varnost on Tuesday", "fired"),
        ("The army did not shell the market of Varnost on Tuesday", "shell"),
        ("The raid on the market of Varnost on Tuesday caused no deaths", "deaths"),
    ],
)
def test_violence_that_did_not_happen_is_a_statement_and_no_event(record: Record, clause: str, trigger: str) -> None:
    quiet = report("Quiet in Varnost", [Said(clause, trigger, town="Varnost", day=RAID_DAY, denied=True)])
    taken(record, [quiet])
    with record.begin() as connection:
        assert event_with(connection, identity(quiet)) is None
        assert list_events(connection, Wanted(dismissed=True)) == []
    assert len(find_statements(record, Filter(clause_words="Varnost"), 10)) == 1
    assert events.catch_up(record) == events.Touched(), "it is not taken for something left undone"


@pytest.mark.parametrize(
    "clause", ["Gunmen failed to kill the mayor of Varnost", "Police prevented a plot to kill the mayor of Varnost"]
)
def test_violence_that_was_tried_or_prevented_is_an_event(record: Record, clause: str) -> None:
    tried = report("Attempt in Varnost", [Said(clause, "kill", town="Varnost", day=RAID_DAY, denied=True)])
    taken(record, [tried])
    assert event_of(record, tried).title == clause


def test_that_nobody_was_killed_still_disputes_what_another_text_tells(record: Record) -> None:
    quiet = report("Quiet in Varnost", [
        Said("Nobody was killed near the market of Varnost on Tuesday", "killed", town="Varnost", day=RAID_DAY,
             denied=True),
    ], "Morning Sheet")  # fmt: skip
    dead = twelve_dead()
    taken(record, [quiet])
    taken(record, [dead])
    assert event_of(record, quiet).id == event_of(record, dead).id
    assert {one.about for one in event_of(record, dead).disputes} == {"denial"}


def test_an_analyst_may_still_decide_about_what_did_not_happen(record: Record) -> None:
    quiet = report("Quiet in Varnost", [Said("Nobody was hurt in Varnost", "hurt", town="Varnost", denied=True)])
    taken(record, [quiet])
    number = deciding.grade_event(record, identity(quiet), 2, "A. Analyst", "two medics say so")
    assert event_of(record, quiet).credibility.digit == 2
    assert number in event_of(record, quiet).decisions
