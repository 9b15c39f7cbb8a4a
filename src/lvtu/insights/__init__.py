"""Insights: what people learnt about customers, the verbatim quotes it stands on, and how far those carry it."""

from lvtu.insights.insight import STATES, Change, Insight, Place, Quote
from lvtu.insights.kinds import KINDS
from lvtu.insights.reliability import Reliability

__all__ = ["KINDS", "STATES", "Change", "Insight", "Place", "Quote", "Reliability"]
