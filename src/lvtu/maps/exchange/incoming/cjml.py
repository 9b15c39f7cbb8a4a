"""Documents of CJML (`lvtu.maps.exchange.cjml`) as maps: phases are stages, touchpoints steps, ratings feelings."""

from __future__ import annotations

import re
from xml.etree import ElementTree as Xml

from lvtu.core.sentences import Note, Term
from lvtu.core.words import say
from lvtu.errors import BadInput
from lvtu.maps.document.lanes import Role
from lvtu.maps.exchange.incoming.names import role_of
from lvtu.maps.exchange.incoming.sketch import Sketch, scaled

_ROOT = re.compile(r"<(?:\w+:)?cjml[\s>/]", re.IGNORECASE)
_JOURNEYS = ("actualJourney", "plannedJourney")
_POINTS = re.compile(r"(?:actual|planned)(CommunicationPoint|Action)")
_TAKEN = frozenset({"touchpointID", "belongsTo", "initiator", "receiver", "channel", "message", "comment",
                    "touchpointExperience"})  # fmt: skip
"""What of a touchpoint has a place on a map."""


def is_cjml(text: str) -> bool:
    """Whether a text is a document of CJML.

    Example:
        >>> is_cjml("<?xml version='1.0'?><CJML version='2.0'/>"), is_cjml("<html/>"), is_cjml("cjml,stage")
        (True, False, False)
    """
    return text.lstrip().startswith("<") and bool(_ROOT.search(text[:4000]))


def read_cjml(text: str, sketch: Sketch, name: str) -> None:
    """Take the first journey of a document into a sketch.

    Args:
        text: the document.
        sketch: what it is put together in.
        name: what the file is called.

    Raises:
        BadInput: it is no XML, declares a document type, or holds no journey.
    """
    journeys = [one for one in _parsed(text, name) if _tag(one) in _JOURNEYS]
    if not journeys:
        raise BadInput("no_cjml_journey", file=name)
    journey, *others = journeys
    for other in others:
        sketch.report.left.append(Note("import_cjml_journey", name=_text(other, "journeyTitle", "journeyID")))
    sketch.title = _text(journey, "journeyTitle", "journeyID")
    stages = {
        one.get("phaseID", "").strip(): sketch.stage(_text(one, "phaseName") or one.get("phaseID", "").strip())
        for one in _all(journey, "journeyPhase")
    }
    people = {
        one.get("actorID", ""): _text(one, "actorName", "companyName") or one.get("actorID", "")
        for kind in ("endUser", "serviceProvider")
        for one in _all(journey, kind)
    }
    customers = {one.get("actorID", "") for one in _all(journey, "endUser")}
    reading = _Reading(sketch, stages, people, customers)
    for point in (one for part in _all(journey, "touchpoints") for one in part):
        reading.point(point)
    reading.done()


