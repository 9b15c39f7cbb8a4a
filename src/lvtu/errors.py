"""Every error Lvtu raises on purpose: what was wrong, what exists, what to try.

All errors share one shape, the same in Python, on the command line and over HTTP
(``problem+json``): a stable ``code`` with its values, the list ``known`` of what does exist, and a
hint. Sentences are made of them at the edge, in the reader's language; an error prints in English.

Example:
    >>> error = UnknownName("event", "Cart Viewd", {"Cart Viewed": 12031, "Order Completed": 20})
    >>> print(error)
    unknown event 'Cart Viewd'; did you mean 'Cart Viewed' (12,031 events)? Known: Cart Viewed, Order Completed
    >>> print(error.text("zh"))
    没有事件“Cart Viewd”；是不是“Cart Viewed”（12,031 个事件）？可选：Cart Viewed、Order Completed
    >>> error.code, error.kind
    ('unknown_event', 'bad_input')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from lvtu.core.sentences import Hint, Sentence, Value
    from lvtu.core.words import Lang

_SHOWN = 12


class LvtuError(Exception):
    """Base of all errors.

    The words of an error stand under ``errors.CODE`` in the words files: ``what`` was wrong, and ``try``, if there
    is anything to try.

    Args:
        code: which error; a text with a blank in it is a sentence that is ready.
        known: what exists instead, most useful first.
        try_: what to do next, where it is not ``errors.CODE.try``.
        **values: the offending value and whatever else the words name.
    """

    kind: ClassVar[str] = "error"
    """What sort of error, one for each class: what a client goes by that knows no codes."""

    def __init__(
        self, code: str, /, *, known: Iterable[str | Sentence] = (), try_: Hint | str = "", **values: Value
    ) -> None:
        self.code = self.kind if " " in code else code
        self.known = tuple(known)
        self.hint = try_
        self.values = values
        super().__init__(code)

    def __reduce__(self) -> tuple[Any, ...]:
        """An error travels between processes as its values: the classes take different arguments."""
        return _again, (type(self), self.args, self.__dict__)

    def what(self, lang: Lang | None = None) -> str:
        """One sentence that says what was wrong, in a language (that of the environment unless given)."""
        from lvtu.core.sentences import worded
        from lvtu.core.words import known

        key = f"errors.{self.code}.what"
        ready: str = self.args[0]
        return ready if " " in ready or known(key, lang) is None else worded(key, self.values, lang)

    def try_(self, lang: Lang | None = None) -> str:
        """What to do next; empty where there is nothing to say."""
        from lvtu.core.sentences import worded
        from lvtu.core.words import known

        if self.hint:
            return self.hint if isinstance(self.hint, str) else self.hint.text(lang)
        key = f"errors.{self.code}.try"
        return "" if known(key, lang) is None else worded(key, self.values, lang)

    def text(self, lang: Lang | None = None) -> str:
        """What was wrong, what to try, what exists."""
        from lvtu.core.sentences import worded
        from lvtu.core.words import say

        text, hint = self.what(lang), self.try_(lang)
        if hint:
            text += say("problem.try", lang, hint=hint)
        if self.known:
            more, names = len(self.known) - _SHOWN, self.known[:_SHOWN]
            text += say("problem.space" if text.endswith(("?", "？")) else "problem.stop", lang)
            text += worded("problem.known", {"names": names}, lang)
            text += say("problem.more", lang, more=more) if more > 0 else ""
        return text

    def __str__(self) -> str:
        return self.text("en")

    def problem(self) -> dict[str, object]:
        """The error as the body of an ``application/problem+json`` answer.

        ``code`` says which error, ``kind`` what sort; the values stand beside them under their names. ``what``,
        ``known`` and ``try`` are in English; a client words them from ``errors.CODE.what`` and ``.try``, or
        from ``hints.HINT`` where there is a ``hint``.

        Example:
            >>> BadInput("last_stage", stage="use").problem()  # doctest: +NORMALIZE_WHITESPACE
            {'code': 'last_stage', 'kind': 'bad_input', 'what': "'use' is the last stage, so nobody is lost after it",
             'known': [], 'try': '', 'stage': 'use'}
        """
        from lvtu.core.sentences import Sentence, plain

        told: dict[str, object] = {"code": self.code, "kind": self.kind, "what": self.what("en")}
        told |= {"known": [str(name) for name in self.known], "try": self.try_("en"), **plain(self.values)}
        if isinstance(self.hint, Sentence):
            told |= {"hint": self.hint.code, **plain(self.hint.values)}
        return told


def _again(kind: type[LvtuError], args: tuple[str], values: dict[str, Any]) -> LvtuError:
    error = kind.__new__(kind, *args)
    error.__dict__ |= values
    return error


class BadInput(LvtuError):
    """A value, file, mapping or option that cannot be used as given."""

    kind = "bad_input"


class BadExpression(BadInput):
    """A filter that does not parse or compares what cannot be compared."""

    kind = "bad_expression"


class UnknownName(BadInput):
    """A name (event, property, channel, analysis, …) that does not exist here.

    Args:
        sort: what sort of name, in the singular: ``event``, ``property``, ``analysis``.
        name: the name as given.
        known: the names that exist, or a mapping from name to its number of events.
        **values: what else the words of ``unknown_SORT`` name.
    """

    def __init__(self, sort: str, name: str, known: Iterable[str] | Mapping[str, int], **values: Value) -> None:
        from lvtu.core.sentences import Hint

        names = list(known)
        hint: Hint | str = ""
        for near in get_close_matches(name, names, n=1, cutoff=0.6):
            hint = Hint("near", near=near)
            if isinstance(known, Mapping):
                hint = Hint("near_events", near=near, events=known[near])
        super().__init__(f"unknown_{sort.replace(' ', '_')}", known=names, try_=hint, name=name, **values)


class NotAWorkspace(LvtuError):
    """A folder that holds something, but no workspace."""

    kind = "not_a_workspace"


class Busy(LvtuError):
    """Another process holds the lease that this operation needs."""

    kind = "busy"


class Corrupt(LvtuError):
    """A stored file is not what its manifest says."""

    kind = "corrupt"


class Erased(LvtuError):
    """A snapshot from before an erasure: it can no longer be shown."""

    kind = "erased"
