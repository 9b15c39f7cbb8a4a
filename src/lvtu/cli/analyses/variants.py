"""``lvtu variants``: which distinct paths there are, and how many customers take each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from lvtu.cli.analyses.base import AnalysisCommand, customers_option


class _Variants(AnalysisCommand):
    example = 'lvtu variants shop.lvtu --start "Product Viewed" --end "Order Paid" --fold'
    bars = ("share", "customers")

    def customers_options(self) -> Sequence[click.Option]:
        return [customers_option("VARIANT", "List who took one; 'other' for the others.")]

    def listed(self, result: Any, customers: Any, **more: Any) -> list[str]:
        names: list[str] = result.customers(numbered(customers))
        return names

    def parts(self, result: Any, rows: int) -> list[str]:
        """Each path in full below the table where the table would cut it: paths that are cut look all the same."""
        from lvtu.analyses.text import path_text
        from lvtu.analyses.wording import shaped
        from lvtu.cli.answers import result_table
        from lvtu.cli.tables import filled, terminal

        parts, data = super().parts(result, rows), shaped(result)
        if "…" not in parts[0]:
            return parts
        lines = []
        for row in (data.slice(0, rows) if rows else data).to_pylist():
            if row["path"]:
                lines += filled(path_text(row["path"]), f"{row['variant']:>4}  ", terminal())
        return [result_table(result, data.drop_columns(["path"]), rows), "\n".join(lines)]


def numbered(text: str) -> Any:
    """The number of a row; None for ``other``. Any other text is left for the answer to refuse."""
    return None if text == "other" else int(text) if text.isdecimal() else text


COMMAND = _Variants()
