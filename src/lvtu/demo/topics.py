"""The topics of the demonstrations' texts, and the codes that their comments were given."""

from __future__ import annotations

from typing import Any

from lvtu.core.words import LANGS
from lvtu.demo.coding import codes

TAXONOMIES = {"airport": "airports", "complaints": "banking", "simulated": "retail"}
"""The taxonomy of each demonstration with texts."""


def use(name: str, ws: Any) -> None:
    """Let a workspace go by the topics of its business, unless it does.

    Args:
        name: the demonstration's.
        ws: its workspace.
    """
    wanted = TAXONOMIES.get(name)
    if wanted and ws.voice.taxonomy() != wanted:
        ws.voice.use_taxonomy(wanted)
    if name == "airport":
        names = {code.name.en: {lang: code.name.get(lang) for lang in LANGS} for code in codes()}
        if ws.voice.codes("zh") != ("theme", {code: name["zh"] for code, name in names.items()}):
            ws.voice.use_codes("theme", names)
