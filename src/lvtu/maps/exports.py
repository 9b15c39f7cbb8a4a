"""A map of a workspace drawn, and as files of other programs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lvtu.core.sentences import Note
from lvtu.core.sweeping import unswept
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
    from lvtu.maps.images import Shown
    from lvtu.maps.live import Filled
    from lvtu.maps.live.meant import Meant
    from lvtu.maps.map import Map
    from lvtu.maps.shelf import Mapped


class Exports:
    """How a map is drawn, and what it can be written as; every number is what the data say now.

    Notes that come back say what a reader must know: of characters that no font at hand has, say.
    """

    if TYPE_CHECKING:
        _ws: Mapped
        id: str

        @property
        def document(self) -> JourneyMap:
            """The map as it is."""
            ...

        def answers(
            self, who: str | None = None, compare: str | None = None, *, weighted: bool = True
        ) -> Filled:  # fmt: skip
            """What the data say to it."""
            ...

        def reading(self, answers: Filled | None = None) -> Reading:
            """It as a service blueprint."""
            ...

        def _plan(self, document: JourneyMap) -> JourneyModel: ...

        def _paired(self, document: JourneyMap) -> list[Map]: ...

    def svg(
        self, type: str = "linear", style: str = "timeline", language: Lang | None = None, *, dark: bool = False,
        headed: bool = True, lanes: Sequence[str] | None = None, folded: Sequence[str] = (),
        overlay: str | None = None, answers: Filled | None = None, frame: str | None = None, who: str | None = None,
        compare: str | None = None, weighted: bool = True, to_be: bool = True,
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
            overlay: by what the steps are tinted: ``volume``, ``drop_off``, ``feeling``, ``effort``, ``time``,
                ``plan`` or ``gap``; by nothing if not given.
            answers: what `answers` returned; asked now if not given.
            frame: the key of a frame: the part of the map that it shows (`lvtu.maps.drawing.frames`); all if not given.
            who, compare: from whose perspective, and whose is set beside it; see `answers`.
            weighted: whether survey weights count, where it is asked now.
            to_be: whether the curve of the map that tells how the journey is to be (`Map.to_be`) is drawn over this
                one, where there is such a map and nothing is compared.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
        """
        from lvtu.maps.drawing import drawn
        from lvtu.maps.drawing.svg import svg

        lang = language or spoken()
        with nullcontext() if answers is None else unswept():
            found = self._asked(style, answers, who, compare, weighted)
            sheet = self._seen(style, lang, dark, found, frame, lanes, folded, who, to_be)
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

        found = self._asked(style, answers, None, None, weighted=True)
        sheet = self._seen(style, language or spoken(), False, found, frame, lanes, (), None, to_be=True)
        return drawn(replace(sheet, headed=headed), type, style)

    def footer(self, language: Lang | None = None, answers: Filled | None = None) -> str:
        """What must stand below every page that shows its numbers: simulated or not, the days, how many customers.

        Args:
            language, answers: as for `svg`.
        """
        from lvtu.maps.exchange.table import footer

        found = self.answers() if answers is None else answers
        return footer(self._sheet(self.document, language or spoken(), False, found))

    def blueprint(
        self, language: Lang | None = None, *, dark: bool = False, headed: bool = True, answers: Filled | None = None,
        weighted: bool = True,
    ) -> str:  # fmt: skip
        """The map as a service blueprint: its lanes by role, with the lines between them (`lvtu.maps.blueprint`).

        Args:
            language, dark, headed, answers, weighted: as for `svg`.
        """
        from lvtu.maps.drawing.svg import svg

        lang = language or spoken()
        found = self.answers(weighted=weighted) if answers is None else answers
        sheet = replace(self._sheet(self.document, lang, dark, found), headed=headed)
        return svg(self._blueprint(found)(sheet), lang)

    def png(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        scale: float = 2.0, dark: bool = False, frame: str | None = None, weighted: bool = True,
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a picture in pixels.

        Args:
            path: where it goes.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.
            scale: pixels for each pixel of the drawing, up to 8.
            dark: whether it is for a dark page.
            frame: the key of a frame, for a part of the map.
            weighted: whether survey weights count.

        Raises:
            UnknownName: there is no such type, style or frame.
            BadInput: the picture would be too large.
        """
        return _put(
            path, self.written("png", type, style, language, scale=scale, dark=dark, frame=frame, weighted=weighted)
        )

    def pdf(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        paper: str = "16:9", frame: str | None = None, weighted: bool = True,
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a PDF whose text can be searched and copied.

        Args:
            path: where it goes.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.
            paper: ``16:9`` (one page like a screen), ``A4`` to ``A0`` (one sheet across), or ``tiled``: so many sheets
                of A4 that it can be read from a wall, with marks where to cut.
            frame: the key of a frame, for a part of the map.
            weighted: whether survey weights count.

        Raises:
            UnknownName: there is no such type, style, paper or frame.
            BadInput: it would take too many sheets.
        """
        return _put(path, self.written("pdf", type, style, language, paper=paper, frame=frame, weighted=weighted))

    def pptx(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        weighted: bool = True,
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as slides of shapes and texts that can be edited: one for each frame (`lvtu.maps.drawing.frames`).

        Args:
            path: where they go.
            type, style: as of `Map.svg`.
            language: ``zh`` or ``en``; that of the environment if not given.
            weighted: whether survey weights count.

        Raises:
            UnknownName: there is no such type or style.
        """
        return _put(path, self.written("pptx", type, style, language, weighted=weighted))

    def xlsx(
        self, path: str | Path, language: Lang | None = None, *, weighted: bool = True
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a workbook: the grid, the numbers to count with, the cards with what they rest on.

        Args:
            path: where it goes.
            language: ``zh`` or ``en``; that of the environment if not given.
            weighted: whether survey weights count.
        """
        return _put(path, self.written("xlsx", language=language, weighted=weighted))

    def written(
        self, format: str, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        dark: bool = False, scale: float = 2.0, paper: str = "16:9", frame: str | None = None,
        lanes: Sequence[str] | None = None, folded: Sequence[str] = (), answers: Filled | None = None,
        overlay: str | None = None, who: str | None = None, compare: str | None = None, blueprint: bool = False,
        weighted: bool = True, to_be: bool = True,
    ) -> Written:  # fmt: skip
        """The map in any of the `lvtu.maps.exchange.written.FORMATS`, as bytes.

        Args:
            format: ``svg``, ``png``, ``pdf``, ``pptx``, ``xlsx``, ``csv`` (the grid), ``cards`` (as CSV), ``md``,
                ``mermaid`` (a journey diagram), ``flowchart`` (of Mermaid), ``cjml`` (as XML), ``json`` (all that
                people made of it).
            type, style, language, dark: as of `svg`; where a format draws.
            scale: as of `png`.
            paper: as of `pdf`.
            frame: the key of a frame, for a part of the map; slides have one for each frame.
            lanes, folded, overlay, answers, who, compare, weighted, to_be: as of `svg`.
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
            found = self.answers(weighted=weighted) if answers is None else answers
            whole = self._sheet(_with_all_lanes(self.document), lang, dark, found)
            return written(whole, made, self._blueprint(found), scale, paper)
        found = self._asked(style, answers, who, compare, weighted)
        sheet = self._seen(style, lang, dark, found, frame, lanes, folded, who, to_be)
        return written(sheet, made, lambda one: drawn(one, type, style, overlay), scale, paper, parts=frame is None)

    def _asked(
        self, style: str, answers: Filled | None, who: str | None, compare: str | None, weighted: bool
    ) -> Filled:
        """What was answered before, else what the data say now to whom the map is seen from in a style."""
        from lvtu.maps.personas.card import seen_from

        if answers is not None:
            return answers
        return self.answers(seen_from(self.document, self._ws.personas, style, who), compare, weighted=weighted)

    def _seen(
        self, style: str, lang: Lang, dark: bool, answers: Filled, frame: str | None,
        lanes: Sequence[str] | None, folded: Sequence[str], who: str | None, to_be: bool,
    ) -> Sheet:  # fmt: skip
        """The map as somebody looks at it."""
        from lvtu.maps.drawing.frames import framed
        from lvtu.maps.drawing.showing import showing
        from lvtu.maps.personas.card import STYLE, with_card

        document = self.document
        sheet = self._sheet(document, lang, dark, answers)
        sheet = with_card(sheet, self._ws.personas, who) if style == STYLE else sheet
        sheet = replace(sheet, map=showing(sheet.map, lanes, folded), to_be=self._meant(document) if to_be else {})
        return sheet if frame is None else framed(sheet, frame)

    def _sheet(self, document: JourneyMap, lang: Lang, dark: bool, answers: Filled) -> Sheet:
        """Everything that is needed to draw the map, or to write it in another form."""
        from lvtu.maps.drawing.sheet import Sheet

        plan = self._plan(document)
        names, zone = (plan.names("touchpoint"), plan.names("channel")), self._ws.config.zone
        return Sheet(document.spoken(lang), answers, lang, dark, *names, zone=zone, pictures=self._pictures(document))

    def _pictures(self, document: JourneyMap) -> dict[str, Shown]:
        """The pictures of its cards that can be read, by id, as large as they are drawn."""
        from lvtu.maps.images import reduced

        maps = self._ws._ledger.maps
        wanted = {card.image for card in document.cards if card.image is not None}
        read = {id: reduced(id, partial(maps.image, self.id, id)) for id in wanted if maps.has_image(self.id, id)}
        return {id: one for id, one in read.items() if one is not None}

    def _meant(self, document: JourneyMap) -> dict[str, dict[str, Meant]]:
        """Where its lanes are meant to be: by the newest to-be map made of it, or if it is one, by itself."""
        from lvtu.maps.live.meant import meant

        pairs = [pair.document for pair in self._paired(document)]
        if document.state == "to_be":
            return meant(document, pairs[0] if document.pair is not None and pairs else None)
        told = (meant(one, document) for one in pairs if one.state == "to_be")
        return next((one for one in told if one), {})

    def _blueprint(self, filled: Filled) -> Callable[[Sheet], Scene]:
        """How a sheet of the map, or of a part of it, is drawn as a service blueprint; what it reads is read once."""
        from lvtu.maps.drawing.blueprint import blueprint

        reading = self.reading(filled)
        return lambda sheet: blueprint(sheet, replace(reading, map=sheet.map, filled=sheet.filled))


def _with_all_lanes(document: JourneyMap) -> JourneyMap:
    """A map whose frames show the same steps, with all lanes: those of a blueprint hang together."""
    from lvtu.maps.drawing.frames import frames_of

    lanes = tuple(lane.key for lane in document.lanes)
    frames = tuple(frame.model_copy(update={"lanes": lanes}) for frame in frames_of(document))
    return document.model_copy(update={"frames": frames})


def _put(path: str | Path, written: Written) -> tuple[Note, ...]:
    Path(path).write_bytes(written.content)
    return written.notes
