"""``lvtu restore``: a home from a backup."""

from __future__ import annotations

from pathlib import Path

import click

from lvtu.core.words import say


def _run(file: str, home: str) -> None:
    from lvtu.service.backup.read import restore

    names = restore(Path(file), Path(home))
    click.echo(say("backup.restored", home=home, names=", ".join(names)))


command = click.Command(
    "restore",
    params=[click.Argument(["file"]), click.Argument(["home"], metavar="HOME")],
    callback=_run,
    help="Bring a backup back into a folder that is absent or empty, checked byte by byte; people go into the database "
    "of LVTU_DATABASE_URL where that is set. The first question builds what is derived.\n\n"
    "Example: lvtu restore shops-2026-03-01.tar.gz shops",
)
