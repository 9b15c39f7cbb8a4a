"""A small shop, and how to ask the command line about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from lvtu.cli import main

VISITS = """\
message_id,user_id,time,event,channel,value,plan
1,ann,2026-03-01T09:00:00Z,Product Viewed,web,,pro
2,ann,2026-03-01T09:05:00Z,Cart Filled,web,,pro
3,ann,2026-03-02T18:30:00Z,Order Paid,app,49.90,pro
4,bo,2026-03-01T10:00:00Z,Product Viewed,app,,free
5,bo,2026-03-01T10:02:00Z,Cart Filled,app,,free
6,蔡,2026-03-03T12:00:00Z,Product Viewed,web,,free
7,蔡,2026-03-04T08:00:00Z,Cart Filled,web,,free
8,蔡,2026-03-20T08:00:00Z,Order Paid,store,120,free
9,dee,2026-03-05T20:00:00Z,Product Viewed,social,,
8,蔡,2026-03-20T08:00:00Z,Order Paid,store,120,free
10,eve,soon,Product Viewed,web,,
"""
STEPS = ("Product Viewed", "Cart Filled", "Order Paid")


def write(folder: Path) -> Path:
    """The shop's file: 9 good rows, a repeat, and a row without a time."""
    path = folder / "visits.csv"
    path.write_text(VISITS, encoding="utf-8")
    return path


def lvtu(*arguments: object, **environ: str) -> Result:
    """Run the command line in this process."""
    settings: dict[str, Any] = {"LVTU_LANG": "en", "COLUMNS": "100", **environ}
    return CliRunner().invoke(main, [str(one) for one in arguments], env=settings, prog_name="lvtu")
