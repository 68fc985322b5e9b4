"""What is known of documents to the month alone says so: the day on which a prediction was made, which is its last, and
those of an event's first and last reports.
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_KNOWN = "made_granularity"
_REPORTS = {"first_report": "min", "last_report": "max"}
"""Of reports of one day that for which it is known goes first."""


def upgrade() -> None:
    """They told that day. A prediction in a text that bears no date keeps the day on which it was taken in."""
    for name, first in _REPORTS.items():
        op.add_column("events", sa.Column(f"{name}_granularity", sa.String(8)))
        op.execute(
            f"UPDATE events SET {name}_granularity = (SELECT {first}(coalesce(d.published_granularity, 'day')) "
            "FROM event_statements AS s JOIN documents AS d ON d.id = s.document "
            f"WHERE s.event = events.id AND d.published = events.{name})"
        )
    for table, identity, body in _of_months():
        if not body.get("undated"):
            _write(table, identity, {**body, _KNOWN: "month"})


def downgrade() -> None:
    """Have them tell it again."""
    for name in _REPORTS:
        op.drop_column("events", f"{name}_granularity")
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
