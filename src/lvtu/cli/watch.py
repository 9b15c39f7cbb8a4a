"""``lvtu watch``: read what comes into a folder."""

from __future__ import annotations

import json
import signal
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.open import WORKSPACE, opened
from lvtu.core.words import say

if TYPE_CHECKING:
    from lvtu.watch import Seen

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def _run(
    workspace: str, folder: str, mapping: str | None, every: str, once: bool, source: str | None, as_json: bool
) -> None:
    from lvtu.watch import folder_of

    folder_of(folder)  # before a workspace is made for it
    stop = Event()
    seen: Counter[str] = Counter()
    with opened(workspace, create=True) as ws, _ended_by_signals(stop):
        files = ws.watch(folder, mapping, every=every, once=once, source_name=source, stop=stop)
        if not as_json:
            click.echo(say("watch.begun", folder=folder, every=every))
        for file in files:
            seen[file.outcome] += 1
            click.echo(json.dumps(file.as_dict(), ensure_ascii=False) if as_json else _told(file, workspace))
    if not as_json:
        click.echo(say("watch.ended", files=f"{seen['read']:,}", failed=f"{seen['failed']:,}"))


def _told(file: Seen, workspace: str) -> str:
    if file.report is not None:
        from lvtu.cli.ingest import report_text

        return report_text(file.report, workspace)
    error = "" if file.error is None else file.error.text()
    return say(f"watch.{file.outcome}", file=file.path.name, error=error)


@contextmanager
def _ended_by_signals(stop: Event) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the watch after what is on its way to the lake; the second one at once."""

    def end(number: int, _frame: object) -> None:
        stop.set()
        signal.signal(number, before[number])

    before: dict[int, Any] = {number: signal.signal(number, end) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


command = click.Command(
    "watch",
    params=[
        WORKSPACE,
        click.Argument(["folder"], metavar="FOLDER", required=True),
        click.Option(["--mapping"], metavar="FILE", help="As of ingest, for all files."),
        click.Option(["--every"], metavar="TIME", default="5s", show_default=True, help="How long between two looks."),
        click.Option(["--once"], is_flag=True, help="End when what is there has been read."),
        click.Option(["--source"], metavar="NAME", help="The system they come from, for records that name none."),
        click.Option(["--json", "as_json"], is_flag=True, help="One JSON object a line, for each file."),
    ],
    callback=_run,
    help="Read what comes into a folder; the workspace is made if it does not exist.\n\n"
    "A file is read once it has stopped growing: when two looks see the same. Nothing is moved. The same bytes are not "
    "read again, under another name or after a restart; a file that changes is. One that cannot be read waits in the "
    "quarantine, and is tried again when it changes. Ctrl-C or SIGTERM ends the watch.\n\n"
    "Example: lvtu watch shop.lvtu inbox --mapping orders.yaml --every 1m",
)
