"""The document of a map: stages and steps, lanes, cards, bindings, and how it stays whole when it is edited."""

from lvtu.maps.document.cards import Card, CurvePoint, Frame, Link, Verdict, Waiver
from lvtu.maps.document.details import Action, Gain, Money, Need, Opportunity, Pain, Standard
from lvtu.maps.document.evidence import Binding, Evidence, Target
from lvtu.maps.document.journey import JourneyMap, Scenario
from lvtu.maps.document.lanes import Lane
from lvtu.maps.document.steps import Actor, Lineage, Path, Stage, Step
from lvtu.maps.document.votings import Tally, Voting

__all__ = [
    "Action",
    "Actor",
    "Binding",
    "Card",
    "CurvePoint",
    "Evidence",
    "Frame",
    "Gain",
    "JourneyMap",
    "Lane",
    "Lineage",
    "Link",
    "Money",
    "Need",
    "Opportunity",
    "Pain",
    "Path",
    "Scenario",
    "Stage",
    "Standard",
    "Step",
    "Tally",
    "Target",
    "Verdict",
    "Voting",
    "Waiver",
]
