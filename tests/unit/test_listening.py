"""The server stops in order: who is answered gets the whole answer, and no late thread writes into another's file."""

import errno
import gc
import http.client
import os
import socket
import threading
import weakref

import pytest
import waitress
from waitress.buffers import TempfileBasedBuffer
from werkzeug import Request, Response

from graph_app.cli.listening import Listener, spare_the_lasting
from graph_app.errors import FullError


class App:
    """A WSGI app whose one answer waits for us."""

    def __init__(self) -> None:
        self.asked, self.go = threading.Event(), threading.Event()

    def __call__(self, _environ, start_response):
        self.asked.set()
        self.go.wait(30)
        start_response("200 OK", [("Content-Length", str(2**20))])
        return [b"a" * 2**18] * 4


@pytest.fixture
def app():
    waiting = App()
    yield waiting
    waiting.go.set()


def served(app, grace):
    listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=2), grace=grace)
    loop = threading.Thread(target=listener.run)
    loop.start()
    connection = http.client.HTTPConnection("127.0.0.1", listener.port, timeout=30)
    connection.request("GET", "/")
    assert app.asked.wait(30)
    return listener, loop, connection


def test_an_answer_under_way_is_finished_and_nobody_new_is_let_in(app):
    listener, loop, connection = served(app, grace=30)
    listener.stop()
    while not _refused(listener.port):
        pass
    app.go.set()
    assert len(connection.getresponse().read()) == 2**20
    connection.close()
    loop.join(30)
    assert not loop.is_alive()


def test_a_late_thread_finds_its_wake_up_still_its_own(app):
    listener, loop, connection = served(app, grace=0.2)
    (trigger,) = [
        one.trigger for one in listener._map.values() if hasattr(one, "trigger") and isinstance(one.trigger, int)
    ]
    wake_up = os.fstat(trigger)
    listener.stop()
    loop.join(30)
    assert not loop.is_alive()
    assert os.path.samestat(os.fstat(trigger), wake_up)
    connection.close()
    app.go.set()
    listener._drain()


def test_a_name_with_two_addresses_has_a_port():
    listener = Listener(waitress.create_server(App(), listen="127.0.0.1:0 127.0.0.2:0", threads=1))
    loop = threading.Thread(target=listener.run)
    loop.start()
    assert not _refused(listener.port)
    listener.stop()
    loop.join(30)
    assert not loop.is_alive()
    assert _refused(listener.port)


def _refused(port):
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) != 0


@pytest.fixture
def _collector():
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


@pytest.mark.usefixtures("_collector")
def test_what_lasts_is_not_searched_for_garbage_and_what_comes_later_is():
    class Thing:
        pass

    def circle():
        thing = Thing()
        thing.itself = thing
        return weakref.ref(thing)

    gc.disable()
    before, young = len(gc.get_objects()), gc.get_threshold()[0]
    spare_the_lasting()
    later = circle()
    assert len(gc.get_objects()) < before / 10
    assert gc.get_threshold()[0] > young
    gc.enable()
    gc.collect()
    assert later() is None


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_finds_no_room_is_taken_to_its_end_and_told_of_by_who_reads_it(monkeypatch, chunked):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TempfileBasedBuffer, "append", full)
    told = []

    @Request.application
    def app(request):
        try:
            told.append(len(request.get_data()))
        except FullError as error:
            told.append(str(error))
        return Response("answered", status=503)

    listener = Listener(waitress.create_server(app, host="127.0.0.1", port=0, threads=2))
    loop = threading.Thread(target=listener.run)
    loop.start()
    try:
        for size in (1000, 2**21):
            body = bytes(size)
            connection = http.client.HTTPConnection("127.0.0.1", listener.port, timeout=10)
            connection.request(
                "POST", "/", iter([body[:1000], body[1000:]]) if chunked else body, encode_chunked=chunked
            )
            assert connection.getresponse().read() == b"answered"
            connection.close()
    finally:
        listener.stop()
        loop.join()
    assert told == [1000, str(FullError())]
