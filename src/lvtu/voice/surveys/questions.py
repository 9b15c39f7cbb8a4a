"""The kinds of questions: what each asks, which scale its score is on, and which event its answer becomes."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from lvtu.voice.surveys.asked import Asked, Bound, Day, Options, Scale
from lvtu.voice.surveys.parts import Name, Option, OptionKey, Part, Text

Dimension = Literal["tangibles", "reliability", "responsiveness", "assurance", "empathy"]
"""The five dimensions of SERVQUAL (Parasuraman, Zeithaml & Berry 1988)."""

Side = Literal["expectation", "perception"]
KANO = ("like", "must_be", "neutral", "live_with", "dislike")
"""The answers to both questions of a Kano pair."""

HALVES = ("functional", "dysfunctional")
"""The questions of a Kano pair: how it is to have something, and how it is to lack it."""

FILE_TYPES = {
    "image": ("image/png", "image/jpeg", "image/webp"), "pdf": ("application/pdf",),
    "text": ("text/plain", "text/csv"),
}  # fmt: skip
"""What each kind of file may be."""

LONGEST = 10_000
"""Characters of a text at most."""


class _Points(Asked):
    """A whole number on a scale, whose ends may be named.

    Attributes:
        low: what the lowest number means.
        high: what the highest means.
    """

    low: Text | None = None
    high: Text | None = None


class Nps(_Points):
    """How likely they are to recommend: 0 to 10, and no other."""

    becomes: ClassVar[str] = "Recommendation Given"
    kind: Literal["nps"]

    @property
    def scale(self) -> str:
        """The score's scale."""
        return "nps"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return 0, 10


class Csat(_Points):
    """How satisfied they are: 1 to 5, or to 3, 4, 7 or 10."""

    becomes: ClassVar[str] = "Satisfaction Rated"
    kind: Literal["csat"]
    points: Literal[3, 4, 5, 7, 10] = 5

    @property
    def scale(self) -> str:
        """The score's scale."""
        return f"csat{self.points}"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return 1, self.points


class Ces(_Points):
    """How easy something was, on seven points.

    Attributes:
        wording: ``ease`` ("it was made easy for me", the more the better: scale ``ces7``) or ``effort`` ("how much
            effort did it take", the first wording, which runs the other way: scale ``effort7``).
    """

    becomes: ClassVar[str] = "Effort Rated"
    kind: Literal["ces"]
    wording: Literal["ease", "effort"] = "ease"

    @property
    def scale(self) -> str:
        """The score's scale; it tells the wordings apart."""
        return "ces7" if self.wording == "ease" else "effort7"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return 1, 7


class Rating(_Points):
    """A rating of anything else.

    Attributes:
        points: the highest; the lowest is 1.
        look: ``stars`` or ``numbers``.
        named_scale: the score's scale, where it is one of your own: ``clean5``.
    """

    becomes: ClassVar[str] = "Rating Given"
    kind: Literal["rating"]
    points: int = Field(default=5, ge=2, le=10)
    look: Literal["stars", "numbers"] = "stars"
    named_scale: Scale | None = None

    @property
    def scale(self) -> str:
        """The score's scale."""
        return self.named_scale or f"{'stars' if self.look == 'stars' else 'rating'}{self.points}"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return 1, self.points


class Emoji(_Points):
    """One of five faces: −2, −1, 0, 1 or 2."""

    becomes: ClassVar[str] = "Feeling Given"
    kind: Literal["emoji"]

    @property
    def scale(self) -> str:
        """The score's scale."""
        return "emotion"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer."""
        return -2, 2


class Item(Part):
    """A statement of SERVQUAL.

    Attributes:
        key: what it is known by.
        text: the statement.
        dimension: what it is about.
    """

    key: OptionKey
    text: Text
    dimension: Dimension


class Servqual(Asked):
    """Statements about a service, answered for what was expected, for what was perceived, or both.

    An answer is ``{item: {"expectation": 6, "perception": 5}}``.

    Attributes:
        items: the statements.
        sides: which sides are asked; perception alone is SERVPERF.
        points: the highest; the lowest is 1.
    """

    becomes: ClassVar[str] = "Service Quality Rated"
    kind: Literal["servqual"]
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=100)]
    sides: Annotated[tuple[Side, ...], Field(min_length=1, max_length=2)] = ("expectation", "perception")
    points: Literal[5, 7, 9] = 7

    @property
    def scale(self) -> str:
        """The scores' scale."""
        return f"servqual{self.points}"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest answer to a statement."""
        return 1, self.points


class Kano(Asked):
    """A pair: how they feel if a feature is there, and if it is not.

    An answer is ``{"functional": "like", "dysfunctional": "live_with"}``, each of `KANO`.

    Attributes:
        functional: what is asked about having it.
        dysfunctional: what is asked about lacking it.
    """

    becomes: ClassVar[str] = "Feature Judged"
    kind: Literal["kano"]
    functional: Text
    dysfunctional: Text


class Matrix(Asked):
    """Several rows answered alike: each with a number, or with one of the columns.

    An answer is ``{row: 4}`` or ``{row: column}``.

    Attributes:
        rows: what is answered.
        points: the highest number; the lowest is 1.
        columns: what may be chosen instead of a number.
        named_scale: the scale of the numbers, where it is one of your own.
        shuffle: whether the rows come in an order of each respondent's own.
    """

    becomes: ClassVar[str] = "Question Answered"
    kind: Literal["matrix"]
    rows: Options
    points: Annotated[int, Field(ge=2, le=10)] | None = None
    columns: Options | None = None
    named_scale: Scale | None = None
    shuffle: bool = False

    @property
    def scale(self) -> str | None:
        """The scores' scale; None where columns are chosen."""
        return None if self.points is None else self.named_scale or f"rating{self.points}"

    @property
    def ends(self) -> tuple[int, int]:
        """The lowest and the highest number."""
        return 1, self.points or 1

    @property
    def event_name(self) -> str:
        """The event that the answer becomes: rows with numbers are ratings."""
        return self.event or ("Rating Given" if self.points else self.becomes)


