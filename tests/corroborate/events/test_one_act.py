"""What is not one act, however alike it is told: fighting that goes on, what stands below the news, another's words."""

from pathlib import Path

import pytest

from foreshock.corroborate.events.acts import act_explained, act_score
from foreshock.corroborate.events.rules import rules
from foreshock.corroborate.events.score import probability
from foreshock.corroborate.events.told import acts_of
from foreshock.model.entry import Entry
from foreshock.model.event import Act
from foreshock.model.vocabulary import EventType
from foreshock.record.store import Record
from tests.corroborate.made import Said, event_of, report, taken

COLUMN = ("Orvesh Column", "sdn-orvesh")
TAILS = (
    "The market stays shut for the rest of the week, and the road to the river is closed to carts.",
    "Families slept in the school. The governor promised a post of soldiers at the ford before the harvest.",
)
NEWS = Said("The Orvesh Column killed 47 villagers at the ford of Varnost, the hospital said", "killed", town="Varnost",
            killed=47, actor=COLUMN)  # fmt: skip
TOLD_AGAIN = Said("Forty-seven villagers were killed by the Orvesh Column at the ford of Varnost", "killed",
                  town="Varnost", killed=47, actor=COLUMN)  # fmt: skip
FAR = Said("The governor asked the valley for patience" + ", and once more for patience" * 60, "asked",
           EventType.REQUEST)  # fmt: skip


def told_in(folder: Path, first: list[Said], second: list[Said], at: int = 0) -> int:
    """How many reports the event has that the first page tells of with its statement `at`; two crawled pages."""
    pages = [
        report(title, said, outlet, None, tail=tail, crawl_month="2023-05")
        for title, said, outlet, tail in (
            ("News of Varnost and its valley", first, "Morning Sheet", TAILS[0]),
            ("The valley of Varnost today", second, "Evening Post", TAILS[1]),
        )
    ]
    with Record(str(folder / "record.sqlite")) as record:
        taken(record, pages)
        return len(event_of(record, pages[0], at).reports)


def told(entry: Entry) -> list[Act]:
    """The acts of a page."""
    assert entry.reading is not None
    return acts_of(entry.reading.statements)


def test_one_toll_told_by_two_is_one_act(tmp_path: Path) -> None:
    assert told_in(tmp_path, [NEWS], [TOLD_AGAIN]) == 2


@pytest.mark.parametrize(
    ("clause", "other", "trigger"),
    [
        (
            "Clashes with the army emptied hamlets near Varnost",
            "Clashes went on around Varnost for a third week",
            "Clashes",
        ),
        ("Attacks emptied hamlets near Varnost", "Attacks on mills and lorries went on around Varnost", "Attacks"),
        ("The Column often attacked hamlets near Varnost", "Men regularly attacked mills around Varnost", "attacked"),
    ],
)
def test_fighting_that_goes_on_is_no_one_act_in_two_texts(clause: str, other: str, trigger: str) -> None:
    acts = [act for words in (clause, other) for act in told(report(words, [Said(words, trigger, town="Varnost")]))]
    assert probability(act_score(*acts, 0.5)) < rules().joined
    raid, again = (
        act
        for words in ("Raiders stormed the granary near Varnost", "The granary near Varnost was stormed by raiders")
        for act in told(report(words, [Said(words, "stormed", town="Varnost")]))
    )
    assert probability(act_score(raid, again, 0.5)) > rules().joined


def test_below_the_news_two_acts_are_not_one_because_the_news_is(tmp_path: Path) -> None:
    lorry = Said("The Orvesh Column had burned a lorry of the mill", "burned", actor=COLUMN)
    bridge = Said("An empty bridge was shelled by the Orvesh Column", "shelled", actor=COLUMN)
    assert told_in(tmp_path, [NEWS, FAR, lorry], [TOLD_AGAIN, FAR, bridge], 2) == 1


def test_a_victim_that_both_name_is_one_below_the_news_too(tmp_path: Path) -> None:
    first = Said("Men had abducted the miller Tavrin Oldesk", "abducted", recipient=("Tavrin Oldesk", None))
    second = Said("Men abducted Tavrin Oldesk, a miller", "abducted", recipient=("Tavrin Oldesk", None))
    assert told_in(tmp_path, [NEWS, FAR, first], [TOLD_AGAIN, FAR, second], 2) == 2


@pytest.mark.parametrize(("other", "sign"), [(("The teachers' union", "sdn-teachers"), 1), (COLUMN, -1)])
def test_who_says_it_tells_one_condemnation_from_another(other: tuple[str, str], sign: int) -> None:
    acts = []
    for who in (("The teachers' union", "sdn-teachers"), other):
        said = Said(f"{who[0]} condemned the burning of the school", "condemned", EventType.ACCUSE, actor=who)
        acts += told(report(f"News of {who[0]}", [said]))
    parts = {part.feature: part.contribution for part in act_explained(*acts, 0.5)}
    assert parts["doer"] * sign > 0 and parts["actors"] * sign > 0


@pytest.mark.parametrize(("killed", "least", "most"), [(1, 0.0, 0.0), (2, 0.01, 1.0), (10, 1.0, 2.0), (47, 2.5, 9.0)])
def test_a_small_toll_that_two_tell_alike_says_little(killed: int, least: float, most: float) -> None:
    acts = []
    for title in ("Morning", "Evening"):
        acts += told(report(title, [Said(f"{killed} were killed near Varnost", "killed", killed=killed)]))
    parts = {part.feature: part.contribution for part in act_explained(*acts, 0.5)}
    assert least <= parts.get("counts", 0.0) <= most
