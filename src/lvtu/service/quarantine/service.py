"""Looking through the quarantine, page by page."""

from __future__ import annotations

from lvtu.core.sentences import Reason, gathered
from lvtu.core.units import write_instant
from lvtu.core.words import Lang
from lvtu.service.access import Access
from lvtu.service.masking import masked, scrubbed
from lvtu.service.problems import NotFound
from lvtu.service.quarantine.repository import waiting
from lvtu.service.quarantine.schemas import ReasonOf, RowOf, Waiting
from lvtu.store.quarantine import Rejected


def listed(access: Access, lang: Lang, reason: str | None, after: str | None, limit: int) -> Waiting:
    """One page, newest rows first.

    Args:
        access: who asks.
        lang: the language of the words.
        reason: only rows of this group.
        after: the last row of the page before.
        limit: how many rows.
    """
    rows = waiting(access.served)
    chosen = [row for row in reversed(rows) if reason is None or _key(row) == reason]
    if after is not None:
        place = next((place for place, row in enumerate(chosen) if row.id == after), None)
        chosen = [] if place is None else chosen[place + 1 :]
    page = chosen[:limit]
    return Waiting(
        total=len(rows),
        reasons=_reasons(rows, lang, access.masked),
        rows=[_row(row, lang, access.masked) for row in page],
        next=page[-1].id if len(chosen) > limit else None,
    )


def drop(access: Access, id: str) -> int:
    """Remove one row for good; returns how many that was.

    Raises:
        NotFound: it is not there.
    """
    dropped = access.served.workspace.drop_rejected([id])
    if not dropped:
        raise NotFound("rejected", id, [])
    return dropped


def drop_group(access: Access, reason: str) -> int:
    """Remove the rows of a group for good; returns how many there were.

    Raises:
        NotFound: no row has the trouble.
    """
    found = [row.id for row in waiting(access.served) if _key(row) == reason]
    if not found:
        raise NotFound("rejected", reason, [])
    return access.served.workspace.drop_rejected(found)


def _key(row: Rejected) -> str:
    return f"{row.field}:{row.reason_code}"


def _reason(row: Rejected, hidden: bool) -> Reason:
    """Why a row was set aside; the value that was refused may say who somebody is."""
    reason = Reason.kept(row.reason, row.reason_code, row.reason_values)
    if not hidden:
        return reason
    values = {name: masked(str(value)) if name == "value" else scrubbed(str(value))
              for name, value in reason.values.items()}  # fmt: skip
    return Reason(reason.code, **values)


def _reasons(rows: list[Rejected], lang: Lang, hidden: bool) -> list[ReasonOf]:
    groups: dict[str, list[Rejected]] = {}
    for row in rows:
        groups.setdefault(_key(row), []).append(row)
    found = []
    for key, group in groups.items():
        counts: dict[Reason, int] = {}
        for row in group:
            reason = _reason(row, hidden)
            counts[reason] = counts.get(reason, 0) + 1
        [(first, _, values), *_] = gathered(counts)
        found.append(
            ReasonOf(key=key, field=group[0].field, code=first.code, text=first.text(lang), rows=len(group),
                     values=values)
        )  # fmt: skip
    return sorted(found, key=lambda one: -one.rows)


def _row(row: Rejected, lang: Lang, hidden: bool) -> RowOf:
    return RowOf(
        id=row.id, place=row.place, field=row.field, code=row.reason_code, text=_reason(row, hidden).text(lang),
        raw=None if hidden else row.raw, time=write_instant(row.time),
    )  # fmt: skip
