"""Copies and light rewrites become one group; what only shares furniture, background or a digest does not."""

import itertools
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlalchemy import func, select

from foreshock.corroborate.copies.fingerprints import Fingerprint, credits_in
from foreshock.corroborate.copies.syndication import Syndication
from foreshock.record.store import Record
from foreshock.record.syndication_tables import syndication_pairs, syndication_runs, syndication_texts
from tests.corroborate.copies.stories import FURNITURE, printed, reworded, story
from tests.record.samples import new_record

TITLES = (
    "Rebels at the gates of Arlem", "Harvest fails in the south", "A judge steps down", "Mill workers walk out",
    "Bridge over the Corva reopened", "Garada counts its votes",
)  # fmt: skip


def grouped(record: Record, texts: Sequence[Fingerprint], batch: int = 100) -> set[frozenset[str]]:
    """The groups of two or more, by document, after adding texts in batches."""
    syndication = Syndication()
    for at in range(0, len(texts), batch):
        with record.begin(writing=True) as connection:
            syndication.add(connection, texts[at : at + batch])
    return groups(record)


def groups(record: Record) -> set[frozenset[str]]:
    found: dict[str, set[str]] = {}
    with record.begin() as connection:
        for document, group in connection.execute(select(syndication_texts.c.document, syndication_texts.c.copies_of)):
            found.setdefault(group, set()).add(document)
    return {frozenset(group) for group in found.values() if len(group) > 1}


def named(*texts: Fingerprint) -> frozenset[str]:
    return frozenset(text.document for text in texts)


@pytest.mark.slow
def test_a_copy_cut_short_and_a_light_rewrite_are_one_group(record: Record) -> None:
    told = story(1)
    whole, cut = printed(told, "Rebels at Arlem"), printed(told[:4], "Arlem: rebels")
    rewritten = printed(reworded(told, 9))
    other = printed(story(2), "Traders at Estel")
    assert grouped(record, [whole, cut, rewritten, other]) == {named(whole, cut, rewritten)}


def test_what_only_shares_a_sites_furniture_is_not_copied(record: Record) -> None:
    same_site = [printed([*FURNITURE, *story(seed, 2)], TITLES[seed], month=1 + 2 * seed) for seed in range(5)]
    assert grouped(record, same_site) == set()


def test_furniture_is_told_within_a_month_where_the_outlet_is_known(record: Record) -> None:
    same_site = [printed([*FURNITURE, *story(seed, 2)], TITLES[seed], outlet="Lantern") for seed in range(4)]
    assert grouped(record, same_site) == set()


def test_a_copy_on_a_site_with_much_furniture_is_found(record: Record) -> None:
    others = [printed([*FURNITURE, *story(seed, 2)], TITLES[seed], month=1 + 2 * seed) for seed in range(5)]
    told = story(9, 5)
    here, there = printed([*FURNITURE, *told], "Arlem falls", month=4), printed(told, "The fall of Arlem", month=4)
    assert grouped(record, [*others, here, there]) == {named(here, there)}


def test_a_later_story_that_repeats_the_background_is_another(record: Record) -> None:
    background = story(3, 3)
    first = printed([*story(4, 5), *background], "Shelling at Bostra")
    later = printed([*story(5, 5), *background], "Inquiry opens in the capital")
    assert grouped(record, [first, later]) == set()


def test_a_digest_does_not_make_its_stories_one(record: Record) -> None:
    stories = [story(seed, 4) for seed in range(20, 23)]
    alone = [printed(lines, f"Story {at}") for at, lines in enumerate(stories)]
    digest = printed([line for lines in stories for line in lines], "The week in brief")
    assert grouped(record, [*alone, digest]) == set()


def test_no_order_and_no_batch_changes_the_groups(tmp_path: Path) -> None:
    texts = []
    for seed in range(12):
        told = story(seed, 6)
        texts += [
            printed([*told, *FURNITURE[:2]], f"Story {seed}", month=1 + seed),
            printed(told[:3], f"{seed} cut", month=1 + seed),
        ]
        texts.append(printed([*FURNITURE, *story(100 + seed, 2)], f"Other {seed}", month=12 - seed))
    wanted = None
    for number, batch in enumerate((1, 7, 100)):
        random.Random(number).shuffle(texts)
        with new_record(tmp_path / f"{number}.sqlite") as record:
            found = grouped(record, texts, batch)
        assert wanted is None or found == wanted
        wanted = found
    assert wanted is not None
    assert len(wanted) == 12


def test_groups_can_be_computed_anew(record: Record) -> None:
    told = story(1)
    texts = [printed(told, "Arlem"), printed(told[:5], "At Arlem"), printed(story(2), "Estel")]
    before = grouped(record, texts)
    with record.begin(writing=True) as connection:
        connection.execute(syndication_texts.update().values(copies_of="sha256:wrong"))
        connection.execute(syndication_pairs.delete())
        Syndication().recompute(connection)
    assert groups(record) == before == {named(*texts[:2])}


def test_a_text_that_no_capture_holds_is_forgotten(record: Record) -> None:
    told = story(1)
    grouped(record, [printed(told, "Arlem"), printed(told[:5], "At Arlem")])
    with record.begin(writing=True) as connection:
        Syndication().forget(connection)  # nothing was captured here
        for table in (syndication_texts, syndication_pairs, syndication_runs):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


def test_a_wire_credit_is_one_where_agencies_write_it() -> None:
    assert credits_in("KHARTOUM (Reuters) - Soldiers left.") == {"reuters"}
    assert credits_in("Soldiers left the town.\n- AFP") == {"afp"}
    assert credits_in("NAIROBI, June 2 (Xinhua) -- Soldiers left.") == {"xinhua"}
    assert credits_in("She told Reuters that soldiers had left.") == frozenset()


def test_the_scores_that_made_a_group_are_explained(record: Record) -> None:
    told = story(1)
    grouped(record, [printed(told, "Arlem"), printed(told[:5], "At Arlem")])
    with record.begin() as connection:
        pair = connection.execute(select(syndication_pairs)).one()
    assert pair.score > 0.5
    for name in ("shared", "worse lead", "better lead", "title"):
        assert f'"{name}"' in pair.features


def test_the_index_finds_everything_over_merges(record: Record) -> None:
    texts = [printed(story(seed, 2), f"Story {seed}") for seed in range(80)]
    again = [
        printed([*story(seed, 2), "And then the mayor of Arlem said that it was all over for now."])
        for seed in range(80)
    ]
    found = grouped(record, [*texts, *again], batch=2)
    assert found == {named(one, other) for one, other in zip(texts, again, strict=True)}
    with record.begin() as connection:
        levels = set(connection.scalars(select(syndication_runs.c.level)))
    assert max(levels) >= 1
    assert all(not one & other for one, other in itertools.combinations(found, 2))
