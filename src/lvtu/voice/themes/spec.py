"""What is asked of themes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal, Self

import yaml
from pydantic import BeforeValidator, Field, model_validator

from lvtu.analyses.base import Condition, Spec
from lvtu.errors import BadInput, UnknownName
from lvtu.voice.text.taxonomy import PRESETS, Taxonomy


def _list_of_codes(value: Any) -> Any:
    """A code list as a mapping; as people type it, ``12 = long lines; 13 = dirty``, too."""
    if isinstance(value, Mapping):
        return {str(code): str(name) for code, name in value.items()}
    if not isinstance(value, str):
        return value
    lines = [line.partition("=") for line in value.replace("\n", ";").split(";") if line.strip()]
    if any(not mark or not code.strip() or not name.strip() for code, mark, name in lines):
        raise BadInput("no_code_list", value=value)
    return {code.strip(): name.strip() for code, _, name in lines}


CodeList = Annotated[dict[str, str], BeforeValidator(_list_of_codes)]
"""What codes stand for."""


def _taxonomy(value: Any) -> Any:
    """A preset's name, or a whole taxonomy as YAML: never the name of a file, for questions come from elsewhere too."""
    if isinstance(value, Taxonomy):
        return value.to_yaml()
    if not isinstance(value, str) or value in PRESETS:
        return value
    try:
        document = yaml.safe_load(value)
    except yaml.YAMLError:
        document = None
    if not isinstance(document, dict):
        raise UnknownName("taxonomy", value, PRESETS)
    return Taxonomy.load(document).to_yaml()


TaxonomyText = Annotated[str, BeforeValidator(_taxonomy)]
"""A taxonomy: its name, or its YAML."""


class ThemesSpec(Spec):
    """What customers talk about.

    Attributes:
        event: the events whose texts count, one name or several; None for all.
        event_where: a condition on those events.
        taxonomy: the topics of a taxonomy are the themes: the name of one that comes with Lvtu (general, retail,
            restaurants, hotels, airports, banking), or one of your own as YAML. A topic has the comments of those it is
            made of. Without it, themes are found in the words of the comments.
        codes: a property that holds the codes of comments somebody coded, one or a list; each code is a theme.
        code_list: what the codes stand for.
        themes: how many themes are to be found; by the number of comments if not given.
        by: a field or property that themes are broken down by: touchpoint, channel, stage, a property.
        period: day, week (from Monday), month, quarter or year of the calendar in `zone`, for the trend; one that fits
            the length of time if not given.
        zone: the calendar's time zone.
        quotes: of each theme so many comments are quoted.
        since, until: select events.
    """

    analysis: ClassVar[str] = "themes"

    event: str | tuple[str, ...] | None = None
    event_where: Condition | None = None
    taxonomy: TaxonomyText | None = None
    codes: str | None = Field(None, min_length=1)
    code_list: CodeList | None = None
    themes: int | None = Field(None, ge=2, le=100)
    by: str | None = None
    period: Literal["day", "week", "month", "quarter", "year"] | None = None
    zone: str = "UTC"
    quotes: int = Field(3, ge=0, le=20)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.codes is None and self.code_list is not None:
            raise BadInput("code_list_alone")
        kinds = {"taxonomy": self.taxonomy, "codes": self.codes, "themes": self.themes}
        given = [name for name, value in kinds.items() if value is not None]
        if len(given) > 1:
            raise BadInput("themes_of_several", options=tuple(given))
        return self
