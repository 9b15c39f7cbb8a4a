"""Journey maps and service blueprints: documents whose cells compute themselves, and how they are drawn."""

from lvtu.maps.document import JourneyMap
from lvtu.maps.map import Map
from lvtu.maps.shelf import Maps

__all__ = ["JourneyMap", "Map", "Maps"]
