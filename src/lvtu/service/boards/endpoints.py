"""``/api/w/{workspace}/boards``: saved questions side by side."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from lvtu.service.access import Analyst, Viewer
from lvtu.service.boards import service
from lvtu.service.boards.answers import answers
from lvtu.service.boards.schemas import Asked, Board, BoardAnswers, BoardOf, Changed, Order
from lvtu.service.languages import Language
from lvtu.service.problems import refusals

router = APIRouter(prefix="/api/w/{workspace}/boards", tags=["boards"], responses=refusals(409))


@router.get("", summary="The boards")
def listed(access: Viewer, lang: Language) -> list[BoardOf]:
    """Every board, in the order that people gave them."""
    return service.listed(access, lang)


@router.post("", status_code=201, summary="Make a board")
def add(access: Analyst, board: Board, lang: Language) -> BoardOf:
    """Keep a new board."""
    return service.add(access, board, lang)


@router.put("/order", status_code=204, summary="Put boards in order")
def order(access: Analyst, order: Order) -> None:
    """Set the order in which boards are listed."""
    service.order(access, order.ids)


@router.get("/{id}", summary="A board")
def get(access: Viewer, id: str, lang: Language) -> BoardOf:
    """One board; its tiles are answered by ``answers``."""
    return service.get(access, id, lang)


@router.put("/{id}", summary="Change a board")
def put(access: Analyst, id: str, changed: Changed, lang: Language) -> BoardOf:
    """Put a board in the place of its version. 409: somebody changed it meanwhile; ``newest`` is its version now."""
    return service.put(access, id, changed.board, changed.version, lang)


@router.delete("/{id}", status_code=204, summary="Remove a board")
def remove(access: Analyst, id: str) -> None:
    """Remove a board for good."""
    service.remove(access, id)


@router.post("/{id}/duplicate", status_code=201, summary="Copy a board")
def duplicate(access: Analyst, id: str, lang: Language) -> BoardOf:
    """Keep a copy of a board."""
    return service.duplicate(access, id, lang)


@router.post("/{id}/answers", response_model=BoardAnswers, summary="Answer a board")
def answer(access: Viewer, id: str, asked: Asked, lang: Language, dark: bool = False) -> Response:
    """The answers of all tiles, counted on one snapshot within the board's range and segment, or others."""
    board = service.get(access, id, lang).board
    return Response(answers(access, board, asked, lang, dark), media_type="application/json")
