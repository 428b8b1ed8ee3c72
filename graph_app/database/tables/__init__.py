"""Every table of the application database: one module per subject, all of them in one ``Base.metadata``.

A new table is a class in a module here, its import below, and a migration in ``migrations/versions``; a test compares
what the migrations build with what stands here.
"""

from graph_app.database.tables.accounts import Attempt, Link, LoginSession, Token, User
from graph_app.database.tables.base import Base, Document, Moment, now
from graph_app.database.tables.loads import Installation, KnownGraph, Load, LoadChange, LoadFile, LoadReject
from graph_app.database.tables.review import Decision

__all__ = [
    "Attempt",
    "Base",
    "Decision",
    "Document",
    "Installation",
    "KnownGraph",
    "Link",
    "Load",
    "LoadChange",
    "LoadFile",
    "LoadReject",
    "LoginSession",
    "Moment",
    "Token",
    "User",
    "now",
]
