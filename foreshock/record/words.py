"""Finding by words: SQLite's full-text indexes, and plain patterns on other databases."""

from sqlalchemy import JSON, ColumnElement, cast, column, false, or_, select, table

from foreshock.record.store import Record
from foreshock.record.tables import documents, statements

# The indexes are SQLite's own, made in the migration; the column of an index's own name stands for all of it.
_document_words = table("document_words", column("rowid"), column("document_words"), column("title"))
_clause_words = table("clause_words", column("rowid"), column("clause_words"))


def quoted_words(words: str) -> str:
    """A user's words as an FTS5 query: quoted phrases stay phrases, every other word must occur."""
    parts = words.split('"')
    terms = []
    for number, part in enumerate(parts):
        terms += [part] if number % 2 else part.split()
    return " ".join('"' + term.replace('"', '""') + '"' for term in terms if term.strip())


def in_document(record: Record, words: str) -> ColumnElement[bool]:
    """Statements of documents that hold the words anywhere, in title or text."""
    if record.engine.dialect.name != "sqlite":
        pattern = f"%{words}%"
        return _of_documents(or_(documents.c.title.ilike(pattern), documents.c.text.ilike(pattern)))
    wanted = quoted_words(words)
    return _of_documents(_indexed(_document_words.c.document_words, wanted)) if wanted else false()


def in_clause(record: Record, words: str) -> ColumnElement[bool]:
    """Statements whose own words hold the words."""
    if record.engine.dialect.name != "sqlite":
        clause: ColumnElement[str] = cast(statements.c.body, JSON)["text"].as_string()
        return clause.ilike(f"%{words}%")
    wanted = quoted_words(words)
    if not wanted:
        return false()
    index = select(_clause_words.c.rowid).where(_clause_words.c.clause_words.op("MATCH")(wanted))
    return statements.c.number.in_(index)


def in_clause_or_title(record: Record, words: str) -> ColumnElement[bool]:
    """Statements whose own words hold the words, or the title of whose document does."""
    if record.engine.dialect.name != "sqlite":
        return or_(in_clause(record, words), _of_documents(documents.c.title.ilike(f"%{words}%")))
    wanted = quoted_words(words)
    if not wanted:
        return false()
    # One list of rows made of both indexes: a bare OR would have SQLite look at every statement.
    titled = select(statements.c.number).where(_of_documents(_indexed(_document_words.c.title, wanted)))
    titled = titled.correlate(None)
    said = select(_clause_words.c.rowid).where(_clause_words.c.clause_words.op("MATCH")(wanted))
    return statements.c.number.in_(said.union(titled))


def _indexed(words: ColumnElement[str], wanted: str) -> ColumnElement[bool]:
    return documents.c.number.in_(select(_document_words.c.rowid).where(words.op("MATCH")(wanted)))


def _of_documents(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # Asked through statements.document: else SQLite looks at every matching document for every statement.
    # Not correlated: the query around this may join the documents itself.
    return statements.c.document.in_(select(documents.c.id).where(condition).correlate(None))
