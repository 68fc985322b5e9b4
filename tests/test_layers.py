"""The layout's one rule: imports point only back along the way of a report, and what knows it all stands after it."""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "foreshock"

WAY = ("errors", "model", "gather", "read", "places", "actors", "record", "corroborate")
"""The one way of a report: each of its stages may use all before it."""
MAY_IMPORT = {
    **{stage: {*WAY[:at]} for at, stage in enumerate(WAY) if stage != "errors"},
    "ledger": {*WAY},
    "watch": {*WAY},
    "forecast": {*WAY},
    "exchange": {*WAY},
    "telling": {*WAY, "exchange", "watch", "ledger"},
    "desk": {*WAY, "telling", "exchange", "forecast", "watch", "ledger", "settings"},
}
"""The stages in the way's order, each with what it may use; where the way parts, none of its arms uses another."""


def imported_parts(source: str, place: tuple[str, ...]) -> Iterator[str]:
    """The parts of foreshock that a module at `place` in the package imports, whatever the form of the import."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level:
            package = ["foreshock", *place[: -node.level]]
            names = [".".join([*package, node.module or alias.name]) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            parts = name.split(".")
            if parts[0] == "foreshock" and len(parts) > 1 and not parts[1].startswith("__"):
                yield parts[1]


def parts_of(path: Path) -> Iterator[str]:
    """The parts of foreshock that a file imports."""
    return imported_parts(path.read_text(encoding="utf-8"), path.relative_to(ROOT).parts)


@pytest.mark.parametrize("stage", MAY_IMPORT)
def test_stage_imports_only_backwards(stage: str) -> None:
    allowed = MAY_IMPORT[stage] | {stage}
    files = sorted((ROOT / stage).rglob("*.py"))
    assert files, f"foreshock/{stage} is gone; take it out of the way above"
    wrong = {
        f"{path.relative_to(ROOT)} imports {part}" for path in files for part in parts_of(path) if part not in allowed
    }
    assert not wrong


@pytest.mark.slow
def test_rounds_show_nothing_and_commands_alone_go_them() -> None:
    """What enters and keeps is no matter of a screen."""
    stages = {part for path in (ROOT / "rounds").rglob("*.py") for part in parts_of(path)}
    assert "watch" in stages and not stages & {"terminal", "commands"}
    outside = [path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in ("rounds", "commands")]
    assert not [str(path) for path in outside if "rounds" in parts_of(path)]


def test_what_commands_show_and_do_needs_no_desk() -> None:
    """Words and rows that both need are told below both."""
    files = [path for room in ("terminal", "rounds") for path in (ROOT / room).rglob("*.py")]
    assert not [str(path) for path in files if "desk" in parts_of(path)]


def test_only_the_line_and_what_stands_after_it_know_every_stage() -> None:
    for path in ROOT.glob("*.py"):
        stages = set(parts_of(path)) & set(MAY_IMPORT)
        if path.name not in ("line.py", "cli.py"):
            assert len(stages) <= 1, f"{path.name} knows {stages}: that belongs into line.py"


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("from ..record import store", "record"),
        ("from .. import desk", "desk"),
        ("from foreshock import line", "line"),
        ("import foreshock.record.store", "record"),
        ("def late():\n    from foreshock.desk import app", "desk"),
    ],
)
def test_no_form_of_import_slips_through(source: str, part: str) -> None:
    assert list(imported_parts(source, ("read", "decode.py"))) == [part]


def imports_at_once(path: Path, modules: dict[str, Path]) -> set[str]:
    """The modules that one imports when it is loaded, and not only where a function is called or types are checked."""
    found: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            named = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in modules else str(node.module) for name in named}
    return found & modules.keys()


def test_no_module_imports_itself_by_way_of_others() -> None:
    files = [path for path in ROOT.rglob("*.py") if path.name != "__init__.py"]
    modules = {".".join(("foreshock", *path.relative_to(ROOT).with_suffix("").parts)): path for path in files}
    try:
        TopologicalSorter({name: imports_at_once(path, modules) for name, path in modules.items()}).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))
