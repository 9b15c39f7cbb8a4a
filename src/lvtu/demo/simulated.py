"""The simulated retailer: what no open data show, the same customers' clicks, parcels, chats, tickets and answers."""

from __future__ import annotations

from pathlib import Path

from lvtu.core.words import Lang, say
from lvtu.demo import maps, topics
from lvtu.simulator.install import TITLE, install
from lvtu.store.config import Layout

NAME = "simulated"
"""The workspace's folder."""

_CUSTOMERS, _SEED = 2000, 7


def make(out: Path, lang: Lang) -> str:
    """Make ``out/simulated``, unless it is there.

    Args:
        out: the demonstrations' folder.
        lang: the language of the answer.

    Returns:
        What it is, for the console.
    """
    place = out / NAME
    if not Layout(place).config.is_file():
        ws = install(place, _CUSTOMERS, _SEED)[0]
        topics.use(NAME, ws)
        maps.draw(NAME, ws)
        ws.close()
    return f"{NAME} · {TITLE.get(lang)}\n  {say('simulate.demo', lang, customers=f'{_CUSTOMERS:,}')}\n"
