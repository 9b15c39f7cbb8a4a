"""The questions, the same list for everybody, none asked twice so that no cache answers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import permutations

from benchmarks.generate import DAY, EVENTS

HOUR = DAY // 24
ROUNDS = 9
TRIALS = 2
"""Questions asked first, unmeasured, to warm up and to choose each peer's best form."""

FREQUENT = (
    "Page Viewed",
    "Product Viewed",
    "Product Added",
    "Checkout Started",
    "Search Performed",
    "Product List Viewed",
)
RARE = (
    "Review Posted", "Return Requested", "Return Received", "Order Refunded",
    "Chat Started", "Complaint Filed", "Complaint Answered", "Complaint Closed",
)  # fmt: skip


@dataclass(frozen=True)
class Funnel:
    """Customers who did the steps in order within a window of the first; other events may lie between.

    The answer: {value of ``by``, or "": [customers reaching step 1, 2, …]}.
    """

    steps: tuple[str, ...]
    within: int
    where: tuple[str, str] | None = None
    by: str | None = None

    @property
    def bytes(self) -> int:
        """Bytes per event of the columns it reads: time, event, and the filter's and the breakdown's codes."""
        return 9 + (1 if self.where else 0) + {None: 0, "plan": 1, "city": 2}[self.by]


@dataclass(frozen=True)
class Graph:
    """Which event follows which, no later than ``within``.

    The answer: {(source, target): (transitions, customers, median gap in µs)}.
    """

    within: int
    bytes = 9


@dataclass(frozen=True)
class Retention:
    """Of the customers who first did ``start`` on a day (UTC), who did ``back`` later, k calendar days after.

    The answer: {(day of the cohort, k): customers} and, under k = −1, the cohort's size.
    """

    start: str
    back: str
    periods: int = 30
    bytes = 9


@dataclass(frozen=True)
class Variants:
    """How many customers took each distinct path, the list of all events of a customer.

    The answer: {path: customers} of the ``top`` most frequent ones that are more frequent than the last of them (which
    of equally frequent ones come last is a matter of taste); under ("(all)",) how many paths there are, under
    ("(once)",) how many were taken once.
    """

    top: int
    bytes = 1


@dataclass(frozen=True)
class Attribution:
    """Which channels the goal's events are credited to by a Markov chain of order 1: each customer's events up to each
    goal, or to the end, are a walk over their channels.

    The answer: {channel: events of the goal, to two decimals}; those with nothing before them are not credited. Lvtu
    works out intervals too, by solving 64 more chains; nobody else is asked to.
    """

    goal: str
    bytes = 10


@dataclass(frozen=True)
class Flow:
    """Where customers go after their first ``start``, five steps on: the ten names of most customers at each step.

    The answer: {(step, source, target): customers}; the other names are ``*other``, no further event is ``*left``.
    """

    start: str
    last: int = 5
    bytes = 1

    @property
    def steps(self) -> range:
        """The steps, counted from the start."""
        return range(1, self.last + 1)


@dataclass(frozen=True)
class StepMatrix:
    """Where customers are around their first ``start``: the ten names of most customers over all steps.

    The answer: {(step, name): customers}; the other names are ``*other``, outside the time line is ``*none``.
    """

    start: str
    before: int = 3
    after: int = 5
    bytes = 1

    @property
    def steps(self) -> range:
        """The steps, counted from the start."""
        return range(-self.before, self.after + 1)


Question = Funnel | Graph | Retention | Flow | StepMatrix | Variants | Attribution


def _spread(names: tuple[str, ...], width: int, wanted: int) -> list[tuple[str, ...]]:
    """``wanted`` different ordered choices of ``width`` names, evenly spread over all of them."""
    every = list(permutations(names, width))
    return [every[(i * 67 + 1) % len(every)] for i in range(wanted)]


def cases(rounds: int = ROUNDS) -> dict[str, list[Question]]:
    """The questions of each case, ``TRIALS`` unmeasured ones first."""
    n = rounds + TRIALS
    frequent: list[Question] = [Funnel(s, 7 * DAY + i * HOUR) for i, s in enumerate(_spread(FREQUENT, 4, n))]
    rare: list[Question] = [Funnel(s, 7 * DAY + i * HOUR) for i, s in enumerate(_spread(RARE, 4, n))]
    mobile = ("device_type", "mobile")
    return {
        "funnel-frequent": frequent,
        "funnel-rare": rare,
        "funnel-plan": [replace(q, where=mobile, by="plan", within=q.within + 1) for q in frequent],
        "funnel-city": [replace(q, where=mobile, by="city", within=q.within + 2) for q in frequent],
        "graph": [Graph(20 * DAY + i * HOUR) for i in range(n)],
        "variants": [Variants(20 + i) for i in range(n)],
        "attribution": [Attribution(goal) for (goal,) in _spread((*FREQUENT, *RARE), 1, n)],
        "retention": [Retention(*s, 30 - i // 30) for i, s in enumerate(_spread(FREQUENT, 2, n))],
        "flow": [Flow(EVENTS[i]) for i in range(n)],
        "step-matrix": [StepMatrix(EVENTS[i]) for i in range(n)],
    }


TITLES = {
    "funnel-frequent": "four-step funnel within 7 days, frequent steps",
    "funnel-rare": "four-step funnel within 7 days, rare steps",
    "funnel-plan": "the frequent funnel with a property filter, broken down by 10 values",
    "funnel-city": "the frequent funnel with a property filter, broken down by 1,000 values",
    "graph": "transition graph: transitions, customers, median gap",
    "variants": "variants: customers of each distinct path, the 20 most frequent",
    "attribution": "attribution by a Markov chain of order 1, without-a-goal walks included",
    "flow": "flow: five steps after each customer's first event of a name",
    "step-matrix": "step matrix: three steps before the first event of a name and five after it",
    "retention": "retention on each of 30 days, by daily cohort (UTC)",
}


def same(one: dict, other: dict, tolerance: float = 0.03) -> str:
    """What differs between two answers, or "": counts exactly, median gaps within the sketches' tolerance."""
    if one.keys() != other.keys():
        apart = sorted(one.keys() ^ other.keys())
        return f"{len(apart)} rows are in one answer only, such as {apart[0]}"
    for key, left in one.items():
        right = other[key]
        if isinstance(left, tuple):
            if left[:2] != right[:2]:
                return f"{key}: {left} and {right}"
            few = left[0] < 2000  # a median between two distant middle values is a matter of definition
            if not few and abs(left[2] - right[2]) > tolerance * max(left[2], 1):
                return f"{key}: median {left[2]} and {right[2]}"
        elif left != right:
            return f"{key}: {left} and {right}"
    return ""
