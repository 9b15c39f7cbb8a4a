"""The twin of proposals: what is proposed, decided and joined, in sets and loops."""

from __future__ import annotations

from dataclasses import dataclass, field

Pair = frozenset[str]


@dataclass
class Books:
    """User ids, what was proposed of them, and what joins them.

    Attributes:
        decisions: of each pair that was ever proposed: open, accepted or rejected.
        joins: pairs that join now.
        spoken_of: pairs that anything was ever stated of.
    """

    decisions: dict[Pair, str] = field(default_factory=dict)
    joins: set[Pair] = field(default_factory=set)
    spoken_of: set[Pair] = field(default_factory=set)

    def customer(self, user: str) -> set[str]:
        """All who are one customer with a user."""
        found = {user}
        while True:
            more = found | {other for pair in self.joins if pair & found for other in pair}
            if more == found:
                return found
            found = more

    def propose(self, pairs: list[Pair]) -> list[Pair]:
        """The pairs that are worth a look."""
        fresh = [pair for pair in pairs if pair not in self.spoken_of and not pair <= self.customer(min(pair))]
        self.decisions |= dict.fromkeys(fresh, "open")
        self.spoken_of |= set(fresh)
        return fresh

    def join(self, pair: Pair) -> None:
        self.joins.add(pair)
        self.spoken_of.add(pair)

    def accept(self, pair: Pair) -> None:
        self.decisions[pair] = "accepted"
        self.joins.add(pair)

    def reject(self, pair: Pair) -> bool:
        """Whether it may be rejected: it may not while it joins."""
        if pair in self.joins and self.decisions[pair] == "accepted":
            return False
        self.decisions[pair] = "rejected"
        return True

    def customers(self, users: list[str]) -> set[frozenset[str]]:
        return {frozenset(self.customer(user) & set(users)) for user in users}
