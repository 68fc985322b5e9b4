"""Is this worth reading? A verdict on each document, with its reason.

Plain counts against a lexicon (`data/verdicts.yaml`): language, running prose and how much of it stands together,
advertising, page furniture, what titles of front and list pages are made of, and the share of words that reports
about states are made of. Thresholds were set on the development pages of three countries by class, not by page.
"""

import re

import msgspec

from foreshock.gather.prose import Prose, language_of, mostly_latin, prose_of, words_in, written_words
from foreshock.gather.verdict_words import count, lexicon
from foreshock.model.document import Document, Verdict

_between_parts = re.compile(r"\s*(?:\||::|»|\s[–—-]\s)\s*")
_label = re.compile(r":\s")
_date = re.compile(r"\b(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}\b|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d\b")
_beside_month = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? ?\.? ?$"), re.compile(r"^\.? \d{1,2}(?:st|nd|rd|th)?\b")


def _dated(document: Document) -> bool:
    """Whether it is known when a document was written: from its source or who gave it, or by a date in its words."""
    if document.published is not None or _date.search(document.text):
        return True
    before, after = _beside_month
    months = lexicon().months.finditer(document.text)
    return any(
        before.search(document.text[: one.start()][-10:]) or after.search(document.text[one.end() :][:10])
        for one in months
    )


def has_headline(title: str) -> bool:
    """Whether a title begins with a headline: words enough before the first bar or dash, not names of sections."""
    limits = lexicon().thresholds
    first = _between_parts.split(title)[0]
    words = words_in(first)
    return words >= limits.headline_words and count(first, lexicon().sections) < limits.sections_share * words


def _is_labelled(title: str) -> bool:
    """Whether one side of a title's colon is made of the names of sections, and the other of none and of what happened:
    of states and conflict, in more than the one word by which a section is called (*Latest news: Security*)."""
    sides = [side for side in _label.split(title, maxsplit=1) if side.strip()]
    listed = [count(side, lexicon().sections) for side in sides]
    return len(sides) == 2 and any(
        listed[label] == words_in(sides[label]) and not listed[told] and _tells(sides[told])
        for label, told in ((0, 1), (1, 0))
    )


def _tells(words: str) -> bool:
    return words_in(words) > 1 and count(words, lexicon().politics) > 0


def is_list_page(title: str) -> bool:
    """Whether this is the title of a front page, a section, a search or an archive: made of the names of sections.

    Beside a headline they are its label: *Breaking news: Soldiers seize palace*, *Niger coup: Live updates*.
    """
    if lexicon().listing_titles.search(title):
        return True
    limits = lexicon().thresholds
    listed, words = count(title, lexicon().sections), words_in(title)
    made_of_sections = listed >= limits.sections_least and listed >= limits.sections_share * words
    return made_of_sections and not (has_headline(title) or _is_labelled(_between_parts.split(title)[0]))


def verdict_on(document: Document) -> Verdict:
    """The verdict on a document, with a reason a person can check."""
    text = document.text
    words = words_in(text)
    limits = lexicon().thresholds
    spam = count(text, lexicon().spam)
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
    share = lexicon().thresholds.spam_share
    lines = document.text.split("\n")
    free = [line for line in lines if count(line, lexicon().spam) <= share * words_in(line)]
    text = "\n".join(free).strip()
    left = words_in(text)
    if len(free) == len(lines) or left < lexicon().thresholds.beside_spam_least * words:
        return None
    found = verdict_on(msgspec.structs.replace(document, text=text))
    beside = f", beside {_words(words - left)} of advertising"
    return Verdict(label=found.label, reason=found.reason + beside) if found.usable else None


def _other_matter(text: str, words: int) -> str | None:
    """Why a text is not about states under strain, or null."""
    limits = lexicon().thresholds
    politics, off_topic = count(text, lexicon().politics), count(text, lexicon().off_topic)
    if politics < limits.politics_share_least * words:
        return f"{politics} words about states and conflict in {words}"
    least = (limits.off_topic_least, limits.off_topic_share * words, limits.off_topic_to_politics * politics)
    return f"{off_topic} words of traffic, sport, trade in {words}" if off_topic > max(least) else None


def _words(number: int) -> str:
    return f"{number} word" if number == 1 else f"{number} words"


def _told(problem: str, document: Document, words: int) -> str:
    """What is wrong with a short text, and what it lacks to be a note, where somebody wrote it down."""
    if document.url is not None or words >= lexicon().thresholds.note_words_most:
        return problem
    lack = _lacks(document, words)
    return f"{problem}; {lack}" if lack else problem


