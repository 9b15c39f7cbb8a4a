"""The projects of a workspace, as Python sees them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from lvtu.maps.authors import Author, By
from lvtu.maps.programmes.definition import programme
from lvtu.maps.programmes.project import Project
from lvtu.maps.programmes.running import Guided, Running


class Projects:
    """The projects of a workspace.

    Args:
        ws: the workspace.

    Example:
        >>> import lvtu, tempfile
        >>> shop = lvtu.open(tempfile.mkdtemp())
        >>> project = shop.programmes.begin("project-5", "Checkout", by="ann")
        >>> [one.state for one in project.standing()][:2], project.missing("position")
        (['now', 'later'], ('persona', 'goal', 'metric'))
        >>> project.note(persona="Parents", goal="Pay in a minute", metric="CSAT 4.5")
        >>> project.pass_step("position", by="ann")
        >>> [one.state for one in project.standing()][:2]
        ['passed', 'now']
    """

    def __init__(self, ws: Guided) -> None:
        self._ws = ws

    def __iter__(self) -> Iterator[Running]:
        return (Running(self._ws, one["id"]) for one in self._ws._ledger.projects.all())

    def __getitem__(self, id: str) -> Running:
        """A project by its id, whether it is there or not: what is asked of it tells."""
        return Running(self._ws, id)

    def begin(self, key: str, title: str, map: str | None = None, *, by: By = None) -> Running:
        """Begin a project.

        Args:
            key: the programme's.
            title: what people call the project.
            map: the id of the map that it is about, if there is one already.
            by: who begins it; who runs this if not given.

        Raises:
            UnknownName: there is no such programme or map.
        """
        programme(key)
        if map is not None:
            self._ws._ledger.maps.read(map)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        made = Project(programme=key, title=title, map=map, started=now, by=Author.of(by).name)
        running = Running(self._ws, made.id)
        running._keep(made)
        return running
