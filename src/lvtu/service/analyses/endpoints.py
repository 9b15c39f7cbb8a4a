"""``GET /api/analyses``, and an address for each analysis under ``/api/w/{workspace}/analyses/``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, PlainValidator

from lvtu.analyses.forms import Form, forms
from lvtu.analyses.registry import REGISTRY
from lvtu.core.words import say
from lvtu.service.access import Analyst, Anybody
from lvtu.service.analyses import service
from lvtu.service.analyses.schemas import Answer, Because, CustomersOf, Who, Why
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api", tags=["analyses"], responses=refusals(410))


AnalysisName = Annotated[str, Path(description="The analysis, as `/api/analyses` names it.")]


class Shown(BaseModel):
    """How an answer is shown.

    Attributes:
        dark: for a dark page.
        chart: draw it.
        rows: rows of the table at most.
        token: of the snapshot to count on, as an answer before named it; the newest one where it is no longer held.
    """

    model_config = ConfigDict(extra="ignore")

    dark: bool = False
    chart: bool = True
    rows: Annotated[int, Query(ge=0, le=10_000)] = 500
    token: Annotated[str | None, Query(max_length=64)] = None


@router.get("/analyses", summary="What can be asked")
def analyses(lang: Language, _: Anybody) -> list[Form]:
    """The form of every analysis: what it is asked with, its words in the language asked for."""
    return forms(lang)


def _address(name: str) -> None:
    """Add the address of one analysis, with the schema of its own questions."""
    kind = REGISTRY[name].spec

    def ask(access: Analyst, spec: Any, lang: Language, shown: Annotated[Shown, Query()]) -> Response:
        """Ask; the body is the question."""
        body = service.answered(
            access.served.answers, spec, lang, dark=shown.dark, rows=shown.rows, chart=shown.chart, token=shown.token
        )
        return Response(body, media_type="application/json")

    read = PlainValidator(partial(service.read_spec, name), json_schema_input_type=kind)
    ask.__annotations__["spec"] = Annotated[kind, read]
    ask.__name__ = name
    router.add_api_route(
        f"/w/{{workspace}}/analyses/{name}", ask, methods=["POST"], response_model=Answer,
        summary=say(f"forms.{name}.title", "en"), description=say(f"forms.{name}.what", "en") + ".",
    )  # fmt: skip


for _name in REGISTRY:
    _address(_name)


@router.post("/w/{workspace}/analyses/{analysis}/customers", summary="Who is behind a number")
def customers(access: Analyst, analysis: AnalysisName, asked: Who) -> CustomersOf:
    """A page of the customers behind a cell of an answer: of a bar, a band, a node, or a number in the table."""
    return service.customers(access.served.answers, service.read_spec(analysis, asked.spec), asked)


@router.post("/w/{workspace}/analyses/{analysis}/explain", summary="Why a customer is counted")
def explain(access: Analyst, analysis: AnalysisName, asked: Why, lang: Language) -> Because:
    """Why a customer is, or is not, where an answer counts them."""
    return service.explained(access.served.answers, service.read_spec(analysis, asked.spec), asked, lang)
