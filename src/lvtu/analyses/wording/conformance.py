"""Words of a designed order: its steps are places."""

from __future__ import annotations

from lvtu.analyses.wording.base import Wording


class _Conformance(Wording):
    only_if_any = dict.fromkeys(("late", "skipped", "pending", "repeated"), ())
    places = (*Wording.places, "name")


WORDING = _Conformance()
