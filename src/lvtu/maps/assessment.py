"""How the team rates its own service at each step, beside how customers do: a workbook out, and read back."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

import pyarrow as pa

from lvtu.core.languages import chosen
from lvtu.core.sentences import Note
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.maps.authors import Author, By
from lvtu.maps.document import JourneyMap
from lvtu.maps.document.steps import WORST, Assessment
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.laid import HEAD, bold, columns, look, printed
from lvtu.maps.live.filled import Filled, Value

if TYPE_CHECKING:
    from lvtu.maps.map import Map

MIDDLE = 3.0
"""The score that stands for a feeling of 0: on five points 1 … 5 are −2 … +2."""

_HEADS = ("key", "stage", "step", "customers", "interval", "n", "own", "note")
_MOST_ROWS = 5_000


@dataclass(frozen=True)
class Gap:
    """A step as the team and as customers rate it, both from 1 to 5.

    Attributes:
        step: its key.
        own: the team's score; None where it gave none.
        customers: the customers', with interval and n; None where they answered nothing that can be told as a feeling.
    """

    step: str
    own: float | None
    customers: Value | None

    @property
    def gap(self) -> float | None:
        """The customers' score minus the team's: below zero the team thinks better of itself than customers do."""
        return None if self.own is None or self.customers is None else self.customers.value - self.own

    @property
    def certain(self) -> bool:
        """Whether the team's score lies outside the interval of the customers'."""
        one = self.customers
        if self.own is None or one is None or one.low is None or one.high is None:
            return False
        return not one.low <= self.own <= one.high


def gaps(map_: JourneyMap, filled: Filled) -> list[Gap]:
    """Every step as both rate it, in the order of the map.

    Args:
        map_: the map.
        filled: what the data say to it: the scale that its curve of feelings shows.
    """
    felt = Sheet(map_, filled, "en").felt("feeling")[1]
    return [
        Gap(step.key, None if step.assessed is None else step.assessed.score, _of_five(felt.get(step.key)))
        for step in map_.steps
    ]


def _of_five(value: Value | None) -> Value | None:
    if value is None or value.unit != "feeling":
        return None
    ends = (None if end is None else end + MIDDLE for end in (value.low, value.high))
    return replace(value, value=value.value + MIDDLE, unit="mean", low=next(ends), high=next(ends), before=None)


@dataclass(frozen=True)
class SelfAssessment:
    """The team's assessment of one map.

    Args:
        map: the map.
        answers: what the data say to it; asked if not given.

    Example:
        >>> import lvtu, tempfile
        >>> ws = lvtu.open(tempfile.mkdtemp())
        >>> shop = ws.maps.load({
        ...     "title": "Shop", "stages": [{"key": "buy", "name": "Buy"}],
        ...     "steps": [{"key": "pay", "stage": "buy", "name": "Pay"}],
        ... })
        >>> shop.edit("change", part="steps", key="pay", fields={"assessed": {"score": 4}})
        >>> shop.assessment().table("en").select(["step", "own", "customers", "gap"]).to_pylist()
        [{'step': 'Pay', 'own': 4.0, 'customers': None, 'gap': None}]
    """

    map: Map
    answers: Filled | None = None

    @property
    def gaps(self) -> list[Gap]:
        """Every step as both rate it."""
        return gaps(self.map.document, self.answers or self.map.answers())

    def table(self, language: Lang | None = None) -> pa.Table:
        """Every step as both rate it.

        Its columns: ``stage``, ``step``, ``own`` and ``customers`` (1 … 5), ``low``, ``high``, ``n``, ``gap``
        (customers' minus own), ``certain`` (whether own lies outside the interval), ``by``, ``on``, ``note``.
        """
        lang, document = chosen(language), self.map.document
        rows = []
        for one in self.gaps:
            step, felt = document.step(one.step), one.customers
            said = step.assessed
            rows.append({
                "stage": document.stage(step.stage).name.get(lang), "step": step.name.get(lang), "own": one.own,
                "customers": felt and felt.value, "low": felt and felt.low, "high": felt and felt.high,
                "n": felt and felt.n, "gap": one.gap, "certain": one.certain, "by": said and said.by,
                "on": said and said.on, "note": said and said.note,
            })  # fmt: skip
        text, real = pa.string(), pa.float64()
        kinds = {"stage": text, "step": text, **dict.fromkeys(("own", "customers", "low", "high"), real)}
        kinds |= {"n": pa.int64(), "gap": real, "certain": pa.bool_(), "by": text, "on": pa.date32(), "note": text}
        return pa.Table.from_pylist(rows, schema=pa.schema(kinds))

    def workbook(self, language: Lang | None = None) -> bytes:
        """A workbook with a row for each step and a column to fill in, from 1 to 5, with what was given before."""
        from openpyxl import Workbook
        from openpyxl.styles import Alignment, PatternFill
        from openpyxl.worksheet.datavalidation import DataValidation

        lang, document = chosen(language), self.map.document
        book = Workbook()
        sheet = book.active
        sheet.title = say("maps.assessment.name", lang)[:31]
        sheet.append([say(f"maps.assessment.heads.{head}", lang) for head in _HEADS])
        for one in self.gaps:
            step, felt = document.step(one.step), one.customers
            names = [document.stage(step.stage).name.get(lang), step.name.get(lang)]
            told = [None] * 3 if felt is None else [round(felt.value, 2), _between(felt), felt.n]
            sheet.append([step.key, *names, *told, one.own, step.assessed and step.assessed.note])
        last = max(sheet.max_row, 2)
        check = DataValidation("decimal", operator="between", formula1=str(int(WORST)), formula2="5", allow_blank=True)
        check.error = say("maps.assessment.range", lang)
        sheet.add_data_validation(check)
        check.add(f"G2:G{last}")
        for cell in sheet[1]:
            cell.font, cell.fill = bold(), PatternFill("solid", fgColor=HEAD)
        for row in sheet.iter_rows(2, last, 7, 8):
            for cell in row:
                cell.fill = PatternFill("solid", fgColor="FFF8E1")
        for row in sheet.iter_rows(1, last):
            for cell in row:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.number_format = look(cell.value) or cell.number_format
                if isinstance(cell.value, str):
                    cell.data_type = "s"  # whatever it begins with
        columns(sheet, (13, 18, 34, 17, 14, 9, 17, 40))
        sheet.freeze_panes = "D2"
        printed(sheet, document.title.get(lang))
        about = book.create_sheet(say("maps.assessment.about_name", lang)[:31])
        about.append([say("maps.assessment.about", lang)])
        about["A1"].alignment = Alignment(wrap_text=True, vertical="top")
        columns(about, (90,))
        printed(about)
        out = io.BytesIO()
        book.save(out)
        return out.getvalue()

    def read(self, file: str | Path | bytes, *, by: By = None) -> list[Note]:
        """Take the team's scores from a workbook that was filled in; one left empty takes back what was given.

        Args:
            file: its path, or its bytes.
            by: whose scores they are; who runs this if not given.

        Returns:
            What became of them, and what could not be read: steps that are not there, scores outside 1 to 5.

        Raises:
            BadInput: it is no such workbook.
        """
        rows = _rows(file)
        document, edits, notes = self.map.document, [], list[Note]()
        steps = {step.key: step for step in document.steps}
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        for number, (key, own, note) in rows.items():
            if key not in steps:
                notes.append(Note("assessment_no_step", row=str(number), step=key))
                continue
            said = steps[key].assessed
            if own is None:
                fields: dict[str, Any] | None = None
            elif not isinstance(own, int | float) or isinstance(own, bool) or not WORST <= own <= 5:
                notes.append(Note("assessment_no_score", row=str(number), text=f"{own}"[:40]))
                continue
            else:
                fields = {"score": float(own), "by": None if by is None else Author.of(by).name, "note": note}
            if (said is None) == (fields is None) and (said is None or _same(said, fields or {})):
                continue
            given = None if fields is None else {k: v for k, v in {**fields, "on": today}.items() if v is not None}
            edits.append({"edit": "change", "part": "steps", "key": key, "fields": {"assessed": given}})
        if edits:
            self.map.edit("several", edits=edits, by=by)
        return [Note("assessment_read", steps=len(edits)), *notes]


def _same(said: Assessment, fields: dict[str, Any]) -> bool:
    return (said.score, said.note) == (fields["score"], fields["note"])


def _between(value: Value) -> str | None:
    return None if value.low is None or value.high is None else f"{value.low:.2f}–{value.high:.2f}"


def _rows(file: str | Path | bytes) -> dict[int, tuple[str, Any, str | None]]:
    """By row of the workbook: the key of the step, the team's score, and its note; rows without a key are left out."""
    from openpyxl import load_workbook

    try:
        book = load_workbook(
            io.BytesIO(file) if isinstance(file, bytes) else Path(file), read_only=True, data_only=True
        )
    except (BadZipFile, KeyError, OSError, ValueError):
        raise BadInput("no_assessment") from None
    names = {head: {say(f"maps.assessment.heads.{head}", lang) for lang in ("zh", "en")} for head in _HEADS}
    found: dict[int, tuple[str, Any, str | None]] = {}
    places: dict[str, int] = {}
    for number, row in enumerate(book.worksheets[0].iter_rows(values_only=True, max_row=_MOST_ROWS), 1):
        if not places:
            places = {head: at for head in _HEADS for at, cell in enumerate(row) if cell in names[head]}
            if not {"key", "own"} <= set(places):
                places = {}
            continue
        key = row[places["key"]] if places["key"] < len(row) else None
        if key is not None:
            own = row[places["own"]] if places["own"] < len(row) else None
            note = row[places["note"]] if "note" in places and places["note"] < len(row) else None
            found[number] = (str(key), own, None if note is None else str(note))
    book.close()
    if not places:
        raise BadInput("no_assessment")
    return found
