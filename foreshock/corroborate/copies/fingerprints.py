"""What a text is compared by: its words as short hashes, paragraph by paragraph, its title, month and wire credits.

Only running prose is kept: a line counts where it has eight words or more and one in ten is a function word, so
that menus, lists of links and bylines fall away before anything is compared.
"""

import hashlib
import re
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from foreshock.actors.names import key
from foreshock.model.document import Document
from foreshock.model.letters import as_it_looks
from foreshock.model.shipped import shipped_table

Words = NDArray[np.uint16]

SHORTEST: Final = 8
"""Words in a line of prose."""
MOST_WORDS: Final = 6000
"""Words of a text that are kept: what comes after does not decide whether it is a copy."""
_HEAD, _TAIL = 500, 250
"""Characters in which a wire's credit is looked for."""
_FUNCTION = frozenset(
    "the of and to a in that is was for on with as by at from it he his has have had were be said are an this which "
    "who not but they their its".split()
)
_between = re.compile(r"\s[|–—-]\s|\s\|\|?\s|\s::\s")
_LONGEST_PUBLISHER: Final = 5
"""Words."""
_MOST_HASHES = 400_000
_JOINTS = (("’", "'"), *((joint, " ") for joint in "-–—/|"))
_around = re.compile(r"^\W+|\W+$")


class _Hashes(dict[str, int]):
    """16 bits of a word's hash, the same with and without what stands around it; kept for words that come again."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MOST_HASHES:
            self.clear()
        bare = _around.sub("", word)
        found = self[word] = zlib.crc32(bare.encode("utf-8", "surrogatepass")) & 0xFFFF
        return found


_hashes = _Hashes()


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """A text as texts are compared.

    `words` holds 16 bits of each word's hash; `lengths` the words of each paragraph; `paragraphs` their 64-bit
    hashes, signed. `month` is 12 · year + month, 0 where unknown. `site` is the outlet, or the address's host.
    """

    document: str
    title: str
    month: int
    site: str
    credits: frozenset[str]
    words: Words
    lengths: NDArray[np.int32]
    paragraphs: NDArray[np.int64]


def fingerprint_of(document: Document) -> Fingerprint:
    """The fingerprint of a document's text."""
    heading = _words_in(document.title or "")
    words: list[str] = []
    lengths: list[int] = []
    for number, line in enumerate(_prose(document.text)):
        if number < 2 and line == heading:
            continue
        lengths.append(len(line))
        words += line
        if len(words) >= MOST_WORDS:
            break
    hashes = np.fromiter(map(_hashes.__getitem__, words), np.uint16, len(words))
    reference = document.reference_date
    title = _headline(document.title or "")
    return Fingerprint(
        document=document.id,
        title=title,
        month=12 * reference[0].year + reference[0].month if reference else 0,
        site=site_of(document.outlet, document.url),
        credits=credits_in(document.text),
        words=hashes,
        lengths=np.array(lengths, np.int32),
        paragraphs=np.array(_paragraph_hashes(hashes, lengths), np.int64),
    )


@lru_cache(maxsize=10_000)
def title_hash(title: str) -> int:
    """A title as furniture is told by: *No title found* stands over many texts."""
    return _hash(" ".join(["title", *_words_in(title)]).encode("utf-8", "surrogatepass"))


def paragraph_hash(line: str) -> int:
    """A line of prose as `Fingerprint.paragraphs` has it."""
    words = _words_in(line)
    return _hash(np.fromiter(map(_hashes.__getitem__, words), np.uint16, len(words)).tobytes())


def _prose(text: str) -> list[list[str]]:
    """The words of each line of running prose; where none is in English, of each line that is long enough."""
    found = (line.split() for line in _plain(text).split("\n") if len(line) > 2 * SHORTEST)
    lines = [words for words in found if len(words) >= SHORTEST]
    prose = [words for words in lines if 10 * sum(map(_FUNCTION.__contains__, words)) >= len(words)]
    return prose or lines


def _plain(text: str) -> str:
    """Lower case, one apostrophe, and blanks for what joins words: a good deal faster than a pattern over the text."""
    text = text.lower()
    for joint, plain in _JOINTS:
        text = text.replace(joint, plain)
    return text


def _words_in(text: str) -> list[str]:
    return _plain(text).split()


def _paragraph_hashes(words: Words, lengths: list[int]) -> list[int]:
    packed, at, found = words.tobytes(), 0, []
    for length in lengths:
        found.append(_hash(packed[at : at + 2 * length]))
        at += 2 * length
    return found


def _hash(packed: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True)


def _headline(title: str) -> str:
    """A page's title without the site's name: the part with most words between bars and dashes, lower case."""
    parts = _between.split(title)
    return max(parts, key=lambda part: len(part.split())).strip().lower()


def site_of(outlet: str | None, url: str | None, title: str | None = None) -> str:
    """Who published a page: its outlet, else its address's host, else how its title ends, in lower case; empty where
    nothing says.

    A title ends in a publisher's name where its last part is short and not the headline (*… - Sudan Tribune*). That is
    good enough to tell that two pages may be of one publisher, not to name it.
    """
    if outlet:
        return outlet.lower()
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        host = ""
    if host or title is None:
        return host.removeprefix("www.")
    *headline, last = _between.split(title)
    return last.strip().lower() if headline and len(last.split()) <= _LONGEST_PUBLISHER else ""


def publisher_of(name: str) -> str:
    """One name for the ways in which a publisher is written: without case or article, agencies by their short names.

    *The Daily Nation* is *daily nation*, *AP*, *Associated Press* and *apnews.com* are *ap*, a Cyrillic letter amid
    Latin ones is the one that it looks like.
    """
    if (wire := _wire_at(name)) is not None:
        return wire
    plain = key(as_it_looks(name)).removeprefix("the ") or name.casefold()
    return _wires_by_key().get(plain, plain)


def _wire_at(host: str) -> str | None:
    """The agency that publishes under this host or one above it; null for another, and for what is no host."""
    *_, last = parts = host.casefold().split(".")
    above = (".".join(parts[at:]) for at in range(len(parts) - 1)) if last else ()
    return next((wire for one in above if (wire := _hosts().get(one)) is not None), None)


@cache
def _hosts() -> dict[str, str]:
    """The short name of each agency by the hosts under which it publishes."""
    return {host: wire for wire, hosts in _agencies()["hosts"].items() for host in hosts}


@cache
def _wires_by_key() -> dict[str, str]:
    return {key(name).removeprefix("the "): wire for name, wire in _wires().items()}


@cache
def _wires() -> dict[str, str]:
    """The short name of each agency by how its credit is written."""
    return {name: wire for wire, written in _agencies()["wires"].items() for name in written}


@cache
def _agencies() -> dict[str, dict[str, list[str]]]:
    return shipped_table("data/wires.yaml", dict[str, dict[str, list[str]]])


@cache
def _credits() -> tuple[re.Pattern[str], dict[str, str]]:
    names = _wires()
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?:\(|[—–-]{{1,2}}\s?|^|/)({either})(?=\)|\s?[—–-]|\s*$|/)", re.MULTILINE), names


def credits_in(text: str) -> frozenset[str]:
    """The agencies that the head or the end of a text credits, by their short names."""
    pattern, names = _credits()
    parts = (text[:_HEAD], text[max(_HEAD, len(text) - _TAIL) :])
    return frozenset(names[found] for part in parts for found in pattern.findall(part))
