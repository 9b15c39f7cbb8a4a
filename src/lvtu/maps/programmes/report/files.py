"""A report as a file."""

from __future__ import annotations

from typing import Literal, get_args

from lvtu.errors import UnknownName
from lvtu.maps.exchange.formats import MEDIA, Written
from lvtu.maps.programmes.report.contents import Report

ReportFormat = Literal["pdf", "pptx", "docx", "md"]
"""What a report can be written as: pages as a screen, slides, a document, Markdown."""

_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REPORTS: dict[ReportFormat, str] = {"pdf": MEDIA["pdf"], "pptx": MEDIA["pptx"], "docx": _DOCX, "md": MEDIA["md"]}
"""The formats with their media types."""


def written(report: Report, format: str) -> Written:
    """A report in a format.

    Raises:
        UnknownName: there is no such format.
    """
    made = next((one for one in _FORMATS if one == format), None)
    if made is None:
        raise UnknownName("report_format", format, list(_FORMATS))
    if made == "md":
        from lvtu.maps.programmes.report.markdown import markdown

        return Written(markdown(report).encode())
    if made == "docx":
        from lvtu.maps.programmes.report.document import document

        return document(report)
    from lvtu.maps.exchange.pages import paged
    from lvtu.maps.exchange.slides import pptx
    from lvtu.maps.programmes.report.slides import slides

    shown = slides(report)
    return (paged if made == "pdf" else pptx)(report.title, shown, report.lang)
