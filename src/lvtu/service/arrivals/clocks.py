"""Device clocks that are wrong: one correction for each device and session, so that its events keep their order."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable

from lvtu.store.inbox import Clock

IGNORED = 60_000_000
"""A clock that is off by less (µs) is taken to be right: the way takes time too."""

SESSION = 1_800_000_000
"""A device that was silent for longer (µs) is measured anew."""

REFRESH = 600_000_000
"""How much older (µs) the time on disk may be than the last one at which a device was heard."""

DEVICES = 200_000
"""How many are remembered at most; who was silent longest goes first."""


class Clocks:
    """How far each device's clock is off, as long as its session lasts, also over a restart.

    What is new about them is to be kept beside the events that it concerns, in one transaction: `fresh`, then `kept`.
    There a device is a hash: who has been forgotten is not to be found in it.

    Args:
        salt: goes into the hashes.
        known: what was kept before.

    Example:
        >>> minute = 60_000_000
        >>> clocks = Clocks()
        >>> clocks.offset("phone", sent=0, received=60 * minute) // minute
        60
        >>> clocks.offset("phone", sent=minute, received=62 * minute) // minute
        60
        >>> clocks.offset("laptop", sent=0, received=minute - 1)
        0
        >>> again = Clocks(known=clocks.fresh())
        >>> again.offset("phone", sent=2 * minute, received=64 * minute) // minute
        60
    """

    def __init__(self, salt: str = "", known: Iterable[Clock] = ()) -> None:
        self._salt = salt.encode()[:64]
        self._stored = {one.device: one for one in known}
        self._devices: OrderedDict[str, tuple[int, int, Clock]] = OrderedDict()
        self._fresh: dict[int, Clock] = {}
        self._guard = threading.Lock()

    def offset(self, device: str, sent: int, received: int) -> int:
        """What is to be added to a device's times (µs).

        Args:
            device: what tells it from others.
            sent: when it sent the request, by its own clock (µs since 1970).
            received: when that came, by ours.
        """
        with self._guard:
            if (known := self._devices.pop(device, None)) is not None:
                offset, heard, kept = known
                lasts = received - heard <= SESSION
            else:
                kept = self._stored.get(self._hashed(device), _NEVER)
                offset, lasts = kept.offset, received - kept.heard <= SESSION + REFRESH
            if not lasts:
                measured = received - sent
                offset = measured if abs(measured) >= IGNORED else 0
            if not lasts or received - kept.heard >= REFRESH:
                kept = Clock(kept.device if kept is not _NEVER else self._hashed(device), offset, received)
                self._fresh[kept.device] = kept
            self._devices[device] = (offset, received, kept)
            if len(self._devices) > DEVICES:
                self._devices.popitem(last=False)
            return offset

    def fresh(self) -> list[Clock]:
        """What is not on disk yet."""
        with self._guard:
            return list(self._fresh.values())

    def kept(self, clocks: Iterable[Clock]) -> None:
        """These are on disk now."""
        with self._guard:
            for one in clocks:
                if self._fresh.get(one.device) is one:
                    del self._fresh[one.device]

    def _hashed(self, device: str) -> int:
        text = device.encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(text, key=self._salt, digest_size=8).digest(), "little", signed=True)


_NEVER = Clock(0, 0, -(2**62))
