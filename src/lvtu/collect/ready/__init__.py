"""Ready readers: the files of other systems, row by row, as rows of record fields."""

from __future__ import annotations

from lvtu.collect.jsons import Rewrite
from lvtu.collect.mapping import Mapping


def rewrite_of(mapping: Mapping) -> Rewrite | None:
    """The rule of the mapping's ready reader, if it names one."""
    if mapping.shape == "segment":
        from lvtu.collect.ready.segment import segment_rows

        return segment_rows
    if mapping.shape == "ga4":
        from lvtu.collect.ready.ga4 import ga4_rows

        return ga4_rows
    if mapping.shape == "mixpanel":
        from lvtu.collect.ready.mixpanel import mixpanel_rows

        return lambda row: mixpanel_rows(row, local=mapping.zone is not None)
    return None
