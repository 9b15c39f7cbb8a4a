"""A workspace's folder: what lies where, and the small file `lvtu.json` that makes it a workspace."""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.request import url2pathname

from lvtu.core.model.text import Text
from lvtu.core.sentences import Hint
from lvtu.errors import BadInput, Corrupt, NotAWorkspace
from lvtu.store import files
from lvtu.store.lease import Lease

FORMAT = 1
"""The newest layout of the folder that this version reads and writes."""


@dataclass(frozen=True)
class Layout:
    """Where things lie in a workspace's folder.

    Attributes:
        root: the folder itself.

    Example:
        >>> Layout(Path("shop.lvtu")).catalog.as_posix()
        'shop.lvtu/catalog.sqlite'
    """

    root: Path

    @property
    def config(self) -> Path:
        """The file that makes the folder a workspace."""
        return self.root / "lvtu.json"

    @property
    def lake(self) -> Path:
        """The durable event log, a Delta Lake table."""
        return self.root / "lake"

    @property
    def journeys(self) -> Path:
        """The sorted columns, derived from the lake."""
        return self.root / "journeys"

    @property
    def inbox(self) -> Path:
        """Arrivals that are not in the lake yet, one SQLite file per worker."""
        return self.root / "inbox"

    @property
    def voice(self) -> Path:
        """The models of text that the workspace taught."""
        return self.root / "voice"

    @property
    def quarantine(self) -> Path:
        """Rejected rows, kept until they are mended or dropped."""
        return self.root / "quarantine"

    @property
    def catalog(self) -> Path:
        """The ledger of commits, files, identities and erasures."""
        return self.root / "catalog.sqlite"

    @property
    def uploads(self) -> Path:
        """Files that people sent, until they are imported or a week old."""
        return self.root / "uploads"

    @property
    def repeats(self) -> Path:
        """The index of message ids, derived from the lake."""
        return self.root / "repeats"

    @property
    def lease(self) -> Path:
        """The lock of the workspace's one committer."""
        return self.root / ".writer"

    @property
    def settings(self) -> Path:
        """The lock of whoever changes `lvtu.json`."""
        return self.root / ".settings"

    @property
    def compactor(self) -> Path:
        """The lock of whoever compacts the journeys."""
        return self.root / ".compactor"

    @property
    def readers(self) -> Path:
        """The locks of those who read a generation of the journeys."""
        return self.root / ".readers"

    def worker_inbox(self, worker: str = "main") -> Path:
        """One worker's arrivals."""
        return self.inbox / f"{worker}.sqlite"


@dataclass(frozen=True)
class Config:
    """What `lvtu.json` holds; a variable ``LVTU_ZONE`` overrides `zone`, and so on.

    Attributes:
        id: the workspace's own UUID.
        created: when it was made, ISO-8601, UTC.
        format: the layout of the folder.
        title: what people call the workspace, in both languages; its folder's name where empty.
        zone: the time zone of calendar days where a question names none.
        threads: threads of the local engine; 0 means one per core.
        engine: who answers where a question names nobody: ``local`` or ``spark``.
        spark: the address of the Spark Connect server, ``sc://host:15002``.
        key_rate: messages a second that each write key may send; 0 means any number.
        upload_mb: the most megabytes of a file that is uploaded.
        example: whether it holds data to look around in, so that people's own are better put elsewhere.
    """

    id: str
    created: str
    format: int = FORMAT
    title: Text = field(default_factory=lambda: Text("", ""))
    zone: str = "UTC"
    threads: int = 0
    engine: str = "local"
    spark: str = ""
    key_rate: int = 0
    upload_mb: int = 2048
    example: bool = False


_FIXED = {"id", "created", "format"}
_TOLD = _FIXED | {"example"}
"""What no variable of the environment overrides."""

_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]+)://(?P<host>[^/]*)(?P<path>.*)", re.DOTALL)


