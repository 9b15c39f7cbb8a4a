"""The survey behind a link, as it was published."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.surveys import KeptSurvey
from lvtu.service.home import Home, Served
from lvtu.service.problems import Gone, NotFound
from lvtu.service.surveys.settings import SurveySettings
from lvtu.voice.surveys import Survey
from lvtu.voice.surveys.definition import UNCHECKED, as_json


@dataclass(frozen=True)
class Asked:
    """A survey that is asked.

    Attributes:
        served: the workspace.
        kept: the survey as it is kept.
        survey: its definition, in the version that is meant.
        settings: how it is asked.
    """

    served: Served
    kept: KeptSurvey
    survey: Survey
    settings: SurveySettings

    @property
    def number(self) -> int:
        """The number of the version."""
        return self.survey.version


def asked(
    home: Home, catalog: Catalog, link: str, kept: KeptSurvey | None, number: int | None = None, *,
    enough: bool = True,
) -> Asked:  # fmt: skip
    """The survey that a link asks.

    Args:
        home, catalog: where it is.
        link: it.
        kept: what the catalog has under it.
        number: of the version that is meant: whoever began with one ends with it. The newest if not given.
        enough: whether it is over once there are enough responses; one that is there may be sent again.

    Raises:
        NotFound: there is none, or it was never published.
        Gone: it takes no more answers.
    """
    served = None if kept is None else next((one for one in home.served.values() if one.id == kept.workspace_id), None)
    if kept is None or served is None or kept.published is None:
        raise NotFound("survey", "…" + link[-4:], [])
    found = of_number(served, catalog, kept, kept.published if number is None else number)
    if kept.state != "open" or _over(found, catalog if enough else None):
        raise Gone("survey_closed")
    return found


def of_number(served: Served, catalog: Catalog, kept: KeptSurvey, number: int) -> Asked:
    """A version of a survey.

    Raises:
        NotFound: none of that number was published.
    """
    version = catalog.surveys.version(kept.id, number)
    if version is None:
        raise NotFound("survey_version", str(number), [str(kept.published)])
    return Asked(served, kept, _read(as_json(version.definition)), SurveySettings.model_validate(kept.settings))


def _over(found: Asked, catalog: Catalog | None) -> bool:
    settings = found.settings
    if settings.closes is not None and settings.closes <= now():
        return True
    if catalog is None:
        return False
    return settings.most is not None and catalog.responses.complete(found.kept.id) >= settings.most


@lru_cache(256)
def _read(definition: str) -> Survey:
    """A definition that was sound when it was published; the same text is read once."""
    return Survey.model_validate_json(definition, context=UNCHECKED)
