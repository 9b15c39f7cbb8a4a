"""One look for all who wait, and never one that began before they asked."""

from __future__ import annotations

import threading

import pytest

from lvtu.service.together import Together


def test_those_who_ask_during_a_look_share_the_next() -> None:
    began, goes_on, looks = threading.Event(), threading.Event(), []

    def look() -> int:
        looks.append(1)
        if len(looks) == 1:
            began.set()
            goes_on.wait()
        return len(looks)

    newest: Together[int] = Together(look)
    told: list[int] = []
    threads = [threading.Thread(target=lambda: told.append(newest.get())) for _ in range(20)]
    threads[0].start()
    began.wait()
    asked = threading.Semaphore(0)
    guard = newest._guard

    class Counted:  # says of each thread that it has asked
        def __enter__(self) -> None:
            guard.acquire()

        def __exit__(self, *_: object) -> None:
            guard.release()
            asked.release()

    newest._guard = Counted()  # type: ignore[assignment]
    for thread in threads[1:]:
        thread.start()
    for _ in threads[1:]:
        asked.acquire()
    goes_on.set()
    for thread in threads:
        thread.join()
    assert sorted(told) == [1] + [2] * 19
    assert newest.get() == 3


def test_a_look_that_fails_fails_for_all_and_is_forgotten() -> None:
    looks = iter([ValueError("no"), 7])

    def look() -> int:
        found = next(looks)
        if isinstance(found, Exception):
            raise found
        return found

    newest: Together[int] = Together(look)
    with pytest.raises(ValueError, match="no"):
        newest.get()
    assert newest.get() == 7
