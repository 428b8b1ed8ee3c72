"""Comments on items, who takes them, and which reminders somebody is done with."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("about", "reminder")),
        sa.Column("author", sa.Integer),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("written_at", Moment, nullable=False),
        sa.Column("edited_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_comments"),
        _account("comments", "author", "SET NULL"),
    )
    op.create_table(
        "takers",
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("person", sa.Integer),
        *(sa.Column(name, sa.String(200), nullable=False) for name in ("name", "said_by")),
        sa.Column("taken_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("item", name="pk_takers"),
        _account("takers", "person", "CASCADE"),
    )
    op.create_table(
        "settled",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("owner", sa.Integer),
        sa.Column("reminder", sa.Text, nullable=False),
        sa.Column("settled_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_settled"),
        sa.UniqueConstraint("owner", "reminder", name="uq_settled_owner_reminder"),
        _account("settled", "owner", "CASCADE"),
    )
    for table, column in (
        ("comments", "about"),
        ("comments", "reminder"),
        ("comments", "author"),
        ("takers", "person"),
        ("settled", "owner"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])


def _account(table: str, column: str, gone: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["users.id"], name=f"fk_{table}_{column}", ondelete=gone)


def downgrade() -> None:
    """Remove them; what was said and taken is forgotten, and all that is due is shown again."""
    for table in ("settled", "takers", "comments"):
        op.drop_table(table)
