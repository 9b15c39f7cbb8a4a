"""What people read, in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, ConfigDict

from lvtu.core.words import Lang


@dataclass(frozen=True)
class Text:
    """The same thing said in Chinese and in English.

    Example:
        >>> Text("安检", "Security").get("en")
        'Security'
    """

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    zh: str
    en: str

    def get(self, lang: Lang) -> str:
        """The text in a language."""
        return self.zh if lang == "zh" else self.en


def said_in(text: Text | None, lang: Lang) -> str | None:
    """A text that may not be there, in a language."""
    return None if text is None else text.get(lang)


def _both(value: Any) -> Any:
    return {"zh": value, "en": value} if isinstance(value, str) else value


Words = Annotated[Text, BeforeValidator(_both)]
"""A text of a document: ``{zh: …, en: …}``, or one plain text that is both."""
