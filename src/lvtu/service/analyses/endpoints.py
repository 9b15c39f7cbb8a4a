"""``GET /api/analyses``, and an address for each analysis under ``/api/w/{workspace}/analyses/``."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response
from pydantic import PlainValidator

from lvtu.analyses.forms import Form, forms
from lvtu.analyses.registry import REGISTRY
from lvtu.core.words import say
from lvtu.service.access import Analyst, Anybody, Viewer
from lvtu.service.analyses import begin, service
from lvtu.service.analyses.compare import Compared
from lvtu.service.analyses.export import KINDS
from lvtu.service.analyses.schemas import Answer, Because, Comparison, CustomersOf, Exported, Shown, Who, Why
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api", tags=["analyses"], responses=refusals(410))


AnalysisName = Annotated[str, Path(description="The analysis, as `/api/analyses` names it.")]


@router.get("/analyses", summary="What can be asked")
def analyses(lang: Language, _: Anybody) -> list[Form]:
    """The form of every analysis: what it is asked with, its words in the language asked for."""
    return forms(lang)


@router.get("/w/{workspace}/begin", summary="What to begin with")
def beginnings(access: Viewer) -> dict[str, dict[str, Any]]:
    """By analysis, a question to begin with, made of what there is; none for those that are well asked as they are."""
    return begin.begin(access.served, access.served.answers.moment())


def _address(name: str) -> None:
    """Add the address of one analysis, with the schema of its own questions."""
    kind = REGISTRY[name].spec

    def ask(access: Analyst, spec: Any, lang: Language, shown: Annotated[Shown, Query()]) -> Response:
        """Ask; the body is the question."""
        body = service.answered(access.served.answers, spec, lang, shown)
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


@router.post(
    "/w/{workspace}/analyses/{analysis}/export",
    summary="An answer as a file",
    response_class=Response,
    responses={200: {"content": {kind.partition(";")[0]: {} for kind, _ in KINDS.values()}}},
)
def export(
    access: Analyst, analysis: AnalysisName, spec: dict[str, Any], lang: Language, asked: Annotated[Exported, Query()]
) -> Response:
    """The whole table as CSV or JSON, or the Python that asks the same; the body is the question."""
    question = service.read_spec(analysis, spec)
    body = service.exported(access.served.answers, question, asked, lang, access.served.name)
    kind, ending = KINDS[asked.format]
    return Response(
        body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{analysis}.{ending}"'}
    )


@router.post("/w/{workspace}/analyses/{analysis}/compare", summary="Two segments or periods", response_model=Comparison)
def compare(
    access: Analyst, analysis: AnalysisName, asked: Compared, lang: Language, shown: Annotated[Shown, Query()]
) -> Response:
    """The same question of two segments or periods, side by side; with a test of the difference where there is one."""
    body = service.compared(access.served.answers, service.read_spec(analysis, asked.spec), asked, lang, shown)
    return Response(body, media_type="application/json")
