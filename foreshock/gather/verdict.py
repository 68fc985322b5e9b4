"""Is this worth reading? A verdict on each document, with its reason.

Plain counts against a lexicon (`data/verdicts.yaml`): language, running prose and how much of it stands together,
advertising, page furniture, what titles of front and list pages are made of, and the share of words that reports
about states are made of. Thresholds were set on the development pages of three countries by class, not by page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from foreshock.model.document import Document, Verdict
from foreshock.model.shipped import shipped_table

_word = re.compile(r"\w[\w'’-]*")
_stops = ".!?…"
_between_sentences = re.compile(r"(?<=[.!?…])\s")
"""Rough, but sentences are only counted here; reading cuts them properly."""
_between_parts = re.compile(r"\s*(?:\||::|»|\s[–—-]\s)\s*")
SAMPLE = 6000
"""Characters of the text that the language is told from."""
LISTS = ("spam", "politics", "off_topic", "furniture", "sections", "listing_titles")


@cache
def _lexicon() -> tuple[dict[str, re.Pattern[str]], dict[str, float]]:
    """One pattern per word list, and the thresholds."""
    data = shipped_table("data/verdicts.yaml", dict[str, Any])
    patterns = {}
    for name in LISTS:
        words = [re.escape(str(word)).replace(r"\*", r"\w*") for word in data[name]]
        patterns[name] = re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
    return patterns, data["thresholds"]


def _count(text: str, name: str) -> int:
    return sum(1 for _ in _lexicon()[0][name].finditer(text))


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


def has_headline(title: str) -> bool:
    """Whether a title begins with a headline: words enough before the first bar or dash, not names of sections."""
    limits = _lexicon()[1]
    first = _between_parts.split(title)[0]
    words = len(_word.findall(first))
    return words >= limits["headline_words"] and _count(first, "sections") < limits["sections_share"] * words


def is_list_page(title: str) -> bool:
    """Whether this is the title of a front page, a section, a search or an archive: made of the names of sections."""
    patterns, limits = _lexicon()
    if patterns["listing_titles"].search(title):
        return True
    listed, words = _count(title, "sections"), len(_word.findall(title))
    made_of_sections = listed >= limits["sections_least"] and listed >= limits["sections_share"] * words
    return made_of_sections and not has_headline(title)


def verdict_on(document: Document) -> Verdict:
    """The verdict on a document, with a reason a person can check."""
    text = document.text
    words = len(_word.findall(text))
    limits = _lexicon()[1]
    letters = sum(map(str.isalpha, text))
    if letters < limits["shortest_for_language"]:
        return Verdict(label="boilerplate", reason=f"only {words} words")
    spam = _count(text, "spam")
    if spam >= limits["spam_least"] and spam > limits["spam_share"] * words:
        return Verdict(label="spam", reason=f"{spam} advertising words in {words}")
    prose = prose_of(text)
    language = language_of(text)
    if language != "en":
        return _in_another_language(document, words, prose, language)
    if (problem := _no_report(document, words, prose)) is not None:
        return Verdict(label="boilerplate", reason=problem)
    politics, off_topic = _count(text, "politics"), _count(text, "off_topic")
    if politics < limits["politics_share_least"] * words:
        return Verdict(label="off_topic", reason=f"{politics} words about states and conflict in {words}")
    least = (limits["off_topic_least"], limits["off_topic_share"] * words, limits["off_topic_to_politics"] * politics)
    if off_topic > max(least):
        return Verdict(label="off_topic", reason=f"{off_topic} words of traffic, sport, trade in {words}")
    return Verdict(label="usable", reason=f"{prose.words} words of running text")


def _in_another_language(document: Document, words: int, prose: Prose, language: str) -> Verdict:
    limits = _lexicon()[1]
    other = Verdict(label=f"other_language:{language}", reason="not in English")
    if words < limits["language_words_least"]:
        # So few words tell a language only by their script.
        if words >= limits["script_words_least"] and not _mostly_latin(document.text):
            return other
        return Verdict(label="boilerplate", reason=f"only {words} words, too few to tell the language")
    if prose.words < limits["foreign_prose_least"] or _scattered(document.title or "", words, prose):
        return Verdict(label="boilerplate", reason=f"only {prose.words} of {words} words stand in sentences")
    return other


def _mostly_latin(text: str) -> bool:
    letters = [letter for letter in text[:SAMPLE] if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def _scattered(title: str, words: int, prose: Prose) -> bool:
    """Whether sentences stand singly among other lines, as teasers on a front page do, and no headline is over them."""
    limits = _lexicon()[1]
    singly = prose.block < limits["block_words_least"] and words > limits["block_times"] * prose.block
    return singly and not has_headline(title)


def _no_report(document: Document, words: int, prose: Prose) -> str | None:
    """Why an English page holds no report, or null."""
    limits, title, text = _lexicon()[1], document.title or "", document.text
    furniture = _count(text, "furniture")
    if prose.words < limits["brief_words"] and (problem := _no_brief(document, words, prose, furniture)) is not None:
        return problem
    if furniture > limits["furniture_share"] * words:
        return f"{furniture} words of page furniture in {words}"
    if prose.words < limits["prose_share_least"] * words:
        return f"only {prose.words} of {words} words stand in sentences"
    if _scattered(title, words, prose):
        return f"sentences stand singly: at most {prose.block} of {words} words together"
    if is_list_page(title):
        return "the title is that of a front page, a section, a search or an archive"
    politics = _count(text, "politics")
    if prose.words < limits["short_words"] and politics < limits["short_politics_share"] * words:
        return f"only {prose.words} words in sentences, and {politics} of {words} words about states and conflict"
    return None


def _no_brief(document: Document, words: int, prose: Prose, furniture: int) -> str | None:
    """Why a short English page is no brief report, or null: under its headline hardly anything but sentences stands."""
    limits, title = _lexicon()[1], document.title or ""
    below = words - len(_word.findall(title)) if document.text.startswith(title) else words
    if prose.words < limits["brief_words_least"]:
        return f"fewer than {limits['brief_words_least']} words in sentences ({prose.words})"
    if prose.words < limits["brief_share_least"] * below:
        return f"{below - prose.words} words that stand in no sentence, beside only {prose.words} that do"
    if furniture:
        return f"{furniture} words of page furniture beside only {prose.words} words in sentences"
    return None
