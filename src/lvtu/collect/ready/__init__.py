"""Ready readers: the files of other systems, row by row, as rows of record fields."""

from __future__ import annotations

from importlib import import_module

from lvtu.collect.jsons import Rewrite
from lvtu.collect.mapping import Mapping

_FUNCTIONS = {
    "segment": "segment_rows",
    "ga4": "ga4_rows",
    "app_store": "app_store_rows",
    "google_play": "google_play_rows",
}
_CLASSES = {
    "reviews": "Reviews",
    "wjx": "Wjx",
    "surveymonkey": "SurveyMonkey",
    "typeform": "Typeform",
    "qualtrics": "Qualtrics",
    "zendesk": "Zendesk",
    "chatwoot": "Chatwoot",
    "sheet": "Sheet",
}


def rewrite_of(mapping: Mapping) -> Rewrite | None:
    """The rule of the mapping's ready reader, if it names one; a new one for each source, for some remember."""
    if mapping.shape is None:
        return None
    module = import_module(f"lvtu.collect.ready.{mapping.shape}")
    if mapping.shape == "mixpanel":
        return lambda row: module.mixpanel_rows(row, local=mapping.zone is not None)
    found: Rewrite = (
        getattr(module, _FUNCTIONS[mapping.shape])
        if mapping.shape in _FUNCTIONS
        else getattr(module, _CLASSES[mapping.shape])(mapping)
    )
    return found
