"""What kind of evidence something is that a customer said: by the name of its event, then by its scale."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

Kind = Literal["interview", "survey", "ticket", "review", "analytics", "document", "observation"]

KINDS: tuple[Kind, ...] = get_args(Kind)
"""The kinds of evidence, as maps know them."""

_BY_EVENT: Mapping[Kind, str] = {
    "review": r"review|post|comment|mention|评价|评论|点评|发帖",
    "survey": r"survey|answer|rated|feedback|suggestion|idea|praise|问卷|答卷|评分|反馈|建议",
    "ticket": r"ticket|complain|question|call|chat|message|contact|case|e-?mail|工单|投诉|来电|电话|会话|咨询|留言",
    "interview": r"interview|访谈",
}


def kind_of(event: str, scale: str | None) -> Kind:
    """The kind of evidence that a comment is.

    Args:
        event: the name of its event.
        scale: of the score that came with it.

    Returns:
        ``review``, ``survey``, ``ticket`` or ``interview``; ``observation`` where nothing tells.

    Example:
        >>> [kind_of(*one) for one in (("Review Posted", "stars5"), ("Complaint Made", None), ("Parking", "csat5"))]
        ['review', 'ticket', 'survey']
        >>> kind_of("Staff Asked", None)
        'observation'
    """
    named = next((kind for kind, words in _BY_EVENT.items() if re.search(words, event, re.IGNORECASE)), None)
    if named is not None:
        return named
    if scale is None:
        return "observation"
    return "review" if scale.startswith("star") else "survey"
