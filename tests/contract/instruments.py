"""Answers to instruments of several questions, and the workspaces that hold them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from contract.cases import Case, buckets, ugly, workspace
from contract.test_cells import drawn
from lvtu.analyses.base import Result
from lvtu.analyses.cells import behind, every
from lvtu.analyses.servqual.formulas import DIMENSIONS
from naive import kano
from naive.journeys import Event


def asked(events: list[Event], expected: bool = True) -> list[Event]:
    """The events with answers to eleven statements, pairs about three features, the best of sets, and some of none."""
    found = []
    for event in events:
        dice = random.Random(event.message_id)
        answer: dict[str, Any] = {}
        if dice.random() < 0.6:
            place = dice.randrange(5)
            of = {"dimension": (*DIMENSIONS[:4], "price")[place], "item": f"s{dice.randint(1, 1 + place)}",
                  "side": dice.choice(("perception", "expectation", "perception", "other"))}  # fmt: skip
            if not expected and of["side"] == "expectation":
                of["side"] = "perception"
            scale = dice.choice(("servqual7", "servqual7", "csat5"))
            answer = {"score": float(dice.randint(1, 5 if scale == "csat5" else 7)), "scale": scale,
                      "weight": dice.choice((None, None, 0.5, 2.0, 0.0)),
                      "properties": {**event.properties, **of}}  # fmt: skip
        elif dice.random() < 0.7:
            pair = {name: dice.choice((*kano.TABLE, "no idea")) for name in ("functional", "dysfunctional")}
            question = {"question": dice.choice(("app", "gift"))} if dice.random() < 0.9 else {}
            answer = {"properties": {**event.properties, **pair, **question}}
        elif dice.random() < 0.8:
            shown = dice.sample("pqrst", dice.randint(2, 4))
            sets = {"shown": dice.choice((shown, shown, shown, [*shown, shown[0]], "p", [])),
                    "best": dice.choice((*shown, "z")), "worst": dice.choice(shown),
                    "question": dice.choice(("trade", "offer"))}  # fmt: skip
            answer = {"properties": {**event.properties, **sets}}
        found.append(replace(event, **answer))
    return found


def cases_in(folder: Path) -> list[Case]:
    """A workspace of one part, one with a tail, and one in which nobody was asked what they expected."""
    base, late = asked(ugly(91, customers=300)), asked(ugly(92, customers=60, prefix="n") + ugly(93, customers=90))
    plain = asked(ugly(94, customers=40), expected=False)
    with buckets(4):
        return [
            Case("plain", workspace(folder / "plain", base), base),
            Case("tail", workspace(folder / "tail", base, late), base + late),
            Case("perceived", workspace(folder / "perceived", plain), plain),
        ]


def opens(results: Sequence[Result]) -> None:
    """The numbers of some answers that count customers open as many, and what is drawn opens what the table does."""
    dice = random.Random(1)
    for result in results:
        known = list(every(result))
        for cell in dice.sample(known, min(12, len(known))):
            names = behind(result, json.loads(json.dumps(cell.of)))
            assert cell.customers in (None, len(names)), (result.kind, cell)
        found = drawn(json.loads(json.dumps(result.chart("zh"))))
        assert found and {json.dumps(one["cell"]) for one in found} <= {json.dumps(cell.of) for cell in known}
        who = behind(result, next(cell.of for cell in known if cell.customers))[0]
        told = result.explain(who)  # type: ignore[attr-defined]
        assert told.table.num_rows and len(told.text("zh")) > 5 and told.text("en") != told.text("zh")
