"""Running prose: the words of a text, those that stand in sentences and in the items of lists, and its language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_word = re.compile(r"\w(?:[\w'’-]++|[.,:/](?=\w))*+")
"""A word as a person counts it: *3.5*, *18:00*, *U.S.* and *2024/05/03* are one each."""
_stops = ".!?…"
_between_sentences = re.compile(r"(?<=[.!?…])\s")
"""Rough, but sentences are only counted here; reading cuts them properly."""
SAMPLE = 6000
"""Characters of the text that the language is told from."""
_item = re.compile(
    r"\s*"
    r"(?:[^\w\s\"“”‘’'(\[.,;:!?…@$£€]+\s+)*"  # a bullet, a sign, a quoted line of mail
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{2,4})[.)]\s+)?"  # *1.*, *(a)*, *iv)*
    r"(?:\[[^\]\n]{0,12}\b\d{1,2}:\d\d\b[^\]\n]{0,12}\]\s+"  # *[17/03/24, 14:03]*
    r"|\d{1,2}:\d\d\b(?:\s*(?:[ap]m|[A-Z]{2,4})\b)?\s*[-–—:|]?\s+)?"  # *14:05 GMT –*
    r"(?:@?[A-ZÀ-Þ][\w.’'-]*(?: [\w.’'-]+){0,3}:\s+)?"  # who speaks, or the country it is about
)
"""How an item of a list, an entry of a live blog or a line of an interview or a chat begins; empty for other lines."""
_ends_item = re.compile(r"[;:,](?:\s+(?:and|or))?\s*$")
"""How the items of a communiqué end, and the line that opens its list."""


def words_in(text: str) -> int:
    """How many words a text has, as a person counts them."""
    return len(_word.findall(text))


def _prose_lines(text: str) -> Iterator[int]:
    """For each line that is not blank, its words in sentences: eight or more, closed by a stop, not mostly names."""
    for line in text.split("\n"):
        if not line.strip():
            continue
        total = 0
        closed = line[: max(map(line.rfind, _stops)) + 1]
        for sentence in _between_sentences.split(closed):
            words = _word.findall(sentence)
            if len(words) >= 8 and 2 * sum(not word[0].isupper() for word in words) >= len(words):
                total += len(words)
        yield total


def written_words(text: str, least: int) -> int:
    """The words that stand in sentences of `least` words or more; an item of a list needs no stop."""
    total = 0
    for line in text.split("\n"):
        rest = line[_beginning_of(line) :]
        whole = len(rest) < len(line) or _ends_item.search(line)
        closed = rest if whole else line[: max(map(line.rfind, _stops)) + 1]
        for sentence in _between_sentences.split(closed):
            words = _word.findall(sentence)
            if len(words) >= least and 2 * sum(not word[0].isupper() for word in words) >= len(words):
                total += len(words)
    return total


def _beginning_of(line: str) -> int:
    """How many characters of a line its number, its bullet, its time and its label take; 0 where it has none."""
    found = _item.match(line)
    return found.end() if found and found.group().strip() else 0


@dataclass(frozen=True)
class Prose:
    """Words in sentences, and the most of them that stand in one block of lines, one other line between at most."""

    words: int
    block: int


def prose_of(text: str) -> Prose:
    """How much running prose a text holds."""
    total = block = longest = besides = 0
    for words in _prose_lines(text):
        total += words
        besides = 0 if words else besides + 1
        block = block + words if besides < 2 else 0
        longest = max(longest, block)
    return Prose(total, longest)


def language_of(text: str) -> str:
    """The text's language as ISO 639-1."""
    from py3langid import classify

    found: str = classify(text[:SAMPLE])[0]
    return found


def mostly_latin(text: str) -> bool:
    """Whether most of a text's letters are Latin ones."""
    letters = [letter for letter in text[:SAMPLE] if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)
