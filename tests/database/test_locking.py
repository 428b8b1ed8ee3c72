"""The lock of the loader: one holder over all processes, free again when the holder dies, on both databases."""

import multiprocessing
import os
import signal

from graph_app.database import open_database
from graph_app.database.locking import alone


def _hold(settings, told):
    database = open_database(settings)
    with alone(database) as held:
        told.put(held)
        signal.pause()


def test_only_one_process_holds_it_and_death_frees_it(place, database):
    fork = multiprocessing.get_context("fork")
    told = fork.Queue()
    holder = fork.Process(target=_hold, args=(place, told))
    holder.start()
    assert told.get(timeout=30)
    with alone(database) as held:
        assert not held
    os.kill(holder.pid, signal.SIGKILL)
    holder.join(30)
    for _ in range(2):  # whoever had it gives it back
        with alone(database) as held:
            assert held
            with alone(database) as again:
                assert not again
