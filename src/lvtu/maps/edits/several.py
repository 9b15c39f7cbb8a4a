"""Several edits as one: undone together, refused together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lvtu.errors import BadInput
from lvtu.maps.document.journey import JourneyMap

MOST = 2000
"""Edits that one may hold."""


def several_with(made: Callable[[JourneyMap, dict[str, Any]], JourneyMap]) -> Callable[..., JourneyMap]:
    """The edit ``several``, which makes its edits with `made`."""

    def several(map_: JourneyMap, edits: Sequence[dict[str, Any]]) -> JourneyMap:
        """Some edits one after the other: all of them, or none.

        Args:
            map_: the map.
            edits: they, each as it would be sent by itself.

        Raises:
            UnknownName: what one of them names is not there.
            BadInput: one of them does not fit, or there are too many.
        """
        if len(edits) > MOST:
            raise BadInput("too_many_edits", n=len(edits), most=MOST)
        for one in edits:
            map_ = made(map_, one)
        return map_

    return several
