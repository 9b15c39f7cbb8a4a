"""A contract made ready to be held against many events."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from lvtu.core.contracts.contract import Contract
from lvtu.core.sentences import Reason

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
}
_CALLED = {str: "string", bool: "boolean", int: "integer", float: "number", dict: "object", list: "array"}
_SHOWN = 60


class Trouble(NamedTuple):
    """A property that breaks the contract: its name, and how."""

    property: str
    reason: Reason


class Check:
    """Says what of an event's properties breaks its contract.

    Args:
        contract: it.

    Attributes:
        contract: it.

    Example:
        >>> wanted = {"total": {"type": "number"}, "status": {"enum": ["open", "paid"]}}
        >>> check = Check(Contract.load({"event": "Paid", "properties": wanted, "required": ["total"]}))
        >>> check({"total": 3, "status": "paid", "more": 1})
        []
        >>> [(name, str(reason)) for name, reason in check({"status": "lost"})]
        [('total', 'no total'), ('status', "'lost' is not allowed; allowed are open, paid")]
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._required = contract.required
        self._typed = {
            name: (frozenset(kind for one in wanted.type for kind in _TYPES[one]), ", ".join(wanted.type))
            for name, wanted in contract.properties.items()
            if wanted.type is not None
        }
        self._listed = {
            name: (frozenset(map(_told_apart, wanted.enum)), ", ".join(str(_as_json(value)) for value in wanted.enum))
            for name, wanted in contract.properties.items()
            if wanted.enum is not None
        }

    def __call__(self, properties: Mapping[str, Any]) -> list[Trouble]:
        """What is wrong with the properties of an event; at most one thing for each property."""
        get = properties.get
        found = [Trouble(name, Reason("missing", field=name)) for name in self._required if get(name) is None]
        for name, (kinds, wanted) in self._typed.items():
            value = properties.get(name)
            if value is None or (kind := type(value)) in kinds:
                continue
            if kind is float and int in kinds and value.is_integer():
                continue
            found.append(Trouble(name, Reason("of_type", type=kind_of(value), wanted=wanted)))
        for name, (allowed, known) in self._listed.items():
            value = properties.get(name)
            if value is None or any(name == one.property for one in found):
                continue
            if isinstance(value, dict | list) or _told_apart(value) not in allowed:
                found.append(Trouble(name, Reason("not_allowed", value=str(_as_json(value))[:_SHOWN], allowed=known)))
        return found


def kind_of(value: Any) -> str:
    """What JSON Schema calls the type of a value.

    Example:
        >>> kind_of(True), kind_of(1), kind_of(1.0), kind_of({})
        ('boolean', 'integer', 'number', 'object')
    """
    return _CALLED.get(type(value), type(value).__name__)


def _told_apart(value: Any) -> tuple[bool, Any]:
    """A value that true is not equal to 1 in."""
    return isinstance(value, bool), value


def _as_json(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value
