"""Reading the fields of a spec: what kind of value each takes and what its docstring says of it.

The command line makes its options of it, the web app its forms.
"""

from __future__ import annotations

import re
import types
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

if TYPE_CHECKING:
    from pydantic import BaseModel

Measure = Literal["duration", "time", "condition"]


def field_helps(spec: type[BaseModel]) -> dict[str, str]:
    """The ``Attributes`` of a spec's docstring by field; those of its bases where it says nothing.

    Example:
        >>> from lvtu.analyses.graph import GraphSpec
        >>> field_helps(GraphSpec)["since"]
        'select events.'
    """
    found: dict[str, str] = {}
    for kind in reversed(spec.__mro__):
        found |= _attributes(kind.__doc__ or "")
    return found


def _attributes(doc: str) -> dict[str, str]:
    section = doc.partition("Attributes:\n")[2]
    found: dict[str, str] = {}
    names: list[str] = []
    for line in section.splitlines():
        head = re.match(r"        (\w+(?:, \w+)*): (.*)", line)
        if head:
            names = head[1].split(", ")
            found |= dict.fromkeys(names, head[2])
        elif line.startswith(" " * 12):
            found |= {name: f"{found[name]} {line.strip()}" for name in names}
        elif line.strip():
            break
    return {name: text.replace("``", "").replace("`", "") for name, text in found.items()}


def parts_of(kind: Any) -> tuple[Any, ...]:
    """The members of a union; the type itself otherwise."""
    return get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)


def core_of(kind: Any) -> Any:
    """The one type of a field besides None, without its annotations where they change nothing."""
    rest = [part for part in parts_of(kind) if part is not type(None)]
    return rest[0] if len(rest) == 1 else None


def repeats(kind: Any) -> bool:
    """Whether a field takes several values."""
    return any(get_origin(part) is tuple for part in parts_of(kind))


def measure_of(kind: Any) -> Measure | None:
    """Which of the kinds of value that are written in a way of their own a field takes.

    Example:
        >>> from typing import get_type_hints
        >>> from lvtu.analyses.graph import GraphSpec
        >>> measure_of(get_type_hints(GraphSpec, include_extras=True)["within"])
        'duration'
    """
    from lvtu.analyses import base

    measures: tuple[tuple[Measure, Any], ...] = (
        ("duration", base.Duration), ("time", base.Instant), ("condition", base.Condition),
    )  # fmt: skip
    for name, part in measures:
        if kind == part or any(one == part for one in parts_of(kind)):
            return name
    return None
