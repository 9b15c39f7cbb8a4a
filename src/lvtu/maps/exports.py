"""A map of a workspace drawn, and as files of other programs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

from lvtu.core.languages import chosen
from lvtu.core.sentences import Note
from lvtu.core.sweeping import unswept
from lvtu.core.words import Lang
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.exchange.formats import FORMATS, Written
from lvtu.maps.look import Look, Options

if TYPE_CHECKING:
    from lvtu.core.model import JourneyModel
    from lvtu.maps.blueprint import Reading
    from lvtu.maps.document import JourneyMap
    from lvtu.maps.drawing.scene import Scene
    from lvtu.maps.drawing.sheet import Sheet
    from lvtu.maps.exchange.readable import Apart
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
        self, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        answers: Filled | None = None, **options: Unpack[Options],
    ) -> str:  # fmt: skip
        """The map as a picture, with what the data say now.

        Args:
            type: how the steps are arranged: ``linear``, ``cyclic``, ``stage``, ``channel`` or ``role``.
            style: how they are told: ``timeline``, ``chart``, ``flowchart`` or ``persona``.
            language: ``zh`` or ``en``; that of the environment if not given.
            answers: what `answers` returned; asked now if not given.
            **options: ``dark``, ``headed``, ``lanes``, ``folded``, ``overlay``, ``frame``, ``who``, ``compare``,
                ``weighted``, ``to_be``, ``times``: see `lvtu.maps.look.Look`.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame, and no such way to tell times.
            BadInput: the days themselves are asked for, and it is not seen from one customer's perspective.
        """
        return self.picture(Look(type, style, language, **options), answers)

    def picture(self, look: Look, answers: Filled | None = None) -> str:
        """The map as SVG, as somebody looks at it.

        Args:
            look: how.
            answers: as for `svg`.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
        """
        from lvtu.maps.drawing.svg import svg

        with nullcontext() if answers is None else unswept():
            return svg(self.scene(look, answers), look.lang)

    def scene(self, look: Look, answers: Filled | None = None) -> Scene:
        """The map as shapes, before they are a picture, pages or slides.

        Args:
            look: how it is looked at.
            answers: as for `svg`.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
        """
        sheet = self._seen(look, answers)
        return _drawn(look)(replace(sheet, headed=look.headed and sheet.headed))

    def footer(self, language: Lang | None = None, answers: Filled | None = None) -> str:
        """What must stand below every page that shows its numbers: simulated or not, the days, how many customers.

        Args:
            language, answers: as for `svg`.
        """
        from lvtu.maps.exchange.table import footer

        found = self.answers() if answers is None else answers
        return footer(self._sheet(self.document, chosen(language), False, found))

    def blueprint(
        self, language: Lang | None = None, *, dark: bool = False, headed: bool = True, answers: Filled | None = None,
        weighted: bool = True,
    ) -> str:  # fmt: skip
        """The map as a service blueprint: its lanes by role, with the lines between them (`lvtu.maps.blueprint`).

        Args:
            language, dark, headed, answers, weighted: as for `svg`.
        """
        from lvtu.maps.drawing.svg import svg

        lang = chosen(language)
        found = self.answers(weighted=weighted) if answers is None else answers
        sheet = replace(self._sheet(self.document, lang, dark, found), headed=headed)
        return svg(self._blueprint(found)(sheet), lang)

    def png(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        scale: float = 2.0, **options: Unpack[Options],
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a picture in pixels.

        Args:
            path: where it goes.
            type, style, language: as of `svg`.
            scale: pixels for each pixel of the drawing, up to 8.
            **options: as of `svg`.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
            BadInput: the picture would be too large.
        """
        return _put(path, self.file("png", Look(type, style, language, **options), scale=scale))

    def pdf(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        paper: str = "16:9", **options: Unpack[Options],
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a PDF whose text can be searched and copied.

        Args:
            path: where it goes.
            type, style, language: as of `svg`.
            paper: ``16:9`` (one page like a screen), ``A4`` to ``A0`` (one sheet across), or ``tiled``: so many sheets
                of A4 that it can be read from a wall, with marks where to cut.
            **options: as of `svg`.

        Raises:
            UnknownName: there is no such type, style, paper, lane, overlay or frame.
            BadInput: it would take too many sheets.
        """
        return _put(path, self.file("pdf", Look(type, style, language, **options), paper=paper))

    def pptx(
        self, path: str | Path, type: str = "linear", style: str = "timeline", language: Lang | None = None,
        **options: Unpack[Options],
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as slides of shapes and texts that can be edited, for each frame (`lvtu.maps.drawing.frames`).

        What is too long to be read on one slide is told on several; all of a long map in an overview.

        Args:
            path: where they go.
            type, style, language: as of `svg`.
            **options: as of `svg`; of a frame there is one slide.

        Raises:
            UnknownName: there is no such type, style, lane, overlay or frame.
        """
        return _put(path, self.file("pptx", Look(type, style, language, **options)))

    def xlsx(
        self, path: str | Path, language: Lang | None = None, *, weighted: bool = True
    ) -> tuple[Note, ...]:  # fmt: skip
        """The map as a workbook: the grid, the numbers to count with, the cards with what they rest on.

        Args:
            path: where it goes.
            language: ``zh`` or ``en``; that of the environment if not given.
            weighted: whether survey weights count.
        """
        return _put(path, self.file("xlsx", Look(language=language, weighted=weighted)))

    def written(
        self, format: str, type: str = "linear", style: str = "timeline", language: Lang | None = None, *,
        scale: float = 2.0, paper: str = "16:9", blueprint: bool = False, answers: Filled | None = None,
        **options: Unpack[Options],
    ) -> Written:  # fmt: skip
        """The map in any of the `lvtu.maps.exchange.formats.FORMATS`, as bytes.

        Args:
            format: ``svg``, ``png``, ``pdf``, ``pptx``, ``xlsx``, ``csv`` (the grid), ``cards`` (as CSV), ``md``,
                ``mermaid`` (a journey diagram), ``flowchart`` (of Mermaid), ``cjml`` (as XML), ``json`` (all that
                people made of it).
            type, style, language: as of `svg`; where a format draws.
            scale: as of `png`.
            paper: as of `pdf`.
            blueprint: whether the map is drawn as a service blueprint (`blueprint`), where a format draws.
            answers: as of `svg`.
            **options: as of `svg`.

        Raises:
            UnknownName: there is no such format, type, style, paper, lane, overlay or frame.
            BadInput: a picture would be too large, or take too many sheets.
        """
        look = Look(type, style, language, **options)
        return self.file(format, look, answers, scale=scale, paper=paper, blueprint=blueprint)

    def file(
        self, format: str, look: Look, answers: Filled | None = None, *, scale: float = 2.0, paper: str = "16:9",
        blueprint: bool = False,
    ) -> Written:  # fmt: skip
        """The map as a file, as somebody looks at it.

        Args:
            format, answers, scale, paper, blueprint: as of `written`.
            look: how it is looked at.

        Raises:
            UnknownName: there is no such format, type, style, paper, lane, overlay or frame.
            BadInput: a picture would be too large, or take too many sheets.
        """
        from lvtu.maps.exchange.readable import UPRIGHT
        from lvtu.maps.exchange.writing import written

        made = next((one for one in FORMATS if one == format), None)
        if made is None:
            raise UnknownName("map_format", format, list(FORMATS))
        if made == "json":
            return Written(self.document.to_json().encode())
        if blueprint:
            found = self.answers(weighted=look.weighted) if answers is None else answers
            whole = self._sheet(_with_all_lanes(self.document), look.lang, look.dark, found)
            return written(
                replace(whole, headed=look.headed), made, self._blueprint(found), scale, paper, apart=UPRIGHT
            )
        sheet = replace(self._seen(look, answers), headed=look.headed)
        return written(sheet, made, _drawn(look), scale, paper, parts=look.frame is None, apart=_apart(look))

    def _seen(self, look: Look, answers: Filled | None) -> Sheet:
        """The map as somebody looks at it, with what was answered before, else with what the data say now to them."""
        from lvtu.maps.drawing.frames import framed
        from lvtu.maps.drawing.showing import showing
        from lvtu.maps.personas.card import STYLE, seen_from, with_card

        document, personas = self.document, self._ws.personas
        if answers is None:
            whose = seen_from(document, personas, look.style, look.who)
            answers = self.answers(whose, look.compare, weighted=look.weighted)
        sheet = self._sheet(document, look.lang, look.dark, answers)
        sheet = with_card(sheet, personas, look.who) if look.style == STYLE else sheet
        if look.times == "absolute" and answers.met is None:
            raise BadInput("times_of_many")
        meant = self._meant(document) if look.to_be else {}
        sheet = replace(sheet, map=showing(sheet.map, look.lanes, look.folded), to_be=meant, times=look.times)
        return sheet if look.frame is None else framed(sheet, look.frame)

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


def _drawn(look: Look) -> Callable[[Sheet], Scene]:
    """How a sheet of a map, or of a part of it, is drawn in the type and the style in which it is looked at."""
    from lvtu.maps.drawing import drawn

    return lambda sheet: drawn(sheet, look.type, look.style, look.overlay)


def _apart(look: Look) -> Apart:
    """How what is too long for one slide is drawn in pieces: of a ring in a row, of a persona below its card."""
    from lvtu.maps.drawing.persona import alone, journey
    from lvtu.maps.exchange.readable import Apart
    from lvtu.maps.personas.card import STYLE

    row = replace(look, type="linear") if look.type == "cyclic" else look
    if look.style == STYLE:
        return Apart(lambda sheet: journey(replace(sheet, overlay=look.overlay), row.type), alone)
    return Apart(_drawn(row))


def _with_all_lanes(document: JourneyMap) -> JourneyMap:
    """A map whose frames show the same steps, with all lanes: those of a blueprint hang together."""
    from lvtu.maps.drawing.frames import frames_of

    lanes = tuple(lane.key for lane in document.lanes)
    frames = tuple(frame.model_copy(update={"lanes": lanes}) for frame in frames_of(document))
    return document.model_copy(update={"frames": frames})


def _put(path: str | Path, written: Written) -> tuple[Note, ...]:
    Path(path).write_bytes(written.content)
    return written.notes
