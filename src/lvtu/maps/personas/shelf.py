"""The personas of a workspace, as Python sees them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from lvtu.analyses.base import make
from lvtu.analyses.overview.periods import periods
from lvtu.analyses.overview.waves import in_waves
from lvtu.analyses.segment import SegmentSpec
from lvtu.analyses.segment import run as count
from lvtu.core.expr.customers import InSegment
from lvtu.core.model import JourneyModel
from lvtu.core.segments import as_condition, as_segment
from lvtu.core.words import LANGS, say
from lvtu.engines.base import Engine
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.live.asking import DAYS
from lvtu.maps.live.quotes import quotes
from lvtu.maps.live.whom import named
from lvtu.maps.personas.persona import Persona
from lvtu.maps.personas.profile import Profile, profile, telling
from lvtu.store.documents import Documents
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger

if TYPE_CHECKING:
    from lvtu.core.segments import Segment
    from lvtu.store.config import Config

KIND = "persona"
"""What a persona is called in the books."""

_DRAFTED = 3
"""Things that customers do more often which a draft says."""


class Peopled(Protocol):
    """A workspace, as its personas see it."""

    _ledger: Ledger

    @property
    def config(self) -> Config:
        """Its settings."""
        ...

    def asked(self, answered: Callable[[Snapshot, Engine], Any]) -> Any:
        """What comes of the newest snapshot."""
        ...

    def models(self) -> list[dict[str, Any]]:
        """Its journey models."""
        ...

    def model(self, key: str | None = None) -> JourneyModel:
        """A journey model."""
        ...

    def segments(self) -> list[Segment]:
        """Its named segments."""
        ...


class Personas:
    """The personas of a workspace. Every save is a new version.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> report = shop.ingest([{"user_id": who, "event": "Order Paid", "time": "2026-03-01", "channel": channel}
        ...                       for who, channel in (("ann", "app"), ("bo", "app"), ("cy", "store"))])
        >>> kept = shop.personas.save({"key": "mobile", "name": {"zh": "手机族", "en": "On the phone"},
        ...                            "goals": ["Quick"], "segment": "channel = 'app'"})
        >>> shop.personas["mobile"].version, shop.personas.size("mobile")
        (1, (2, 3))
    """

    def __init__(self, ws: Peopled) -> None:
        self._ws = ws

    @property
    def _documents(self) -> Documents[Persona]:
        return Documents(self._ws._ledger, KIND, Persona.load, dict)

    def list(self) -> list[Persona]:
        """All of them, each in its newest version, by key."""
        return self._documents.list()

    def __iter__(self) -> Iterator[Persona]:
        return iter(self.list())

    def __len__(self) -> int:
        return len(self.list())

    def __contains__(self, name: object) -> bool:
        return any(name in (one.key, one.name.zh, one.name.en) for one in self.list())

    def __getitem__(self, name: str) -> Persona:
        """A persona by its key, with ``@3`` for a version, or by its name in either language.

        Raises:
            UnknownName: there is none.
            BadInput: it has no such version.
        """
        named = [one.key for one in self.list() if name in (one.name.zh, one.name.en)]
        return self._documents.named(named[0] if len(named) == 1 else name)

    def __repr__(self) -> str:
        return f"Personas({[one.key for one in self.list()]})"

    def save(self, persona: Persona | dict[str, Any] | str | Path) -> Persona:
        """Keep a persona as the next version of its key.

        Args:
            persona: a `Persona`, a dict, YAML text, or the path of a YAML file.

        Returns:
            It, with its version.

        Raises:
            BadInput: it is none.
            BadExpression: the condition of its segment cannot be read.
        """
        return self._documents.save(persona)

    def remove(self, key: str) -> None:
        """Take a persona away, with all its versions.

        Raises:
            UnknownName: there is none of that key.
        """
        if not self._ws._ledger.remove_document(KIND, key):
            raise UnknownName("persona", key, [one.key for one in self.list()])

    def size(self, key: str) -> tuple[int, int] | None:
        """How many customers a persona stands for, now, and of how many; None where nobody has said which.

        Raises:
            UnknownName: there is none of that key.
        """
        condition = self[key].condition
        return None if condition is None else self.counted(condition)

    def counted(self, segment: str) -> tuple[int, int]:
        """How many customers are in a segment, and of how many.

        Args:
            segment: the name of a segment, or a condition.

        Raises:
            BadExpression: the condition cannot be read.
            UnknownName: there is no such segment.
        """
        spec = make(SegmentSpec, {"condition": as_segment(segment)})

        def of(snapshot: Snapshot, engine: Engine) -> tuple[int, int]:
            found = count(spec, snapshot, engine)
            return found.size, found.everyone

        counted: tuple[int, int] = self._ws.asked(of)
        return counted

    def profile(self, name: str) -> Profile:
        """What sets the customers of a persona apart from all others; see `lvtu.maps.personas.profile.profile`.

        Args:
            name: of the persona, or of a segment, or a condition.

        Raises:
            BadInput: nobody has said which customers the persona stands for.
            UnknownName: there is neither persona nor segment of that name.
        """
        if name not in self:
            return self.profiled(as_segment(named(name, [one.key for one in self._ws.segments()])))
        persona = self[name]
        if persona.condition is None:
            raise BadInput("persona_of_nobody", persona=persona.name.en)
        return self.profiled(persona.condition)

    def profiled(self, condition: str) -> Profile:
        """What sets the customers who fulfil a condition apart from all others.

        Raises:
            UnknownName: it names a segment that there is not.
        """
        kinds = ("channel", "touchpoint") if self._ws.models() else ("channel", "event")
        zone = self._ws.config.zone

        def of(snapshot: Snapshot, engine: Engine) -> Profile:
            if not any(block.customers for block in snapshot.blocks):
                return Profile(0, 0)
            span = periods(snapshot.times, zone, days=DAYS)
            span = in_waves(span, zone, snapshot, engine) or span
            return profile(condition, kinds, span, zone, snapshot, engine)

        found: Profile = self._ws.asked(of)
        return found

    def built(self, segment: str, key: str | None = None, name: Any = None) -> Persona:
        """A draft of a persona from a segment: what its customers do more often than all others, and what one said.

        Nothing is kept; what people know besides is theirs to write.

        Args:
            segment: the name of a segment, or a condition.
            key: of the persona; made of the segment's name if not given.
            name: what people call it; as the segment if not given.

        Raises:
            BadExpression: the condition cannot be read.
            UnknownName: there is no such segment.
        """
        segments = {str(InSegment(one.key)): one for one in self._ws.segments()}
        condition = as_condition(named(segment, [one.key for one in segments.values()]))
        known = segments.get(condition)
        title = name or (known.title if known is not None else {lang: say("personas.draft", lang) for lang in LANGS})
        found = self.profiled(as_segment(condition))
        drafted = {one.name: {
            lang: say("personas.more_often", lang, what=self._called(one.kind, one.name, lang),
                      share=f"{100 * one.share:.0f}%", others=f"{100 * one.others:.0f}%") for lang in LANGS
        } for one in telling(found) if one.others}  # fmt: skip
        return Persona.load({
            "key": key or _key(segment), "name": title, "segment": condition,
            "behaviours": list(drafted.values())[:_DRAFTED],
            "quote": self._quote(as_segment(condition)),
        })  # fmt: skip

    def _called(self, kind: str, name: str, lang: Any) -> str:
        if not self._ws.models() or kind == "event":
            return name
        names = self._ws.model().names("touchpoint" if kind == "touchpoint" else "channel")
        return names[name].get(lang) if name in names else name

    def _quote(self, condition: str) -> dict[str, Any] | None:
        """What one of them said, the most telling of all; None where nobody wrote anything."""
        if not self._ws.models():
            return None

        def of(snapshot: Snapshot, engine: Engine) -> dict[str, Any] | None:
            if not any(block.customers for block in snapshot.blocks):
                return None
            first, last = snapshot.times
            said = [one for some in quotes(condition, first, last + 1, snapshot, engine).values() for one in some]
            if not said:
                return None
            best = max(said, key=lambda one: (abs(one.feeling or 0.0), one.source))
            return {"text": best.text, "event": int(best.source), "speaker": best.speaker, "date": best.date or None}

        found: dict[str, Any] | None = self._ws.asked(of)
        return found


def _key(segment: str) -> str:
    return re.sub(r"[^\w.-]+", "-", segment).strip("-.")[:40].strip("-.") or KIND
