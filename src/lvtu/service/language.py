"""In which language a request is answered: ``?lang=``, else what its reader prefers (``Accept-Language``), else English.

An endpoint that answers words takes a `Language`:

    @router.get("/analyses")
    def analyses(lang: Language) -> list[Form]: ...
"""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Header, Query

from lvtu.core.words import LANGS, Lang


def _language(
    lang: Annotated[Lang | None, Query(description="The language of its words.")] = None,
    accept_language: Annotated[str, Header(include_in_schema=False)] = "",
) -> Lang:
    return lang or preferred(accept_language)


Language = Annotated[Lang, Depends(_language)]


def preferred(header: str) -> Lang:
    """The language of an ``Accept-Language`` header that we speak and that is liked most; English for none.

    Example:
        >>> preferred("de, zh-CN;q=0.9, en;q=0.8"), preferred("fr"), preferred("zh;q=0.1,en"), preferred("zh;q=x")
        ('zh', 'en', 'en', 'en')
    """
    liked: dict[Lang, float] = {}
    for part in header.split(","):
        tag, _, quality = part.strip().partition(";q=")
        for lang in LANGS:
            if tag.lower().split("-")[0] == lang:
                liked[lang] = max(liked.get(lang, 0.0), _weight(quality))
    best = max(liked, key=lambda lang: liked[lang], default="en")
    return best if liked.get(best) else "en"


def _weight(quality: str) -> float:
    try:
        return float(quality) if quality else 1.0
    except ValueError:
        return 0.0
