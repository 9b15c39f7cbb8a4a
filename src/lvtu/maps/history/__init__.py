"""What was done to a map, in words; what touched a part of it; what is otherwise in another one, cell by cell."""

from lvtu.maps.history.difference import Difference, Group, Row, difference
from lvtu.maps.history.names import Names, kind_of, now_at
from lvtu.maps.history.sentences import Told, deed, told

__all__ = ["Difference", "Group", "Names", "Row", "Told", "deed", "difference", "kind_of", "now_at", "told"]
