"""Telling those who watch, after a load from the command line. Who watches nothing pays for one look-up."""

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from graph_app.cli.context import say, told
from graph_app.database import Database
from graph_app.database.tables import Watch
from graph_app.errors import N_, PeyvandError
from graph_app.graph.store import Store
from graph_app.language import gettext


def tell_watchers(store: Store, database: Database) -> None:
    """Look at what is watched and deliver what was found. The load stands, however that goes."""
    try:
        with database.reading() as session:
            if session.scalar(select(Watch.key).limit(1)) is None:
                return
        from graph_app.cli.watched import courier, failures  # noqa: PLC0415 - large, and seldom needed

        one = courier(store, database)
        checked, sent = one.check(), one.deliver()
    except PeyvandError as error:
        say(told(error))
    except SQLAlchemyError as error:
        say(str(error.__cause__ or error))
    else:
        if checked.found:
            say(gettext(N_("What is watched: news in %(found)s.")) % {"found": checked.found})
        if sent.failed:
            say(failures(sent))
