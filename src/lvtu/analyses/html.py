"""Answers as HTML for notebooks, in the language of the environment. Nothing in it is fetched, and nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

import pyarrow as pa

from lvtu.analyses.wording import headings, remarks, shaped
from lvtu.analyses.wording.cells import cells_of, heading
from lvtu.core.words import say

_ROWS = 40
_SHORT = 40
_FEW = 12
"""A table of so many rows stands open below its picture; a longer one opens when it is asked for."""


def answer_html(result: Any, picture: str = "") -> str:
    """An answer: its picture if it has one, its table, and what to know about it.

    Args:
        result: a `lvtu.analyses.base.Result`.
        picture: HTML.
    """
    data = shaped(result)
    told = table_html(data, headings(result)) + _paragraphs(remarks(result))
    if not picture:
        return f"<div>{told}</div>"
    head = escape(say("table.rows", rows=data.num_rows))
    opened = ' open=""' if data.num_rows <= _FEW else ""
    return f"<div>{picture}<details{opened}><summary>{head}</summary>{told}</details></div>"


def page(lines: Iterable[str], tables: Iterable[tuple[str, pa.Table]] = (), notes: Iterable[str] = ()) -> str:
    """Sentences, then tables with their titles, then notes."""
    parts = [_paragraphs(lines)]
    for title, data in tables:
        parts += [f"<p><strong>{escape(title)}</strong></p>" if title else "", table_html(data)]
    return f"<div>{''.join(parts)}{_paragraphs(notes)}</div>"


def table_html(data: pa.Table, heads: Mapping[str, str] | None = None) -> str:
    """A table, its first rows; numbers are set to the right.

    Args:
        data: the table.
        heads: headings by column, where they are not the words for their names.
    """
    if not data.num_rows:
        return _paragraphs([say("table.empty")])
    first = data.slice(0, _ROWS)
    columns = [((heads or {}).get(name) or heading(name), *cells_of(first, name)) for name in first.column_names]
    sides = ["right" if number else "left" for _, _, number, _ in columns]
    head = _row("th", [one[0] for one in columns], sides)
    body = [_row("td", cells, sides) for cells in zip(*(one[1] for one in columns), strict=True)]
    more = data.num_rows - first.num_rows
    left_out = _paragraphs([say("table.more", rows=more)] if more else [])
    return f"<table><thead>{head}</thead><tbody>{''.join(body)}</tbody></table>{left_out}"


def _row(tag: str, cells: Iterable[str], sides: Iterable[str]) -> str:
    told = (f"<{tag} {_style(cell, side)}>{escape(cell)}</{tag}>" for cell, side in zip(cells, sides, strict=True))
    return f"<tr>{''.join(told)}</tr>"


def _style(cell: str, side: str) -> str:
    """Where a cell's text stands; a short one stays in one line."""
    return f'style="text-align:{side}{";white-space:nowrap" if len(cell) <= _SHORT else ""}"'


def _paragraphs(lines: Iterable[str]) -> str:
    """Lines as paragraphs, as far from the margin as they are in text."""
    told = [(len(line) - len(line.lstrip()), escape(line.strip())) for line in lines if line.strip()]
    return "".join(f'<p style="margin:0 0 0.3em {deep / 2:g}em">{text}</p>' for deep, text in told)