class _Chosen(Asked):
    """What is answered by options.

    Attributes:
        options: what may be chosen.
        shuffle: whether they come in an order of each respondent's own; `Option.fixed` ones keep their place.
    """

    becomes: ClassVar[str] = "Question Answered"
    options: Options
    shuffle: bool = False


class Single(_Chosen):
    """One of the options: its key, or ``{"other": "in their own words"}``.

    Attributes:
        other: whether they may answer in their own words instead.
    """

    kind: Literal["single"]
    other: bool = False


class Multi(_Chosen):
    """Some of the options: a list of keys, and at most one ``{"other": "in their own words"}``.

    Attributes:
        other: whether they may add their own words.
        least: how many at least, where any are chosen.
        most: how many at most.
    """

    kind: Literal["multi"]
    other: bool = False
    least: int = Field(default=1, ge=1, le=500)
    most: int | None = Field(default=None, ge=1, le=500)


class Ranking(_Chosen):
    """The options in order, the best first: a list of keys without repeats.

    Attributes:
        top: how many are ranked; all of them if not given.
    """

    kind: Literal["ranking"]
    top: int | None = Field(default=None, ge=1, le=500)


class MaxDiff(Asked):
    """Sets of a few options each, of which the best and the worst is chosen: best–worst scaling.

    An answer is ``{"design": 7, "sets": {"1": {"best": "price", "worst": "colour"}, …}}``: which options stand in a set
    follows from the design (`lvtu.voice.surveys.maxdiff.sets_of`), and the design from the response.

    Attributes:
        options: what is compared.
        size: how many options stand in a set; all, where there are fewer.
        sets: how many sets are shown; as many as show each option three times if not given.
        best: what the best one of a set is called: “most important” if not given.
        worst: what the worst one is called.
    """

    becomes: ClassVar[str] = "Options Compared"
    kind: Literal["maxdiff"]
    options: Annotated[tuple[Option, ...], Field(min_length=3, max_length=30)]
    size: int = Field(default=4, ge=3, le=8)
    sets: int | None = Field(default=None, ge=1, le=40)
    best: Text | None = None
    worst: Text | None = None

    @property
    def many(self) -> int:
        """How many sets are shown."""
        return self.sets or -(-3 * len(self.options) // min(self.size, len(self.options)))


class Comment(Asked):
    """Anything, in their own words.

    Attributes:
        lines: ``one`` or ``several``.
        longest: characters at most.
    """

    becomes: ClassVar[str] = "Comment Given"
    kind: Literal["text"]
    lines: Literal["one", "several"] = "several"
    longest: int = Field(default=2000, ge=1, le=LONGEST)


class Number(Asked):
    """A number.

    Attributes:
        low: the lowest; none if not given.
        high: the highest.
        whole: whether it has no fraction.
        unit: what it counts.
    """

    becomes: ClassVar[str] = "Question Answered"
    kind: Literal["number"]
    low: Bound | None = None
    high: Bound | None = None
    whole: bool = False
    unit: Text | None = None


class Date(Asked):
    """A day, as ``2026-05-01``.

    Attributes:
        low: the first day.
        high: the last day.
    """

    becomes: ClassVar[str] = "Question Answered"
    kind: Literal["date"]
    low: Day | None = None
    high: Day | None = None


class File(Asked):
    """Files that somebody sends: pictures, PDF, plain texts, and nothing else; so nothing that can be run.

    An answer is a list of ``{"file": "…", "name": "box.jpg", "type": "image/jpeg", "bytes": 48213}``, as the service
    answers when a file is sent to it.

    Attributes:
        accepts: which kinds.
        megabytes: of each at most.
        files: how many at most.
    """

    becomes: ClassVar[str] = "Files Given"
    kind: Literal["file"]
    accepts: Annotated[tuple[Literal["image", "pdf", "text"], ...], Field(min_length=1, max_length=3)] = (
        "image", "pdf",
    )  # fmt: skip
    megabytes: int = Field(default=5, ge=1, le=20)
    files: int = Field(default=1, ge=1, le=5)

    @property
    def types(self) -> tuple[str, ...]:
        """The types that are accepted."""
        return tuple(one for kind in self.accepts for one in FILE_TYPES[kind])


class Consent(Asked):
    """Whether they agree to something: true or false, and the event says so as the Segment spec does.

    Attributes:
        category: what for, by the name that it has in other events.
    """

    becomes: ClassVar[str] = "Consent Answered"
    kind: Literal["consent"]
    category: Name


Scored = Nps | Csat | Ces | Rating | Emoji
"""Questions answered by one whole number."""

Question = (
    Nps | Csat | Ces | Rating | Emoji | Servqual | Kano | Matrix | Single | Multi | Ranking | MaxDiff | Comment | Number
    | Date | File | Consent
)  # fmt: skip
"""A question of any kind."""

AnyQuestion = Annotated[Question, Field(discriminator="kind")]
KINDS = (
    "nps", "csat", "ces", "rating", "emoji", "servqual", "kano", "matrix", "single", "multi", "ranking", "maxdiff",
    "text", "number", "date", "file", "consent",
)  # fmt: skip
"""The kinds, as definitions call them."""
