"""Out of a workspace and in again: everything in plain files."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lvtu.exchange.write import Exported
    from lvtu.intake import Progress
    from lvtu.workspace import Workspace


class Exchanging:
    """The exports of a workspace."""

    def export(self, folder: str | PathLike[str], format: str = "parquet") -> Exported:
        """Write everything of the workspace in plain files that other systems read, and `import_from` too.

        Events with every field of the record, in the order they came; all versions of journey models, metrics, segments
        and contracts; joins, rules and what was decided on proposals; the rows set aside. Write keys stay (only hashes
        of them are kept), and so does what was forgotten: it is gone.

        Args:
            folder: one that is empty or not there yet. It holds what customers did under their names: keep it as safe
                as the workspace.
            format: of the events: ``parquet``, ``ndjson`` or ``csv``.

        Returns:
            How much of each was written.

        Raises:
            BadInput: something is in the folder.
            UnknownName: there is no such format.

        Example:
            >>> import lvtu, tempfile
            >>> shop = lvtu.open(tempfile.mkdtemp())
            >>> shop.ingest([{"user_id": "ann", "event": "Order Paid", "time": "2026-03-01"}]).accepted
            1
            >>> there = tempfile.mkdtemp()
            >>> shop.export(there).events, lvtu.open(tempfile.mkdtemp()).import_from(there).events
            (1, 1)
        """
        from lvtu.exchange.write import write

        return write(self._workspace(), Path(folder), format)

    def import_from(self, folder: str | PathLike[str], progress: Progress | None = None) -> Exported:
        """Bring in what `export` wrote: the same questions then have the same answers. The workspace must be empty.

        Args:
            folder: of the export; each file must be as it was written.
            progress: told the events read so far and the share of them.

        Returns:
            How much of each came in.

        Raises:
            BadInput: the folder holds no export, or one that is damaged or of a newer version; or the workspace holds
                something (its events alone can be read by `ingest`, whatever is there).
        """
        from lvtu.exchange.read import read

        return read(self._workspace(), Path(folder), progress)

    def _workspace(self) -> Workspace:
        return cast("Workspace", self)
