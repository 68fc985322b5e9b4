"""A text that tells an event in another's words confirms nothing, though it is no copy of it."""

from pathlib import Path

import pytest

from foreshock.model.event import Event
from tests.corroborate.made import MAY, Said, event_of, report, taken
from tests.record.samples import new_record

RAID = "gunmen on motorcycles attacked the market of Varnost at dawn and carried off the grain of three villages"
OWN = "Gunmen attacked the market of Varnost before the sun was up, and what grain there was is gone"


def raid(clause: str, source: str | None = None, trigger: str = "attacked") -> Said:
    return Said(clause, trigger, town="Varnost", day=MAY, source=source, actor=("unmen", None))


TAILS = (
    "Traders say that they will not come back before soldiers are sent. The price of sorghum has doubled since March.",
    "The rains failed for the third year, wells are dry, and herders move south with what is left of their animals.",
)


def event_told(folder: Path, *told: tuple[str, str, Said]) -> Event:
    """The event that two outlets tell of, each under a title of its own and beside other things."""
    rest = zip(told, TAILS, strict=True)
    entries = [report(title, [said], outlet, tail=tail) for (outlet, title, said), tail in rest]
    with new_record(folder / "record.sqlite") as record:
        taken(record, entries)
        return event_of(record, entries[0])


def test_a_sentence_printed_again_in_another_article_confirms_nothing(tmp_path: Path) -> None:
    found = event_told(
        tmp_path,
        ("Morning Sheet", "A market is raided in Kelm", raid(RAID)),
        ("Evening Post", "What the drought has done to the province", raid(RAID)),
    )
    assert (len(found.reports), found.independent, found.credibility.digit) == (2, 1, 6)


EDITED = (
    "gunmen on motorcycles attacked the market of Varnost on Sunday at dawn and carried off the grain of three hamlets",
    "masked gunmen on motorbikes attacked the market of Varnost at first light and carried off the grain of 3 villages",
)


@pytest.mark.parametrize("edited", EDITED)
def test_a_sentence_that_an_editor_changed_here_and_there_confirms_nothing(tmp_path: Path, edited: str) -> None:
    found = event_told(
        tmp_path,
        ("Morning Sheet", "A market is raided in Kelm", raid(f"At the ford of the river Kelm {RAID}, carts and all")),
        ("Evening Post", "What the drought has done", raid(f"At the ford of the river Kelm {edited}, carts and all")),
    )
    assert (len(found.reports), found.independent) == (2, 1)


def test_who_tells_it_in_words_of_their_own_confirms_it(tmp_path: Path) -> None:
    found = event_told(
        tmp_path,
        ("Morning Sheet", "A market is raided in Kelm", raid(RAID)),
        ("Evening Post", "What the drought has done to the province", raid(OWN)),
    )
    assert (len(found.reports), found.independent) == (2, 2)


def test_two_who_quote_one_source_alike_and_tell_that_in_their_own_words_are_two(tmp_path: Path) -> None:
    found = event_told(
        tmp_path,
        ("Morning Sheet", "A market is raided in Kelm", raid(f"The ministry said on Sunday that {RAID}", "ministry")),
        ("Evening Post", "Drought in the province", raid(f"According to the ministry in Osht, {RAID}", "ministry")),
    )
    assert (len(found.reports), found.independent) == (2, 2)
