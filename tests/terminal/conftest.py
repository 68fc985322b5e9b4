"""Calling the program as a user does."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from foreshock.cli import main

TEXT = (
    "Deserters will sell their rifles to the rebels, according to Ann Moro. The Kremlin sent troops to Belarus on "
    "Monday. The terrorist regime is collapsing. Protesters blocked the road to the parliament in Minsk, and police "
    "arrested dozens of them, the interior ministry said. The European Union should impose sanctions on the government."
)
FRENCH = (
    "Des soldats ont pris la caserne de la ville lundi et tué au moins douze hommes de la garde, ont déclaré deux "
    "sources de sécurité. Le gouvernement a promis de payer les soldes avant la fin du mois de juin et de juger les "
    "officiers qui ont commandé cette attaque, a dit le porte-parole de la présidence."
)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT)
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    """The exit status of `foreshock` with these arguments, and what it writes: standard output, standard error."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
