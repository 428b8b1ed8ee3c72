"""Whether the tables are those of this version, told without the machinery that brings them there."""

from sqlalchemy import URL, inspect, text

from graph_app.database.connection import connect
from graph_app.database.glance import newest


def up_to_date(url: URL) -> bool:
    """Return whether the last step was taken in the database at ``url``; steps are named by their numbers."""
    engine = connect(url, migrating=True)
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return False
            reached: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return reached == newest()
    finally:
        engine.dispose()
