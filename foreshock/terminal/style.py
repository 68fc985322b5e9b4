"""How the screen is written to: colours, and nothing from outside that a terminal would obey.

Words for kinds, places, times and sources are in `foreshock.telling.phrases`.
"""

import click
from rich.text import Text

from foreshock.model.vocabulary import Kind

COLOURS: dict[Kind, str] = {
    Kind.REPORT: "#5b9bd5",
    Kind.JUDGEMENT: "#e0a53f",
    Kind.FORECAST: "#b583e0",
    Kind.COMMITMENT: "#3fb5a3",
    Kind.RECOMMENDATION: "#e57897",
}
"""One colour a kind, told apart by colour-blind readers too; its name always stands beside it."""

_PICTURES, _DELETE_PICTURE, _UNKNOWN = 0x2400, 0x2421, 0xFFFD
_SHOWN: dict[int, int] = {
    **{code: _PICTURES + code for code in range(0x20)},
    **{ord(space): ord(" ") for space in "\t\n\r"},
    0x7F: _DELETE_PICTURE,
    **dict.fromkeys(range(0x80, 0xA0), _UNKNOWN),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), _UNKNOWN),
    **dict.fromkeys((0x2028, 0x2029), ord(" ")),
    **dict.fromkeys(range(0xD800, 0xE000), _UNKNOWN),
}
"""Control characters (Unicode's C0 and C1), those that turn the direction of what stands behind them, and what stands
for each; half characters cannot be written at all."""


def visible(text: str) -> str:
    """The text, character for character, with a visible sign for each one that could steer a terminal.

    Its length stays the same, so that offsets into it still hold. Tabs and line ends become blanks.
    """
    return text.translate(_SHOWN)


def shown(text: str, style: str = "") -> Text:
    """Text from outside, fit for the screen: no control characters, and nothing in it is markup."""
    return Text(visible(text), style=style)


def tell_address(address: str) -> None:
    """Where the desk is, on standard output."""
    click.echo(f"The desk is at {address}  (stop it with Ctrl+C)")


def complain(problem: object) -> None:
    """One line on standard error."""
    click.echo(f"foreshock: {visible(str(problem))}", err=True)
