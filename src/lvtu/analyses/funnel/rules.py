"""Funnels by the documented rules of other products: presets of the parameters of a funnel.

Sources (docs/explanation/why-funnels-differ.md says what each one says): Mixpanel, "Funnels Advanced Concepts" and
"Funnels FAQ"; PostHog, "Funnels"; Google Analytics Data API, ``runFunnelReport``: ``Funnel`` and ``FunnelStep``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from lvtu.core.sentences import Note
from lvtu.errors import BadInput

if TYPE_CHECKING:
    from lvtu.analyses.funnel.spec import FunnelSpec

Rules = Literal["mixpanel", "posthog", "ga4"]

_COMMON = {"order": "ordered", "ties": "follow", "unit": "customers"}

RULES: Mapping[str, Mapping[str, Any]] = {
    "mixpanel": {"within": "7d", "entry": "first", **_COMMON},
    "posthog": {"within": "14d", "entry": "any", **_COMMON},
    "ga4": {"within": None, "entry": "any", **_COMMON},
}
"""What each preset sets where the question says nothing itself."""

UNITS: Mapping[str, tuple[str, ...]] = {
    "mixpanel": ("customers", "totals"),
    "posthog": ("customers",),
    "ga4": ("customers",),
}
"""What each product counts in a way that can be counted here too: their sessions end by other rules."""


def with_rules(values: Mapping[str, Any]) -> dict[str, Any]:
    """A question's values with those that its ``rules`` set and it does not.

    Example:
        >>> with_rules({"rules": "mixpanel", "within": "1h"})["within"]
        '1h'
        >>> with_rules({"rules": "mixpanel"})["entry"]
        'first'
    """
    return {**RULES.get(str(values.get("rules")), {}), **values}


def check_rules(spec: FunnelSpec) -> None:
    """Refuse what a product counts by a rule that no parameter of a funnel says.

    Raises:
        BadInput: the answer would not be the product's.
    """
    if spec.rules is None:
        return
    if spec.unit not in UNITS[spec.rules]:
        raise BadInput("rules_unit", rules=spec.rules, unit=spec.unit, known=UNITS[spec.rules])
    if spec.rules == "mixpanel" and spec.unit == "totals" and _entry_excluded(spec):
        raise BadInput("rules_entry_excluded", rules=spec.rules)
    if spec.rules == "posthog" and spec.exclude:
        raise BadInput("rules_exclude_customers", rules=spec.rules)
    if spec.rules == "posthog" and spec.until is not None:
        raise BadInput("rules_until", rules=spec.rules)
    if spec.rules == "ga4":
        for option in ("exclude", "hold"):
            if getattr(spec, option):
                raise BadInput("rules_without", rules=spec.rules, option=option)
        if spec.order == "any":
            raise BadInput("rules_without", rules=spec.rules, option="order=any")


def notes_of(spec: FunnelSpec) -> list[Note]:
    """What a reader must know who compares the answer with the product's."""
    return [Note(f"{spec.rules}_rules")] if spec.rules else []


def _entry_excluded(spec: FunnelSpec) -> bool:
    """Whether an event may begin an attempt and end one by exclusion."""
    entry = set(spec.steps[0].names)
    return any(not entry or not exclusion.names or entry & set(exclusion.names) for exclusion in spec.exclude)
