"""Accounts: users, their sessions, tokens and one-time links, and failed attempts."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0001"
down_revision = None

_ROLES = ("viewer", "analyst", "editor", "loader", "administrator")


def upgrade() -> None:
    """Make the tables."""
    _users()
    _sessions()
    _tokens()
    _links()
    _attempts()


def downgrade() -> None:
    """Remove them; the accounts are lost."""
    for table in ("attempts", "links", "tokens", "sessions", "users"):
        op.drop_table(table)


def _of_user(table: str, *, nullable: bool = False) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return sa.Column("user_id", sa.Integer, nullable=nullable), sa.ForeignKeyConstraint(
        ["user_id"], ["users.id"], name=f"fk_{table}_user_id", ondelete="CASCADE"
    )


def _users() -> None:
    op.create_table(
        "users",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("password", sa.String(255)),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("fs_uniquifier", sa.String(64), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("signed_in_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_users"),
        sa.UniqueConstraint("email", name="uq_users_email"),
        sa.UniqueConstraint("fs_uniquifier", name="uq_users_fs_uniquifier"),
        sa.CheckConstraint(f"role IN ({', '.join(repr(name) for name in _ROLES)})", name=op.f("ck_users_role")),
    )


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("address", sa.String(45), nullable=False),
        sa.Column("agent", sa.String(200), nullable=False),
        *_of_user("sessions"),
        sa.PrimaryKeyConstraint("digest", name="pk_sessions"),
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])


def _tokens() -> None:
    op.create_table(
        "tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("scope", sa.String(20), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        sa.Column("used_at", Moment),
        *_of_user("tokens"),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("digest", name="uq_tokens_digest"),
    )
    op.create_index("ix_tokens_user_id", "tokens", ["user_id"])


def _links() -> None:
    op.create_table(
        "links",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("expires_at", Moment, nullable=False),
        *_of_user("links", nullable=True),
        sa.PrimaryKeyConstraint("digest", name="pk_links"),
    )
    op.create_index("ix_links_user_id", "links", ["user_id"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", Moment),
        sa.Column("wait_until", Moment),
        sa.Column("trusted_at", Moment),
        sa.PrimaryKeyConstraint("key", name="pk_attempts"),
    )
    op.create_index("ix_attempts_failed_at", "attempts", ["failed_at"])
