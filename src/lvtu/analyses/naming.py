"""What people call what an answer speaks of by its key: events, channels, and the parts of its journey model.

Tables hold keys and exports keep them; sentences, pictures and tables that people read ask here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from lvtu.core.expr.values import MODEL_FIELDS, READ_FIELDS
from lvtu.core.model.channels import SEEDED
from lvtu.core.words import Lang, say, words
from lvtu.store.journeys.derived import Titles, name_and_version

if TYPE_CHECKING:
    from lvtu.analyses.funnel.spec import Step
    from lvtu.core.model import JourneyModel
    from lvtu.core.model.text import Text
    from lvtu.store.journeys.snapshot import Snapshot


@dataclass(frozen=True)
class Naming:
    """The names that a journey model has; without one, channels have those that everybody knows, and events none.

    Attributes:
        model: the journey model, if there is one.
        events: the events' names that there are.
        read: what people call what is read in texts, where they named it themselves: by column and language.
    """

    model: JourneyModel | None = None
    events: Sequence[str] = ()
    read: Titles = field(default_factory=dict, compare=False)
    _kept: dict[tuple[str, Lang], dict[str, str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, snapshot: Snapshot, model: JourneyModel | None = None) -> Naming:
        """The names of a snapshot's events, by a model; by that which the snapshot is read through if not given."""
        from lvtu.core.model.columns import ModelColumns

        columns = snapshot.derived
        if model is None and isinstance(columns, ModelColumns):
            model = columns.naming()  # now: an answer outlives its workspace
        titles = snapshot.readings.titles if any(name_and_version(name)[1] for name in snapshot.values()) else {}
        return cls(model, tuple(snapshot.events[1:]), titles)

    def names(self, column: str | None, lang: Lang) -> Mapping[str, str]:
        """What people call the values of a column in a language, by key; nothing for columns that hold plain names.

        Example:
            >>> Naming().names("channel", "zh")["store"], dict(Naming().names("plan", "zh"))
            ('门店', {})
        """
        if column not in _NAMED:
            return {}
        if (column, lang) not in self._kept:
            self._kept[column, lang] = self._names(column, lang)
        return self._kept[column, lang]

    def _names(self, column: str, lang: Lang) -> dict[str, str]:
        model = self.model
        if column in self.read:
            return dict(self.read[column][lang])
        if column in READ_FIELDS:
            start = f"{_SECTIONS.get(column, '')}."
            return {key.removeprefix(start): text for key, text in words(lang).items() if key.startswith(start)}
        if column == "online":
            return {key: say(f"values.{key}", lang) for key in ("online", "offline")} if model else {}
        if column == "scale":
            return scale_names(lang)
        if column == "channel" and model is None:
            return {one.key: one.name.get(lang) for one in SEEDED}
        if model is None:
            return {}
        if column == "event":
            return event_names(model, self.events, lang)
        return {key: text.get(lang) for key, text in model.names(column).items()}

    def event(self, names: str | Iterable[str] | None, lang: Lang, between: str = " | ") -> str:
        """What an event is called, or any of several; any event at all where none is named."""
        some = (names,) if isinstance(names, str) else tuple(names or ())
        called = self.names("event", lang)
        return between.join(called.get(name, name) for name in some) or say("charts.any", lang)

    def step(self, step: Step, lang: Lang) -> str:
        """What a step of a funnel is called: as it was named in the question, or by its events."""
        return step.name or self.event(step.names, lang)


_SECTIONS = {
    "sentiment_label": "voice.labels", "emotion": "voice.emotions", "intent": "voice.intents",
    "urgency": "voice.urgencies", "language_read": "readings.language_read",
}  # fmt: skip
"""Where the words of what is read in texts stand."""

_NAMED = MODEL_FIELDS | READ_FIELDS.keys() | {"event", "channel", "scale"}
"""Columns that hold keys."""

_SCALES = (
    "nps", "csat", "ces", "stars", "servqual", "clean", "ease", "effort", "safe", "emotion", "sentiment", "yesno",
    "better", "rating", "agree", "recommend",
)  # fmt: skip
_POINTS = ("", *(f"{mark}{points}" for mark in ("", "_") for points in range(2, 12)))


@cache
def scale_names(lang: Lang) -> dict[str, str]:
    """What people call the scales that answers are on, by key: ``csat5`` as ``csat7``; one that nobody knows has none.

    Example:
        >>> scale_names("zh")["csat5"], scale_names("en")["ces_7"], "mood5" in scale_names("en")
        ('满意度', 'Ease', False)
    """
    return {f"{scale}{points}": say(f"scales.{scale}", lang) for scale in _SCALES for points in _POINTS}


def scale_name(scale: str | None, lang: Lang) -> str:
    """What people call a scale; one that nobody knows by its key.

    Example:
        >>> scale_name("clean5", "en"), scale_name("mood5", "en"), scale_name(None, "zh")
        ('Cleanliness', 'mood5', '未注明量表')
    """
    return say("scales.unnamed", lang) if scale is None else scale_names(lang).get(scale, scale)


def event_names(model: JourneyModel, events: Sequence[str], lang: Lang) -> dict[str, str]:
    """What people call events: each by the touchpoint that its name alone shows, in a language.

    Where several events show one touchpoint, or another event has its name, the event's own name stands behind it.

    Example:
        >>> from lvtu.core.model import JourneyModel
        >>> shop = JourneyModel.load('''
        ... key: shop
        ... title: {zh: 网购, en: Shopping}
        ... touchpoints:
        ...   - {id: product_page, name: {zh: 商品页, en: Product page}, events: Product Viewed}
        ...   - {id: checkout, name: {zh: 结算, en: Checkout}, events: Checkout *}
        ... ''')
        >>> list(event_names(shop, ["Product Viewed", "Checkout Begun", "Checkout Left", "Searched"], "zh").values())
        ['商品页', '结算（Checkout Begun）', '结算（Checkout Left）']
    """
    shown: dict[str, Text] = {}
    for touchpoint in model.touchpoints:
        for rule in touchpoint.events:
            for name in rule.names(events) if rule.plain else ():
                shown.setdefault(name, touchpoint.name)
    titles = {name: text.get(lang) for name, text in shown.items()}
    taken = Counter([*titles.values(), *events])
    return {
        name: title if title == name or taken[title] == 1 else say("charts.aside", lang, text=title, more=name)
        for name, title in titles.items()
    }


def called(names: Mapping[str, str], place: str) -> str:
    """A place by its name instead of its key; of a transition, or of several places of which one is meant, each.

    Example:
        >>> called({"a": "A", "b": "B"}, "a → c"), called({"a": "A", "b": "B"}, "a | b")
        ('A → c', 'A | B')
    """
    if place in names:
        return names[place]
    sign = next((sign for sign in (" → ", " | ") if sign in place), None)
    return place if sign is None else sign.join(called(names, part) for part in place.split(sign))
