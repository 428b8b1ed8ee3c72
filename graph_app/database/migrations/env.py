"""How Alembic runs the migrations: on the connection that it is given, inside its transaction."""

from alembic import context

from graph_app.database.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite changes a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
