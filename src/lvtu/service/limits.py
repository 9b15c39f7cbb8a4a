"""How often somebody may ask: buckets of tokens that fill again with time."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lvtu.service.problems import TooMany
from lvtu.service.table import Table


@dataclass(frozen=True)
class Rate:
    """How often.

    Attributes:
        burst: so often at once.
        every: and once more after so many seconds.
    """

    burst: int
    every: float


class Buckets:
    """One bucket for each key, full at first.

    Args:
        rate: how often each may ask.
        clock: seconds that only grow, the same in every process of the machine.
        table: when the bucket of each key is full again; who shares it shares the buckets.
        name: tells these buckets from others in the table.

    Example:
        >>> seconds = [0.0]
        >>> buckets = Buckets(Rate(2, 30), lambda: seconds[0])
        >>> buckets.take("ann"), buckets.take("ann"), buckets.take("ann"), buckets.take("bob")
        (0.0, 0.0, 30.0, 0.0)
        >>> seconds[0] = 30.0
        >>> buckets.take("ann")
        0.0
    """

    def __init__(
        self, rate: Rate, clock: Callable[[], float] = time.monotonic, table: Table | None = None, name: str = ""
    ) -> None:
        self._rate, self._clock = rate, clock
        self._full_at, self._name = table or Table(), name

    def take(self, key: str, tokens: int = 1) -> float:
        """Take tokens; 0, or the seconds to wait where there are too few.

        More than a bucket holds are given when it is full, and made up for afterwards.
        """
        key, burst, every = self._name + key, self._rate.burst, self._rate.every
        with self._full_at.held():
            now = self._clock()
            full_at = max(self._full_at.get(key), now)
            wait = full_at - now + (min(tokens, burst) - burst) * every
            if wait > 1e-9:
                return wait
            self._full_at.put(key, full_at + tokens * every)
            return 0.0

    def give_back(self, key: str) -> None:
        """Put a token back."""
        key = self._name + key
        with self._full_at.held():
            self._full_at.put(key, self._full_at.get(key) - self._rate.every)


class Limits:
    """The limits of one server, all its processes together.

    Args:
        table: which they share.

    Attributes:
        addresses: wrong passwords from one address.
        emails: wrong passwords for one person.
        requests: what one session, token or reader of a shared link asks.
        answers: what comes to surveys from one address, behind which a whole company may be.
        feedback: pieces of feedback from one address: a kiosk is one, too.
        votes: votes from one address.
    """

    def __init__(self, table: Table) -> None:
        self.addresses = Buckets(Rate(30, 10), table=table, name="address ")
        self.emails = Buckets(Rate(10, 60), table=table, name="email ")
        self.requests = Buckets(Rate(500, 0.02), table=table, name="request ")
        self.answers = Buckets(Rate(600, 0.1), table=table, name="answer ")
        self.feedback = Buckets(Rate(30, 20), table=table, name="feedback ")
        self.votes = Buckets(Rate(60, 10), table=table, name="vote ")

    def before_password(self, address: str, email: str) -> Callable[[], None]:
        """Count a password that is about to be checked.

        Returns:
            To be called if it was right: only wrong ones count.

        Raises:
            TooMany: too many were wrong lately.
        """
        taken: Mapping[str, Buckets] = {address: self.addresses, "@" + email.strip().lower(): self.emails}
        for key, buckets in taken.items():
            _refuse(buckets.take(key))

        def right() -> None:
            for key, buckets in taken.items():
                buckets.give_back(key)

        return right

    def before_link(self, address: str) -> Callable[[], None]:
        """Count a link that is about to be looked at, as a wrong password from its address; see `before_password`."""
        _refuse(self.addresses.take(address))
        return lambda: self.addresses.give_back(address)

    def before_request(self, who: str) -> None:
        """Count a request.

        Raises:
            TooMany: they asked too often.
        """
        _refuse(self.requests.take(who))

    def before_answer(self, address: str) -> None:
        """Count what comes to a survey. The address is forgotten once its bucket is full again.

        Raises:
            TooMany: too much came from there.
        """
        _refuse(self.answers.take(address))

    def before_feedback(self, address: str) -> None:
        """Count a piece of feedback.

        Raises:
            TooMany: too many came from there.
        """
        _refuse(self.feedback.take(address))

    def before_vote(self, address: str) -> None:
        """Count a vote.

        Raises:
            TooMany: too many came from there.
        """
        _refuse(self.votes.take(address))


def _refuse(wait: float) -> None:
    if wait:
        raise TooMany("too_many", seconds=math.ceil(wait))
