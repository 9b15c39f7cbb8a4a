"""Boards: kept in the catalog, changed by one person at a time."""

from __future__ import annotations

from lvtu.catalog.documents import Document
from lvtu.core.model.text import Text
from lvtu.core.segments import as_segment
from lvtu.core.words import Lang, say
from lvtu.errors import BadInput
from lvtu.service.access import Access
from lvtu.service.analyses.service import read_question
from lvtu.service.boards.schemas import Board, BoardOf
from lvtu.service.documents import looked_up

KIND = "board"
_ORDER = "board order"


def listed(access: Access, lang: Lang) -> list[BoardOf]:
    """All boards, in the order that people gave them; new ones last."""
    order = {id: place for place, id in enumerate(_order(access))}
    found = access.documents(KIND).list()
    return [_told(one, lang) for one in sorted(found, key=lambda one: order.get(one.id, len(order)))]


def get(access: Access, id: str, lang: Lang) -> BoardOf:
    """One board.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        return _told(access.documents(KIND).get(id), lang)


def add(access: Access, board: Board, lang: Lang) -> BoardOf:
    """Keep a new board.

    Raises:
        BadInput: a tile asks what cannot be asked.
    """
    _check(board)
    return _told(access.documents(KIND).add(board.model_dump(mode="json"), author=access.person.id), lang)


def put(access: Access, id: str, board: Board, version: int, lang: Lang) -> BoardOf:
    """Change a board.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
        BadInput: a tile asks what cannot be asked.
    """
    _check(board)
    body = board.model_dump(mode="json")
    with looked_up(KIND, id):
        return _told(access.documents(KIND).put(id, body, editor=access.person.id, version=version), lang)


def duplicate(access: Access, id: str, lang: Lang) -> BoardOf:
    """Keep a copy of a board under a title that says so."""
    board = get(access, id, lang).board
    title = Text(*(say("boards.copy", each, title=board.title.get(each)) for each in ("zh", "en")))
    return add(access, board.model_copy(update={"title": title}), lang)


def remove(access: Access, id: str) -> None:
    """Remove a board.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        access.documents(KIND).remove(id)


def order(access: Access, ids: list[str]) -> None:
    """Set the order of the boards.

    Raises:
        BadInput: a board is missing, or named twice.
    """
    if sorted(ids) != sorted(one.id for one in access.documents(KIND).list()):
        raise BadInput("orders_boards")
    kept = access.documents(_ORDER)
    body = {"ids": ids}
    if before := kept.list():
        kept.put(before[0].id, body, editor=access.person.id)
    else:
        kept.add(body, author=access.person.id)


def _order(access: Access) -> list[str]:
    kept = access.documents(_ORDER).list()
    return [str(id) for id in kept[0].body["ids"]] if kept else []


def _check(board: Board) -> None:
    seen: set[str] = set()
    for tile in board.tiles:
        if tile.id in seen:
            raise BadInput("tile_twice", tile=tile.id)
        seen.add(tile.id)
        try:
            read_question(tile.question)
        except BadInput as error:
            error.values |= {"tile": tile.id}
            raise
    if board.segment:
        as_segment(board.segment)


def _told(document: Document, lang: Lang) -> BoardOf:
    board = Board.model_validate(document.body)
    return BoardOf(
        id=document.id, version=document.version, board=board, name=board.title.get(lang), author=document.author,
        editor=document.editor, created=document.created.isoformat(), updated=document.updated.isoformat(),
    )  # fmt: skip
