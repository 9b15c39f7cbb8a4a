"""Sifting by several filters at once, and counting what each of them would leave."""

from __future__ import annotations

from typing import Any

from lvtu.kernels.compiler import kernel


@kernel
def sift(codes: Any, wanted: Any, lines: Any, kept: Any, counts: Any, totals: Any) -> None:
    """Keep the rows that pass all filters; count by filter and code those that pass all others.

    ``codes`` are rows × filters, ``wanted`` filters × codes: 1 where a filter lets a code through. ``lines``, of each
    row its customer, ascend. ``kept`` says which rows count at all, and in the end which pass. Added to are ``counts``,
    filters × codes, and ``totals``: rows that pass, and their customers.
    """
    filters = codes.shape[1]
    last = -1
    for row in range(codes.shape[0]):
        if kept[row] == 0:
            continue
        failed = 0
        at = 0
        for f in range(filters):
            if wanted[f, codes[row, f]] == 0:
                failed += 1
                at = f
        if failed > 0:
            kept[row] = 0
            if failed == 1:
                counts[at, codes[row, at]] += 1
            continue
        for f in range(filters):
            counts[f, codes[row, f]] += 1
        totals[0] += 1
        if lines[row] != last:
            last = lines[row]
            totals[1] += 1
