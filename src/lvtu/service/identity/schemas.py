"""What is said over HTTP about who is who."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from lvtu.service.uploads.schemas import Said


class Identifier(BaseModel):
    """An identifier.

    Attributes:
        kind: ``user_id``, ``anonymous_id``, or a kind of other identifiers: ``email``, ``phone``, …
        id: it.
    """

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(default="user_id", min_length=1, max_length=100)
    id: str = Field(min_length=1, max_length=1_000)

    def pair(self) -> tuple[str, str]:
        """The two as a pair."""
        return self.kind, self.id


class Conflict(BaseModel):
    """An identifier that several users have: a shared device, an office's phone number.

    Attributes:
        kind, id: it.
        users: some of the user ids.
        touches: how many there are.
        customers: how many customers those are; 1 means that they were joined.
    """

    kind: str
    id: str
    users: list[str]
    touches: int
    customers: int


class Stray(BaseModel):
    """An identifier that joins nothing, since too many users have it.

    Attributes:
        kind, id: it.
        users: how many.
    """

    kind: str
    id: str
    users: int


class EdgeOf(BaseModel):
    """Two identifiers that are said to be one customer's.

    Attributes:
        edge: its number.
        left, right: the identifiers.
        how: by what it is known: ``join``, ``review``, a rule, …
        text: the same in words.
        time: since when.
        retracted: since when no longer; null while it holds.
    """

    edge: int
    left: Identifier
    right: Identifier
    how: str
    text: str
    time: str
    retracted: str | None


class Summary(BaseModel):
    """Who is who, at a glance; lists are cut, counts are not.

    Attributes:
        counts: ``user_ids``, ``anonymous_ids``, ``joined_customers``, ``shared_anonymous``, ``shared_identifiers``,
            ``unmatched_anonymous``, ``unmatched_identifiers``, ``quarantined``.
        rules: the kinds of identifier that join customers.
        joined: the user ids of customers with several, the customer's own name first.
        shared: shared devices and identifiers.
        quarantined: identifiers that join nothing, since too many users have them.
        edges: the newest joins.
        proposals: how many proposals wait.
    """

    counts: dict[str, int]
    rules: list[str]
    joined: list[list[str]]
    shared: list[Conflict]
    quarantined: list[Stray]
    edges: list[EdgeOf]
    proposals: int


class Edges(BaseModel):
    """Stored joins.

    Attributes:
        edges: newest first.
        total: how many there are.
        next: what ``before`` takes for older ones; null where there are none.
    """

    edges: list[EdgeOf]
    total: int
    next: int | None


class Join(BaseModel):
    """Two identifiers of one customer.

    Attributes:
        left, right: they.
    """

    model_config = ConfigDict(extra="forbid")

    left: Identifier
    right: Identifier


class Unjoin(BaseModel):
    """What to take back: joins by their numbers, or whatever joins two identifiers.

    Attributes:
        edges: numbers of joins.
        left, right: instead, two identifiers.
    """

    model_config = ConfigDict(extra="forbid")

    edges: list[int] = Field(default_factory=list)
    left: Identifier | None = None
    right: Identifier | None = None


class Rules(BaseModel):
    """Which kinds of identifier join customers.

    Attributes:
        joins: they; none to join by sign-ins and aliases alone.
    """

    model_config = ConfigDict(extra="forbid")

    joins: list[str]


class Moved(BaseModel):
    """Something that changes.

    Attributes:
        change: ``joined``, ``split``, ``renamed``, or ``handed_over``: an anonymous id whose events change hands.
        text: the same in words.
        kind, id: whose.
        before, after: the customers they were and are.
    """

    change: str
    text: str
    kind: str
    id: str
    before: list[str]
    after: list[str]


class Change(BaseModel):
    """What a join, a retraction or a rule means.

    Attributes:
        action: ``join``, ``unjoin``, ``join_by`` or ``accept``.
        preview: whether it was only looked at.
        edges: the numbers of the joins.
        totals: how many customers ``joined``, ``split``, were ``renamed``; how many anonymous ids ``handed_over``.
        changes: they, at most a thousand of each kind.
        notes: what to know about it.
        text: what was done.
    """

    action: str
    preview: bool
    edges: list[int]
    totals: dict[str, int]
    changes: list[Moved]
    notes: list[Said]
    text: str


class Evidence(BaseModel):
    """What a field says about two records.

    Attributes:
        field: its name.
        title: what people call it.
        agreement: ``same``, ``close``, ``different`` or ``missing``.
        text: the same in words.
        bits: log2 of how much likelier that is of one person than of two.
    """

    field: str
    title: str
    agreement: Literal["same", "close", "different", "missing"]
    text: str
    bits: float


class ProposalOf(BaseModel):
    """Two identifiers that are probably one customer's.

    Attributes:
        proposal: its number; null in a preview.
        kind: of the two identifiers.
        left, right: they.
        probability: that they are one customer's.
        evidence: why.
        records: what it was made from.
        time: when.
        decision: ``open``, ``accepted`` or ``rejected``.
        edge: the join that accepting it made.
        retracted: since when that no longer holds.
    """

    proposal: int | None
    kind: str
    left: str
    right: str
    probability: float
    evidence: list[Evidence]
    records: str | None
    time: str | None
    decision: str
    edge: int | None
    retracted: str | None


class Proposals(BaseModel):
    """Proposals.

    Attributes:
        proposals: most probable first.
        total: how many there are.
        notes: what to know about them.
        text: what was found.
    """

    proposals: list[ProposalOf]
    total: int
    notes: list[Said]
    text: str


class Accept(BaseModel):
    """Which proposals to accept.

    Attributes:
        numbers: they.
        threshold: instead, all that wait and are at least so probable.
    """

    model_config = ConfigDict(extra="forbid")

    numbers: list[int] = Field(default_factory=list)
    threshold: float | None = Field(default=None, ge=0, le=1)


class Reject(BaseModel):
    """Which proposals to reject.

    Attributes:
        numbers: they.
    """

    model_config = ConfigDict(extra="forbid")

    numbers: list[int]


class Link(BaseModel):
    """Records of persons to look for one customer in two of.

    Attributes:
        upload: the file, sent as ``uploads`` take it.
        threshold: the least probability.
        id: the column with the customers' identifier.
        kind: what kind of identifier that is.
        fields: which columns hold what, where their headings do not tell.
    """

    model_config = ConfigDict(extra="forbid")

    upload: str
    threshold: float | None = Field(default=None, ge=0, le=1)
    id: str | None = None
    kind: str | None = None
    fields: dict[str, list[str]] = Field(default_factory=dict)
