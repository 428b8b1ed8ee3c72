"""What an account may see of the graph. Those that there are saw everything, and go on to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
_ALL = "2"


def upgrade() -> None:
    """Add the column."""
    op.add_column("users", sa.Column("clearance", sa.SmallInteger, nullable=False, server_default=_ALL))


def downgrade() -> None:
    """Remove it; everybody sees everything again."""
    op.drop_column("users", "clearance")
