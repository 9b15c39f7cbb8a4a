"""What commands do with a home that is served, or will be: its catalog and one of its workspaces."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lvtu.errors import BadInput, UnknownName

if TYPE_CHECKING:
    from lvtu.catalog.catalog import Catalog

HOME = click.Argument(["home"], metavar="HOME")


def workspace_option() -> click.Option:
    """Which workspace of the home."""
    return click.Option(["--workspace"], metavar="NAME", help="Which workspace of HOME; needed if it has several.")


@contextmanager
def of_home(home: str, workspace: str | None) -> Iterator[tuple[Catalog, Path, str]]:
    """The catalog of a home, and the folder and id of one of its workspaces.

    Raises:
        UnknownName: it has none of that name.
        BadInput: it has several, and none is named.
    """
    from lvtu.catalog.catalog import Catalog
    from lvtu.service.home import Home, folders
    from lvtu.store import config

    folder = Home(Path(home)).folder
    known = {one.name: one for one in folders(folder)}
    if workspace is None and len(known) > 1:
        raise BadInput("which_workspace", known=list(known))
    if workspace is not None and workspace not in known:
        raise UnknownName("workspace", workspace, list(known))
    there = known[workspace] if workspace is not None else next(iter(known.values()))
    catalog = Catalog.of(folder)
    try:
        yield catalog, there, config.load(there).id
    finally:
        catalog.close()
