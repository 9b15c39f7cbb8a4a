"""What is told of a workspace, worked out once for each snapshot."""

from __future__ import annotations

import re
from itertools import count

from lvtu.analyses.calendars import zone_of
from lvtu.catalog.roles import Role
from lvtu.catalog.sessions import Signed
from lvtu.core.model.text import Text
from lvtu.core.units import write_instant
from lvtu.core.words import LANGS, Lang
from lvtu.errors import BadInput
from lvtu.quality import customers_in, events_in
from lvtu.service.access import RoleName, role_name, theirs
from lvtu.service.home import Home, Served
from lvtu.service.languages import Both
from lvtu.service.problems import Conflict, Forbidden
from lvtu.service.workspaces.schemas import About, Listed, New, Settings
from lvtu.store import config
from lvtu.store.config import Layout
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.settings import overridden

_NAME = re.compile(r"\w[\w.-]*")
_LONGEST = 40
"""Characters of a folder's name that is made of a title."""


def about(served: Served, role: RoleName, lang: Lang) -> About:
    """A workspace as of now, in a language."""
    ws = served.workspace
    snapshot = ws.snapshot()
    events, customers = served.sizes.get(snapshot.token, lambda: _sizes(snapshot))
    first, last = snapshot.times if events else (None, None)
    received = ws.received(1)
    return About(
        name=served.name, title=served.title.get(lang), titles=Both.of(served.title), role=role,
        zone=ws.config.zone, fixed=overridden(), events=events, customers=customers, first=_told(first),
        last=_told(last), received=_told(received[0] if received else None),
        default_model=ws.default_model, languages=list(LANGS), example=ws.config.example, simulated=ws.simulated,
        token=snapshot.token,
    )  # fmt: skip


def listed(home: Home, signed: Signed, lang: Lang) -> list[Listed]:
    """The workspaces that somebody may open, by name, those too that were made since."""
    home.open()
    mine = [(one, signed.role(one.id)) for one in theirs(home, signed)]
    return [
        Listed(
            name=one.name, title=one.title.get(lang), titles=Both.of(one.title), role=role_name(role),
            example=one.workspace.config.example, made=one.workspace.config.created,
        )
        for one, role in mine
        if role is not None
    ]  # fmt: skip


def configure(served: Served, new: Settings) -> None:
    """Give a workspace another title or time zone.

    Raises:
        BadInput: there is no such zone.
        Conflict: a variable of the server's environment says what it is.
    """
    given = new.model_dump(exclude_none=True)
    for name in overridden():
        if name in given:
            raise Conflict("setting_fixed", setting=name, variable=f"LVTU_{name.upper()}")
    title = None if new.title is None else Text(new.title.zh.strip(), new.title.en.strip())
    served.workspace.configure(title, new.zone)


def make(home: Home, new: New, signed: Signed) -> Served:
    """An empty workspace in a home.

    Raises:
        Forbidden: whoever asks owns no workspace.
        BadInput: the name will not do, the home is a workspace itself, or there is such a workspace.
    """
    if not signed.person.local and Role.owner not in signed.roles.values():
        raise Forbidden("owners_make_workspaces")
    title = new.title.strip()
    name = new.name or _free(home, title)
    if not _NAME.fullmatch(name):
        raise BadInput("workspace_name", name=name)
    if Layout(home.folder).config.is_file():
        raise BadInput("home_is_workspace", home=home.folder.name)
    place = home.folder / name
    if place.exists():
        raise BadInput("workspace_there", name=name)
    zone_of(new.zone)
    config.create(place, title, new.zone)
    served = home.named(name)
    assert served is not None
    return served


def _free(home: Home, title: str) -> str:
    """The name of a folder that is free, of a title's letters and digits."""
    stem = "-".join(re.findall(r"\w+", title))[:_LONGEST].strip("-_") or "workspace"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if not (home.folder / name).exists())


def _sizes(snapshot: Snapshot) -> tuple[int, int]:
    return sum(map(events_in, snapshot.blocks)), sum(map(customers_in, snapshot.blocks))


def _told(time: int | None) -> str | None:
    return None if time is None else write_instant(time)
