"""Some customers of a block as a block of their own: what is asked of a few need not be worked out for all."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from lvtu.store.journeys.block import Block
from lvtu.store.journeys.build import postings
from lvtu.store.journeys.columns import Array


class PickedBlock(Block):
    """Some lines of another block.

    Args:
        block: it.
        lines: which customers, ascending.

    Attributes:
        lines: likewise.
        picked: the other block's row of each row.
    """

    def __init__(self, block: Block, lines: Array) -> None:
        super().__init__(block.dictionary)
        self._block, self.lines = block, lines
        offsets = block.column("offsets").astype(np.int64)
        sizes = offsets[lines + 1] - offsets[lines]
        own = np.concatenate([[0], np.cumsum(sizes)])
        self.picked: Array = np.arange(own[-1]) + np.repeat(offsets[lines] - own[:-1], sizes)
        self.customers, self.rows = len(lines), int(own[-1])
        self._columns["offsets"] = own.astype(np.uint32)

    def names(self) -> pa.Array:
        """What each customer is called."""
        return self._block.names().take(pa.array(self.lines))

    def _load(self, name: str) -> Array:
        if name.startswith("post_"):
            names = len(self.dictionary.names("event"))
            found = postings(self.column("event"), self.column("offsets"), self.column("time"), names)
            self._columns.update(found)
            return found[name]
        whole = self._block.column(name)
        taken: Array = whole[self.lines] if name in ("hi", "lo") else whole[self.picked]
        return taken

    def _load_field(self, name: str) -> Array:
        taken: Array = self._block.field(name)[self.picked]
        return taken
