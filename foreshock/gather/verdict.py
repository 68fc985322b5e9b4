"""Is this worth reading? A verdict on each document, with its reason.

Plain counts against a lexicon (`data/verdicts.yaml`): language, running prose and how much of it stands together,
advertising, page furniture, what titles of front and list pages are made of, and the share of words that reports
about states are made of. Thresholds were set on the development pages of three countries by class, not by page.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import msgspec

from foreshock.model.document import Document, Verdict
from foreshock.model.shipped import shipped_table

_word = re.compile(r"\w(?:[\w'’-]|[.,:/](?=\w))*")
"""A word as a person counts it: *3.5*, *18:00*, *U.S.* and *2024/05/03* are one each."""
_stops = ".!?…"
_between_sentences = re.compile(r"(?<=[.!?…])\s")
"""Rough, but sentences are only counted here; reading cuts them properly."""
_between_parts = re.compile(r"\s*(?:\||::|»|\s[–—-]\s)\s*")
SAMPLE = 6000
"""Characters of the text that the language is told from."""
_date = re.compile(r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b")
_beside_month = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? ?\.? ?$"), re.compile(r"^\.? \d{1,2}(?:st|nd|rd|th)?\b")
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


class _Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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
    thresholds: _Thresholds


@cache
def _lexicon() -> tuple[dict[str, re.Pattern[str]], _Thresholds]:
    """One pattern per word list, and the thresholds."""
    data = shipped_table("data/verdicts.yaml", _Written)
    patterns = {}
    for name in _Written.__struct_fields__[:-1]:
        words = [re.escape(word).replace(r"\*", r"\w*") for word in getattr(data, name)]
        patterns[name] = re.compile(r"(?<!\w)(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
    return patterns, data.thresholds


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


def _written_words(text: str, least: int) -> int:
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


def _dated(document: Document) -> bool:
    """Whether it is known when a document was written: from its source or who gave it, or by a date in its words."""
    if document.published is not None or _date.search(document.text):
        return True
    before, after = _beside_month
    months = _lexicon()[0]["months"].finditer(document.text)
    return any(
        before.search(document.text[: one.start()][-10:]) or after.search(document.text[one.end() :][:10])
        for one in months
    )


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
    return words >= limits.headline_words and _count(first, "sections") < limits.sections_share * words


def is_list_page(title: str) -> bool:
    """Whether this is the title of a front page, a section, a search or an archive: made of the names of sections."""
    patterns, limits = _lexicon()
    if patterns["listing_titles"].search(title):
        return True
    listed, words = _count(title, "sections"), len(_word.findall(title))
    made_of_sections = listed >= limits.sections_least and listed >= limits.sections_share * words
    return made_of_sections and not has_headline(title)


def verdict_on(document: Document) -> Verdict:
    """The verdict on a document, with a reason a person can check."""
    text = document.text
    words = len(_word.findall(text))
    limits = _lexicon()[1]
    spam = _count(text, "spam")
    if spam >= limits.spam_least and spam > limits.spam_share * words:
        return _above_advertising(document, words) or Verdict(
            label="spam", reason=f"{spam} advertising words in {words}"
        )
    if words < limits.note_words_most and (note := _note(document, words)) is not None:
        return note
    if sum(map(str.isalpha, text)) < limits.shortest_for_language:
        return Verdict(label="boilerplate", reason=_told(f"only {_words(words)}", document, words))
    prose = prose_of(text)
    language = language_of(text)
    if language != "en":
        return _in_another_language(document, words, prose, language)
    if (problem := _no_report(document, words, prose)) is not None:
        return _of_items(document, words, problem)
    if (matter := _other_matter(text, words)) is not None:
        return Verdict(label="off_topic", reason=matter)
    return Verdict(label="usable", reason=f"{prose.words} words of running text")


def _above_advertising(document: Document, words: int) -> Verdict | None:
    """A page as usable where its lines without advertising are most of it, and a report; null where they are not.

    An advertisement below a report, or a comment, does not make spam of it, and a stolen paragraph no report of spam.
    """
    share = _lexicon()[1].spam_share
    lines = document.text.split("\n")
    free = [line for line in lines if _count(line, "spam") <= share * len(_word.findall(line))]
    text = "\n".join(free).strip()
    left = len(_word.findall(text))
    if len(free) == len(lines) or left < _lexicon()[1].beside_spam_least * words:
        return None
    found = verdict_on(msgspec.structs.replace(document, text=text))
    beside = f", beside {_words(words - left)} of advertising"
    return Verdict(label=found.label, reason=found.reason + beside) if found.usable else None


def _other_matter(text: str, words: int) -> str | None:
    """Why a text is not about states under strain, or null."""
    limits = _lexicon()[1]
    politics, off_topic = _count(text, "politics"), _count(text, "off_topic")
    if politics < limits.politics_share_least * words:
        return f"{politics} words about states and conflict in {words}"
    least = (limits.off_topic_least, limits.off_topic_share * words, limits.off_topic_to_politics * politics)
    return f"{off_topic} words of traffic, sport, trade in {words}" if off_topic > max(least) else None


def _words(number: int) -> str:
    return f"{number} word" if number == 1 else f"{number} words"


def _told(problem: str, document: Document, words: int) -> str:
    """What is wrong with a short text, and what it lacks to be a note, where somebody wrote it down."""
    if document.url is not None or words >= _lexicon()[1].note_words_most:
        return problem
    lack = _lacks(document, words)
    return f"{problem}; {lack}" if lack else problem


def _lacks(document: Document, words: int) -> str | None:
    """What a text of so few words lacks to be a dated note that somebody wrote down, in words; null for nothing."""
    limits, title, text = _lexicon()[1], document.title or "", document.text
    if not _dated(document):
        return "a text as short as this is taken as a note where it has a date (--published DATE)"
    rest = text.removeprefix(title)
    said, below = _written_words(rest, limits.note_sentence_words), len(_word.findall(rest))
    if said < limits.note_words_least or said < limits.note_share_least * below:
        return f"as a note it has too few words in sentences ({said} of {below})"
    if furniture := _count(text, "furniture"):
        return f"{_words(furniture)} of page furniture in it"
    politics = _count(text, "politics")
    if not politics or _count(text, "off_topic") > politics:
        return f"as a note it is hardly about states and conflict ({politics} of {_words(words)})"
    if is_list_page(title):
        return "its title is that of a front page, a section, a search or an archive"
    return None


def _note(document: Document, words: int) -> Verdict | None:
    """A short dated text that somebody wrote down, as usable; null where it is none, or comes from the web.

    Pages carry dates and scraps of sentences, too, so what has an address is held to the rules for pages.
    """
    if document.url is not None or _lacks(document, words) is not None:
        return None
    if not _count(document.text, "english") and language_of(document.text) != "en":
        return None
    said = _written_words(document.text.removeprefix(document.title or ""), _lexicon()[1].note_sentence_words)
    return Verdict(label="usable", reason=f"a dated note with {_words(said)} in sentences")


def _of_items(document: Document, words: int, problem: str) -> Verdict:
    """What holds no report by the rules for pages: usable where it is a dated text of items that somebody wrote down.

    Communiqués, interviews, live blogs and chats have little running prose, but hardly a line that says nothing, as the
    menus and teasers of pages do.
    """
    limits, title = _lexicon()[1], document.title or ""
    rest = document.text.removeprefix(title)
    written = _written_words(rest, limits.listed_sentence_words)
    if (
        document.url is not None
        or written < limits.listed_share_least * len(_word.findall(rest))
        or _count(document.text, "furniture") > limits.furniture_share * words
        or is_list_page(title)
        or _other_matter(document.text, words) is not None
    ):
        return Verdict(label="boilerplate", reason=problem)
    if not _dated(document):
        lack = "with a date (--published DATE) it is read as a text of items"
        return Verdict(label="boilerplate", reason=f"{problem}; {lack}")
    return Verdict(label="usable", reason=f"a dated text with {_words(written)} in sentences and items")


def _in_another_language(document: Document, words: int, prose: Prose, language: str) -> Verdict:
    limits = _lexicon()[1]
    other = Verdict(label=f"other_language:{language}", reason="not in English")
    if words < limits.language_words_least:
        # So few words tell a language only by their script.
        if words >= limits.script_words_least and not _mostly_latin(document.text):
            return other
        problem = f"only {_words(words)}, too few to tell the language"
        return Verdict(label="boilerplate", reason=_told(problem, document, words))
    if prose.words < limits.foreign_prose_least or _scattered(document.title or "", words, prose):
        return Verdict(label="boilerplate", reason=f"only {prose.words} of {words} words stand in sentences")
    return other


def _mostly_latin(text: str) -> bool:
    letters = [letter for letter in text[:SAMPLE] if letter.isalpha()]
    return 2 * sum(letter < "\u0250" for letter in letters) >= len(letters)


def _scattered(title: str, words: int, prose: Prose) -> bool:
    """Whether sentences stand singly among other lines, as teasers on a front page do, and no headline is over them."""
    limits = _lexicon()[1]
    singly = prose.block < limits.block_words_least and words > limits.block_times * prose.block
    return singly and not has_headline(title)


def _no_report(document: Document, words: int, prose: Prose) -> str | None:
    """Why an English page holds no report, or null."""
    limits, title, text = _lexicon()[1], document.title or "", document.text
    furniture = _count(text, "furniture")
    if prose.words < limits.brief_words and (problem := _no_brief(document, words, prose, furniture)) is not None:
        return problem
    if furniture > limits.furniture_share * words:
        return f"{_words(furniture)} of page furniture in {words}"
    if prose.words < limits.prose_share_least * words:
        return f"only {prose.words} of {words} words stand in sentences"
    if _scattered(title, words, prose):
        return f"sentences stand singly: at most {prose.block} of {words} words together"
    if is_list_page(title):
        return "the title is that of a front page, a section, a search or an archive"
    politics = _count(text, "politics")
    if prose.words < limits.short_words and politics < limits.short_politics_share * words:
        return f"only {prose.words} words in sentences, and {politics} of {words} words about states and conflict"
    return None


def _no_brief(document: Document, words: int, prose: Prose, furniture: int) -> str | None:
    """Why a short English page is no brief report, or null: under its headline hardly anything but sentences stands."""
    limits, title = _lexicon()[1], document.title or ""
    below = words - len(_word.findall(title)) if document.text.startswith(title) else words
    if prose.words < limits.brief_words_least:
        least = limits.brief_words_least
        problem = f"{prose.words} of {_words(words)} stand in sentences of eight words or more, and {least} must"
        return _told(problem, document, words)
    if prose.words < limits.brief_share_least * below:
        return f"{below - prose.words} words that stand in no sentence, beside only {prose.words} that do"
    if furniture:
        return f"{_words(furniture)} of page furniture beside only {prose.words} in sentences"
    return None
