"""What people keep in a workspace beside its events, by key: journey models, metrics, segments, contracts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from lvtu.store.documents import Documents
from lvtu.store.ledger import Ledger
from lvtu.store.models import Models
from lvtu.store.segments import Segments

if TYPE_CHECKING:
    from lvtu.core.contracts import Contract
    from lvtu.core.metrics import Metric


class Catalogue:
    """The documents of a workspace by kind.

    Attributes:
        models: the journey models.
        metrics: the metrics: those of `lvtu.core.metrics.STANDARD`, and the workspace's own.
        segments: the named segments: those of `lvtu.core.segments.LIFECYCLE`, and the workspace's own.
        contracts: what the properties of each event must be.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.models = Models(ledger)
        self.metrics: Documents[Metric] = Documents(ledger, "metric", _metric, _standard)
        self.segments = Segments(ledger)
        self.contracts: Documents[Contract] = contracts_in(ledger)

    @property
    def simulated(self) -> bool:
        """Whether events were ever taken in that are simulated (`lvtu.core.record.SIMULATED`)."""
        return bool(self._ledger.get("simulated"))

    @property
    def version(self) -> str:
        """Another one after every change: a question that names a document may have another answer then."""
        saved, last = self._ledger.documents_saved()
        return f"{saved}.{last}.{self.models.default}"


def _metric(value: Any) -> Metric:
    from lvtu.core.metrics import Metric

    return Metric.load(value)


@cache
def _standard() -> dict[str, Metric]:
    from lvtu.core.metrics import STANDARD

    return {metric.key: metric for metric in STANDARD}


def contracts_in(ledger: Ledger) -> Documents[Contract]:
    """The contracts of a workspace, by event."""
    return Documents(ledger, "contract", _contract, dict)


def _contract(value: Any) -> Contract:
    from lvtu.core.contracts import Contract

    return Contract.load(value)
