"""Groups: a function of the set, no chains, and what people bind."""

import random

from foreshock.corroborate.events.linkage import grouped

CHAIN = {("a", "b"): 0.9, ("b", "c"): 0.9, ("c", "d"): 0.9}


def test_links_in_a_chain_do_not_make_one_group() -> None:
    assert grouped("abcd", CHAIN, 0.5) == [["a", "b"], ["c", "d"]]


def test_close_things_make_one_group() -> None:
    close = {(one, other): 0.8 for one in "abc" for other in "abc" if one < other}
    assert grouped("abcd", close, 0.5) == [["a", "b", "c"], ["d"]]


def test_order_does_not_matter() -> None:
    generator = random.Random(7)
    things = [f"{number:02d}" for number in range(40)]
    links = {
        (one, other): generator.choice((0.2, 0.5, 0.6, 0.9))
        for one in things
        for other in things
        if one < other and generator.random() < 0.2
    }
    first = grouped(things, links, 0.5)
    assert 1 < len(first) < 40
    for _ in range(5):
        generator.shuffle(things)
        shuffled = list(links.items())
        generator.shuffle(shuffled)
        assert grouped(things, dict(shuffled), 0.5) == first


def test_bonds_come_before_links_and_what_is_apart_stays_apart() -> None:
    assert ["a", "d"] in grouped("abcd", {}, 0.5, together=["ad"])
    assert grouped("ab", {("a", "b"): 0.99}, 0.5, apart=[("a", "b")]) == [["a"], ["b"]]
    assert grouped("ab", {}, 0.5, together=["ab"], apart=[("a", "b")]) == [["a", "b"]]


def test_apart_holds_for_what_the_two_were_merged_with() -> None:
    links = {("a", "b"): 0.99, ("b", "c"): 0.9, ("a", "c"): 0.9}
    assert grouped("abc", links, 0.5, apart=[("a", "c")]) == [["a", "b"], ["c"]]
