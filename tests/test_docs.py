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
_RUN = re.compile(r"\bpython -m ((?:bench|train)\.\w+)((?:(?!python -m|foreshock )[^`;#|])*)")
_OPTION = re.compile(r"add_argument\(\s*\"(--[a-z-]+)\"")
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


def _unknown_options(text: str) -> set[str]:
    """What a text gives to a command of `train` or `bench` that it does not take, and commands that are not there."""
    wrong = set()
    for module, rest in _RUN.findall(text.replace("\\\n", " ")):
        path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
        known = set(_OPTION.findall(path.read_text(encoding="utf-8"))) if path.exists() else set()
        named = re.findall(r"(?<![\w-])--[a-z][a-z-]*", rest) if path.exists() else ["no such command"]
        wrong |= {f"{module}: {one}" for one in named if one not in known}
    return wrong


def test_commands_that_make_and_measure_take_the_options_that_are_named() -> None:
    sources = [*DOCUMENTS, *(ROOT / "train").glob("*/README.md"), *ROOT.glob("bench/*.py"), *ROOT.glob("train/*.py")]
    assert not {path.name: found for path in sources if (found := _unknown_options(path.read_text(encoding="utf-8")))}


def test_a_mistake_in_such_a_command_is_seen() -> None:
    assert _unknown_options("`python -m bench.news --records FOLDER\n--tops 10`") == {"bench.news: --tops"}
    assert _unknown_options("python -m train.nothing --measure") == {"train.nothing: no such command"}


@pytest.mark.parametrize("folder", ["bench", "train"])
def test_every_command_answers_for_itself_instead_of_running(folder: str) -> None:
    commands = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / folder).glob("*.py")}
    assert not [name for name, code in commands.items() if "__main__" in code and "ArgumentParser(" not in code]


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
