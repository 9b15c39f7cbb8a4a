"""A map of a workspace drawn, and as files of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lvtu.core.sentences import Note
from lvtu.core.words import Lang
from lvtu.core.words import language as spoken
from lvtu.errors import UnknownName
from lvtu.maps.exchange.written import FORMATS, Written

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel
    from lvtu.maps.blueprint import Reading
    from lvtu.maps.document import JourneyMap
    from lvtu.maps.drawing.scene import Scene
    from lvtu.maps.drawing.sheet import Sheet
    from lvtu.maps.live import Filled
    from lvtu.maps.shelf import Mapped


class Exports:
    """How a map is drawn, and what it can be written as; every number is what the data say now.

    Notes that come back say what a reader must know: of characters that no font at hand has, say.
    """

    if TYPE_CHECKING:
        _ws: Mapped

        @property
        def document(self) -> JourneyMap:
            """The map as it is."""
            ...

        def answers(self, who: str | None = None, compare: str | None = None) -> Filled:
            """What the data say to it."""
            ...

        def reading(self, answers: Filled | None = None) -> Reading:
            """It as a service blueprint."""
            ...

        def _plan(self, document: JourneyMap) -> JourneyModel: ...

    def svg(
        self, type: str = "linear", style: str = "timeline", language: Lang | None = None, *, dark: bool = False,
        headed: bool = True, lanes: Sequence[str] | None = None, folded: Sequence[str] = (),
        overlay: str | None = None, answers: Filled | None = None, frame: str | None = None, who: str | None = None,
        compare: str | None = None,
    ) -> str:  # fmt: skip
        """The map as a picture, with what the data say now.

        Args:
            type: how the steps are arranged: ``linear``, ``cyclic``, ``stage``, ``channel`` or ``role``.
            style: how they are told: ``timeline``, ``chart``, ``flowchart`` or ``persona``.
            language: ``zh`` or ``en``; that of the environment if not given.
            dark: whether it is for a dark page.
            headed: whether title, scenario and the journey's numbers stand above it.
            lanes: keys of the lanes that it shows; all but those of the blueprint if not given.
            folded: keys of the lanes that it shows folded.
            overlay: by what the steps are tinted: ``volume``, ``drop_off``, ``feeling``, ``effort``, ``time`` or
                ``plan``; by nothing if not given.
            answers: what `answers` returned; asked now if not given.
            frame: the key of a frame: the part of the map that it shows (`lvtu.maps.drawing.frames`); all if not given.
            who, compare: from whose perspective, and whose is set beside it; see `answers`.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
        """
        from lvtu.maps.drawing import drawn
        from lvtu.maps.drawing.svg import svg

        lang = language or spoken()
        sheet = self._seen(style, lang, dark, answers, frame, lanes, folded, who, compare)
        return svg(drawn(replace(sheet, headed=headed and sheet.headed), type, style, overlay), lang)

    def scene(
        self, type: str = "linear", style: str = "timeline", language: Lang | None = None, *, headed: bool = True,
        lanes: Sequence[str] | None = None, answers: Filled | None = None, frame: str | None = None,
    ) -> Scene:  # fmt: skip
        """The map as shapes, before they are a picture, pages or slides.

        Args:
            type, style, language, headed, lanes, answers, frame: as for `svg`.

        Raises:
            UnknownName: there is no such type, style, lane or frame.
        """
        from lvtu.maps.drawing import drawn

        sheet = self._seen(style, language or spoken(), False, answers, frame, lanes, (), None, None)
        return drawn(replace(sheet, headed=headed), type, style)

    def footer(self, language: Lang | None = None, answers: Filled | None = None) -> str:
        """What must stand below every page that shows its numbers: simulated or not, the days, how many customers.

        Args:
            language, answers: as for `svg`.
        """
        from lvtu.maps.exchange.table import footer

        return footer(self._sheet(self.document, language or spoken(), False, answers))

    def blueprint(
        self, language: Lang | None = None, *, dark: bool = False, headed: bool = True, answers: Filled | None = None
    ) -> str:
        """The map as a service blueprint: its lanes by role, with the lines between them (`lvtu.maps.blueprint`).

        Args:
            language, dark, headed, answers: as for `svg`.
        """
        from lvtu.maps.drawing.svg import svg

        lang = language or spoken()
        return svg(self._blueprint(replace(self._sheet(self.document, lang, dark, answers), headed=headed)), lang)

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
        lanes: Sequence[str] | None = None, folded: Sequence[str] = (), answers: Filled | None = None,
        overlay: str | None = None, who: str | None = None, compare: str | None = None, blueprint: bool = False,
    ) -> Written:  # fmt: skip
        """The map in any of the `lvtu.maps.exchange.written.FORMATS`, as bytes.

        Args:
            format: ``svg``, ``png``, ``pdf``, ``pptx``, ``xlsx``, ``csv`` (the grid), ``cards`` (as CSV), ``md``,
                ``mermaid`` (a journey diagram), ``flowchart`` (of Mermaid), ``json`` (all that people made of it).
            type, style, language, dark: as of `svg`; where a format draws.
            scale: as of `png`.
            paper: as of `pdf`.
            frame: the key of a frame, for a part of the map; slides have one for each frame.
            lanes, folded, overlay, answers, who, compare: as of `svg`.
            blueprint: whether the map is drawn as a service blueprint (`blueprint`), where a format draws.

        Raises:
            UnknownName: there is no such format, type, style, paper, lane or frame.
            BadInput: a picture would be too large, or take too many sheets.
        """
        from lvtu.maps.drawing import drawn
        from lvtu.maps.exchange.writing import written

        made = next((one for one in FORMATS if one == format), None)
        if made is None:
            raise UnknownName("map_format", format, list(FORMATS))
        if made == "json":
            return Written(self.document.to_json().encode(), made)
        lang = language or spoken()
        if blueprint:
            whole = self._sheet(self.document, lang, dark, answers)
            return written(whole, made, self._blueprint, scale, paper, parts=False)
        sheet = self._seen(style, lang, dark, answers, frame, lanes, folded, who, compare)
        return written(sheet, made, lambda one: drawn(one, type, style, overlay), scale, paper, parts=frame is None)

    def _seen(
        self, style: str, lang: Lang, dark: bool, answers: Filled | None, frame: str | None,
        lanes: Sequence[str] | None, folded: Sequence[str], who: str | None, compare: str | None,
    ) -> Sheet:  # fmt: skip
        """The map as somebody looks at it."""
        from lvtu.maps.drawing.frames import framed
        from lvtu.maps.drawing.showing import showing
        from lvtu.maps.personas.card import STYLE, seen_from, with_card

        document = self.document
        seen = seen_from(document, self._ws.personas, style, who)
        sheet = self._sheet(document, lang, dark, self.answers(seen, compare) if answers is None else answers)
        sheet = with_card(sheet, self._ws.personas, who) if style == STYLE else sheet
        sheet = replace(sheet, map=showing(sheet.map, lanes, folded))
        return sheet if frame is None else framed(sheet, frame)

    def _sheet(self, document: JourneyMap, lang: Lang, dark: bool = False, answers: Filled | None = None) -> Sheet:
        """Everything that is needed to draw the map, or to write it in another form."""
        from lvtu.maps.drawing.sheet import Sheet

        plan = self._plan(document)
        names = plan.names("touchpoint"), plan.names("channel")
        found = self.answers() if answers is None else answers
        return Sheet(document, found, lang, dark, *names, zone=self._ws.config.zone)

    def _blueprint(self, sheet: Sheet) -> Scene:
        from lvtu.maps.drawing.blueprint import blueprint

        return blueprint(sheet, self.reading(sheet.filled))


def _put(path: str | Path, written: Written) -> tuple[Note, ...]:
    Path(path).write_bytes(written.content)
    return written.notes
