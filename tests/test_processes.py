"""Work over several processes: in order, and a capture that ends its process costs only itself."""

import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from foreshock.errors import ItemError, ModelError, UnreadableItem
from foreshock.gather.captures import capture_of
from foreshock.model.capture import Capture, Medium
from foreshock.processes import Item, chunks, spread


def text(number: int, content: bytes = b"x") -> Capture:
    return capture_of(f"{number}.txt", content, Medium.TEXT)


class KilledSoonAfter:
    """Ends its process a hundredth of a second after it was packed, while the answer that it is in goes over."""

    def __reduce__(self) -> tuple[type[str], tuple[()]]:
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        return str, ()


def origins(items: Sequence[Item]) -> list[str | ItemError]:
    """The work of these tests; a capture that holds `KILL` ends its process as a lack of memory would."""
    if any(isinstance(item, Capture) and item.content.startswith(b"KILL") for item in items):
        os.kill(os.getpid(), signal.SIGKILL)
    if any(isinstance(item, Capture) and item.content == b"HALF" for item in items):
        return [bytes(100_000_000), KilledSoonAfter()]  # type: ignore[list-item]
    return [item if isinstance(item, ItemError) else _origin(item) for item in items]


def _origin(capture: Capture) -> str | ItemError:
    return UnreadableItem(capture.origin, "bad") if capture.content == b"BAD" else capture.origin


def touched(items: Sequence[Item]) -> list[str | ItemError]:
    """Work that leaves a file for each capture that it has done."""
    for item in items:
        if isinstance(item, Capture):
            Path(item.origin).touch()
    return origins(items)


def forever(items: Sequence[Item]) -> list[str | ItemError]:
    """Work that has no end; it is begun when standard output says so."""
    os.write(1, b"begun\n")
    signal.pause()
    return []


def without_model(items: Sequence[Item]) -> list[str | ItemError]:
    raise ModelError("no model")


@pytest.mark.slow
def test_a_capture_that_ends_its_process_is_named_and_the_rest_is_done() -> None:
    deadly = {5, 40}
    items: list[Item] = [text(n, b"KILL" if n in deadly else b"x" * 60_000) for n in range(90)]
    found = [result for _, results in spread(origins, chunks(items), 2) for result in results]
    assert [str(result).split(":")[0] for result in found] == [f"{n}.txt" for n in range(90)]
    assert {n for n, result in enumerate(found) if isinstance(result, ItemError)} == deadly


@pytest.mark.slow
@pytest.mark.parametrize("workers", [2, 3])
def test_a_process_that_is_killed_while_it_answers_is_waited_for_by_nobody(workers: int) -> None:
    items: list[Item] = [text(1), text(2, b"HALF"), text(3), text(4), text(5)]
    found = [result for _, results in spread(origins, chunks(items, 1), workers) for result in results]
    assert [str(result).split(":")[0] for result in found] == [f"{n}.txt" for n in range(1, 6)]
    assert [n for n, result in enumerate(found, 1) if isinstance(result, UnreadableItem)] == [2]


@pytest.mark.slow
def test_processes_that_are_killed_while_they_have_nothing_to_do_cost_nothing(tmp_path: Path) -> None:
    items = [capture_of(str(tmp_path / str(number)), b"x", Medium.TEXT) for number in range(12)]
    done = spread(touched, chunks(items, 1), 2)
    found = list(next(done)[1])
    while len(list(tmp_path.iterdir())) < 8:  # what may be done before the next result is asked for
        pass
    for process in multiprocessing.active_children():
        process.kill()
        process.join()
    assert [*found, *(result for _, results in done for result in results)] == [item.origin for item in items]


def test_a_run_that_is_killed_leaves_no_process_behind() -> None:
    began = "from tests.test_processes import *\nlist(spread(forever, [[text(1)], [text(2)]], 2))"
    found = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    with subprocess.Popen([sys.executable, "-c", began], stdout=subprocess.PIPE, env=found) as run:
        assert run.stdout is not None
        assert [run.stdout.readline() for _ in range(2)] == [b"begun\n"] * 2
        run.kill()
        assert run.stdout.read() == b"", "whoever still holds the other end of this pipe has ended, too"


def test_what_the_work_itself_raises_stops_the_run_and_says_where() -> None:
    items: list[Item] = [text(n) for n in range(40)]
    with pytest.raises(ModelError, match="no model") as caught:
        list(spread(without_model, chunks(items, 1), 2))
    assert any("without_model" in note for note in caught.value.__notes__)


def test_an_error_comes_back_from_another_process_as_it_was() -> None:
    items: list[Item] = [text(1), text(2, b"BAD"), text(3)]
    found = [result for _, results in spread(origins, chunks(items, 1), 2) for result in results]
    assert found[0] == "1.txt"
    error = found[1]
    assert isinstance(error, UnreadableItem)
    assert (error.item, error.problem, str(error)) == ("2.txt", "bad", "2.txt: bad")
    assert found[2] == "3.txt"


def test_an_error_at_the_door_keeps_its_place() -> None:
    items: list[Item] = [text(1), UnreadableItem("2.txt", "the file is empty"), text(3, b"KILL")]
    found = [result for _, results in spread(origins, chunks(items), 2) for result in results]
    assert [str(result).split(":")[0] for result in found] == ["1.txt", "2.txt", "3.txt"]
    assert "empty" in str(found[1])
    assert "ended the reading process" in str(found[2])


def test_modules_that_lie_in_the_working_folder_are_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pickle", "socket"):
        (tmp_path / f"{name}.py").write_text("import pathlib\npathlib.Path('ran').touch()\nraise ImportError\n")
    monkeypatch.chdir(tmp_path)
    items: list[Item] = [text(1), text(2)]
    found = [result for _, results in spread(origins, chunks(items, 1), 2) for result in results]
    assert found == ["1.txt", "2.txt"]
    assert not (tmp_path / "ran").exists()


def test_no_more_bytes_are_held_than_the_workers_need() -> None:
    taken = 0

    def endless() -> Iterator[Item]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield text(number, b"x" * 300_000)

    results = spread(origins, chunks(endless()), 2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert taken < 20
