"""How far a long run is, where no bar can be drawn."""

import io

from foreshock.terminal.ledger import told_in_lines


def test_a_file_or_a_pipe_is_told_in_lines_and_not_when_all_is_done() -> None:
    out = io.StringIO()
    tell = told_in_lines("resolving", out, seconds=0)
    for done in range(1, 4):
        tell(done, 3)
    assert out.getvalue() == "foreshock: resolving: 1 of 3\nforeshock: resolving: 2 of 3\n"


def test_what_is_quick_says_nothing() -> None:
    out = io.StringIO()
    tell = told_in_lines("resolving", out)
    for done in range(1, 4):
        tell(done, 3)
    assert out.getvalue() == ""
