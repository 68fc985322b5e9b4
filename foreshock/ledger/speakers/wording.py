"""The word lists by which speakers are told (`data/speakers.yaml`)."""

from collections.abc import Iterable
from functools import cache

import msgspec

from foreshock.model.shipped import Expression, shipped_table

Expressions = tuple[Expression, ...]


class Wording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lists, whose file says what each is for; expressions are tried in the order in which they stand."""

    honorifics: Expressions
    ranks: Expressions
    titles: Expressions
    before_titles: Expressions
    papers: Expressions
    people: Expressions
    its_people: Expressions
    of_a_house: Expressions
    officials: Expressions
    pacts: Expressions
    joint: Expressions
    announces: Expressions
    spoke: Expressions
    called_again: frozenset[str]
    in_names: Expressions
    the_same: Expressions
    geographic: frozenset[str]
    divisions: Expressions
    below_the_state: Expressions
    clergy: Expressions


@cache
def wording() -> Wording:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    return shipped_table("data/speakers.yaml", Wording)


def either(expressions: Iterable[str]) -> str:
    """An expression for any of others."""
    return f"(?:{'|'.join(expressions)})"
