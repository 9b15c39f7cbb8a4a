"""The language of conditions: which events count, and which customers.

A condition is a line of text. It compares what an event carries, or says what a customer did::

    channel = 'store' and value > 100
    plan in ('pro', 'team') or not "Plan Name" like 'Free%'
    cart.total between 50 and 100 and coupon is null
    time >= '2026-01-01' and 城市 = '杭州'
    did A[value > 100] at least 3 times in 30 days and not did (B or C)
    A then B within 7 days without C
    cart -> [^cart]* -> pay
    in segment 'VIP' and channel = 'store'

Names are the record's fields and the events' properties. A property is written bare (``plan``), with
its path (``cart.total``), in any script (``城市``), or in double quotes (``"Plan Name"``);
``properties.plan`` means ``plan``, and is needed only when a property is named like a field
(``properties.channel``). Case counts in names.

Literals are text in single quotes (a quote inside is doubled), numbers, ``true`` and ``false``.
Keywords may be written in any case. Typographic quotes and full-width brackets, commas and
comparisons are read too.

=====================================================  =====================================================
``=`` (``==``)  ``!=`` (``<>``)  ``<``  ``<=``  ``>``  ``>=``  comparison
``in (…)``  ``not in (…)``                             equal to one of the values, or to none
``between a and b``  ``not between``                   both ends are included
``like 'a%_'``  ``not like``                           % any text, _ one character
``contains``  ``starts with``  ``ends with``  (``not …``)  part of a text
``is null``  ``is not null``                           whether there is a value
``not``  ``and``  ``or``  ``( )``                      binding in this order
=====================================================  =====================================================

The rules:

* **A missing value makes a comparison unknown**, as in SQL: ``unknown and false`` is false, ``unknown or
  true`` is true, ``not unknown`` is unknown, and only events for which the condition is true are kept. So
  ``plan != 'free'`` leaves out events without a plan; ``plan != 'free' or plan is null`` keeps them.
* **The literal decides what is compared.** A quoted literal (or true, false) compares the value's text, a
  number compares its number. Every value has a text: a number's is its shortest (2018 and 2018.0 are
  ``'2018'``), true is ``'true'``, a list or object is compact JSON. Texts that look like a number
  (``'12.50'``, ``' 7'``, ``'1e3'``) count as that number; all other values have no number, so comparing them
  with a number is unknown. What other events hold never changes the answer for one.
* **Text is ordered by code point**, and case counts, also in ``like``: ``'Z' < 'a'``, ``'10' < '9'``.
* **Times** (``time``, ``received_at``) are compared with a quoted ISO-8601 time; without a zone it is UTC,
  and a date is its first instant.
* ``value``, ``score``, ``sequence`` and ``weight`` are numbers: a quoted literal beside them is refused as a
  slip. ``score`` is kept as float32, and so is a number compared with it.
* ``topics_read`` is a list of codes: it contains ``'service'`` where a text speaks of that topic or of one that it is
  made of (``service.staff``), and of no other whose code only has those letters.
* Numbers are float64. Whole numbers beyond 2⁵³ (order numbers, say) are told apart only as text: quote them.

**Conditions on a customer** are true of all events of a customer or of none.

============================================================  ================================================
``did E``  ``did E at least 3 times``  ``at most``  ``exactly``  how many such events there are
``… in 30 days``                                              the most that any stretch of that length holds
``… in the last 30 days``  ``since '…'``  ``until '…'``       only events of that time
``E then E within 7 days without E then E in 30 days``        such events one after another
``E -> (E | E)* -> E{2,3}``  ``^ … $``                        a path: a regular expression over the time line
``in segment 'VIP'``                                          the condition, or the list, of that name
============================================================  ================================================

``E`` says which events: ``A``, ``'Order Paid'`` or ``"Order Paid"``, ``(A or B)`` or ``[A B]`` (either), ``[^A B]``
(any other), ``.`` or ``*`` (any), each with a condition on the event behind it, ``A[value > 100]``. The rules:

* **The whole time line of the snapshot counts**, whatever the question around it leaves out.
* **Missing values**: an event for which the condition in brackets is not true, be it unknown, does not count. A
  condition on a customer is never unknown. In brackets values are compared as everywhere: types mix by the rules above.
* **Ties**: the order is the journey's (time, sequence, message id). At the same time, what stands later there follows.
* **Windows** include both ends; ``since`` includes its time, ``until`` does not; ``in the last`` counts back from the
  snapshot's last event.
* **Overlap**: stretches of a window overlap freely, and the one that holds most decides, so ``at most 3 times in 30
  days`` is ``not at least 4``. A sequence or path is there if there is any way to find it, whatever others it
  overlaps; one event fills one step. ``within`` and ``without`` are about a step and the one before, the ``in`` at the
  end about the whole; the events of the two steps are not between them.

Example:
    >>> expr = parse("channel = “store” AND (value>100 or plan is null)")
    >>> print(expr)
    channel = 'store' and (value > 100 or plan is null)
    >>> sorted(expr.names)
    ['channel', 'plan', 'value']
    >>> evaluate_row(expr, {"channel": "store", "value": 120.0})
    True
    >>> describe(expr, "zh")
    '渠道是“store”且（金额大于 100 或没有 plan）'
    >>> print(parse("did not 下单 at least 2 times in 1d or A→B"))
    not did 下单 at least 2 times in 1 day or A -> B
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lvtu.core.expr.customers import Did, InOrder, InSegment, OfCustomers, Path
from lvtu.core.expr.nodes import Among, And, Between, Compare, Expr, Match, Missing, Not, Or
from lvtu.core.expr.parser import parse
from lvtu.core.expr.problems import Unreadable
from lvtu.core.expr.rows import evaluate_row
from lvtu.core.expr.values import as_number, as_text

if TYPE_CHECKING:
    from lvtu.core.expr.arrays import Mask
    from lvtu.core.expr.columns import Columns
    from lvtu.core.expr.phrases import Called

__all__ = [
    "Among",
    "And",
    "Between",
    "Compare",
    "Did",
    "Expr",
    "InOrder",
    "InSegment",
    "Match",
    "Missing",
    "Not",
    "OfCustomers",
    "Or",
    "Path",
    "Unreadable",
    "as_number",
    "as_text",
    "describe",
    "evaluate",
    "evaluate_row",
    "parse",
]


def describe(expr: Expr, language: str, called: Called | None = None) -> str:
    """The condition in words, ``zh`` or ``en``: see :func:`lvtu.core.expr.phrases.describe`."""
    from lvtu.core.expr.phrases import describe as in_words

    return in_words(expr, language, called)


def evaluate(expr: Expr, columns: Columns) -> Mask:
    """The rows for which the condition is true: see :func:`lvtu.core.expr.columns.evaluate`.

    NumPy is imported only now, so that reading a condition stays quick.
    """
    from lvtu.core.expr.columns import evaluate as over_columns

    return over_columns(expr, columns)
