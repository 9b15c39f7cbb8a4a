"""Who is who: reversible stitching of identifiers into customers.

The straight line: events become :class:`Observations`, stored :class:`Edge` values become
:class:`Edges`, :func:`resolve` makes a :class:`Resolution` of both, and its ``owners`` says whose
each event is. :func:`compare` says who joined and who split, :func:`moved` which events must be
filed anew, :func:`identity_report` what a person should look at.
"""

from lvtu.identity.diff import Diff, compare
from lvtu.identity.edges import Edge, Identifier, as_of, join, retract
from lvtu.identity.moves import Moved, moved
from lvtu.identity.observed import Aliases, Edges, Ids, Links, Observations, Rules, SignIns, no_edges
from lvtu.identity.report import IdentityReport, identity_report
from lvtu.identity.resolution import Resolution, resolve
from lvtu.identity.sign_ins import reduce_sign_ins

__all__ = [
    "Aliases",
    "Diff",
    "Edge",
    "Edges",
    "Identifier",
    "IdentityReport",
    "Ids",
    "Links",
    "Moved",
    "Observations",
    "Resolution",
    "Rules",
    "SignIns",
    "as_of",
    "compare",
    "identity_report",
    "join",
    "moved",
    "no_edges",
    "reduce_sign_ins",
    "resolve",
    "retract",
]
