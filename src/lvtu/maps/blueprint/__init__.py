"""A map as a service blueprint: what its lanes are in it, what is missing, who hands over to whom."""

from lvtu.maps.blueprint.findings import RULES, Finding, findings
from lvtu.maps.blueprint.reading import LINES, ZONES, Reading, Zone

__all__ = ["LINES", "RULES", "ZONES", "Finding", "Reading", "Zone", "findings"]
