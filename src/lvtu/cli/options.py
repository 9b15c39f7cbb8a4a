"""From the fields of a spec to the options of its command: types, choices and help come from the spec itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal, get_args, get_origin, get_type_hints

import click

from lvtu.analyses.fields import core_of, field_helps, measure_of, parts_of, repeats
from lvtu.errors import BadInput

if TYPE_CHECKING:
    from lvtu.analyses.base import Spec

POSITIONAL = ("event", "order")
"""Fields that are arguments although they may be left out (an order that is one of a few words is an option)."""

NAMED = ("goal", "outcome")
"""Fields that are options although they are required; all others that are required are arguments."""

_RANGE = re.compile(r"(\d+)(?:\s*(?:-|\.\.)\s*(\d+))?")


def parameters(spec: type[Spec]) -> Iterator[click.Parameter]:
    """An argument or option for each field of a spec, its own fields first.

    Args:
        spec: the class of the questions.
    """
    hints, helps = get_type_hints(spec, include_extras=True), field_helps(spec)
    shared = _shared(spec)
    for name in sorted(spec.model_fields, key=lambda name: name in shared):
        field, kind = spec.model_fields[name], hints[name]
        first = name in POSITIONAL and get_origin(core_of(kind)) is not Literal
        if first or (field.is_required() and name not in NAMED):
            yield _argument(name, kind, field.is_required())
        else:
            default = None if field.is_required() else field.default
            yield _option(name, kind, default, helps.get(name, ""), field.is_required())


def values_of(spec: type[Spec], given: dict[str, Any]) -> dict[str, Any]:
    """What a spec is made from: the options that were given, read as their fields need them.

    Raises:
        BadInput: a text that should be JSON or a range is none.
    """
    hints = get_type_hints(spec, include_extras=True)
    return {name: _read(name, hints[name], value) for name, value in given.items() if value is not None and value != ()}


def _shared(spec: type[Spec]) -> set[str]:
    from lvtu.analyses.base import Spec

    return set(Spec.model_fields)


def _argument(name: str, kind: Any, required: bool) -> click.Argument:
    many = repeats(kind)
    shown = {"steps": "STEP", "order": "STEP", "event": "EVENT", "pairs": "PAIR"}.get(name, name.upper())
    return click.Argument([name], nargs=-1 if many else 1, required=required, metavar=_metavar(shown, many, required))


def _metavar(name: str, many: bool, required: bool) -> str:
    return (name if required else f"[{name}]") + ("..." if many else "")


def _option(name: str, kind: Any, default: Any, text: str, required: bool = False) -> click.Option:
    flag = f"--{name.replace('_', '-')}"
    text = text[:1].upper() + text[1:]
    core = core_of(kind)
    if core is bool:
        return click.Option([f"{flag}/--no-{flag[2:]}", name], default=None, help=text)
    choices = [part for part in parts_of(kind) if get_origin(part) is Literal]
    many = repeats(kind) and (bool(choices) or not isinstance(default, str))
    text = _with_default(text, default, kind) + (" May be given several times." if many else "")
    if choices:
        among = click.Choice([value for part in choices for value in get_args(part)])
        return click.Option([flag, name], type=among, multiple=many, help=text)
    return click.Option(
        [flag, name], type=int if core is int else str, metavar=_kind(name, kind), multiple=many, required=required,
        help=text,
    )  # fmt: skip


def _with_default(text: str, default: Any, kind: Any = None) -> str:
    if default is None or default == ():
        return text
    if kind is not None and _kind("", kind) == "DURATION":
        from lvtu.core.units import write_duration

        default = write_duration(default)
    return f"{text}  [default: {default}]"


def _kind(name: str, kind: Any) -> str:
    """What an option's value is, for people."""
    if (measure := measure_of(kind)) is not None:
        return measure.upper()
    if core_of(kind) is int:
        return "NUMBER"
    plural = {
        "exclude": "EVENT",
        "brackets": "FROM-TO",
        "hold": "PROPERTY",
        "by": "COLUMN",
        "start": "EVENT",
        "end": "EVENT",
        "goal": "EVENT",
        "back": "EVENT",
        "sent": "EVENT",
    }
    return plural.get(name, name.upper() or "TEXT")


def _read(name: str, kind: Any, value: Any) -> Any:
    if not isinstance(value, tuple):
        return value
    rows = [part for part in parts_of(kind) if get_origin(part) is tuple]
    if rows and get_origin(get_args(rows[0])[0]) is tuple:
        return [range_of(name, text) for text in value]
    read = [_item(name, text) for text in value]
    return read[0] if len(read) == 1 and str in parts_of(kind) else read


def _item(name: str, text: str) -> Any:
    """One event, step or exclusion: a name, ``*`` for any event, or JSON for more."""
    if text == "*":
        return None if name == "steps" else {}
    if not text.startswith(("{", "[")):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadInput("option_not_json", option=name, value=text, error=str(error)) from None


def range_of(name: str, text: str) -> tuple[int, int]:
    """Both ends of a range of periods, ``1-7``; of one period twice its number.

    Raises:
        BadInput: the text is no range.
    """
    found = _RANGE.fullmatch(text.strip())
    if not found:
        raise BadInput("no_range", option=name, value=text, known=["0", "1-7", "8-30"])
    return int(found[1]), int(found[2] or found[1])
