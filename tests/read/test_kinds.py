"""The kind that grammar settles."""

import pytest

from foreshock.model.vocabulary import Kind
from foreshock.read.decode import CharSpan
from foreshock.read.kinds import settled


def _span(text: str, words: str) -> CharSpan:
    return text.index(words), text.index(words) + len(words)


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("This will set a precedent.", "set"),
        ("The move will unavoidably set a precedent.", "set"),
        ("The army won’t be ready by June.", "ready"),
        ("It'll sooner or later come apart.", "come"),
        ("The next hotbed will be the eastern hills.", "eastern hills"),
    ],
)
def test_what_will_governs_is_no_judgement(text: str, trigger: str) -> None:
    assert settled(text, (0, len(text)), _span(text, trigger), Kind.JUDGEMENT, 0.6)[0] is Kind.FORECAST


@pytest.mark.parametrize(
    ("text", "clause", "trigger", "kind"),
    [
        ("We will defend the bridge.", "We will defend the bridge", "defend", Kind.COMMITMENT),
        ("The will of the people is clear.", "The will of the people is clear", "clear", Kind.JUDGEMENT),
        ("He who will not answer says the plan failed.", "the plan failed", "failed", Kind.REPORT),
    ],
)
def test_all_else_is_left_as_it_was_read(text: str, clause: str, trigger: str, kind: Kind) -> None:
    assert settled(text, _span(text, clause), _span(text, trigger), kind, 0.6) == (kind, 0.6)
