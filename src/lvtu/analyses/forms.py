"""What a question can be asked with: every field of an analysis' spec, described for whoever builds a form of it.

Types, choices and limits come from the spec itself, titles and help from the words (``forms``, ``fields``), where
``fields_of.ANALYSIS`` has its own for a field that means something else there.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from lvtu.analyses.fields import core_of, measure_of, parts_of, repeats
from lvtu.analyses.registry import REGISTRY
from lvtu.core.units import write_duration
from lvtu.core.words import Lang, known, say

Kind = Literal[
    "event", "place", "steps", "exclusions", "plan", "pairs", "standards", "attributes", "field", "condition",
    "segment", "metric", "model", "scale", "model_document", "customer", "choice", "duration", "time", "zone", "ranges",
    "boolean", "number", "text",
]  # fmt: skip
"""What is picked or typed.

``event``: an event's name; ``place``: a value of the form's ``by``, or an event's name; ``steps``, ``exclusions``,
``plan``, ``pairs``, ``standards``, ``attributes``: a list of objects with the fields of ``item``; ``field``: a field,
property or column of the model; ``scale``: one of those that customers answered on;
``segment``: a segment's name, or a condition on customers; ``model_document``: a whole journey model; ``ranges``: pairs
of whole numbers.
"""

Group = Literal["what", "who", "when", "split", "rules"]
"""Where it stands: what is asked, about whom, of which time, broken down how; rules are folded away."""


class Choice(BaseModel):
    """One of a few values.

    Attributes:
        value: it.
        title: what people call it.
    """

    value: str
    title: str


class FormField(BaseModel):
    """One field of a form.

    Attributes:
        name: of the field in the spec.
        title: what people call it.
        help: one sentence about it.
        kind: what is picked or typed.
        required: whether the question needs it.
        many: whether it takes a list.
        default: its value where none is given.
        choices: the values it can have, where they are few.
        group: where it stands.
        least, most: of a number, or of the length of a list.
        item: the fields of each item of a list of objects.
    """

    name: str
    title: str
    help: str
    kind: Kind
    required: bool
    many: bool
    default: Any = None
    choices: list[Choice] | None = None
    group: Group = "what"
    least: float | None = None
    most: float | None = None
    item: list[FormField] | None = None


class Form(BaseModel):
    """One analysis.

    Attributes:
        name: of the analysis.
        title: what people call it.
        what: what it answers, in one sentence.
        fields: what it is asked with, the groups in their order.
    """

    name: str
    title: str
    what: str
    fields: list[FormField]


_KINDS: dict[str, Kind] = {
    "event": "event", "goal": "event", "start": "event", "end": "event", "back": "event", "sent": "event",
    "steps": "steps", "exclude": "exclusions", "pairs": "pairs", "standards": "standards", "attributes": "attributes",
    "by": "field", "hold": "field", "feature": "field", "match": "field", "item": "field", "codes": "field",
    "asked": "field",
    "zone": "zone", "model": "model", "journey": "model", "change": "model_document", "segment": "segment",
    "segments": "segment", "condition": "segment", "customer": "customer", "brackets": "ranges", "scale": "scale",
}  # fmt: skip
_KINDS_OF: dict[tuple[str, str], Kind] = {
    ("drivers", "outcome"): "event", ("drivers", "drivers"): "place", ("handoffs", "match"): "choice",
    ("flow", "start"): "place", ("step_matrix", "start"): "place", ("variants", "start"): "place",
    ("variants", "end"): "place", ("plan", "place"): "place", ("pairs", "source"): "place",
    ("pairs", "target"): "place", ("conformance", "order"): "plan", ("metric", "name"): "metric",
    ("rfm", "recency"): "duration", ("rfm", "frequency"): "number", ("rfm", "money"): "number",
}  # fmt: skip

_GROUPS: dict[Group, tuple[str, ...]] = {
    "what": (
        "steps", "start", "start_where", "end", "end_where", "back", "back_where", "silent", "event", "event_where",
        "goal", "metric", "scale", "condition", "segment", "segments", "name", "customer", "change", "pairs",
    ),
    "who": ("where",),
    "when": ("since", "until", "within", "period", "periods", "lookback", "moment", "before", "after"),
    "split": ("by", "trend"),
}  # fmt: skip
_GROUPS_OF: dict[tuple[str, str], Group] = {
    ("drivers", "outcome"): "what", ("drivers", "outcome_where"): "what", ("drivers", "drivers"): "what",
    ("conformance", "order"): "what", ("flow", "direction"): "what", ("flow", "steps"): "what",
    ("attribution", "model"): "what", ("stages", "model"): "what", ("rollup", "model"): "what",
    ("behaviours", "model"): "what", ("model_change", "model"): "what", ("metric", "period"): "split",
    ("sessions", "period"): "split", ("scores", "period"): "split",
    ("themes", "period"): "split", ("themes", "taxonomy"): "what",
    ("themes", "codes"): "what", ("themes", "code_list"): "what", ("themes", "themes"): "what",
    ("clusters", "clusters"): "what", ("response_times", "period"): "split",
    ("touchpoint_quality", "period"): "split", ("touchpoint_quality", "failure"): "what",
    ("touchpoint_quality", "standards"): "what", ("word_of_mouth", "referral"): "what",
    ("scorecard", "attributes"): "what",
}  # fmt: skip


@cache
def forms(lang: Lang) -> list[Form]:
    """The form of every analysis, in the order of the registry."""
    return [form(name, lang) for name in REGISTRY]


@cache
def form(name: str, lang: Lang) -> Form:
    """The form of one analysis.

    Example:
        >>> [field.name for field in form("trend", "en").fields]
        ['event', 'event_where', 'where', 'since', 'until', 'period', 'by', 'model', 'zone']
    """
    fields = _fields(name, REGISTRY[name].spec, lang)
    order = ("what", "who", "when", "split", "rules")
    fields.sort(key=lambda field: (order.index(field.group), not field.required, _place(field)))
    return Form(name=name, title=say(f"forms.{name}.title", lang), what=say(f"forms.{name}.what", lang), fields=fields)


def _place(field: FormField) -> int:
    """Within a group what belongs together stands together; what is not named stands behind, in the spec's order."""
    names = _GROUPS.get(field.group, ())
    return names.index(field.name) if field.name in names else len(names)