def _lacks(document: Document, words: int) -> str | None:
    """What a text of so few words lacks to be a dated note that somebody wrote down, in words; null for nothing."""
    limits, title, text = lexicon().thresholds, document.title or "", document.text
    if not _dated(document):
        return "a text as short as this is taken as a note where it has a date (--published DATE)"
    rest = text.removeprefix(title)
    said, below = written_words(rest, limits.note_sentence_words), words_in(rest)
    if said < limits.note_words_least or said < limits.note_share_least * below:
        return f"as a note it has too few words in sentences ({said} of {below})"
    if furniture := count(text, lexicon().furniture):
        return f"{_words(furniture)} of page furniture in it"
    politics = count(text, lexicon().politics)
    if not politics or count(text, lexicon().off_topic) > politics:
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
    if not count(document.text, lexicon().english) and language_of(document.text) != "en":
        return None
    said = written_words(document.text.removeprefix(document.title or ""), lexicon().thresholds.note_sentence_words)
    return Verdict(label="usable", reason=f"a dated note with {_words(said)} in sentences")


def _of_items(document: Document, words: int, problem: str) -> Verdict:
    """What holds no report by the rules for pages: usable where it is a dated text of items that somebody wrote down.

    Communiqués, interviews, live blogs and chats have little running prose, but hardly a line that says nothing, as the
    menus and teasers of pages do.
    """
    limits, title = lexicon().thresholds, document.title or ""
    rest = document.text.removeprefix(title)
    written = written_words(rest, limits.listed_sentence_words)
    if (
        document.url is not None
        or written < limits.listed_share_least * words_in(rest)
        or count(document.text, lexicon().furniture) > limits.furniture_share * words
        or is_list_page(title)
        or _other_matter(document.text, words) is not None
    ):
        return Verdict(label="boilerplate", reason=problem)
    if not _dated(document):
        lack = "with a date (--published DATE) it is read as a text of items"
        return Verdict(label="boilerplate", reason=f"{problem}; {lack}")
    return Verdict(label="usable", reason=f"a dated text with {_words(written)} in sentences and items")


def _in_another_language(document: Document, words: int, prose: Prose, language: str) -> Verdict:
    limits = lexicon().thresholds
    other = Verdict(label=f"other_language:{language}", reason="not in English")
    if words < limits.language_words_least:
        # So few words tell a language only by their script.
        if words >= limits.script_words_least and not mostly_latin(document.text):
            return other
        problem = f"only {_words(words)}, too few to tell the language"
        return Verdict(label="boilerplate", reason=_told(problem, document, words))
    if prose.words < limits.foreign_prose_least or _scattered(document.title or "", words, prose):
        return Verdict(label="boilerplate", reason=f"only {prose.words} of {words} words stand in sentences")
    return other


def _scattered(title: str, words: int, prose: Prose) -> bool:
    """Whether sentences stand singly among other lines, as teasers on a front page do, and no headline is over them."""
    limits = lexicon().thresholds
    singly = prose.block < limits.block_words_least and words > limits.block_times * prose.block
    return singly and not has_headline(title)


def _no_report(document: Document, words: int, prose: Prose) -> str | None:
    """Why an English page holds no report, or null."""
    limits, title, text = lexicon().thresholds, document.title or "", document.text
    furniture = count(text, lexicon().furniture)
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
    politics = count(text, lexicon().politics)
    if prose.words < limits.short_words and politics < limits.short_politics_share * words:
        return f"only {prose.words} words in sentences, and {politics} of {words} words about states and conflict"
    return None


def _no_brief(document: Document, words: int, prose: Prose, furniture: int) -> str | None:
    """Why a short English page is no brief report, or null: under its headline hardly anything but sentences stands."""
    limits, title = lexicon().thresholds, document.title or ""
    below = words - words_in(title) if document.text.startswith(title) else words
    if prose.words < limits.brief_words_least:
        least = limits.brief_words_least
        problem = f"{prose.words} of {_words(words)} stand in sentences of eight words or more, and {least} must"
        return _told(problem, document, words)
    if prose.words < limits.brief_share_least * below:
        return f"{below - prose.words} words that stand in no sentence, beside only {prose.words} that do"
    if furniture:
        return f"{_words(furniture)} of page furniture beside only {prose.words} in sentences"
    return None
