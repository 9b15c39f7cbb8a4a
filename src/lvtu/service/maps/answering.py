"""The answers of a workspace's maps: counted once for everybody who looks."""

from __future__ import annotations

from lvtu.maps import Map
from lvtu.maps.live import Filled
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

    def answers(self, map_: Map) -> Filled:
        """What the data say to a map as it is.

        Raises:
            UnknownName: it has been taken away.
        """
        return self._recent.get((map_.id, map_.step, self._ws.documents_version), map_.answers)
