"""The ledger: this installation, its graphs, loads with their files, changes and rejects."""

import sqlalchemy as sa
from alembic import op

from graph_app.database.tables.base import Moment

revision = "0002"
down_revision = "0001"

_STATES = ("running", "done", "failed", "undone")


def upgrade() -> None:
    """Make the tables."""
    _installation()
    _loads()
    _files()
    _changes()
    _rejects()


def downgrade() -> None:
    """Remove them; what was loaded can no longer be undone."""
    for table in ("load_rejects", "load_changes", "load_files", "loads", "graphs", "installation"):
        op.drop_table(table)


def _of_load(table: str, second: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("load", second, name=f"pk_{table}"),
        sa.ForeignKeyConstraint(["load"], ["loads.number"], name=f"fk_{table}_load", ondelete="CASCADE"),
    )


def _installation() -> None:
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("holder", sa.String(200)),
        sa.Column("held_since", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_installation"),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_alone")),
    )
    op.create_table(
        "graphs",
        sa.Column("key", sa.String(32), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("joined_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_graphs"),
    )


def _loads() -> None:
    op.create_table(
        "loads",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("run", sa.String(40), nullable=False),
        sa.Column("graph", sa.String(32), nullable=False),
        sa.Column("mapping", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("rules", sa.String(64), nullable=False),
        sa.Column("plan", sa.String(64), nullable=False),
        sa.Column("undoes", sa.String(40)),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.Text),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("started_at", Moment, nullable=False),
        sa.Column("finished_at", Moment),
        sa.Column("balance", sa.Text, nullable=False),
        sa.Column("serial_before", sa.Integer, nullable=False),
        sa.Column("serial_after", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_loads"),
        sa.UniqueConstraint("run", name="uq_loads_run"),
        sa.CheckConstraint(f"state IN ({', '.join(map(repr, _STATES))})", name=op.f("ck_loads_state")),
    )
    op.create_index("ix_loads_graph", "loads", ["graph"])
    op.create_index("ix_loads_plan", "loads", ["plan"])


def _files() -> None:
    op.create_table(
        "load_files",
        sa.Column("load", sa.Integer, nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("path", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("encoding", sa.String(40)),
        sa.Column("delimiter", sa.String(10)),
        sa.Column("rows", sa.Integer, nullable=False),
        *_of_load("load_files", "name"),
    )


def _changes() -> None:
    op.create_table(
        "load_changes",
        sa.Column("load", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("type", sa.String(40)),
        sa.Column("start", sa.Text),
        sa.Column("end", sa.Text),
        *(sa.Column(name, sa.Text) for name in ("labels", "had", "before", "after")),
        *_of_load("load_changes", "seq"),
    )
    for name in ("key", "start", "end"):
        op.create_index(f"ix_load_changes_{name}", "load_changes", [name])


def _rejects() -> None:
    op.create_table(
        "load_rejects",
        sa.Column("load", sa.Integer, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("file", sa.String(400), nullable=False),
        sa.Column("line", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("column", "value", "reason", "header", "cells")),
        *_of_load("load_rejects", "seq"),
    )
