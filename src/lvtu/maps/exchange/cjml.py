"""A map in the Customer Journey Modelling Language (CJML 2.0, SINTEF) as XML.

Each step becomes a touchpoint: a communication point with initiator, receiver and channel where customers meet the
company, an action where they do something by themselves. Stages become phases. How the journey is becomes an actual
journey, with feelings from −2 to +2 as ratings; how it is to be, a planned one, which has no experiences. In CJML an
actual journey is one customer's; that this one is of all is told.

Source of the format: the published example of version 2.0 (https://www.cjml.no) and R. Halvorsrud, C. Boletsis,
E. Garcia-Ceja, Designing a Modeling Language for Customer Journeys, MODELS 2021, 239–249. No schema was found with
them; the elements beyond the example (phases, comments, experiences, planned journeys) are those that the open-source
converter ExcelToCJML writes.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as Xml

from lvtu.core.sentences import Note
from lvtu.core.xml import writable
from lvtu.maps.document import Step
from lvtu.maps.drawing.sheet import Sheet
from lvtu.maps.exchange.formats import Written
from lvtu.maps.exchange.table import in_cell
from lvtu.maps.exchange.texts import feelings_of

VERSION = "2.0"
"""Of the language."""

_MEETING = frozenset({"touchpoints", "channels", "onstage_people", "onstage_technology"})
"""Lanes that say that customers meet the company at a step."""

_APART = frozenset({*_MEETING, "feelings"})
"""Lanes whose texts have a place of their own."""


def cjml(sheet: Sheet) -> Written:
    """The map as a document of CJML; its notes tell what the language has no place for."""
    map_ = sheet.map
    root = Xml.Element("CJML", version=VERSION)
    actual = map_.state == "as_is"
    journey = _in(root, "actualJourney" if actual else "plannedJourney")
    _in(journey, "journeyID", map_.id)
    _in(journey, "journeyTitle", sheet.title)
    phases = _in(journey, "journeyPhases")
    for stage in map_.stages:
        phase = _in(phases, "journeyPhase", phaseID=stage.key)
        _in(phase, "phaseName", sheet.of(stage.name))
        _in(phase, "phaseDescription", sheet.of(stage.goal))
    if map_.goal is not None:
        _in(journey, "journeyShortSummary", sheet.of(map_.goal))
    providers = _actors(sheet, journey)
    points, feelings = _in(journey, "touchpoints"), feelings_of(sheet) if actual else {}
    for step in map_.steps:
        _touchpoint(sheet, step, points, providers, feelings, actual)
    Xml.indent(root)
    content = Xml.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"
    return Written(content, tuple(_left(sheet, actual)))


def _actors(sheet: Sheet, journey: Xml.Element) -> dict[str, str]:
    """Who takes part; returns the ids of departments, by name (empty: the company itself)."""
    actors = _in(journey, "actors")
    people = {one.key: sheet.of(one.name) for one in sheet.map.actors} or {"customer": sheet.say("customer")}
    for key, name in people.items():
        _in(_in(actors, "endUser", actorID=key), "actorName", name)
    owners = dict.fromkeys(_owner(sheet, step) for step in sheet.map.steps if _meets(sheet, step))
    found = {}
    for place, name in enumerate(owners, 1):
        found[name] = f"provider-{place}"
        _in(_in(actors, "serviceProvider", actorID=found[name]), "companyName", name or sheet.say("company"))
    return found


def _touchpoint(
    sheet: Sheet, step: Step, points: Xml.Element, providers: dict[str, str], feelings: dict[str, float], actual: bool
) -> None:
    meets, when = _meets(sheet, step), "actual" if actual else "planned"
    point = _in(points, f"{when}CommunicationPoint" if meets else f"{when}Action")
    _in(point, "touchpointID", step.key)
    _in(point, "belongsTo", phaseIDref=step.stage)
    initiator = _in(point, "initiator")
    _in(initiator, "refersTo", actorIDref=next(iter(step.actors), _customer(sheet)))
    _in(initiator, "initiatorLabel", sheet.of(step.name))
    if meets:
        receiver = _in(point, "receiver")
        _in(receiver, "refersTo", actorIDref=providers[_owner(sheet, step)])
        _in(receiver, "receiverLabel", "\n".join(_texts(sheet, step, "onstage_people", "onstage_technology")))
        channel = next(iter([*_channels(sheet, step), *_texts(sheet, step, "channels", "touchpoints")]), "")
        _in(_in(point, "channel"), "channelName", channel)
    comments = [
        f"{sheet.of(lane.label)}: {' '.join(text.split())}"
        for lane in sheet.map.lanes
        if lane.role not in _APART
        for text in in_cell(sheet, lane, step)
    ]
    _in(point, "comment", "\n".join(comments))
    if actual and step.key in feelings:
        felt = _in(point, "touchpointExperience")
        said = next(iter(sheet.filled.quotes.get(step.key, ())), None)
        _in(felt, "experienceDescription", "" if said is None else said.text)
        _in(felt, "experienceRating", f"{feelings[step.key]:.2f}".rstrip("0").rstrip("."))


def _customer(sheet: Sheet) -> str:
    return next((one.key for one in sheet.map.actors), "customer")


def _owner(sheet: Sheet, step: Step) -> str:
    return step.owner or sheet.map.stage(step.stage).owner or sheet.map.owner or ""


def _meets(sheet: Sheet, step: Step) -> bool:
    """Whether customers meet the company at a step, or do something by themselves."""
    lanes = (lane for lane in sheet.map.lanes if lane.role in _MEETING)
    return bool(step.touchpoints or step.channels or any(sheet.cards(lane.key, step.key) for lane in lanes))


def _channels(sheet: Sheet, step: Step) -> list[str]:
    """On which channels, the most used first where that was counted."""
    used = sorted(
        (-value.value, channel) for (place, channel), value in sheet.filled.channels.items() if place == step.key
    )
    return [sheet.named(sheet.channels, one) for one in (*step.channels, *(channel for _, channel in used))]


def _texts(sheet: Sheet, step: Step, *roles: str) -> list[str]:
    return [text for lane in sheet.map.lanes if lane.role in roles for text in sheet.chips(lane, step) if text.strip()]


def _left(sheet: Sheet, actual: bool) -> Iterator[Note]:
    """What the language has no place for."""
    map_ = sheet.map
    if actual:
        yield Note("cjml_of_all")
    evidence = sum(len(card.evidence) for card in map_.cards)
    lost = {"links": len(map_.links), "evidence": evidence, "bindings": len(map_.bindings), "frames": len(map_.frames)}
    if any(lost.values()):
        yield Note("cjml_left", **lost)


def _in(parent: Xml.Element, tag: str, text: str = "", **attributes: str) -> Xml.Element:
    made = Xml.SubElement(parent, tag, {name: writable(value) for name, value in attributes.items()})
    made.text = writable(text) or None
    return made
