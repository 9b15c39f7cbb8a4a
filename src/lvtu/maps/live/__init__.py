"""What the data say to a map: its bindings asked, and the answers by lane and step."""

from lvtu.maps.live.filled import Filled, Quote, Value

__all__ = ["Filled", "Quote", "Value"]
