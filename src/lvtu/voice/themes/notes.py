"""What a reader of themes must know to read them rightly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.core.sentences import Note

if TYPE_CHECKING:
    from lvtu.voice.themes.result import ThemesResult

_FEW = 50
"""Comments below which themes that are found are hints."""


def notes_of(result: ThemesResult, distinct: int) -> list[Note]:
    """The notes of an answer, in the order of their importance.

    Args:
        result: the answer.
        distinct: texts, or lists of codes, that differ.
    """
    spec, found = result.question.spec, []
    if not result.comments:
        return [Note("no_comments")]
    if spec.codes is None and spec.taxonomy is None:
        found.append(Note("themes_found", themes=result.themes.num_rows, texts=distinct))
        if distinct < _FEW:
            found.append(Note("themes_few", texts=distinct))
    if result.unthemed:
        share = result.unthemed / result.comments
        found.append(Note("themes_none", comments=result.unthemed, share=f"{100 * share:.0f}%"))
    if result.rated < result.comments:
        found.append(Note("themes_unfelt", comments=result.comments - result.rated))
    if result.changes.num_rows:
        found.append(Note("themes_changes", changes=result.changes.num_rows))
    if spec.by and (lacking := sum(row["comments"] for row in result.lacking)):
        found.append(Note("comments_without", comments=lacking, column=spec.by))
    return found
