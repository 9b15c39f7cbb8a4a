"""What goes with the scores: the drivers of an outcome, and what customers did after they answered."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from lvtu.analyses.cells import cells_of
from lvtu.analyses.drivers.linkage import edges_of
from lvtu.analyses.drivers.spec import DriversSpec
from lvtu.analyses.naming import called, scale_name
from lvtu.analyses.overview.feelings import ends_of, felt
from lvtu.analyses.wording import remarks
from lvtu.core.words import Lang, say, speaking
from lvtu.errors import UnknownName
from lvtu.service.home import Served
from lvtu.service.overview.wording import between, shown
from lvtu.service.voice import outcomes as voiced
from lvtu.service.voice.schemas import After, Band, Driver, Drivers, Followed, Note, Offered, Share
from lvtu.service.voice.service import Asked, Counted

_WELCOME = ("ordered", "referred")
_FIRST = ("drivers_association",)


def drivers(served: Served, asked: Asked, outcome: str | None, lang: Lang) -> Drivers:
    """Which experiences go with an outcome.

    Raises:
        UnknownName: there is no such outcome.
    """
    counted = served.voices.count(asked)
    if counted.facts is None or not counted.facts.events:
        return Drivers(state="mute", token=counted.token)
    naming, choices = counted.naming, voiced.outcomes(counted.facts, counted.naming)
    one = voiced.chosen(outcome, choices)
    by = "touchpoint" if naming.model is not None and naming.model.touchpoints else "event"
    spec = DriversSpec(
        outcome=one.outcome, outcome_where=one.outcome_where, within=one.within, by=by, where=asked.where,
        model=asked.model, **span_of(counted, asked),
    )  # fmt: skip
    moment, answer = served.answers.ask(spec)
    result = answer.result
    rows = [row for row in result.table.to_pylist() if row["importance"] is not None]
    twice, names = Counter(driver.name for driver in result.drivers), naming.names(by, lang)
    told = [_driver(result, row, twice, names, lang) for row in rows]
    return Drivers(
        state="ok" if rows else "few", token=moment.token, outcome=one.key,
        outcomes=[Offered(value=each.key, title=each.title(naming, lang)) for each in choices],
        sentence=_sentence(told, lang), spec=spec.to_json(), rows=told, notes=_notes(result, lang),
        r2=None if result.r2 is None else share_of(result.r2, result.r2_low, result.r2_high, lang),
    )  # fmt: skip


def span_of(counted: Counted, asked: Asked) -> dict[str, Any]:
    """The period that was asked for, or the wave; else all the time until the end of the usual one.

    Drivers go by customers who answered several times, and in a usual period few did.
    """
    assert counted.facts is not None
    periods = counted.facts.periods
    if periods.kind in ("asked", "waves"):
        return {"since": periods.now.since, "until": periods.now.until}
    return {"until": periods.now.until}


def _sentence(rows: list[Driver], lang: Lang) -> str:
    """The first drivers, as far as they cannot be told from the first."""
    if not rows:
        return say("voices.no_drivers", lang)
    first = rows[0]
    if len(rows) > 1:
        told = {"first": first.title, "second": rows[1].title, "share": first.importance.shown}
        return say("voices.first_drivers", lang, **told, other=rows[1].importance.shown)
    return say("voices.first_driver", lang, first=first.title, share=first.importance.shown)


def _driver(result: Any, row: dict[str, Any], twice: Counter[str | None], names: Any, lang: Lang) -> Driver:
    scale, ends = row["scale"], ends_of(row["scale"])
    name = say("terms.missing", lang) if row["driver"] is None else called(names, row["driver"])
    if twice[row["driver"]] > 1:
        name = say("charts.aside", lang, text=name, more=scale_name(scale, lang))
    mean = shown("mean", row["mean"], lang)
    return Driver(
        key=row["driver"], scale=scale, title=name,
        importance=share_of(row["importance"], row["low"], row["high"], lang), direction=row["direction"],
        mean=row["mean"], shown_mean=f"{mean} / {ends[1]:g}" if ends else mean, feeling=felt(scale, row["mean"]),
        n=row["n"], cell=cells_of(result, row)["n"].of,
    )  # fmt: skip


def share_of(value: float | None, low: float | None, high: float | None, lang: Lang) -> Share:
    """A share with its interval in a language; — for nothing."""
    if value is None:
        return Share(value=None, low=None, high=None, shown="—", interval="")
    interval = "" if low is None or high is None else between("share", low, high, lang)
    return Share(value=value, low=low, high=high, shown=shown("share", value, lang), interval=interval)


def _notes(result: Any, lang: Lang) -> list[Note]:
    """What is to be known, that association is not cause first."""
    with speaking(lang):
        said = remarks(result)
    notes = [Note(code=note.code, text=text) for note, text in zip(result.notes, said, strict=False)]
    return sorted(notes, key=lambda note: note.code not in _FIRST)


def after(served: Served, asked: Asked, scale: str | None, lang: Lang) -> After:
    """What happens after an answer on a scale, by how satisfied it was.

    Raises:
        UnknownName: nobody answered on the scale.
    """
    counted = served.voices.count(asked)
    scales = [] if counted.facts is None else [one.measure.scale for one in counted.facts.scales]
    known = [one for one in scales if one is not None]
    if counted.facts is None or not known:
        return After(state="mute", token=counted.token)
    if scale is not None and scale not in known:
        raise UnknownName("scale", scale, known)
    on, token, found, notes = scale or known[0], counted.token, [], []
    for key, condition in voiced.afterwards(counted.facts, counted.naming).items():
        spec = DriversSpec(
            outcome=condition,
            within=voiced.within_of(counted.facts),
            by="scale",
            drivers=(on,),
            where=asked.where,
            model=asked.model,
            **span_of(counted, asked),
        )
        moment, answer = served.answers.ask(spec)
        linked = answer.parts.get("linked", answer.result.linked)
        if linked.rate and linked.rate < 1:  # what nobody or everybody did tells nothing apart
            token, notes = moment.token, _notes(linked, lang)
            found.append(_followed(key, spec, linked, on, lang))
    return After(
        state="ok" if found else "none", token=token, scale=on,
        scales=[Offered(value=one, title=scale_name(one, lang)) for one in known], outcomes=found, notes=notes,
    )  # fmt: skip


def _followed(key: str, spec: DriversSpec, linked: Any, scale: str, lang: Lang) -> Followed:
    bands = [
        Band(
            band=row["band"], title=_band(row["band"], scale, lang), customers=row["customers"], yes=row["yes"],
            rate=share_of(row["rate"], row["low"], row["high"], lang), lift=row["lift"],
            shown_lift="—" if row["lift"] is None else f"×{row['lift']:.2f}",
            cell=cells_of(linked, row)["customers"].of,
        )
        for row in linked.table.to_pylist()
    ]  # fmt: skip
    return Followed(
        key=key, title=say(f"voices.after.{key}", lang), good=key in _WELCOME,
        rate=share_of(linked.rate, None, None, lang), bands=bands, spec=spec.to_json(),
    )  # fmt: skip


def _band(band: str, scale: str, lang: Lang) -> str:
    """A band by its name, with the scores that are in it."""
    name = say(f"voices.bands.nps_{band}" if scale == "nps" else f"values.band_{band}", lang)
    ends = ends_of(scale)
    if ends is None:
        return name
    (low, high), (below, above) = ends, edges_of(np.empty(0), scale)
    first, last = {"low": (low, below), "middle": (below, above), "high": (above, high)}[band]
    from_, to = (-(-first // 1) if band != "low" else first), (last // 1 if band != "high" else last)
    scores = f"{from_:g}" if from_ == to else f"{from_:g}–{to:g}"
    return say("charts.aside", lang, text=name, more=scores)
