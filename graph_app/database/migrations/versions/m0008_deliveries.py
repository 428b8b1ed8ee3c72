"""What was found in what people watch, and how they are told of it."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "glances",
        _watch(),
        sa.Column("seen", sa.Text, nullable=False),
        sa.Column("mark", sa.Text, nullable=False),
        sa.Column("looked_at", Moment, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("look_at", Moment),
        sa.Column("problem", sa.Text),
        sa.PrimaryKeyConstraint("watch", name="pk_glances"),
        _of_watch("glances"),
    )
    op.create_table(
        "findings",
        *_numbered("findings"),
        _watch(),
        sa.Column("found_at", Moment, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        _of_watch("findings"),
    )
    op.create_index("ix_findings_watch", "findings", ["watch"])
    _channels()
    _deliveries()


def _channels() -> None:
    op.create_table(
        "channels",
        *_numbered("channels"),
        sa.Column("owner", sa.Integer),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("secret", sa.Text),
        sa.Column("digest", sa.String(64)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("site", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.UniqueConstraint("digest", name="uq_channels_digest"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_channels_owner", ondelete="CASCADE"),
    )
    op.create_index("ix_channels_owner", "channels", ["owner"])
    op.create_table(
        "tellings",
        _watch(),
        sa.Column("channel", sa.Integer, nullable=False),
        sa.Column("upto", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("watch", "channel", name="pk_tellings"),
        _of_watch("tellings"),
        _of_channel("tellings"),
    )
    op.create_index("ix_tellings_channel", "tellings", ["channel"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        *_numbered("deliveries"),
        sa.Column("channel", sa.Integer, nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("ended_at", Moment),
        sa.Column("problem", sa.Text),
        _of_channel("deliveries"),
    )
    op.create_index("ix_deliveries_channel", "deliveries", ["channel"])
    op.create_index("ix_deliveries_state_next_at", "deliveries", ["state", "next_at"])


def _watch() -> sa.Column[str]:
    return sa.Column("watch", sa.String(22), nullable=False)


def _numbered(table: str) -> list[sa.Column[int] | sa.Column[str] | sa.Constraint]:
    return [
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("key", name=f"uq_{table}_key"),
    ]


def _of_watch(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["watch"], ["watches.key"], name=f"fk_{table}_watch", ondelete="CASCADE")


def _of_channel(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["channel"], ["channels.id"], name=f"fk_{table}_channel", ondelete="CASCADE")


def downgrade() -> None:
    """Remove them; what was found is forgotten, and nobody is told any more."""
    for table in ("deliveries", "tellings", "channels", "findings", "glances"):
        op.drop_table(table)
