"""What is told of a workspace, worked out once for each snapshot."""

from __future__ import annotations

import re

from lvtu.catalog.roles import Role
from lvtu.catalog.sessions import Signed
from lvtu.core.units import write_instant
from lvtu.core.words import LANGS
from lvtu.errors import BadInput
from lvtu.quality import customers_in, events_in
from lvtu.service.home import Home, Served
from lvtu.service.problems import Forbidden
from lvtu.service.workspaces.schemas import About, New
from lvtu.store import config
from lvtu.store.config import Layout
from lvtu.store.journeys.snapshot import Snapshot

_NAME = re.compile(r"\w[\w.-]*")


def about(served: Served, role: str) -> About:
    """A workspace as of now."""
    ws = served.workspace
    snapshot = ws.snapshot()
    events, customers = served.sizes.get(snapshot.token, lambda: _sizes(snapshot))
    first, last = snapshot.times if events else (None, None)
    received = ws.received(1)
    return About(
        name=served.name, title=served.title, role=role, zone=ws.config.zone, events=events,
        customers=customers, first=_told(first), last=_told(last), received=_told(received[0] if received else None),
        default_model=ws.default_model, languages=list(LANGS), token=snapshot.token,
    )  # fmt: skip


def make(home: Home, new: New, signed: Signed) -> Served:
    """An empty workspace in a home.

    Raises:
        Forbidden: whoever asks owns no workspace.
        BadInput: the name will not do, the home is a workspace itself, or there is such a workspace.
    """
    if not signed.person.local and Role.owner not in signed.roles.values():
        raise Forbidden("owners_make_workspaces")
    if not _NAME.fullmatch(new.name):
        raise BadInput("workspace_name", name=new.name)
    if Layout(home.folder).config.is_file():
        raise BadInput("home_is_workspace", home=home.folder.name)
    place = home.folder / new.name
    if place.exists():
        raise BadInput("workspace_there", name=new.name)
    config.create(place, new.title.strip())
    served = home.named(new.name)
    assert served is not None
    return served


def _sizes(snapshot: Snapshot) -> tuple[int, int]:
    return sum(map(events_in, snapshot.blocks)), sum(map(customers_in, snapshot.blocks))


def _told(time: int | None) -> str | None:
    return None if time is None else write_instant(time)
