"""The kind that grammar settles."""

import pytest

from foreshock.model.vocabulary import Kind
from foreshock.read.kinds import settled


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("This will set a precedent.", "set"),
        ("The move will unavoidably set a precedent.", "set"),
        ("The army won’t be ready by June.", "ready"),
        ("It'll sooner or later come apart.", "come"),
    ],
)
def test_what_will_governs_is_no_judgement(text: str, trigger: str) -> None:
    assert settled(text, text.index(trigger), Kind.JUDGEMENT, 0.6)[0] is Kind.FORECAST


@pytest.mark.parametrize(
    ("text", "trigger", "kind"),
    [
        ("The good will lasted a week.", "lasted", Kind.COMMITMENT),
        ("We will defend the bridge.", "defend", Kind.COMMITMENT),
        ("The will of the people is clear.", "clear", Kind.JUDGEMENT),
        ("He said the plan failed.", "failed", Kind.REPORT),
    ],
)
def test_all_else_is_left_as_it_was_read(text: str, trigger: str, kind: Kind) -> None:
    assert settled(text, text.index(trigger), kind, 0.6) == (kind, 0.6)
