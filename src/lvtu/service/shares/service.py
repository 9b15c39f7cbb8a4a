"""The answers that a link shows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from lvtu.analyses.registry import REGISTRY
from lvtu.catalog.shares import Share
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.service.analyses.schemas import Shown
from lvtu.service.analyses.service import answered, read_spec, tells_who
from lvtu.service.home import Served
from lvtu.service.masking import scrubbed_in


def check(questions: Iterable[tuple[str, dict[str, Any]]]) -> None:
    """Make sure that all may be shown.

    Raises:
        BadInput: one is none, or says who customers are.
    """
    for name, spec in questions:
        if name not in REGISTRY:
            raise UnknownName("analysis", name, list(REGISTRY))
        if tells_who(read_spec(name, spec)):
            raise BadInput("not_for_everybody", analysis=name)


def shown(served: Served, share: Share, lang: Lang, dark: bool) -> bytes:
    """What a link shows, as JSON (see `endpoints.Shared`)."""
    check((one["analysis"], one["spec"]) for one in share.shown["questions"])
    answers = [
        {"title": one["title"], "answer": scrubbed_in(msgspec.json.decode(_answer(served, one, lang, dark)))}
        for one in share.shown["questions"]
    ]
    told = {
        "title": share.title, "created": share.created, "expires": share.expires,
        "simulated": served.workspace.simulated, "answers": answers,
    }  # fmt: skip
    return msgspec.json.encode(told)


def _answer(served: Served, question: dict[str, Any], lang: Lang, dark: bool) -> bytes:
    return answered(served.answers, read_spec(question["analysis"], question["spec"]), lang, Shown(dark=dark))