class _Reading:
    """The touchpoints of a journey, one after the other."""

    def __init__(self, sketch: Sketch, stages: dict[str, str], people: dict[str, str], customers: set[str]) -> None:
        self.sketch, self.stages, self.people, self.customers = sketch, stages, people, customers
        self.lanes: dict[str, str] = {}
        self.ratings: dict[str, str] = {}
        self.left: dict[str, int] = {}

    def point(self, point: Xml.Element) -> None:
        """Take a touchpoint."""
        if not _POINTS.fullmatch(_tag(point)):
            self.left[_tag(point)] = self.left.get(_tag(point), 0) + 1
            return
        phase = next((one.get("phaseIDref", "").strip() for one in _all(point, "belongsTo")), "")
        stage = self.stages.get(phase) or self.sketch.stage(phase or say("maps.imported_stage", self.sketch.lang))
        initiator, receiver = (next(iter(_all(point, name)), None) for name in ("initiator", "receiver"))
        who, whom = _whom(initiator), _whom(receiver)
        labels = [_label(initiator, "initiatorLabel"), _label(receiver, "receiverLabel")]
        if whom in self.customers and who not in self.customers:
            labels.reverse()  # a step is called as the customer's side of it
        step = self.sketch.step(stage, labels[0] or labels[1] or _text(point, "touchpointID") or "—")
        own = self.sketch.steps[-1]
        mine = [one for one in (who, whom) if one in self.customers]
        own["actors"] = [self.sketch.actor(self.people[one]) for one in mine]
        theirs = next((one for one in (whom, who) if one and one not in self.customers), None)
        if theirs is not None:
            own["owner"] = self.people.get(theirs, theirs)
        self._text("onstage_technology", "provider", step, labels[1] if labels[0] else "")
        for channel in (_text(one, "channelName") for one in _all(point, "channel")):
            self._text("channels", "channel", step, channel)
        self._text("custom", "message", step, _text(point, "message"))
        for line in _text(point, "comment").splitlines():
            self._comment(step, line.strip())
        for felt in _all(point, "touchpointExperience"):
            self._text("thoughts", "experience", step, _text(felt, "experienceDescription"))
            if rating := _text(felt, "experienceRating"):
                self.ratings[step] = rating
        for part in point:
            if _tag(part) not in _TAKEN and ("".join(part.itertext()).strip() or part.attrib):
                self.left[_tag(part)] = self.left.get(_tag(part), 0) + 1

    def _text(self, role: Role, name: str, step: str, text: str) -> None:
        """A text in the lane of a name, which is made where it is first needed."""
        if text.strip():
            label = say(f"maps.cjml.{name}", self.sketch.lang)
            self.sketch.texts(self._lane(label, role), step, text)

    def _comment(self, step: str, line: str) -> None:
        """A line of a comment: in the lane that it names, else in one of comments."""
        label, colon, text = line.partition(":")
        role = role_of(label.strip()) if colon and len(label) <= 40 else None
        if role is not None:
            self.sketch.texts(self._lane(label.strip(), role), step, text.strip())
        else:
            self._text("custom", "comment", step, line)

    def _lane(self, label: str, role: Role | None) -> str:
        if label not in self.lanes:
            self.lanes[label] = self.sketch.lane(label, role, Term("at_cjml"))
        return self.lanes[label]

    def done(self) -> None:
        """What is told of all of them: feelings, and what was left out."""
        self._feelings()
        report, sketch = self.sketch.report, self.sketch
        report.taken.insert(0, Note("import_cjml", stages=len(sketch.stages), steps=len(sketch.steps)))
        for tag, number in self.left.items():
            report.left.append(Note("import_cjml_part", name=tag, number=number))
        if not any(step.get("actors") for step in sketch.steps) or len(sketch.actors) < 2:
            sketch.actors.clear()
            for step in sketch.steps:
                step.pop("actors", None)

    def _feelings(self) -> None:
        numbers = {step: float(text) for step, text in self.ratings.items() if re.fullmatch(r"[+-]?\d+(\.\d+)?", text)}
        odd = [text for step, text in self.ratings.items() if step not in numbers]
        told = scaled(list(numbers.values())) if numbers else None
        if odd or (numbers and told is None):
            number = len(self.ratings) if told is None else len(odd)
            self.sketch.report.left.append(Note("import_cjml_part", name="experienceRating", number=number))
        if told is None:
            return
        values, (low, high) = told
        lane = self._lane(say("maps.imported_feelings", self.sketch.lang), "feelings")
        reasons = {step: f"CJML: {self.ratings[step]} ({low} … {high})" for step in numbers}
        self.sketch.feelings(lane, dict(zip(numbers, values, strict=True)), reasons, Term("at_cjml"))


def _parsed(text: str, name: str) -> Xml.Element:
    """The document. One that declares a type could blow up while it is read, and none of CJML does."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadInput("no_cjml", file=name)
    try:
        return Xml.fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
    except Xml.ParseError as error:
        raise BadInput("no_cjml", file=name) from error


def _tag(element: Xml.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(element: Xml.Element, tag: str) -> list[Xml.Element]:
    return [one for one in element.iter() if _tag(one) == tag]


def _text(element: Xml.Element, *tags: str) -> str:
    """The text of the first of some parts that has one."""
    for tag in tags:
        for one in element:
            if _tag(one) == tag and (text := "".join(one.itertext()).strip()):
                return text
    return ""


def _label(element: Xml.Element | None, tag: str) -> str:
    return "" if element is None else _text(element, tag)


def _whom(element: Xml.Element | None) -> str:
    """The id of who initiates or receives."""
    if element is None:
        return ""
    return next((one.get("actorIDref", "") for one in element if _tag(one) == "refersTo"), "")
