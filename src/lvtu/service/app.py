"""The application: every domain's routes over the workspaces of a home."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from lvtu import __version__
from lvtu.catalog.catalog import Catalog
from lvtu.service import problems
from lvtu.service.analyses import endpoints as analyses
from lvtu.service.annotations import endpoints as marks
from lvtu.service.arrivals import endpoints as arrivals
from lvtu.service.assessments import endpoints as assessments
from lvtu.service.audit import endpoints as audit
from lvtu.service.audit.trail import Trail
from lvtu.service.bell import endpoints as bell
from lvtu.service.blueprints import endpoints as blueprints
from lvtu.service.boards import endpoints as boards
from lvtu.service.cells import endpoints as cells
from lvtu.service.comments import endpoints as comments
from lvtu.service.contracts import endpoints as contracts
from lvtu.service.customers import endpoints as customers
from lvtu.service.customers.addresses import WholeIds
from lvtu.service.feedback import endpoints as feedback
from lvtu.service.feedback import public as heard
from lvtu.service.guard import Guard
from lvtu.service.health import endpoints as health
from lvtu.service.home import Home
from lvtu.service.identity import endpoints as identity
from lvtu.service.inbox import endpoints as inbox
from lvtu.service.insights import endpoints as insights
from lvtu.service.interviews import endpoints as interviews
from lvtu.service.invitations import endpoints as invitations
from lvtu.service.invitations.sender import Sender
from lvtu.service.keys import endpoints as keys
from lvtu.service.limits import Limits
from lvtu.service.live import endpoints as live
from lvtu.service.map_editor import endpoints as map_editor
from lvtu.service.map_files import endpoints as map_files
from lvtu.service.map_library import endpoints as map_library
from lvtu.service.map_registers import endpoints as map_registers
from lvtu.service.maps import endpoints as maps
from lvtu.service.metrics import endpoints as metrics
from lvtu.service.metrics.counts import Counted, Counts
from lvtu.service.models import endpoints as models
from lvtu.service.names import endpoints as names
from lvtu.service.overview import endpoints as overview
from lvtu.service.pages import endpoints as pages
from lvtu.service.people import endpoints as people
from lvtu.service.personas import endpoints as personas
from lvtu.service.presence import endpoints as presence
from lvtu.service.programmes import endpoints as programmes
from lvtu.service.quarantine import endpoints as quarantine
from lvtu.service.reviews import endpoints as reviews
from lvtu.service.segments import endpoints as segments
from lvtu.service.session import endpoints as session
from lvtu.service.shares import endpoints as shares
from lvtu.service.sources import endpoints as sources
from lvtu.service.start import endpoints as start
from lvtu.service.surveys import endpoints as surveys
from lvtu.service.surveys import public as answering
from lvtu.service.tokens import endpoints as tokens
from lvtu.service.uploads import endpoints as uploads
from lvtu.service.versions import endpoints as versions
from lvtu.service.voice import endpoints as voice
from lvtu.service.webhooks import endpoints as webhooks
from lvtu.service.webhooks.postman import Postman
from lvtu.service.workshops import endpoints as workshops
from lvtu.service.workspaces import endpoints as workspaces

DOMAINS = (
    analyses,
    answering,
    heard,
    arrivals,  # after those: it takes all else that is sent to /v1/
    audit,
    map_registers,  # before the others of maps: /registers is no id
    bell,
    blueprints,
    boards,
    cells,
    comments,
    contracts,
    customers,
    feedback,
    health,
    identity,
    inbox,
    insights,
    interviews,
    invitations,
    keys,
    live,
    assessments,
    map_files,
    map_library,  # before the maps: their addresses take every id
    map_editor,  # before the maps: /lanes is no id
    maps,
    marks,
    metrics,
    models,
    names,
    overview,
    people,
    personas,
    presence,
    programmes,
    quarantine,
    reviews,
    segments,
    session,
    shares,
    sources,
    start,
    surveys,
    tokens,
    uploads,
    versions,
    voice,
    webhooks,
    workshops,
    workspaces,
    pages,  # last: it takes every address that no other does
)
"""Each with its routes."""

LOCAL = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The names of this machine."""


def app_of(home: Home, catalog: Catalog | None = None, *, local: bool | None = None) -> FastAPI:
    """The application that serves a home; it opens and closes the home's workspaces, and closes the catalog.

    Args:
        home: the workspaces.
        catalog: people and what they made; the home's own if not given.
        local: whether only whoever sits at this machine may come; so while nobody has a password, if not given.
    """
    catalog = catalog or Catalog.of(home.folder)
    if local is None:
        local = not catalog.people.any_password() and not catalog.sessions.any_invited()

    @asynccontextmanager
    async def open_home(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(home.open)
        postman = Postman(home, catalog)
        sender = Sender(home, catalog)
        postman.start()
        sender.start()
        try:
            yield
        finally:
            home.end_streams()
            await asyncio.to_thread(sender.close)
            await asyncio.to_thread(postman.close)
            await asyncio.to_thread(home.close)
            catalog.close()

    app = FastAPI(title="Lvtu", version=__version__, lifespan=open_home, docs_url=None, redoc_url=None)
    app.state.home, app.state.catalog = home, catalog
    app.state.limits, app.state.counts = Limits(home.table), Counts()
    for domain in DOMAINS:
        # As they are: included, each would be read anew when the first request comes, and matched twice by every one.
        app.router.routes.extend(domain.router.routes)
    app.add_middleware(Trail, catalog=catalog)
    app.add_middleware(arrivals.OpenToPages)
    app.add_middleware(Guard, hosts=LOCAL if local else None)
    app.add_middleware(Counted, counts=app.state.counts)
    app.add_middleware(WholeIds)
    problems.install(app)
    return app
