"""Contracts in words."""

from __future__ import annotations

from lvtu.core.contracts import Contract
from lvtu.core.units import write_instant
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput, UnknownName
from lvtu.service.contracts.schemas import ContractOf, SavingContract, Tried, TroubleOf, ViolationOf
from lvtu.service.documents import inline
from lvtu.service.problems import Conflict, NotFound
from lvtu.workspace import Workspace


def listed(workspace: Workspace, lang: Lang) -> list[ContractOf]:
    """The newest version of each contract, by event."""
    broken = violations(workspace, lang)
    return [_told(one, broken, lang) for one in workspace.contracts.list()]


def get(workspace: Workspace, event: str, version: int | None, lang: Lang) -> ContractOf:
    """The contract of an event.

    Raises:
        NotFound: it has none.
        BadInput: it has no such version.
    """
    try:
        return _told(workspace.contracts.get(event, version), violations(workspace, lang), lang)
    except UnknownName as error:
        raise NotFound("contract", event, [str(one) for one in error.known]) from None


def learned(workspace: Workspace, event: str, lang: Lang) -> ContractOf:
    """The contract that the newest events of a name keep; it is not saved.

    Raises:
        UnknownName: no such event came.
    """
    return _told(workspace.contracts.learn(event), [], lang)


def tried(workspace: Workspace, given: SavingContract, lang: Lang) -> Tried:
    """What a contract would break of what came, before it is saved.

    Raises:
        BadInput: it is none.
    """
    found = workspace.contracts.trial(_given(given))
    return Tried(
        events=found.events, broken=found.broken,
        troubles=[
            TroubleOf(property=name, code=code, events=events, example=reason.text(lang),
                      text=say(f"contracts.{code}", lang, property=name))
            for name, code, events, reason in found.troubles
        ],
    )  # fmt: skip


def put(workspace: Workspace, event: str, given: SavingContract, lang: Lang) -> ContractOf:
    """Save a contract as its next version. Never by a path: a server must not read what a client names.

    Raises:
        BadInput: it is none, or one of another event.
        Conflict: somebody saved it in the meantime.
    """
    contract = _given(given)
    if contract.event != event:
        raise BadInput("contract_event_differs", event=contract.event, name=event)
    newest = next((one.version for one in workspace.contracts.list() if one.event == event), None)
    if given.version is not None and given.version != newest:
        raise Conflict("changed_by_another", version=given.version, newest=newest or 0)
    return _told(workspace.contracts.save(contract), violations(workspace, lang), lang)


def violations(workspace: Workspace, lang: Lang, event: str | None = None) -> list[ViolationOf]:
    """How arrivals broke contracts, those first that most did."""
    found = [
        ViolationOf(**row | {"last": write_instant(row["last"])},
                    text=say(f"contracts.{row['code']}", lang, property=row["property"]))
        for row in workspace.contracts.violations(event)
    ]  # fmt: skip
    return sorted(found, key=lambda one: -one.messages)


def _given(given: SavingContract) -> Contract:
    if (given.contract is None) == (given.yaml is None):
        raise BadInput("contract_body")
    return Contract.load(inline(given.contract if given.yaml is None else given.yaml, "contract"))


def _told(contract: Contract, broken: list[ViolationOf], lang: Lang) -> ContractOf:
    mine = [one for one in broken if (one.event, one.version) == (contract.event, contract.version)]
    messages = sum(one.messages for one in mine)
    return ContractOf(
        event=contract.event, version=contract.version, mode=contract.mode, contract=contract,
        yaml=contract.to_yaml(), json_schema=contract.json_schema(), broken=messages, violations=mine,
        text=say("contracts.broken", lang, messages=messages) if messages else say("contracts.kept", lang),
    )  # fmt: skip
