"""A report as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from lvtu.core.sentences import Note
from lvtu.errors import UnknownName
from lvtu.maps.exchange.written import MEDIA
from lvtu.maps.programmes.report.contents import Report

ReportFormat = Literal["pdf", "pptx", "docx", "md"]
"""What a report can be written as: pages as a screen, slides, a document, Markdown."""

_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS: dict[ReportFormat, str] = {"pdf": MEDIA["pdf"], "pptx": MEDIA["pptx"], "docx": _DOCX, "md": MEDIA["md"]}
"""The formats with their media types."""


@dataclass(frozen=True)
class Reported:
    """A report as a file.

    Attributes:
        content: its bytes.
        format: what it is.
        notes: what must be said with it.
    """

    content: bytes
    format: ReportFormat
    notes: tuple[Note, ...] = ()


def written(report: Report, format: str) -> Reported:
    """A report in a format.

    Raises:
        UnknownName: there is no such format.
    """
    made = next((one for one in _FORMATS if one == format), None)
    if made is None:
        raise UnknownName("report_format", format, list(_FORMATS))
    if made == "md":
        from lvtu.maps.programmes.report.markdown import markdown

        return Reported(markdown(report).encode(), made)
    if made == "docx":
        from lvtu.maps.programmes.report.document import document

        content, notes = document(report)
        return Reported(content, made, notes)
    from lvtu.maps.exchange.pages import paged
    from lvtu.maps.exchange.slides import pptx
    from lvtu.maps.programmes.report.slides import slides

    shown = slides(report)
    file = (paged if made == "pdf" else pptx)(report.title, shown, report.lang)
    return Reported(file.content, made, file.notes)
