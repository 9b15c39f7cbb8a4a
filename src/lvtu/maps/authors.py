"""Who makes the edits of a map: people of a server by their ids, whoever runs Python by what they call themselves."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import NamedTuple


class Signed(NamedTuple):
    """What the history keeps of who made an edit: what they were called then, and their id if they have one."""

    by: str
    author: str | None


@dataclass(frozen=True)
class Author:
    """Somebody who edits maps.

    Attributes:
        name: what the history is to call them.
        id: what they are known by, whatever they are called; None: by the name alone.
        names: what else they are called where the history keeps nothing but a name.

    Example:
        >>> ann, other = Author("Ann", "1", frozenset({"ann@example.com"})), Author("Ann", "2")
        >>> [one.made("Ann", "1") for one in (ann, other, Author("Ann"))]
        [True, False, True]
        >>> [one.made("ann@example.com", None) for one in (ann, other)]
        [True, False]
    """

    name: str
    id: str | None = None
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, by: By) -> Author:
        """Who somebody says that they are; who runs this if nobody is said."""
        return by if isinstance(by, Author) else cls(by or getpass.getuser())

    @property
    def signed(self) -> Signed:
        """How the history signs what they do."""
        return Signed(self.name, self.id)

    def made(self, by: str, author: str | None) -> bool:
        """Whether an edit is theirs: by the id, where both sides have one; else by what they are called."""
        if self.id is not None and author is not None:
            return self.id == author
        return by == self.name or by in self.names

    def taking_back(self, signed: Signed) -> Signed:
        """How the history signs what takes back, or does again, an edit of theirs.

        As that edit, so that everybody who is known by a name finds the two together; who has an id, by what they are
        called now.
        """
        return self.signed if signed.author == self.id else signed


By = Author | str | None
"""Who does something with a map: somebody known by an id, a name, or (None) whoever runs this."""
