"""Every table of the application database: one module per subject, all of them in one ``Base.metadata``.

A new table is a class in a module here, its import below, and a migration in ``migrations/versions``; a test compares
what the migrations build with what stands here. The accounts are imported when they are first asked for: they rest on
Flask-Security, which a load does without.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from graph_app.database.tables.audit import AuditLine
from graph_app.database.tables.base import Base, Document, Moment, now
from graph_app.database.tables.bookmarks import Bookmark
from graph_app.database.tables.deliveries import Channel, Delivery, Finding, Glance, Telling
from graph_app.database.tables.edits import Edit
from graph_app.database.tables.factors import RecoveryCode, SecondFactor
from graph_app.database.tables.identities import Identity
from graph_app.database.tables.loads import Installation, KnownGraph, Load, LoadChange, LoadFile, LoadReject
from graph_app.database.tables.reminders import Comment, Settled, Taker
from graph_app.database.tables.review import Decision
from graph_app.database.tables.rows import LoadRow, LoadScan
from graph_app.database.tables.statements import OwnStatement
from graph_app.database.tables.texts import KeptText
from graph_app.database.tables.views import SavedView
from graph_app.database.tables.watches import Watch

if TYPE_CHECKING:
    from graph_app.database.tables.accounts import Attempt, Link, LoginSession, Token, User

_ACCOUNTS = frozenset({"Attempt", "Link", "LoginSession", "Token", "User"})

__all__ = [
    "Attempt",
    "AuditLine",
    "Base",
    "Bookmark",
    "Channel",
    "Comment",
    "Decision",
    "Delivery",
    "Document",
    "Edit",
    "Finding",
    "Glance",
    "Identity",
    "Installation",
    "KeptText",
    "KnownGraph",
    "Link",
    "Load",
    "LoadChange",
    "LoadFile",
    "LoadReject",
    "LoadRow",
    "LoadScan",
    "LoginSession",
    "Moment",
    "OwnStatement",
    "RecoveryCode",
    "SavedView",
    "SecondFactor",
    "Settled",
    "Taker",
    "Telling",
    "Token",
    "User",
    "Watch",
    "now",
]


def __getattr__(name: str) -> object:
    if name not in _ACCOUNTS:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.accounts"), name)
