"""The workspaces that one server serves, and whose key opens which."""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from threading import Lock

from lvtu.catalog.database import place_of
from lvtu.core.model.text import Text
from lvtu.errors import LvtuError, NotAWorkspace
from lvtu.intake import Intake
from lvtu.privacy.beside import note_server
from lvtu.service.analyses.answers import Answers, Once
from lvtu.service.arrivals.clocks import Clocks
from lvtu.service.arrivals.groups import Arrivals
from lvtu.service.arrivals.judge import Agreed
from lvtu.service.arrivals.rates import Rates
from lvtu.service.inbox.texts import Shelf
from lvtu.service.jobs import Jobs
from lvtu.service.live.service import Live
from lvtu.service.live.tally import told
from lvtu.service.maps.answering import MapsAnswered
from lvtu.service.names.properties import Properties
from lvtu.service.overview.service import Overviews
from lvtu.service.sources.received import Received
from lvtu.service.table import Table
from lvtu.service.voice.service import Voices
from lvtu.store import config
from lvtu.store.catalogue import contracts_in
from lvtu.store.committer import Committer
from lvtu.store.config import Layout
from lvtu.store.inbox import Inbox
from lvtu.store.ledger import Ledger
from lvtu.store.write_keys import WriteKeys
from lvtu.workspace import Workspace

LOG = logging.getLogger("lvtu.service")


class Served:
    """One workspace of the home.

    Args:
        folder: it.
        table: of limits, shared with the server's other processes.

    Attributes:
        name: the folder's, by which addresses name it.
        arrivals: takes its events.
        workspace: answers questions; threads may share it.
        rates: how much each key may send.
        jobs: what goes on behind the requests.
        answers: what was asked of it lately.
        properties: those of its events.
        received: when its events came in lately.
        sizes: its events and customers.
        overviews: its overviews.
        voices: its scores.
        maps: what the data say to its maps.
        live: what happens in it now.
        inbox: the texts that were looked at last.
    """

    def __init__(self, folder: Path, table: Table | None = None) -> None:
        self.name = folder.name
        self.workspace = Workspace(folder)
        self.answers = Answers(self.workspace)
        self.properties = Properties()
        self.received = Received()
        self.sizes: Once[tuple[int, int]] = Once(1)
        self.jobs, self.inbox = Jobs(), Shelf()
        self.overviews = Overviews(self.workspace, self.jobs)
        self.voices = Voices(self.workspace, self.jobs)
        self.maps = MapsAnswered(self.workspace, self.jobs)
        layout = Layout(folder)
        stored = config.load(folder)
        self._ledgers = [Ledger(layout.catalog) for _ in range(2)]
        self.rates = Rates(stored.key_rate, table=table)
        front, back = (Intake(layout, Committer(layout, stored, ledger)) for ledger in self._ledgers)
        self._doors = [front, back]
        self._kept = Inbox(layout.worker_inbox())  # to read from: the doors' own may be at work
        self.live = Live(lambda: told(self._kept.tallies), lambda: self.workspace.snapshot().token)
        clocks = Clocks(stored.id, self._kept.clock)
        self.arrivals = Arrivals(self.name, front, back, clocks, Agreed(contracts_in(self._ledgers[0])))

    @property
    def id(self) -> str:
        """The workspace's own id, whatever its folder is called."""
        return self.workspace.config.id

    @property
    def title(self) -> Text:
        """What people call it."""
        given = self.workspace.config.title
        return Text(given.zh or given.en or self.name, given.en or given.zh or self.name)

    @property
    def write_keys(self) -> WriteKeys:
        """The keys with which programs send events to it."""
        return self._ledgers[0].write_keys

    def ready(self) -> bool:
        """Whether it takes events now.

        Raises:
            sqlite3.Error: its books cannot be asked.
            Corrupt: see `check`.
        """
        self.check()
        return self.arrivals.ready() and self.write_keys.list() is not None

    def check(self) -> None:
        """See that its folder is still where it was when it was opened.

        Raises:
            Corrupt: it is not (``books_gone``).
        """
        self._ledgers[0].check()

    def opens(self, key: str) -> bool:
        """Whether a write key is this workspace's."""
        return self.write_keys.valid(key)

    def close(self) -> None:
        """Take what waits, move it to the lake, let go of all files."""
        self.jobs.close()
        self.arrivals.close()
        for door in self._doors:
            door.close()
        self._kept.close()
        for ledger in self._ledgers:
            ledger.close()
        self.workspace.close()


