"""Words that deny, and those that only look like it."""

import pytest

from foreshock.read.negation import NOBODY, NONE, NOT, UNABLE, denial

DENIES = denial(NOT, UNABLE, NOBODY, NONE)


@pytest.mark.parametrize(
    "words",
    [
        "the two sides do not agree",
        "the two sides cannot agree",
        "the two sides can’t agree",
        "the two sides never agree",
        "no side agrees",
        "neither side agrees",
        "none of the sides agrees",
        "nobody agrees",
        "nothing is agreed",
        "the two sides fail to agree",
        "the two sides failed to agree",
        "the two sides are unable to agree",
    ],
)
def test_it_denies(words: str) -> None:
    assert DENIES.search(words)


@pytest.mark.parametrize(
    "words",
    [
        "the two sides agree",
        "not only the army but the rebels agree",
        "the two sides agree no later than May",
        "the two sides will no doubt agree",
        "no fewer than 40 men agree",
        "No. 4 Brigade agrees",
        "the talks fail",
        "an army in knots agrees",
    ],
)
def test_it_does_not_deny(words: str) -> None:
    assert not DENIES.search(words)
