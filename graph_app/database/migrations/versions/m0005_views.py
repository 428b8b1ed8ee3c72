"""Pictures that people keep and share."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "views",
        sa.Column("key", sa.String(22), nullable=False),
        sa.Column("owner", sa.Integer),
        sa.Column("name", sa.String(120), nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("address", "steps", "seen")),
        sa.Column("shared", sa.Boolean, nullable=False),
        *(sa.Column(name, Moment, nullable=False) for name in ("created_at", "updated_at")),
        sa.PrimaryKeyConstraint("key", name="pk_views"),
        sa.ForeignKeyConstraint(["owner"], ["users.id"], name="fk_views_owner", ondelete="CASCADE"),
    )
    op.create_index("ix_views_owner", "views", ["owner"])


def downgrade() -> None:
    """Remove it; the pictures that were kept are lost."""
    op.drop_table("views")
