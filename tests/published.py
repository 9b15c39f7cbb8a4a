"""The airport's survey as published, read with pandas alone: what the demonstration's figures are held against."""

from __future__ import annotations

import csv
import re
from functools import cache

import pandas as pd

from parts import shared


@cache
def published(year: int) -> pd.DataFrame:
    """A year's file, its columns named alike: ``q15com1`` … and ``q7walkways`` of both years.

    Args:
        year: 2017 or 2018.
    """
    path = shared(f"airport/{year}_SFO_Customer_Survey.csv")
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        table = pd.DataFrame(list(csv.DictReader(file)))
    names = {name: re.sub(r"-(\d)$", r"com\1", name.strip().lower()) for name in table.columns}
    table = table.rename(columns=names).rename(
        columns={"q7walkway": "q7walkways", "q12prechekcrate": "q12precheckrate"}
    )
    return table.apply(lambda column: column if column.name == "q15a" else pd.to_numeric(column, errors="coerce"))


def effective(weight: pd.Series) -> float:
    """The number of equally weighted answers that tell as much."""
    return float(weight.sum() ** 2 / (weight**2).sum())
