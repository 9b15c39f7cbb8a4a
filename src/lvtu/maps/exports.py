"""A map of a workspace as files of other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lvtu.core.sentences import Note
from lvtu.core.words import Lang
from lvtu.core.words import language as spoken
from lvtu.errors import UnknownName
from lvtu.maps.exchange.written import FORMATS, Written

if TYPE_CHECKING:
    from lvtu.maps.document import JourneyMap
    from lvtu.maps.drawing.sheet import Sheet
    from lvtu.maps.live import Filled


class Exports:
    """What a map can be written as; every number is what the data say now.

    Notes that come back say what a reader must know: of characters that no font at hand has, say.
    """

    if TYPE_CHECKING:

        @property
        def document(self) -> JourneyMap:
            """The map as it is."""
            ...

        def answers(self) -> Filled:
            """What the data say to it."""
            ...

        def _sheet(
            self, lang: Lang, dark: bool = False, answers: Filled | None = None, frame: str | None = None
        ) -> Sheet: ...

    def png(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        scale: float = 2.0, dark: bool = False, frame: str | None = None,
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a picture in pixels.

        Args:
            path: where it goes.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.
            scale: pixels for each pixel of the drawing, up to 8.
            dark: whether it is for a dark page.
            frame: the key of a frame, for a part of the map.

        Raises:
            UnknownName: there is no such type, style or frame.
            BadInput: the picture would be too large.
        """
        return _put(path, self.written("png", type, style, language, scale=scale, dark=dark, frame=frame))

    def pdf(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        paper: str = "16:9", frame: str | None = None,
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a PDF whose text can be searched and copied.

        Args:
            path: where it goes.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.
            paper: ``16:9`` (one page like a screen), ``A4`` to ``A0`` (one sheet across), or ``tiled``: so many sheets
                of A4 that it can be read from a wall, with marks where to cut.
            frame: the key of a frame, for a part of the map.

        Raises:
            UnknownName: there is no such type, style, paper or frame.
            BadInput: it would take too many sheets.
        """
        return _put(path, self.written("pdf", type, style, language, paper=paper, frame=frame))

    def pptx(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None
    ) -> tuple[Note, ...]:
        """The map as slides of shapes and texts that can be edited: one for each frame (`lvtu.maps.drawing.frames`).

        Args:
            path: where they go.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.

        Raises:
            UnknownName: there is no such type or style.
        """
        return _put(path, self.written("pptx", type, style, language))

    def xlsx(self, path: str | Path, language: Lang | None = None) -> tuple[Note, ...]:
        """The map as a workbook: the grid, the numbers to count with, the cards with what they rest on.

        Args:
            path: where it goes.
            language: ``zh`` or ``en``; that of the environment if not given.
        """
        return _put(path, self.written("xlsx", language=language))

    def written(
        self, format: str, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        dark: bool = False, scale: float = 2.0, paper: str = "16:9", frame: str | None = None,
        answers: Filled | None = None,
    ) -> Written:  # fmt: skip
        """The map in any of the `lvtu.maps.exchange.written.FORMATS`, as bytes.

        Args:
            format: ``svg``, ``png``, ``pdf``, ``pptx``, ``xlsx``, ``csv`` (the grid), ``cards`` (as CSV), ``md``,
                ``mermaid`` (a journey diagram), ``flowchart`` (of Mermaid), ``json`` (all that people made of it).
            type, style, language, dark: as of `Map.svg`; where a format draws.
            scale: as of `png`.
            paper: as of `pdf`.
            frame: the key of a frame, for a part of the map; slides have one for each frame.
            answers: what `Map.answers` returned; asked now if not given.

        Raises:
            UnknownName: there is no such format, type, style, paper or frame.
            BadInput: a picture would be too large, or take too many sheets.
        """
        made = next((one for one in FORMATS if one == format), None)
        if made is None:
            raise UnknownName("map_format", format, list(FORMATS))
        from lvtu.maps.exchange.writing import written

        if made == "json":
            return Written(self.document.to_json().encode(), made)
        lang = language or spoken()
        sheet = self._sheet(lang, dark, self.answers() if answers is None else answers, frame)
        return written(sheet, made, type, style, scale, paper)


def _put(path: str | Path, written: Written) -> tuple[Note, ...]:
    Path(path).write_bytes(written.content)
    return written.notes
