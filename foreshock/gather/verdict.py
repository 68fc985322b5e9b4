"""Is this worth reading? A verdict on each document, with its reason.

Plain counts against a lexicon (`data/verdicts.yaml`): language, running prose, advertising, page furniture,
and the share of words that reports about states are made of. Thresholds were set on the development pages
of three countries by class, not by page.
"""

import re
from functools import cache
from importlib.resources import files

import yaml

from foreshock.model.document import Document, Verdict

_word = re.compile(r"\w[\w'’-]*")
_stops = ".!?…"
_between_sentences = re.compile(r"(?<=[.!?…])\s")
"""Rough, but sentences are only counted here; reading cuts them properly."""
SAMPLE = 6000
"""Characters of the text that the language is told from."""


@cache
def _lexicon() -> tuple[dict[str, re.Pattern[str]], dict[str, float]]:
    """One pattern per word list, and the thresholds."""
    data = yaml.safe_load((files("foreshock") / "data" / "verdicts.yaml").read_text(encoding="utf-8"))
    patterns = {}
    for name in ("spam", "politics", "off_topic", "furniture"):
        words = [re.escape(str(word)).replace(r"\*", r"\w*") for word in data[name]]
        patterns[name] = re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
    return patterns, data["thresholds"]


def _count(text: str, name: str) -> int:
    return sum(1 for _ in _lexicon()[0][name].finditer(text))


def prose_words(text: str) -> int:
    """Words in running sentences: eight words or more, closed by a stop, not mostly capitalised names."""
    total = 0
    for line in text.split("\n"):
        closed = line[: max(map(line.rfind, _stops)) + 1]
        for sentence in _between_sentences.split(closed):
            words = _word.findall(sentence)
            if len(words) >= 8 and 2 * sum(word[0].islower() for word in words) >= len(words):
                total += len(words)
    return total


def language_of(text: str) -> str:
    """The text's language as ISO 639-1."""
    from py3langid import classify

    found: str = classify(text[:SAMPLE])[0]
    return found


def verdict_on(document: Document) -> Verdict:
    """The verdict on a document, with a reason a person can check."""
    text = document.text
    words = _word.findall(text)
    limits = _lexicon()[1]
    letters = sum(map(str.isalpha, text))
    if letters < limits["shortest_for_language"]:
        return Verdict(label="boilerplate", reason=f"only {len(words)} words")
    spam = _count(text, "spam")
    if spam >= limits["spam_least"] and spam > limits["spam_share"] * len(words):
        return Verdict(label="spam", reason=f"{spam} advertising words in {len(words)}")
    prose = prose_words(text)
    language = language_of(text)
    if language != "en" and len(words) >= limits["prose_words_least"]:
        return Verdict(label=f"other_language:{language}", reason="not in English")
    if prose < limits["prose_words_least"]:
        return Verdict(label="boilerplate", reason=f"only {prose} of {len(words)} words stand in sentences")
    furniture = _count(text, "furniture")
    if furniture > limits["furniture_share"] * len(words):
        return Verdict(label="boilerplate", reason=f"{furniture} words of page furniture in {len(words)}")
    if prose < limits["prose_share_least"] * len(words):
        return Verdict(label="boilerplate", reason=f"only {prose} of {len(words)} words stand in sentences")
    politics = _count(text, "politics")
    if politics < limits["politics_share_least"] * len(words):
        return Verdict(label="off_topic", reason=f"{politics} words about states and conflict in {len(words)}")
    off_topic = _count(text, "off_topic")
    if off_topic > limits["off_topic_share"] * len(words):
        return Verdict(label="off_topic", reason=f"{off_topic} words of traffic, sport, trade in {len(words)}")
    return Verdict(label="usable", reason=f"{prose} words of running text")
