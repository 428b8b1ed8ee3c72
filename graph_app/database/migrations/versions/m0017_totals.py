"""How many things a run made, changed and removed, kept with the run; of those that came to their end it is counted."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_LOADS = sa.table("loads", sa.column("number"), sa.column("state"), sa.column("totals"))
_COUNTED = """
    SELECT load, sum(CASE WHEN before IS NULL THEN 1 ELSE 0 END), count(*),
           sum(CASE WHEN before IS NOT NULL AND after IS NULL THEN 1 ELSE 0 END)
    FROM load_changes GROUP BY load
"""


def upgrade() -> None:
    """Add the column, and fill it."""
    op.add_column("loads", sa.Column("totals", sa.Text))
    connection = op.get_bind()
    counted = {load: counts for load, *counts in connection.execute(sa.text(_COUNTED))}
    ended = _LOADS.c.state.in_(("done", "undone"))
    for number in list(connection.scalars(sa.select(_LOADS.c.number).where(ended))):
        made, every, gone = (int(count) for count in counted.get(number, (0, 0, 0)))
        totals = {"create": made, "update": every - made - gone, "remove": gone}
        connection.execute(sa.update(_LOADS).where(_LOADS.c.number == number).values(totals=json.dumps(totals)))


def downgrade() -> None:
    """Remove it; it is counted again."""
    op.drop_column("loads", "totals")
