"""Surveys: what is asked, which answers stand, and the events that they become.

A survey is a document (`Survey`), published as a JSON Schema (`schema`) and checked with advice (`check`). The
evaluator (`evaluate`) says which of a response's answers stand, whatever sent them, and `events_of` makes events of
them, on the same time line as everything else that a customer did or said.
"""

from lvtu.voice.surveys.answers import Problem
from lvtu.voice.surveys.checks import check
from lvtu.voice.surveys.definition import Survey
from lvtu.voice.surveys.evaluator import Evaluated, evaluate, quotas_of
from lvtu.voice.surveys.events import Respondent, Response, events_of, followed_of, opened_of, sent_of
from lvtu.voice.surveys.findings import Finding
from lvtu.voice.surveys.published import schema
from lvtu.voice.surveys.sheet import sheet
from lvtu.voice.surveys.surveyjs import Imported, survey_js

__all__ = [
    "Evaluated",
    "Finding",
    "Imported",
    "Problem",
    "Respondent",
    "Response",
    "Survey",
    "check",
    "evaluate",
    "events_of",
    "followed_of",
    "opened_of",
    "quotas_of",
    "schema",
    "sent_of",
    "sheet",
    "survey_js",
]
