"""Searching while a person types."""

import threading

from searchkit.shell.live import Latest


def test_what_was_overtaken_is_never_run():
    started, go_on = threading.Event(), threading.Event()
    done = []

    def work(request):
        started.set()
        assert go_on.wait(10)
        done.append(request)

    latest = Latest(work)
    latest.ask("ا")
    assert started.wait(10)
    for request in ("ال", "الك", "الكت"):
        latest.ask(request)
    go_on.set()
    assert latest.wait(10)
    latest.stop()
    assert done == ["ا", "الكت"]


def test_what_is_given_up_before_it_began_is_not_run():
    started, go_on = threading.Event(), threading.Event()
    done = []

    def work(request):
        started.set()
        assert go_on.wait(10)
        done.append(request)

    latest = Latest(work)
    latest.ask("ا")
    assert started.wait(10)
    latest.ask("ال")
    latest.forget()
    go_on.set()
    assert latest.wait(10)
    latest.stop()
    assert done == ["ا"]
