"""Cores are handed out in turn: all to one question, one each to several, none twice."""

from __future__ import annotations

import threading
import time

from lvtu.engines.cores import Cores


def test_one_question_alone_gets_every_core_again_and_again() -> None:
    cores = Cores(3)
    for _ in range(2):
        with cores.taken() as mine:
            assert mine == 3


def test_questions_asked_together_share_and_come_in_the_order_they_were_asked() -> None:
    cores, came, shares, lock = Cores(2), [], [], threading.Lock()
    most = running = 0

    def ask(number: int) -> None:
        nonlocal most, running
        with cores.taken() as mine:
            with lock:
                came.append(number)
                shares.append(mine)
                running += mine
                most = max(most, running)
            time.sleep(0.002)
            with lock:
                running -= mine

    with cores.taken():  # all wait behind this one
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(9)]
        for asked, thread in enumerate(threads, 1):
            thread.start()
            while len(cores._waiting) < asked:
                time.sleep(0.001)
    for thread in threads:
        thread.join()
    assert sorted(came) == list(range(9))
    for place, number in enumerate(came):  # two at a time: all who asked before have come, but the one who runs beside
        assert len(set(range(number)) - set(came[:place])) <= 1, came
    assert shares[:8] == [1] * 8 and most == 2


def test_a_question_that_fails_gives_its_cores_back() -> None:
    cores = Cores(2)
    try:
        with cores.taken():
            raise ValueError
    except ValueError:
        pass
    with cores.taken() as mine:
        assert mine == 2
