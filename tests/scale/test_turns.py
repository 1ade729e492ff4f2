"""Few at a time, first come, first served; and nobody waits for ever."""

import time
from threading import Event, Thread

from config.turns import Turns

from .asking import application, ask

SECONDS = 10


def begun(target, *given) -> Thread:
    thread = Thread(target=target, args=given)
    thread.start()
    return thread


def test_who_came_first_is_first():
    turns, order, go = Turns(1, SECONDS), [], Event()

    def work(number: int) -> None:
        with turns.one():
            order.append(number)
            go.wait(SECONDS)

    threads = []
    for number in range(6):
        threads.append(begun(work, number))
        while len(turns.waiting) + len(order) <= number:
            time.sleep(0.001)
    assert order == [0]
    go.set()
    for thread in threads:
        thread.join(SECONDS)
    assert order == [0, 1, 2, 3, 4, 5]
    assert (turns.free, len(turns.waiting)) == (1, 0)


def test_as_many_as_may_work_at_once():
    turns, working, most = Turns(2, SECONDS), [], []

    def work() -> None:
        with turns.one():
            working.append(1)
            most.append(len(working))
            time.sleep(0.01)
            working.pop()

    threads = [begun(work) for _number in range(12)]
    for thread in threads:
        thread.join(SECONDS)
    assert len(most) == 12
    assert max(most) == 2
    assert turns.free == 2


def test_slow_ones_hold_up_nobody_for_long():
    turns, go = Turns(1, 0.05), Event()

    def stay() -> None:
        with turns.one():
            go.wait(SECONDS)

    slow = [begun(stay) for _number in range(3)]
    done = time.monotonic()
    with turns.one():
        assert time.monotonic() - done < SECONDS / 2
    go.set()
    for thread in slow:
        thread.join(SECONDS)
    assert (turns.free, len(turns.waiting)) == (1, 0)


def test_what_goes_wrong_gives_its_turn_back():
    turns = Turns(1)
    for _time in range(3):
        try:
            with turns.one():
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
    assert turns.free == 1


def test_what_is_sent_to_the_site_needs_no_turn(monkeypatch, db):
    """It may take as long as it takes to arrive."""
    monkeypatch.setattr(application(), "turns", None)
    assert ask("/api/v1/events/", "POST")[0] == "405 Method Not Allowed"
