"""The letters with which names begin, for patterns: *Šibenik* and *Özel* are names like *Zagreb*."""

from typing import Final

_ALPHABETS: Final = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x1F00))
"""Latin with its extensions, Greek and Cyrillic: the first code point of each, and the first behind it."""
UPPER: Final = "".join(chr(code) for first, end in _ALPHABETS for code in range(first, end) if chr(code).isupper())
"""Every capital of these, to stand within the brackets of a pattern."""