def folder_of(place: str | os.PathLike[str]) -> Path:
    """The folder that a path or a ``file://`` address names.

    Raises:
        BadInput: an address of another scheme (``s3://``, …): a workspace lies on a disk of this machine.

    Example:
        >>> folder_of("file:///data/my%20shop.lvtu").as_posix()
        '/data/my shop.lvtu'
    """
    text = os.fspath(place)
    if not (found := _ADDRESS.match(text)):
        return Path(text)
    if found["scheme"].lower() != "file":
        raise BadInput(
            "no_such_store", place=text, scheme=found["scheme"], known=["shop.lvtu", "file:///data/shop.lvtu"]
        )
    if found["host"] not in ("", "localhost"):
        raise BadInput("other_machine", place=text, host=found["host"])
    return Path(url2pathname(found["path"]))


def create(path: str | os.PathLike[str], title: str | Text = "", zone: str = "UTC", example: bool = False) -> Config:
    """Make a workspace of an absent or empty folder; an existing workspace is loaded.

    Args:
        path: the folder.
        title: what people call it, in both languages or as one text for both.
        zone: the time zone of its calendar days.
        example: whether it holds data to look around in.

    Raises:
        NotAWorkspace: the folder holds other things, or the path is a file.
    """
    layout = Layout(folder_of(path))
    _refuse_strangers(layout)
    files.make_folder(layout.root)
    with Lease(layout.lease).hold(timeout=30):  # two processes may make the same workspace at once
        if not layout.config.exists():
            now = datetime.now(UTC).isoformat(timespec="seconds")
            config = Config(str(uuid.uuid4()), now, title=both(title), zone=zone, example=example)
            files.replace_json(layout.config, asdict(config))
    return load(path)


def load(path: str | os.PathLike[str]) -> Config:
    """The configuration of an existing workspace, with the environment's overrides applied.

    Raises:
        NotAWorkspace: there is no workspace at the path.
        BadInput: a newer version of Lvtu made the workspace, or an override is of no use.
        Corrupt: `lvtu.json` is damaged.
    """
    layout = Layout(folder_of(path))
    if not layout.config.is_file():
        _refuse_strangers(layout, Hint("name_a_workspace"))
        raise NotAWorkspace("no_workspace", path=str(layout.root))
    return _overridden(stored(layout))


def both(title: str | Text) -> Text:
    """A title in both languages."""
    return Text(title, title) if isinstance(title, str) else title


def stored(layout: Layout) -> Config:
    """What the file says, without the environment's overrides.

    Raises:
        BadInput: a newer version of Lvtu made the workspace.
        Corrupt: `lvtu.json` is damaged.
    """
    found = files.read_json(layout.config)
    known = {one.name for one in fields(Config)}
    if not isinstance(found, dict) or _FIXED - found.keys():
        raise Corrupt("config_lacks", file=str(layout.config), keys=tuple(sorted(_FIXED)))
    if not isinstance(found["format"], int) or found["format"] > FORMAT:
        raise BadInput("newer_format", path=str(layout.root), format=str(found["format"]), newest=FORMAT)
    title = found.get("title", "")
    found["title"] = Text(title.get("zh", ""), title.get("en", "")) if isinstance(title, dict) else both(title)
    return Config(**{name: value for name, value in found.items() if name in known})


def _refuse_strangers(layout: Layout, try_: Hint | str = "") -> None:
    if layout.config.is_file() or not layout.root.exists():
        return
    if not layout.root.is_dir():
        raise NotAWorkspace("file_not_folder", path=str(layout.root))
    others = sorted(entry.name for entry in layout.root.iterdir() if not entry.name.startswith("."))
    if others:
        raise NotAWorkspace("folder_in_use", path=str(layout.root), other=others[0], try_=try_)


def _overridden(config: Config) -> Config:
    changes: dict[str, Any] = {}
    for one in fields(Config):
        variable = f"LVTU_{one.name.upper()}"
        text = os.environ.get(variable)
        if text is None or one.name in _TOLD:
            continue
        try:
            changes[one.name] = both(text) if one.name == "title" else type(getattr(config, one.name))(text)
        except ValueError:
            raise BadInput("setting_not_whole", variable=variable, value=text) from None
    return replace(config, **changes)
