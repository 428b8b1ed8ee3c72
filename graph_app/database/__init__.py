"""The application database: people's work and accounts, beside the graph, which holds facts.

SQLite in ``PEYVAND_HOME`` by default, PostgreSQL by ``PEYVAND_DATABASE``. Tables stand in ``tables/``, the steps that
lead to them in ``migrations/``. What opens it is imported when it is first asked for: a ``glance`` does without.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph_app.database.application import Database, open_database

__all__ = ["Database", "open_database"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.application"), name)
