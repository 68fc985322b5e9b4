"""The words by which gather tells usable reports from the rest (`data/verdicts.yaml`), counted; and its thresholds."""

import re
from functools import cache

import msgspec

from foreshock.model.shipped import shipped_table


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of words and shares of them, 0 to 1; the file says what each is."""

    note_words_most: int
    note_words_least: int
    note_sentence_words: int
    note_share_least: float
    listed_sentence_words: int
    listed_share_least: float
    spam_share: float
    spam_least: int
    beside_spam_least: float
    brief_words: int
    brief_words_least: int
    brief_share_least: float
    prose_share_least: float
    politics_share_least: float
    off_topic_share: float
    off_topic_least: int
    off_topic_to_politics: float
    furniture_share: float
    shortest_for_language: int
    language_words_least: int
    script_words_least: int
    foreign_prose_least: int
    block_words_least: int
    block_times: float
    headline_words: int
    sections_least: int
    sections_share: float
    short_words: int
    short_politics_share: float


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists, and the thresholds by name."""

    spam: list[str]
    politics: list[str]
    off_topic: list[str]
    furniture: list[str]
    sections: list[str]
    listing_titles: list[str]
    english: list[str]
    months: list[str]
    thresholds: Thresholds


@cache
def lexicon() -> tuple[dict[str, re.Pattern[str]], Thresholds]:
    """One pattern per word list, and the thresholds."""
    data = shipped_table("data/verdicts.yaml", _Written)
    patterns = {}
    for name in _Written.__struct_fields__[:-1]:
        words = [re.escape(word).replace(r"\*", r"\w*") for word in getattr(data, name)]
        patterns[name] = re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
    return patterns, data.thresholds


def thresholds() -> Thresholds:
    """The thresholds."""
    return lexicon()[1]


def count(text: str, name: str) -> int:
    """How many words of a list stand in a text."""
    return sum(1 for _ in lexicon()[0][name].finditer(text))