class Home:
    """A folder that holds workspaces, or is one.

    Args:
        folder: it.

    Attributes:
        folder: it.
        served: the workspaces by folder.
        table: of limits; processes that are copied from this one share it.

    Raises:
        NotAWorkspace: it holds none.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opening = Lock()
        self.served: dict[Path, Served] = {}
        self.table = Table()
        self._broken: dict[Path, object] = {}
        if not folders(folder):
            raise NotAWorkspace("no_workspaces", path=str(folder))

    def open(self) -> None:
        """Serve every workspace that is there and not served yet: one may be made while the server runs.

        One that cannot be served (a newer version made it, a file of it is damaged) is told in the log, and does not
        keep the others from it; it is tried again when its `lvtu.json` has changed.

        Raises:
            LvtuError, OSError: none can be served.
        """
        with self._opening:
            for found in folders(self.folder):
                if found not in self.served and (state := _state(found)) != self._broken.get(found):
                    self._serve(found, state)

    def _serve(self, folder: Path, state: object) -> None:
        try:
            made = Served(folder, self.table)
            note_server(made.workspace._ledger, place_of(self.folder))
            self.served = {**self.served, folder: made}  # another one: somebody may be going through it
        except (LvtuError, OSError, sqlite3.Error) as error:
            if not self.served and set(folders(self.folder)) <= {*self._broken, folder}:
                raise
            self._broken[folder] = state
            LOG.error("%s is not served: %s", folder.name, error)
        else:
            self._broken.pop(folder, None)

    def check(self) -> None:
        """See that a workspace can be served, and open none: a process that opens them must not be copied.

        Raises:
            BadInput: a newer version made each of them.
            Corrupt: each is damaged.
        """
        troubles = []
        found = folders(self.folder)
        for folder in found:
            try:
                config.load(folder)
            except (LvtuError, OSError) as error:
                troubles.append(error)
        if len(troubles) == len(found):
            raise troubles[0]

    def of_key(self, key: str) -> Served | None:
        """The workspace that a write key opens."""
        for one in self.served.values():
            if one.opens(key):
                return one
        before = set(self.served)
        if set(folders(self.folder)) - before:
            self.open()
            return next((one for path, one in self.served.items() if path not in before and one.opens(key)), None)
        return None

    def named(self, name: str) -> Served | None:
        """The workspace of a name; one made while the server runs is found too."""
        found = next((one for one in self.served.values() if one.name == name), None)
        if found is None and set(folders(self.folder)) - set(self.served):
            self.open()
            found = next((one for one in self.served.values() if one.name == name), None)
        return found

    def end_streams(self) -> None:
        """Let those go who watch what happens: while they do, the service cannot end."""
        for one in self.served.values():
            one.live.end()

    def close(self) -> None:
        """Close every workspace, whatever is the matter with one of them; closing twice is harmless."""
        while self.served:
            folder, one = self.served.popitem()
            try:
                one.close()
            except (LvtuError, OSError, sqlite3.Error) as error:
                LOG.error("%s could not be closed: %s", folder.name, error)


def _state(folder: Path) -> object:
    """Another one once a workspace's own file has changed; None where it has just gone."""
    try:
        at = Layout(folder).config.stat()
    except OSError:
        return None
    return at.st_mtime_ns, at.st_size


def folders(home: Path) -> list[Path]:
    """The workspaces of a home: itself, or those in it, by name."""
    found = [home] if Layout(home).config.is_file() else sorted(home.glob("*/lvtu.json"))
    return [path if path == home else path.parent for path in found]