def _fields(of: str, spec: type[BaseModel], lang: Lang) -> list[FormField]:
    hints = get_type_hints(spec, include_extras=True)
    return [_field(of, spec, name, hints[name], lang) for name in spec.model_fields]


def _field(of: str, spec: type[BaseModel], name: str, hint: Any, lang: Lang) -> FormField:
    info = spec.model_fields[name]
    kind = _kind(of, name, hint)
    limits = {key: getattr(one, key) for one in info.metadata for key in _LIMITS if hasattr(one, key)}
    default = None if info.is_required() else info.default
    if kind == "duration" and isinstance(default, int):
        default = write_duration(default)
    return FormField(
        name=name,
        title=words_of(of, name, "title", lang),
        help=words_of(of, name, "help", lang),
        kind=kind,
        required=info.is_required(),
        many=repeats(hint),
        default=list(default) if isinstance(default, tuple) else default,
        choices=_choices(of, name, hint, lang) if kind == "choice" else None,
        group=_group(of, name),
        least=limits.get("ge", limits.get("min_length")) if kind in ("number", *_ITEMS) or repeats(hint) else None,
        most=limits.get("le", limits.get("max_length")),
        item=_items(kind, hint, lang),
    )


_LIMITS = ("ge", "le", "min_length", "max_length")
_ITEMS = ("steps", "exclusions", "plan", "pairs", "standards", "attributes")


def _items(kind: Kind, hint: Any, lang: Lang) -> list[FormField] | None:
    if kind not in _ITEMS:
        return None
    item = next(get_args(part)[0] for part in parts_of(hint) if get_origin(part) is tuple)
    return _fields(kind, item, lang)


def _kind(of: str, name: str, hint: Any) -> Kind:
    if (of, name) in _KINDS_OF:
        return _KINDS_OF[of, name]
    if _literals(hint):
        return "choice"
    measure = measure_of(hint)
    if measure is not None:
        return measure
    core = core_of(hint)
    if core is bool:
        return "boolean"
    if core in (int, float):
        return "number"
    return _KINDS.get(name, "text")


def _group(of: str, name: str) -> Group:
    if (of, name) in _GROUPS_OF:
        return _GROUPS_OF[of, name]
    if name == "by" and of not in _ITEMS and not parts_of(get_type_hints(REGISTRY[of].spec)["by"])[1:]:
        return "what"  # it says what a place is, and is always there
    return next((group for group, names in _GROUPS.items() if name in names), "rules")


def _literals(hint: Any) -> list[str]:
    return [value for part in parts_of(hint) if get_origin(part) is Literal for value in get_args(part)]


def _choices(of: str, name: str, hint: Any, lang: Lang) -> list[Choice]:
    return [Choice(value=value, title=words_of(of, name, f"choices.{value}", lang)) for value in _literals(hint)]


def words_of(of: str, name: str, part: str, lang: Lang) -> str:
    """The words of a field: those of its analysis if it has some there, else those that all share.

    Raises:
        KeyError: there are none.
    """
    return known(f"fields_of.{of}.{name}.{part}", lang) or say(f"fields.{name}.{part}", lang)
