"""The façade: a workspace in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cached_property, partial
from html import escape
from os import PathLike
from typing import TYPE_CHECKING, Any, Unpack

import pyarrow as pa

from lvtu.contracts import Contracts
from lvtu.core.sentences import Term
from lvtu.core.units import instant
from lvtu.errors import BadInput, Busy, Erased
from lvtu.exchanged import Exchanging
from lvtu.identified import Identifying
from lvtu.insights.book import Insights
from lvtu.intake import Intake, Progress
from lvtu.kept import Kept
from lvtu.listening.books import Books
from lvtu.listening.voice import Voice
from lvtu.proposed import Proposing
from lvtu.reports import IngestReport
from lvtu.store import config as configs
from lvtu.store.catalogue import Catalogue
from lvtu.store.committer import Committer
from lvtu.store.config import Layout
from lvtu.store.journeys.carriers import Carriers
from lvtu.store.journeys.keeper import Keeper
from lvtu.store.journeys.keys import seed_of
from lvtu.store.journeys.snapshot import Snapshot
from lvtu.store.ledger import Ledger
from lvtu.store.settings import Current
from lvtu.view import View, steadily
from lvtu.who.books import Given, When, Who

if TYPE_CHECKING:
    from lvtu.listening.interviews import Interviews
    from lvtu.maps.personas import Personas
    from lvtu.maps.programmes import Projects
    from lvtu.maps.shelf import Maps
    from lvtu.store.ledger import Receipt
    from lvtu.watch import Options, Seen


def open(path: str | PathLike[str]) -> Workspace:
    """Open the workspace in a folder; an absent or empty folder becomes one.

    Raises:
        NotAWorkspace: the folder holds something else.
        BadInput: an address that is no folder of this machine (``s3://…``); ``file:///path`` is one.
    """
    configs.create(path)
    return Workspace(path)


class Workspace(Kept, Identifying, Proposing, Exchanging, View):
    """A workspace: a folder that holds events, and answers questions about their customers' time lines.

    Args:
        path: the folder, as a path or as ``file:///path``.

    Attributes:
        contracts: what the properties of each event must be.
        voice: what is done with the texts: corrections, calibration, a model of one's own.
        insights: what was learnt about customers, with the verbatim quotes it stands on.
    """

    def __init__(self, path: str | PathLike[str]) -> None:
        from lvtu.engines.choice import Engines

        self.layout = Layout(configs.folder_of(path))
        self._current = Current(self.layout.root)
        self._ledger = Ledger(self.layout.catalog)
        self._committer = Committer(self.layout, self.config, self._ledger)
        self._seed = seed_of(self.config.id, "identifier")
        self._intake = Intake(self.layout, self._committer)
        self._books_of_voice = Books(self.layout, self._ledger)
        self.voice, self.insights = Voice(self), Insights(self)
        self._who = Who(self._ledger, self._committer.lake, self._seed, self.flush)
        self._keeper = Keeper(
            self.layout, self._committer.lake, self._committer.lease, self._seed, self._who.stitch,
            lambda: self._who.version, lambda: self._who.rules().joins, self._books_of_voice.readings,
            lambda: self._books_of_voice.edition,
        )  # fmt: skip
        self._catalogue = Catalogue(self._ledger)
        self.contracts = Contracts(self._catalogue.contracts, self._intake.violations, self.sql)
        self._carriers = Carriers(self._committer.lake)
        self._closed = False
        engines = Engines(self.config.engine, self.config.threads, self.config.spark)
        super().__init__(self.snapshot, engines, self._catalogue, zone=lambda: self.config.zone)
        self._resume_erasure()

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Workspace({self.layout.root.name!r})"

    def _repr_html_(self) -> str:
        from lvtu.quality import summary_html

        return escape(repr(self)) if self._closed else summary_html(self)

    @cached_property
    def maps(self) -> Maps:
        """The journey maps: drawn from the data, edited, drawn as pictures; see `lvtu.maps.Maps`."""
        from lvtu.maps.shelf import Maps

        return Maps(self)

    @cached_property
    def personas(self) -> Personas:
        """The personas that maps are about, tied to segments; see `lvtu.maps.personas.Personas`."""
        from lvtu.maps.personas import Personas

        return Personas(self)

    @cached_property
    def programmes(self) -> Projects:
        """Projects that follow a guided programme; see `lvtu.maps.programmes`."""
        from lvtu.maps.programmes import Projects

        return Projects(self)

    def close(self) -> None:
        """Move what was appended to the lake, and let go of all files; closing twice is harmless."""
        if self._closed:
            return
        self._closed = True
        try:
            with suppress(Busy):  # what was appended is on disk, whoever moves it to the lake
                self.flush()
        finally:
            self._carriers.close()
            self._keeper.close()
            self._intake.close()
            self._ledger.close()

    # Data in.

    def ingest(
        self, source: Any, mapping: Any = None, *, source_name: str | None = None, progress: Progress | None = None
    ) -> IngestReport:
        """Read a source into the workspace. The same source again changes nothing.

        Args:
            source: a path, folder or pattern of CSV, Parquet, NDJSON, JSON, XLSX or XES files; any Arrow, pandas,
                Polars or DuckDB table; a list of dicts.
            mapping: which column feeds which field: a `lvtu.Mapping`, a dict, YAML, a path, or the name of a
                system (`lvtu.collect.READY`: ``segment``, ``wjx``, …). Without one, columns named like the record's
                fields are those fields.
            source_name: what `source` says in records that name none.
            progress: told the rows read so far and the share of the source.

        Returns:
            What became of the rows; rejected ones wait in the quarantine.

        Raises:
            BadInput: nothing is there, or the mapping does not fit it.
        """
        report = self._intake.ingest(source, mapping, source_name, progress)
        self._keeper.settle()
        return report

    def watch(self, folder: str | PathLike[str], mapping: Any = None, **options: Unpack[Options]) -> Iterator[Seen]:
        """Read what comes into a folder, each file once it has stopped growing; see `lvtu.watch.watched`.

        Args:
            folder: it, with all below.
            mapping: as of `ingest`, for all files.
            **options: ``every`` (``"5s"``), ``once``, ``source_name``, ``stop``: see `lvtu.watch.Options`.
        """
        from lvtu.watch import watched

        return watched(self.ingest, self._intake, self._ledger, self.layout.root, folder, mapping, **options)

    def append(self, events: Sequence[Mapping[str, Any]]) -> IngestReport:
        """Take a small batch of events; they are on disk when it returns, and the next question counts them.

        Returns:
            The report; duplicates are found later, when the events are moved to the lake.

        Raises:
            BadInput: none of the events can be accepted.
        """
        return self._intake.append(events)

    def flush(self) -> None:
        """Move what was appended to the lake, by this process or by others that are gone."""
        self._intake.flush()

    def quarantine(self, mapping: Any = None) -> Any:
        """The rows set aside, with their reasons; with a mapping, read them again through it.

        Returns:
            ``id``, ``place``, ``field``, ``reason``, ``reason_code``, ``reason_values``, ``raw``, ``time`` of each row;
            with a mapping the report of ingesting them, after which only those that still fail are left.
        """
        if mapping is None:
            return self._intake.rejected()
        report = self._intake.mend(mapping)
        self._keeper.settle()
        return report

    def drop_rejected(self, ids: Sequence[str]) -> int:
        """Remove rows from the quarantine for good, by their ids; returns how many there were."""
        return self._intake.drop(ids)

    # Time lines.

    def snapshot(self) -> Snapshot:
        """The newest snapshot, with everything that was acknowledged.

        Raises:
            BadInput: the workspace has been closed.
        """
        if self._closed:
            raise BadInput("workspace_closed", path=str(self.layout.root))
        if self._intake.waiting():
            self.flush()
        return self._keeper.snapshot()

    def again(self, token: str) -> Snapshot | None:
        """The snapshot of a token, in whichever process it was taken; None where it can no longer be made."""
        return self._keeper.again(token)

    def at(self, version: int | str) -> View:
        """The workspace as it stood after a commit, or at a time.

        Args:
            version: the number of a commit, or a time (ISO-8601).

        Raises:
            Erased: somebody was forgotten since; older states can no longer be shown.
            BadInput: there is no such commit.
        """
        self.flush()
        commit = version if isinstance(version, int) else self._committer.books().at(instant(version))
        newest = self._committer.lake.version
        if not 0 <= commit <= newest:
            raise BadInput("no_commit", commit=str(version), known=[f"0 … {newest}"])
        self._refuse_erased(commit, Term("state_after", commit=str(commit)))

        def then() -> Snapshot:
            now = self.snapshot()
            past = Snapshot(now.lake, self.layout.journeys, now.manifest, now.tail, upto=commit)
            past.hold = now.hold  # its blocks are its own: a block names values as its snapshot does
            past.read_by, past.edition = now.read_by, now.edition
            return past

        return View(then, self._engines, self._catalogue, zone=lambda: self.config.zone)

    def on(self, snapshot: Snapshot) -> View:
        """The workspace as it stands on a snapshot: what comes later changes nothing there.

        For several questions whose answers must go together. Documents (models, metrics, segments) are those of now.

        Args:
            snapshot: what `snapshot` returned. Once somebody has been forgotten it can no longer be asked.
        """
        return View(lambda: snapshot, self._engines, self._catalogue, zone=lambda: self.config.zone)

    def as_of(self, moment: int | When) -> View:
        """The workspace's events of now, with who was who as it was known at a time.

        What the stored edges, their retractions and the rules said at that time counts, and of the events those
        sign-ins, aliases and shared identifiers that had happened. Nothing published changes: the view is built beside
        the journeys when it is first asked (that takes as long as building them) and goes with its last reader. It
        holds the events there were then; call `as_of` again to see later ones.

        Args:
            moment: a time (ISO-8601), or the number of an edge: just after it was stated.

        Raises:
            Erased: somebody was forgotten since; who was who then can no longer be told.
            UnknownName: there is no such edge.
        """
        at = self._who.moment(moment)
        built: list[Snapshot] = []

        def refuse() -> None:
            self._refuse_erased(self._committer.books().at(at), Term("who_then"))

        def then() -> Snapshot:
            refuse()
            if not built or not built[0].folder.is_dir():
                self.flush()
                built[:] = [self._keeper.aside(self._who.stitch(at))]
                refuse()  # again: the build may have waited for an erasure
            return built[0]

        refuse()
        return View(then, self._engines, self._catalogue, zone=lambda: self.config.zone)

    def _refuse_erased(self, commit: int, state: Term) -> None:
        if commit < self._ledger.last_erasure():
            raise Erased("holds_forgotten", state=state)

    @property
    def repeats(self) -> int:
        """How many events came again that were there already."""
        commits = self._ledger.commits()
        return sum(commit.repeats for commit in commits) + int(self._ledger.get("repeats") or 0)

    def commits(self) -> list[dict[str, Any]]:
        """Every commit: number, time, events, repeats, source."""
        return [commit._asdict() for commit in self._committer.books().commits()]

    def received(self, most: int = 1) -> list[int]:
        """When events were last moved to the lake, µs, the newest first.

        Args:
            most: so many times at most.
        """
        return self._ledger.received(most)

    def build(self, engine: str | None = None) -> None:
        """Build the journeys anew from the whole lake, fresh events included.

        That is done by itself when it must be; this is for where it should be done elsewhere.

        Args:
            engine: who sorts and writes: ``local`` or ``spark``; the usual one if not given.
        """
        self.flush()
        self._keeper.rebuild(self._engines.writer(engine))

    def compact(self) -> None:
        """Put everything in its place in the journeys, and merge the lake's small files."""
        self.flush()
        with self._committer.writing() as check:
            self._committer.catch_up()
            self._committer.lake.compact(check=check)
            self._committer.lake.sweep()
        self._keeper.compact()

    # Everything else.

    @property
    def interviews(self) -> Interviews:
        """Interviews, notes and documents, and what is marked in them; kept by the server that serves the workspace."""
        from lvtu.listening.interviews import Interviews
        from lvtu.privacy.beside import address_of

        address = partial(address_of, self.layout.root, self._ledger)
        return Interviews(address, self.config.id, self.insights.withdraw)

    def forget(self, identifier: Given) -> Receipt:
        """Erase a customer for good; returns when no byte of theirs is left.

        A model of text that theirs taught goes too; another one is taught by all other texts.

        Args:
            identifier: any identifier of theirs; a pair such as ``("user_id", "7")`` says of which kind it is.

        Raises:
            UnknownName: nobody has it.
            BadInput: several customers used it; name one of them, or say the kind.
        """
        from lvtu.privacy.erasure import forget

        receipt = forget(self, identifier)
        self.voice.teach_again()
        return receipt

    def _resume_erasure(self) -> None:
        if self._ledger.get("erasing"):
            from lvtu.privacy.erasure import resume

            resume(self)
            self.voice.teach_again()

    def info(self) -> Any:
        """The state of the data: volumes, freshness, repeats, conflicts, unmatched identifiers, quarantine."""
        from lvtu.quality import describe

        return describe(self)

    def sql(self, query: str) -> pa.Table:
        """Ask DuckDB: the table ``events`` is the lake, with the ``customer`` and ``sentiment`` of each event, …"""
        from lvtu.sql import ask

        return steadily(lambda snapshot: ask(snapshot, query), self.snapshot)
