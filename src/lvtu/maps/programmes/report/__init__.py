"""A project as a report: what was found and settled in each of its steps, as Markdown, a document, pages or slides."""

from lvtu.maps.programmes.report.contents import Report, report
from lvtu.maps.programmes.report.files import REPORTS, ReportFormat, written

__all__ = ["REPORTS", "Report", "ReportFormat", "report", "written"]
