"""The words by which gather tells usable reports from the rest (`data/verdicts.yaml`), counted; and its thresholds."""

import re
from collections.abc import Iterable
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


class Lexicon(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word lists, one pattern each, and the thresholds."""

    spam: re.Pattern[str]
    politics: re.Pattern[str]
    off_topic: re.Pattern[str]
    furniture: re.Pattern[str]
    sections: re.Pattern[str]
    listing_titles: re.Pattern[str]
    english: re.Pattern[str]
    months: re.Pattern[str]
    thresholds: Thresholds


@cache
def lexicon() -> Lexicon:
    """The shipped lists. Raises `ModelError` where they are missing or broken."""
    return shipped_table("data/verdicts.yaml", Lexicon, _any_of)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Any of the words as a whole; a `*` stands for whatever ends a word."""
    written = (re.escape(word).replace(r"\*", r"\w*") for word in words)
    return re.compile(r"(?<!\w)(?:" + "|".join(written) + r")(?!\w)", re.IGNORECASE)


def count(text: str, words: re.Pattern[str]) -> int:
    """How many words of a list stand in a text."""
    return sum(1 for _ in words.finditer(text))
