"""``lvtu forget``: erase a customer for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.identity import kind_option
from lvtu.cli.open import WORKSPACE, opened
from lvtu.cli.output import write_json
from lvtu.cli.progress import waiting
from lvtu.core.units import write_instant
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.store.ledger import Receipt


def _run(workspace: str, identifier: str, kind: str | None, yes: bool, as_json: bool) -> None:
    with opened(workspace) as ws:
        if not yes and sys.stdin.isatty() and not click.confirm(say("forget.sure", identifier=identifier), err=True):
            click.echo(say("forget.kept"), err=True)
            return
        with waiting():
            receipt = _document(ws.forget((kind, identifier) if kind else identifier))
            left = ws.maps.words_left() if receipt["details"]["cards_left"] else []
            cards = [(one.map.document.title, one.text, one.map.id, one.card) for one in left]
    if as_json:
        write_json({**receipt, "cards_left": [{"map": map_, "card": card} for _, _, map_, card in cards]})
        return
    click.echo(say("forget.done", identifier=identifier, events=f"{receipt['events']:,}"))
    beside = receipt["details"]
    if beside["models"]:
        click.echo(say("forget.models", models=f"{beside['models']:,}"))
    if beside["cards"]:
        click.echo(say("forget.cards", cards=f"{beside['cards']:,}"))
    if cards:
        lang = language()
        click.echo(say("forget.cards_left"))
        for title, text, _, card in cards:
            click.echo(say("forget.card_left", map=title.get(lang), text=text.get(lang) if text else card))
    if beside["server"] == "erased":
        click.echo(say("forget.places", places=f"{beside['places']:,}"))
    elif beside["server"] == "unreached":
        click.echo(say("forget.unreached", why=beside["why"]), err=True)


def _document(receipt: Receipt) -> dict[str, Any]:
    """The receipt as plain values: when, a keyed hash of what was asked for, how many events went."""
    return {**receipt._asdict(), "time": write_instant(receipt.time)}


command = click.Command(
    "forget",
    params=[
        WORKSPACE,
        click.Argument(["identifier"]),
        kind_option(),
        click.Option(["--yes"], is_flag=True, help="Do not ask; it is asked on a terminal only."),
        json_option(),
    ],
    callback=_run,
    help="Erase a customer for good; any identifier of theirs will do. Returns when no byte is left.\n\n"
    "Example: lvtu forget shop.lvtu ann@example.com",
)
