"""``/api/w/{workspace}/contracts``. Rows that were set aside are mended in the quarantine."""

from __future__ import annotations

from fastapi import APIRouter

from lvtu.service.access import Analyst, Editor, Viewer
from lvtu.service.contracts import service
from lvtu.service.contracts.schemas import ContractOf, SavingContract, Tried, ViolationOf
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}", tags=["contracts"], responses=refusals(409))


@router.get("/contracts", summary="The contracts")
def listed(access: Viewer, lang: Language) -> list[ContractOf]:
    """The newest version of each contract, and how it is held."""
    return service.listed(access.served.workspace, lang)


@router.get("/contract-violations", summary="What breaks contracts")
def violations(access: Viewer, lang: Language, event: str | None = None) -> list[ViolationOf]:
    """How arrivals broke contracts, refused ones included, those first that most did."""
    return service.violations(access.served.workspace, lang, event)


@router.get("/contract-proposals/{event:path}", summary="Propose a contract")
def learn(access: Analyst, event: str, lang: Language) -> ContractOf:
    """The contract that the newest events of a name keep; it is not saved."""
    return service.learned(access.served.workspace, event, lang)


@router.post("/contracts/preview", summary="Try a contract")
def preview(access: Editor, saving: SavingContract, lang: Language) -> Tried:
    """What the contract would break of the newest events of its name. Nothing is saved."""
    return service.tried(access.served.workspace, saving, lang)


@router.get("/contracts/{event:path}", summary="A contract")
def get(access: Viewer, event: str, lang: Language, version: int | None = None) -> ContractOf:
    """The contract of an event; the newest version unless one is named."""
    return service.get(access.served.workspace, event, version, lang)


@router.put("/contracts/{event:path}", summary="Save a contract")
def put(access: Editor, event: str, saving: SavingContract, lang: Language) -> ContractOf:
    """Keep a contract as its next version; arrivals follow within seconds. ``mode: off`` ends one."""
    return service.put(access.served.workspace, event, saving, lang)
