"""Mixpanel: its raw export, one ``{"event": …, "properties": {…}}`` per line.

``time`` is in seconds (milliseconds with ``time_in_ms``). Projects made before 2023 export the wall clock of the
project's zone as if it were UTC: give the mapping that ``zone``.

``$user_id`` and ``$device_id`` are the two ids. Without them it is the id that was sent: after Mixpanel has merged
identities, ``distinct_id`` is the name of the merger, any of its ids, and ``$distinct_id_before_identity`` what was
sent. It is an anonymous id if it says ``$device:``, or if it was renamed and looks like one (a UUID), else a user's.
``$identify`` signs in, ``$create_alias`` and ``$merge`` are aliases.

An ``$insert_id`` counts, as Mixpanel has it, together with the event's name, id and time: a message id is made of all
four, so that two events of one order number are two.

Sources: https://docs.mixpanel.com/reference/raw-event-export, https://docs.mixpanel.com/reference/raw-data-export-api,
https://docs.mixpanel.com/docs/tracking-methods/id-management/identifying-users-original
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Any

from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number

_CHANNELS = {"web": "web", "iphone": "app", "swift": "app", "android": "app", "react-native": "app", "flutter": "app"}
_TAKEN = (
    "time", "distinct_id", "$distinct_id_before_identity", "$insert_id", "$user_id", "$device_id", "$email", "$phone",
    "mp_processing_time_ms",
)  # fmt: skip
_DEVICE = "$device:"
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


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
        "message_id": _message_id(str(row.get("event")), given),
        "time": _time(given.get("time"), local),
        "received_at": first(given.get("mp_processing_time_ms")),
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


def _message_id(event: str, given: dict[str, Any]) -> str | None:
    """The insert id with a hash of what it counts together with; None where there is none."""
    insert = first(given.get("$insert_id"))
    if insert is None:
        return None
    seconds = number(given.get("time")) or 0.0
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    said = f"{event}\n{_sent(given)}\n{int(seconds)}"
    return f"{insert}/{blake2b(said.encode(), digest_size=8).hexdigest()}"


def _who(event: str, given: dict[str, Any]) -> tuple[Any, Any, Any]:
    """The user, the device, and the former id of an alias."""
    user, device = first(given.get("$user_id")), first(given.get("$device_id"))
    distinct, sent = first(given.get("distinct_id")), _sent(given)
    if event == "$create_alias" and first(given.get("alias")) is not None:
        return given["alias"], device, sent
    if event == "$merge" and len(ids := [str(each) for each in as_list(given.get("$distinct_ids"))]) == 2:
        ids.sort(key=_anonymous)  # an alias is a user's; one that looks like a device's is the former id
        return ids[0].removeprefix(_DEVICE), None, ids[1].removeprefix(_DEVICE)
    if event == "$identify":
        return first(given.get("$identified_id"), user, distinct), first(given.get("$anon_id"), device), None
    renamed = sent != distinct
    if isinstance(sent, str) and (sent.startswith(_DEVICE) or (renamed and _anonymous(sent))):
        device = first(device, sent.removeprefix(_DEVICE))
    elif user is None and sent is not None and sent != device:
        user = sent
    return user, device, None


def _sent(given: dict[str, Any]) -> Any:
    """The id that the event was sent with, whatever Mixpanel has merged it into since."""
    return first(given.get("$distinct_id_before_identity"), given.get("distinct_id"))


def _anonymous(id: str) -> bool:
    """Whether an id looks as if a device had made it up."""
    return id.startswith(_DEVICE) or _UUID.fullmatch(id) is not None


def _time(value: Any, local: bool) -> Any:
    """Seconds since 1970 as they are; as a time without an offset if they are a wall clock."""
    seconds = number(value)
    if not local or seconds is None or isinstance(value, str):
        return value
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None).isoformat()
