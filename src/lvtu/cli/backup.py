"""``lvtu backup``: a home in one file."""

from __future__ import annotations

from pathlib import Path

import click

from lvtu.core.words import say


def _run(home: str, file: str) -> None:
    from lvtu.catalog.catalog import Catalog
    from lvtu.service.backup.write import backup
    from lvtu.service.home import Home

    found = Home(Path(home))
    catalog = Catalog.of(found.folder)
    try:
        backup(found, catalog, Path(file), lambda name: click.echo(say("backup.workspace", name=name), err=True))
    finally:
        catalog.close()
    click.echo(say("backup.made", file=file, size=f"{Path(file).stat().st_size / 1e6:,.1f}"))


command = click.Command(
    "backup",
    params=[click.Argument(["home"], metavar="HOME"), click.Argument(["file"])],
    callback=_run,
    help="Write everything of a server into one file, while it runs: people and what they made, and every workspace as "
    "of one moment. It is packed where its name ends in gz. Keep it as safe as the data.\n\n"
    "Example: lvtu backup shops shops-2026-03-01.tar.gz",
)
