"""Finding by words: SQLite's full-text indexes, and plain patterns on other databases."""

import re
import unicodedata
from typing import Any

from sqlalchemy import JSON, ColumnElement, Connection, Select, and_, cast, column, false, or_, select, table, union

from foreshock.record.narrow import WORD_PROBE, Clause, by_number
from foreshock.record.tables import documents, statements

# The indexes are SQLite's own, made in the migration; the column of an index's own name stands for all of it.
_document_words = table("document_words", column("rowid"), column("title"))
_clause_words = table("clause_words", column("rowid"), column("clause_words"))


BEGINS = "*"
"""Behind a word or a phrase: whatever word begins so counts."""


def terms(words: str) -> list[str]:
    """What a user looks for: each quoted phrase as a whole, every other word by itself; of some only the beginning."""
    terms = []
    for number, part in enumerate(words.split('"')):
        if number % 2:
            terms.append(part)
        elif part.startswith(BEGINS) and terms and number:
            terms[-1] += BEGINS
            terms += part[1:].split()
        else:
            terms += part.split()
    return [term for term in terms if term.strip()]


def quoted_words(words: str) -> str:
    """A user's words as an FTS5 query: quoted phrases stay phrases, every other word must occur."""
    return " ".join(_quoted(term) for term in terms(words))


def _quoted(term: str) -> str:
    begins = BEGINS if term.endswith(BEGINS) and term.strip(BEGINS) else ""
    return '"' + term.removesuffix(begins).replace('"', '""') + '"' + begins


def occurrences(words: str, text: str) -> list[tuple[int, int]]:
    """Where in a text the words stand that a search found it by, as code points, in order: whole words or beginnings of
    words, in whatever case, with accents or without."""
    plain = "".join(map(_plain_letter, text))
    found = []
    for term in terms(words):
        pieces = re.findall(r"\w+", "".join(map(_plain_letter, term)))
        if pieces:
            end = r"\w*" if term.endswith(BEGINS) else r"\b"
            found += [one.span() for one in re.finditer(r"\b" + r"[\W_]+".join(pieces) + end, plain)]
    return sorted(found)


def _plain_letter(letter: str) -> str:
    """A letter as the index has it, small and without its accent; itself where that is no single character."""
    small = unicodedata.normalize("NFD", letter)[:1].lower()
    return small if len(small) == 1 else letter


def _holds(words: str, text: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether each word occurs in the text, as a part of it in whatever case; false without a word."""
    found = [text.icontains(term.strip().rstrip(BEGINS) or term, autoescape=True) for term in terms(words)]
    return and_(*found) if found else false()


def in_title(connection: Connection, words: str) -> Clause:
    """Statements of documents whose title holds the words."""
    if connection.dialect.name != "sqlite":
        return _plain(_of_documents(_holds(words, documents.c.title)))
    wanted = quoted_words(words)
    if not wanted:
        return _plain(false())
    index = _document_words.c
    rows: Select[tuple[int]] = select(index.rowid).where(index.title.op("MATCH")(wanted))
    matches = select(statements.c.number).where(_of_documents(documents.c.number.in_(rows)))
    mine = select(documents.c.id).where(
        documents.c.id == statements.c.document, rows.where(index.rowid == documents.c.number).exists()
    )
    return by_number(matches, mine.exists(), probing=WORD_PROBE)


def in_clause(connection: Connection, words: str) -> Clause:
    """Statements whose own words hold the words."""
    if connection.dialect.name != "sqlite":
        clause: ColumnElement[str] = cast(statements.c.body, JSON)["text"].as_string()
        return _plain(_holds(words, clause))
    wanted = quoted_words(words)
    if not wanted:
        return _plain(false())
    index = _clause_words.c
    found = select(index.rowid).where(index.clause_words.op("MATCH")(wanted))
    return by_number(found, found.where(index.rowid == statements.c.number).exists(), probing=WORD_PROBE)


def in_clause_or_title(connection: Connection, words: str) -> ColumnElement[bool]:
    """Statements whose own words hold the words, or the title of whose document does."""
    if connection.dialect.name != "sqlite":
        return or_(in_clause(connection, words).test, in_title(connection, words).test)
    # One list of rows made of both indexes: a bare OR would have SQLite look at every statement.
    said, titled = in_clause(connection, words), in_title(connection, words)
    return statements.c.number.in_(union(said.matches, titled.matches))


def _plain(condition: ColumnElement[bool]) -> Clause:
    return by_number(select(statements.c.number).where(condition), condition)


def _of_documents(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # Asked through statements.document: else SQLite looks at every matching document for every statement.
    # Not correlated: the query around this may join the documents itself.
    return statements.c.document.in_(select(documents.c.id).where(condition).correlate(None))
