"""In which language an answer speaks: ``?lang=``, else what the browser prefers, else English."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request
from pydantic import BaseModel

from lvtu.core.model.text import Text
from lvtu.core.words import LANGS, Lang


def language_of(header: str) -> Lang:
    """The first of our languages in an ``Accept-Language`` header.

    Example:
        >>> language_of("fr, zh-CN;q=0.9, en;q=0.8"), language_of("en-GB,zh"), language_of("")
        ('zh', 'en', 'en')
    """
    for part in header.split(","):
        spoken = part.partition(";")[0].strip().lower().partition("-")[0]
        for lang in LANGS:
            if spoken == lang:
                return lang
    return "en"


def _asked(
    request: Request, lang: Annotated[Lang | None, Query(description="The language of all words in the answer.")] = None
) -> Lang:
    return lang or language_of(request.headers.get("accept-language", ""))


Language = Annotated[Lang, Depends(_asked)]


class Both(BaseModel):
    """The same said in Chinese and in English.

    Attributes:
        zh, en: it.
    """

    zh: str
    en: str

    @classmethod
    def of(cls, text: Text) -> Both:
        """A text."""
        return cls(zh=text.zh, en=text.en)
