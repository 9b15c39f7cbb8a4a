"""Device clocks that are wrong: one correction for each device and session, so that its events keep their order."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable

from lvtu.store.inbox import Clock

IGNORED = 60_000_000
"""A clock that is off by less (µs) is taken to be right: the way takes time too."""

SESSION = 1_800_000_000
"""A device that was silent for longer (µs) is measured anew."""

REFRESH = 600_000_000
"""How much older (µs) the time on disk may be than the last one at which a device was heard."""

LASTING = SESSION + REFRESH
"""How long (µs) ago a device may have been heard by what is on disk, and still be in its session."""

DEVICES = 200_000
"""How many are remembered at most; who was silent longest goes first."""


class Clocks:
    """How far each device's clock is off, as long as its session lasts: over a restart, and in every process.

    What is new about them is to be kept beside the events that it concerns, in one transaction: `fresh`, then `kept`;
    or `adopt` where another process was quicker. There a device is a hash: who has been forgotten is not to be found
    in it.

    Args:
        salt: goes into the hashes.
        look_up: what is kept of a device, by its hash.

    Attributes:
        turn: another one each time that something was adopted: what was read before is to be read again.

    Example:
        >>> minute = 60_000_000
        >>> clocks = Clocks()
        >>> clocks.offset("phone", sent=0, received=60 * minute) // minute
        60
        >>> clocks.offset("phone", sent=minute, received=62 * minute) // minute
        60
        >>> clocks.offset("laptop", sent=0, received=minute - 1)
        0
        >>> kept = {one.device: one for one in clocks.fresh()}
        >>> again = Clocks(look_up=kept.get)
        >>> again.offset("phone", sent=2 * minute, received=64 * minute) // minute
        60
    """

    def __init__(self, salt: str = "", look_up: Callable[[int], Clock | None] = lambda _: None) -> None:
        self._salt = salt.encode()[:64]
        self._look_up = look_up
        self._devices: OrderedDict[str, tuple[int, int, Clock]] = OrderedDict()
        self._fresh: dict[str, Clock] = {}
        self.turn = 0
        self._guard = threading.Lock()

    def offset(self, device: str, sent: int, received: int) -> int:
        """What is to be added to a device's times (µs).

        Args:
            device: what tells it from others.
            sent: when it sent the request, by its own clock (µs since 1970).
            received: when that came, by ours.
        """
        with self._guard:
            known = self._devices.pop(device, None)
            if known is not None and received - known[1] <= SESSION:
                offset, _, kept = known
                lasts = True
            else:  # it may have talked to another process meanwhile
                number = self._hashed(device)
                kept = self._look_up(number) or Clock(number, 0, _NEVER)
                offset, lasts = kept.offset, received - kept.heard <= LASTING
            if not lasts:
                measured = received - sent
                offset = measured if abs(measured) >= IGNORED else 0
            if not lasts or received - kept.heard >= REFRESH:
                kept = self._fresh[device] = Clock(kept.device, offset, received)
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
        done = {one.device: one for one in clocks}
        with self._guard:
            for device, one in list(self._fresh.items()):
                if done.get(one.device) is one:
                    del self._fresh[device]

    def adopt(self, clocks: Iterable[Clock]) -> None:
        """Take over what another process measured of devices whose clocks are `fresh`, and begin a new `turn`."""
        theirs = {one.device: one.offset for one in clocks}
        with self._guard:
            for device, one in self._fresh.items():
                if (offset := theirs.get(one.device)) is not None:
                    self._fresh[device] = one._replace(offset=offset)
                    self._devices[device] = (offset, one.heard, self._fresh[device])
            self.turn += 1

    def _hashed(self, device: str) -> int:
        text = device.encode("utf-8", "surrogatepass")
        return int.from_bytes(hashlib.blake2b(text, key=self._salt, digest_size=8).digest(), "little", signed=True)


_NEVER = -(2**62)
