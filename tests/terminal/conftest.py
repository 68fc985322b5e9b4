"""Calling the program as a user does."""

from click.testing import CliRunner

from foreshock.cli import main


def run(*arguments: object) -> tuple[int, str, str]:
    """The exit status of `foreshock` with these arguments, and what it writes: standard output, standard error."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr
