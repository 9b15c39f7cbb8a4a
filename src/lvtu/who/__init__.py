"""Who is who in one workspace: the stored list, what a change of it means for people, and what a person looks at.

:class:`Who` keeps the list of edges and the rules; :class:`IdentityChange` says who joined and who split;
:class:`IdentitySummary` and :class:`CustomerIdentity` are the console.
"""

from lvtu.who.books import Who
from lvtu.who.change import IdentityChange
from lvtu.who.customer import CustomerIdentity
from lvtu.who.summary import IdentitySummary

__all__ = ["CustomerIdentity", "IdentityChange", "IdentitySummary", "Who"]
