"""Journey maps and service blueprints: documents whose cells compute themselves, and how they are drawn."""

from lvtu.maps.document import JourneyMap

__all__ = ["JourneyMap"]
