"""What is asked and told about the history and the versions of maps."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, Field

from lvtu.service.languages import Both
from lvtu.service.session.schemas import Strict


class MapStep(BaseModel):
    """An edit in the history of a map.

    Attributes:
        step: its number.
        time: when, ISO-8601.
        by: what whoever did is called.
        author: the id of who that is; null where the history knows a name alone.
        what: the name of the edit.
        text: what was done, in words, without who did it.
        parts: what it changed: how many of which list.
    """

    step: int
    time: str
    by: str
    author: str | None
    what: str
    text: str
    parts: dict[str, int]


class MapHistory(BaseModel):
    """The edits of a map, the newest first.

    Attributes:
        steps: they.
        more: whether there are older ones.
    """

    steps: list[MapStep]
    more: bool


class VersionName(Strict):
    """What a version is to be called."""

    name: str = Field(min_length=1, max_length=200)


class VersionNumber(Strict):
    """Which version is meant."""

    number: int = Field(ge=1)


class NewToBe(Strict):
    """What a map of the journey as it is meant to be is called; as this one, “to be”, if not given."""

    title: Both | str | None = None


class MapPair(BaseModel):
    """The other map of a pair.

    Attributes:
        id: by which addresses name it.
        title: what people call it.
        state: how the journey is, or how it is meant to be.
    """

    id: str
    title: str
    state: Literal["as_is", "to_be"]


class DiffRow(BaseModel):
    """One thing that is otherwise.

    Attributes:
        kind: what was done.
        part, key: of what.
        called: what sort of part that is, in words.
        name: what people call it.
        lane: the label of its lane; empty where it stands in none.
        field: what of it, in words; empty: all of it.
        was, now: what it was, and is; empty: not there.
    """

    kind: Literal["added", "removed", "moved", "changed"]
    part: str
    key: str
    called: str
    name: str
    lane: str
    field: str
    was: str
    now: str


class DiffGroup(BaseModel):
    """What is otherwise at a step.

    Attributes:
        step: its key; null: of the map as a whole, its stages and lanes.
        name: what people call it.
        rows: what.
    """

    step: str | None
    name: str
    rows: list[DiffRow]


class DiffFigure(BaseModel):
    """What a path takes, or costs in a currency, in both maps.

    Attributes:
        kind: which of them.
        unit: the currency.
        before, after: the sums over its steps as people read them, with of how many steps they are known where not of
            all; “—” where of none.
        change: the difference; null where a step is not known in one of them.
    """

    kind: Literal["time", "cost"]
    unit: str
    before: str
    after: str
    change: str | None


class DiffPath(BaseModel):
    """What a path takes and costs in both maps.

    Attributes:
        key: the path's; empty: all steps in their order.
        name: what people call it; empty for all steps.
        measured: how many steps of the later one have a measured time; the others have their standard.
        figures: its time, then its costs by currency.
    """

    key: str
    name: str
    measured: int
    figures: list[DiffFigure]


class MapDiff(BaseModel):
    """What is otherwise in a map than in another, or than it was.

    Attributes:
        before, after: what the two are called.
        groups: step by step.
        paths: what each path takes and costs; none where nothing is known of any.
        counts: how many parts were added, removed, moved and changed.
    """

    before: str
    after: str
    groups: list[DiffGroup]
    counts: dict[str, int]
    paths: list[DiffPath]
