"""Device clocks that are wrong: one correction for each device and session, so that its events keep their order."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

IGNORED = timedelta(seconds=60)
"""A clock that is off by less is taken to be right: the way takes time too."""

SESSION = timedelta(minutes=30)
"""A device that was silent for longer is measured anew."""

_DEVICES = 200_000


class Clocks:
    """How far each device's clock is off, as long as its session lasts.

    Kept in memory: after a restart a device is measured anew.

    Example:
        >>> now = datetime(2026, 1, 1, 12)
        >>> clocks = Clocks()
        >>> clocks.offset("phone", now - timedelta(hours=1), now)
        datetime.timedelta(seconds=3600)
        >>> clocks.offset("phone", now - timedelta(minutes=59), now + timedelta(minutes=2))
        datetime.timedelta(seconds=3600)
        >>> clocks.offset("laptop", now - timedelta(seconds=59), now)
        datetime.timedelta(0)
    """

    def __init__(self) -> None:
        self._devices: OrderedDict[str, tuple[timedelta, datetime]] = OrderedDict()

    def offset(self, device: str, sent: datetime, received: datetime) -> timedelta:
        """What is to be added to a device's times.

        Args:
            device: what tells it from others.
            sent: when it sent the request, by its own clock.
            received: when that came, by ours.
        """
        known = self._devices.pop(device, None)
        if known is None or received - known[1] > SESSION:
            measured = received - sent
            offset = measured if abs(measured) >= IGNORED else timedelta(0)
        else:
            offset = known[0]
        self._devices[device] = (offset, received)
        if len(self._devices) > _DEVICES:
            self._devices.popitem(last=False)
        return offset
