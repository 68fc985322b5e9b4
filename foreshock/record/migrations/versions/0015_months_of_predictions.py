"""Predictions of documents of which only the month is known say so: they were made on its last day at the latest."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KNOWN = "made_granularity"


def upgrade() -> None:
    """They said that they were made on that day. What bears no date keeps the day on which it was taken in."""
    for table, identity, body in _of_months():
        if not body.get("undated"):
            _write(table, identity, {**body, _KNOWN: "month"})


def downgrade() -> None:
    """Have them say so again."""
    for table, identity, body in _of_months():
        _write(table, identity, {name: value for name, value in body.items() if name != _KNOWN})


def _of_months() -> "list[tuple[sa.TableClause, str, dict[str, object]]]":
    own = sa.table("predictions", sa.column("id"), sa.column("document"), sa.column("body"))
    of = sa.table(
        "documents", sa.column("id"), sa.column("published"), sa.column("published_granularity"),
        sa.column("crawl_month"),
    )  # fmt: skip
    crawled = of.c.published.is_(None) & of.c.crawl_month.is_not(None)
    query = sa.select(own.c.id, own.c.body).join(of, of.c.id == own.c.document)
    query = query.where((of.c.published_granularity == "month") | crawled)
    return [(own, row.id, json.loads(row.body)) for row in op.get_bind().execute(query)]


def _write(table: sa.TableClause, identity: str, body: dict[str, object]) -> None:
    told = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    op.execute(table.update().where(table.c.id == identity).values(body=told))
