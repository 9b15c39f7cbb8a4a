"""The application: every domain's routes over the workspaces of a home."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from lvtu import __version__
from lvtu.service import problems
from lvtu.service.analyses import endpoints as analyses
from lvtu.service.arrivals import endpoints as arrivals
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.health import endpoints as health
from lvtu.service.home import Home
from lvtu.service.pages import endpoints as pages
from lvtu.service.names import endpoints as names


def app_of(home: Home) -> FastAPI:
    """The application that serves a home; it opens and closes the home's workspaces."""

    @asynccontextmanager
    async def open_home(_app: FastAPI) -> AsyncIterator[None]:
        await asyncio.to_thread(home.open)
        try:
            yield
        finally:
            await asyncio.to_thread(home.close)

    app = FastAPI(title="Lvtu", version=__version__, lifespan=open_home, docs_url=None, redoc_url=None)
    app.state.home, app.state.clocks = home, Clocks()
    app.include_router(arrivals.router)
    app.include_router(health.router)
    app.include_router(analyses.router)
    app.include_router(names.router)
    app.add_middleware(arrivals.OpenToPages)
    problems.install(app)
    app.include_router(pages.router)  # last: it takes every address that no other does
    return app
