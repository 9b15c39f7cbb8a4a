"""What comments are about: topics in up to three levels, each with the words that show it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, ClassVar

import yaml
from pydantic import BeforeValidator, Field, model_validator

from lvtu.core.documents import Document, loaded
from lvtu.core.model.text import Words
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.voice.text.automaton import Head
from lvtu.voice.text.model import TextModel
from lvtu.voice.text.phrases import NOTHING, STRONG, WEAK, Phrase, folded, phrase

DEEPEST = 3
_MOST = 30_000


def _by_language(value: Any) -> Any:
    return {"": value} if isinstance(value, list | tuple) else value


Spelled = Annotated[dict[str, tuple[str, ...]], BeforeValidator(_by_language)]
"""Phrases by language, ``{zh: […], en: […]}``, or one list of them."""


class Topic(Document):
    """One topic.

    Attributes:
        key: its name among its neighbours; its code is the keys from the top, parted by full stops.
        name: what people read.
        keywords: phrases that show it. Case, width and accents make no difference, a digit stands for any digit; a word
            may go on behind ``*``.
        hints: phrases that show it half.
        exclude: phrases that contain keywords and mean something else, unless they are keywords of another topic.
        threshold: how many keywords a comment must hold; two hints are one keyword.
        topics: what it is made of.
    """

    called: ClassVar[str] = "topic"

    key: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: Words
    keywords: Spelled = Field(default_factory=dict)
    hints: Spelled = Field(default_factory=dict)
    exclude: Spelled = Field(default_factory=dict)
    threshold: int = Field(default=1, ge=1)
    topics: tuple[Topic, ...] = ()


class Taxonomy(Document):
    """A tree of topics for one line of business.

    In a text, the longest phrase that begins at a place is taken, and reading goes on behind it: each stretch speaks of
    one topic, whatever the tree. So a phrase may stand in it once.

    Attributes:
        name: what people read.
        topics: the topics of the first level.

    Example:
        >>> ours = Taxonomy.load('''
        ... name: Cinema
        ... topics:
        ...   - key: picture
        ...     name: {zh: 画面, en: Picture}
        ...     keywords: {zh: [画面, 银幕], en: [picture, screen*]}
        ... ''')
        >>> ours.codes, ours.title("picture", "zh")
        (('picture',), '画面')
    """

    called: ClassVar[str] = "taxonomy"

    name: Words
    topics: tuple[Topic, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> Taxonomy:
        owners: dict[tuple[int, ...], str] = {}
        table = TextModel.shipped().table
        for code, topic in self.each():
            _sound_topic(code, topic)
            for one in _phrases(code, topic):
                codes = tuple(folded(one.text, table))
                if not codes:
                    raise BadInput("empty_keyword", topic=code, keyword=one.text)
                owner = owners.setdefault(codes, code) if one.label != NOTHING else code
                if owner != code:
                    raise BadInput("keyword_twice", keyword=one.text, topic=owner, other=code)
        if len(owners) > _MOST:
            raise BadInput("keywords_many", keywords=len(owners), most=_MOST)
        return self

    @classmethod
    def load(cls, value: Taxonomy | dict[str, Any] | str | Path) -> Taxonomy:
        """A taxonomy from a taxonomy, a dict, YAML text (JSON is YAML), the path of a file, or the name of a preset.

        Raises:
            BadInput: there is no such file, a key is unknown, a phrase stands in two topics, the tree is too deep, a
                topic has nothing that would show it.
        """
        if isinstance(value, str) and value in PRESETS:
            return preset(value)
        if isinstance(value, str) and value.isidentifier():
            raise UnknownName("taxonomy", value, list(PRESETS))
        return loaded(cls, value)

    def to_yaml(self) -> str:
        """The taxonomy as YAML, to be edited and loaded again."""
        document = self.model_dump(mode="json", exclude_defaults=True)
        return yaml.safe_dump(document, sort_keys=False, allow_unicode=True, width=110)

    def each(self) -> Iterator[tuple[str, Topic]]:
        """Every topic with its code, a topic before those it is made of.

        Raises:
            BadInput: two neighbours have one key, or the tree is deeper than `DEEPEST`.
        """
        yield from _each(self.topics, ())

    @cached_property
    def fingerprint(self) -> str:
        """The same for two taxonomies that say the same."""
        return self.model_dump_json()

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of all topics, in the order of the tree."""
        return tuple(code for code, _ in self.each())

    def title(self, code: str, lang: Lang) -> str:
        """What people read for a code.

        Raises:
            UnknownName: there is no such topic.
        """
        names = {known: topic.name for known, topic in self.each()}
        if code not in names:
            raise UnknownName("topic", code, list(names))
        return names[code].get(lang)

    def head(self) -> Head:
        """The taxonomy as the automaton takes it."""
        phrases: list[Phrase] = []
        least: dict[str, int] = {}
        for code, topic in self.each():
            phrases += _phrases(code, topic)
            least[code] = STRONG * topic.threshold
        # What is excluded here may be a keyword there: of two alike the first is kept, so keywords go first.
        phrases.sort(key=lambda one: one.label == NOTHING)
        return Head("topics", self.codes, phrases, {}, least)


def _each(topics: tuple[Topic, ...], above: tuple[str, ...]) -> Iterator[tuple[str, Topic]]:
    seen: set[str] = set()
    for topic in topics:
        code = ".".join((*above, topic.key))
        if len(above) == DEEPEST:
            raise BadInput("topic_deep", topic=code, deepest=DEEPEST)
        if topic.key in seen:
            raise BadInput("topic_twice", topic=code)
        seen.add(topic.key)
        yield code, topic
        yield from _each(topic.topics, (*above, topic.key))


def _sound_topic(code: str, topic: Topic) -> None:
    if not topic.topics and not any(topic.keywords.values()) and not any(topic.hints.values()):
        raise BadInput("topic_silent", topic=code)


def _phrases(code: str, topic: Topic) -> Iterator[Phrase]:
    for label, weight, spelled in (
        (code, STRONG, topic.keywords), (code, WEAK, topic.hints), (NOTHING, STRONG, topic.exclude),
    ):  # fmt: skip
        for texts in spelled.values():
            yield from (phrase(text, label, weight) for text in texts)


PRESETS = ("general", "retail", "restaurants", "hotels", "airports", "banking")
"""The taxonomies that come with Lvtu."""


@cache
def preset(name: str) -> Taxonomy:
    """A taxonomy that comes with Lvtu, read once a process."""
    from lvtu.voice.text.presets import composed

    return Taxonomy.model_validate(composed(name))
