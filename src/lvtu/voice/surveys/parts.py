"""What every part of a survey's definition is made of: frozen, checked values; keys; texts in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypeAliasType


class Part(BaseModel):
    """A frozen part of a definition. What it does not have is refused, and nothing is turned into another type."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]
"""What a question is known by in conditions, answers and events. It never changes, whatever its words become."""

OptionKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_]{0,63}$")]
"""What an option, a row or a column is known by; it may be a number."""

Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
"""A language, BCP 47: ``zh``, ``en``, ``pt-BR``."""

Said = Annotated[str, StringConstraints(max_length=5000)]

Text = TypeAliasType("Text", Annotated[dict[Language, Said], Field(min_length=1)])
"""What people read, by language: ``{zh: 谢谢, en: Thank you}``. ``{q1}`` stands for the answer to ``q1``."""

Condition = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
"""When something is asked, in the language of conditions (`lvtu.core.expr`), about earlier answers: ``q1 <= 6``."""

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A name of the workspace's: of an event, a touchpoint, a channel."""


class Option(Part):
    """What may be chosen or ranked, or a row that is answered.

    Attributes:
        key: what the answer says.
        text: what people read.
        fixed: whether it keeps its place where the others are shuffled, as "none of these" does.
        alone: whether it cannot be chosen together with others.
    """

    key: OptionKey
    text: Text
    fixed: bool = False
    alone: bool = False


def in_language(text: Mapping[str, str], language: str) -> str:
    """A text in a language; in one it has where that is missing, as of ``zh-TW`` that of ``zh``.

    Example:
        >>> in_language({"zh": "谢谢", "en": "Thank you"}, "zh-TW"), in_language({"en": "Thank you"}, "fr")
        ('谢谢', 'Thank you')
    """
    return text.get(language) or text.get(language.partition("-")[0]) or next(iter(text.values()))
