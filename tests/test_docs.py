"""What the documents name is there: files, folders, modules, commands with their options, and targets of make."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from foreshock.cli import main

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "foreshock"
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
PARTS = sorted(path.name for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("_"))

_CODE = re.compile(r"^```\w*\n(.*?)^```|^(    \S.*)$|(?<!`)`([^`\n]+)`", re.MULTILINE | re.DOTALL)
_PATH = re.compile(rf"(?<![\w/.~-])(?:foreshock|train|bench|tests|docs|{'|'.join(PARTS)})/[\w./*-]*")
_FILE = re.compile(r"(?<![\w/.*-])[a-z_]+\.py(?!\w)")
_MODULE = re.compile(r"\bpython -m ((?:foreshock|train|bench)[\w.]*)")
_COMMAND = re.compile(r"(?<![\w/.])foreshock((?: [a-z][a-z-]*(?=[\s;|]|$))+)([^;\n#]*)")
_MAKE = re.compile(r"^make ([a-z]+)", re.MULTILINE)
_ROW = re.compile(r"^\| `(foreshock/(\w+)/)` \| (.+) \|$", re.MULTILINE)


def code_in(path: Path) -> Iterator[str]:
    """What a document sets as code: blocks, lines and words."""
    for block, line, words in _CODE.findall(path.read_text(encoding="utf-8")):
        yield block or line.strip() or words


def _is_there(named: str) -> bool:
    """Whether a path is there, from the root or, as the documents shorten it, from the package."""
    plain = named.rstrip("./")
    return any(any(folder.glob(plain)) for folder in (ROOT, PACKAGE))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_modules_are_there(document: Path) -> None:
    missing = set()
    for code in code_in(document):
        missing |= {named for named in _PATH.findall(code) if not _is_there(named)}
        missing |= {named for named in _FILE.findall(code) if not any(PACKAGE.rglob(named))}
        for named in _MODULE.findall(code):
            path = ROOT.joinpath(*named.rstrip(".").split("."))
            if not path.with_suffix(".py").exists() and not (path / "__main__.py").exists():
                missing.add(named)
    assert not missing


def _wrong_in(words: list[str], rest: str) -> Iterator[str]:
    """What of a command line the program does not know: a verb, or an option."""
    command: click.Command = main
    for word in words:
        if not isinstance(command, click.Group):
            break
        found = command.commands.get(word)
        if found is None:
            yield word
            return
        command = found
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)}
    yield from (option for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest) if option not in known)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_their_options_are_there(document: Path) -> None:
    wrong = {
        f"foreshock{words}: {one}"
        for code in code_in(document)
        for words, rest in _COMMAND.findall(code)
        for one in _wrong_in(words.split(), rest)
    }
    assert not wrong


def test_targets_of_make_are_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {name for document in DOCUMENTS for code in code_in(document) for name in _MAKE.findall(code)}
    assert named and named <= targets


def test_the_layout_names_every_package_and_rooms_that_are_in_it() -> None:
    rows = {part: held for _, part, held in _ROW.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))}
    assert sorted(rows) == PARTS
    for part, held in rows.items():
        folder = PACKAGE / part
        for named in re.findall(r"`([a-z_]+)/?`", held):
            assert (folder / named).is_dir() or (folder / f"{named}.py").exists(), f"{part}: {named}"
        rooms = {path.parent.name for path in folder.glob("*/__init__.py")}
        assert all(f"`{room}/`" in held or f"`{room}`" in held for room in rooms), f"{part}: {rooms}"


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("foreshock add PATH --publish 2023", ["--publish"]),
        ("foreshock ledger guess 3f9a", ["guess"]),
        ("foreshock ledger confirm 3f9a --who A", []),
        ("foreshock decide merge | split", []),
    ],
)
def test_a_mistake_in_a_command_line_is_seen(line: str, wrong: list[str]) -> None:
    assert [one for words, rest in _COMMAND.findall(line) for one in _wrong_in(words.split(), rest)] == wrong
