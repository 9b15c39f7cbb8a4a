"""What the checks of a blueprint find: each with an id that holds while the map is edited, and can be waived by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lvtu.core.model.text import Text
from lvtu.core.units import spell
from lvtu.core.words import Lang, language, say, spoken
from lvtu.maps.blueprint import rules
from lvtu.maps.blueprint.reading import Reading
from lvtu.maps.blueprint.rules import Broken
from lvtu.maps.document import Waiver

Severity = Literal["high", "medium", "low"]
"""Customers feel it; the service can break there; it could be told better."""

Rule = Callable[[Reading], Iterator[Broken]]

RULES: Mapping[str, tuple[Severity, Rule]] = {
    "no_onstage": ("high", rules.no_onstage),
    "over_standard": ("high", rules.over_standard),
    "handoff_missed": ("high", rules.handoff_missed),
    "no_recovery": ("high", rules.no_recovery),
    "channel_break": ("high", rules.channel_break),
    "no_trigger": ("medium", rules.no_trigger),
    "no_sla": ("medium", rules.no_sla),
    "no_standard": ("medium", rules.no_standard),
    "no_owner": ("medium", rules.no_owner),
    "no_evidence": ("medium", rules.no_evidence),
    "no_customer": ("medium", rules.no_customer),
    "orphan_support": ("low", rules.orphan_support),
    "inside_out": ("low", rules.inside_out),
    "no_verb": ("low", rules.no_verb),
}
"""Every rule by its name, with how much it matters; the gravest first."""


@dataclass(frozen=True)
class Finding:
    """A place where a blueprint breaks a rule.

    Attributes:
        id: the rule and where, by stable keys: ``no_owner:cook``. A waiver is kept under it.
        rule: the rule (`RULES`).
        severity: how much it matters.
        parts: what to look at: kinds (``step``, ``card``, ``link``) and keys.
        waiver: who accepted it and why; None where nobody did.
    """

    id: str
    rule: str
    severity: Severity
    parts: tuple[tuple[str, str], ...]
    waiver: Waiver | None
    broken: Broken

    def text(self, lang: Lang | None = None) -> str:
        """What is wrong, in a sentence."""
        kind = "missing" if self.broken.missing else "found"
        told = {name: _told(value, lang) for name, value in self.broken.values.items()}
        return say(f"maps.rules.{self.rule}.{kind}", lang, **told)

    def advice(self, lang: Lang | None = None) -> str:
        """What to try."""
        return say(f"maps.rules.{self.rule}.try", lang)

    def __str__(self) -> str:
        return self.text("en")


def _told(value: Text | str | int, lang: Lang | None) -> str:
    if isinstance(value, int):
        return spoken(spell(value), lang)
    words = value if isinstance(value, str) else value.get(lang or language())
    return " ".join(words.split())


def findings(reading: Reading) -> tuple[Finding, ...]:
    """What every rule finds, the gravest first; those of a rule in the order of the map.

    A waiver under the id of a finding waives it; one under the name of a rule switches the rule off on the map.

    Args:
        reading: the map as a blueprint.
    """
    waived = {waiver.key: waiver for waiver in reading.map.waivers}
    return tuple(
        Finding(id, name, severity, broken.parts, waived.get(id), broken)
        for name, (severity, rule) in RULES.items()
        if name not in waived
        for broken in rule(reading)
        for id in (f"{name}:{'+'.join(broken.where)}",)
    )
