"""Who of a workspace answers for the parts of a map."""

from __future__ import annotations

from lvtu.catalog.catalog import Catalog
from lvtu.maps import JourneyMap
from lvtu.maps.owners import owners
from lvtu.service.home import Served


class Answering:
    """The people of a workspace, as maps name them.

    Where nobody is let in, whoever sits at the machine answers for everything: there is nobody else. A name that nobody
    bears any more stands for whoever bore it when they edited a map.

    Args:
        catalog: the home's.
        served: the workspace.
    """

    def __init__(self, catalog: Catalog, served: Served) -> None:
        self._ids: dict[str, list[str]] = {}
        members = [one.person for one in catalog.people.members(served.id)]
        for person in members:
            for name in {person.name, person.email or ""} - {""}:
                self._ids.setdefault(name.casefold(), []).append(person.id)
        here, borne = {one.id for one in members}, set(self._ids)
        for signed in served.workspace.maps.authors() if members else ():
            if signed.author in here and signed.by.casefold() not in borne:
                self._ids.setdefault(signed.by.casefold(), []).append(signed.author)
        self._alone = None if members else catalog.people.local().id

    def of(self, map_: JourneyMap, part: str, key: str) -> list[str]:
        """The ids of those who answer for a part: by its own names, else by those of what it is part of."""
        if self._alone is not None:
            return [self._alone]
        for names in owners(map_, part, key):
            if found := [id for name in names for id in self._ids.get(name.strip().casefold(), ())]:
                return list(dict.fromkeys(found))
        return []
