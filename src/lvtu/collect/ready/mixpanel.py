"""Mixpanel: its raw export, one ``{"event": …, "properties": {…}}`` per line.

``time`` is in seconds. Projects made before 2023 export the wall clock of the project's zone as if it were UTC: give
the mapping that ``zone``. ``$user_id`` and ``$device_id`` are the two ids; without them ``distinct_id`` is the
anonymous id if it says ``$device:``, else the user's.

Source: https://developer.mixpanel.com/reference/raw-event-export
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from lvtu.collect.ready.parts import as_dict, filled, first, number

_CHANNELS = {"web": "web", "iphone": "app", "swift": "app", "android": "app", "react-native": "app", "flutter": "app"}
_TAKEN = ("time", "distinct_id", "$insert_id", "$user_id", "$device_id", "$email", "$phone")


def mixpanel_rows(row: dict[str, Any], *, local: bool = False) -> Iterable[dict[str, Any]]:
    """The record fields of one exported event.

    Args:
        row: the event.
        local: whether ``time`` is the wall clock of the project's zone.

    Example:
        >>> row = {"event": "Signed up", "properties": {"time": 1700000000, "distinct_id": "$device:d1", "plan": "pro"}}
        >>> list(mixpanel_rows(row))[0]["anonymous_id"]
        'd1'
    """
    given = as_dict(row.get("properties"))
    user, device, previous = _who(str(row.get("event")), given)
    identifiers = {"email": given.get("$email"), "phone": given.get("$phone"), "previous_id": previous}
    record = {
        "message_id": first(given.get("$insert_id")),
        "time": _time(given.get("time"), local),
        "user_id": user,
        "anonymous_id": device,
        "identifiers": {key: str(value) for key, value in filled(identifiers).items()},
        "event": "alias" if previous else row.get("event"),
        "channel": _CHANNELS.get(str(first(given.get("mp_lib"), given.get("$lib"))).lower()),
        "value": number(given.get("$amount"), given.get("revenue")),
        "currency": first(given.get("currency"), given.get("$currency")),
        "properties": {key: value for key, value in given.items() if key not in _TAKEN},
    }
    return [filled(record)]


def _who(event: str, given: dict[str, Any]) -> tuple[Any, Any, Any]:
    """The user, the device, and the former id of an alias."""
    user, device = first(given.get("$user_id")), first(given.get("$device_id"))
    distinct = first(given.get("distinct_id"))
    if event == "$create_alias" and first(given.get("alias")) is not None:
        return given["alias"], device, distinct
    if event == "$identify":
        return first(given.get("$identified_id"), user, distinct), first(given.get("$anon_id"), device), None
    if isinstance(distinct, str) and distinct.startswith("$device:"):
        device = first(device, distinct.removeprefix("$device:"))
    elif user is None and distinct is not None and distinct != device:
        user = distinct
    return user, device, None


def _time(value: Any, local: bool) -> Any:
    """Seconds since 1970 as they are; as a time without an offset if they are a wall clock."""
    seconds = number(value)
    if not local or seconds is None or isinstance(value, str):
        return value
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
