"""The answers of a workspace's maps: counted once for everybody who looks."""

from __future__ import annotations

from lvtu.maps import Map
from lvtu.maps.live import Filled
from lvtu.maps.personas import Profile
from lvtu.service.jobs import Jobs
from lvtu.service.recent import LARGE, Recent
from lvtu.workspace import Workspace


class MapsAnswered:
    """What the data say to the maps of one workspace; threads may share it.

    Args:
        workspace: whose.
        jobs: what is done beside the requests.
        large: from so many events on figures may be some seconds old.
    """

    def __init__(self, workspace: Workspace, jobs: Jobs, large: int = LARGE) -> None:
        self._ws = workspace
        self._recent: Recent[Filled] = Recent(workspace, jobs, "the maps", large)
        self._profiles: Recent[Profile] = Recent(workspace, jobs, "the personas", large)
        self._sizes: Recent[tuple[int, int]] = Recent(workspace, jobs, "how many personas stand for", large)

    def answers(self, map_: Map, who: str | None = None, compare: str | None = None) -> Filled:
        """What the data say to a map as it is, from a perspective, beside another; see `lvtu.maps.Map.answers`.

        Raises:
            UnknownName: it has been taken away; there is no such persona, segment or customer.
        """
        key = map_.id, map_.step, self._ws.documents_version, who, compare
        return self._recent.get(key, lambda: map_.answers(who, compare))

    def profile(self, condition: str) -> Profile:
        """What sets customers apart from all others, by a condition."""
        personas = self._ws.personas
        return self._profiles.get((condition, self._ws.documents_version), lambda: personas.profiled(condition))

    def counted(self, condition: str) -> tuple[int, int]:
        """How many customers fulfil a condition, and of how many."""
        personas = self._ws.personas
        return self._sizes.get((condition, self._ws.documents_version), lambda: personas.counted(condition))
