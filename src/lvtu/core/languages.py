"""Which of its languages something is told in."""

from __future__ import annotations

from lvtu.core.words import LANGS, Lang
from lvtu.core.words import language as spoken
from lvtu.errors import UnknownName


def chosen(language: str | None) -> Lang:
    """The language that somebody asked for, or where nobody did, that of the environment.

    Args:
        language: ``zh`` or ``en``; None: none was asked for.

    Raises:
        UnknownName: Lvtu does not speak it.

    Example:
        >>> chosen("zh")
        'zh'
        >>> chosen("fr")
        Traceback (most recent call last):
        ...
        lvtu.errors.UnknownName: unknown language 'fr'. Known: zh, en
    """
    if language is None:
        return spoken()
    for one in LANGS:
        if one == language:
            return one
    raise UnknownName("language", language, LANGS)
