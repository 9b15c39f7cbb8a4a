from __future__ import annotations

import pytest

from lvtu.errors import BadInput
from lvtu.identity import Edge, Identifier, Rules, as_of, join, retract

ANN, ANNA, PHONE = Identifier("user_id", "ann"), Identifier("user_id", "anna"), Identifier("anonymous_id", "phone")
EMAIL = Identifier("email", "a@b.c")


@pytest.mark.parametrize(
    ("edge", "says"),
    [
        ((ANN, ANN, 1), "joined with itself"),
        ((("user_id", ""), ANN, 1), "needs a kind and a value"),
        ((("", "x"), ANN, 1), "needs a kind and a value"),
        ((ANN, ANNA, 1, "guess"), "unknown source"),
        ((ANN, ANNA, 1, "rule"), "'rule' cannot join user_id with user_id"),
        ((PHONE, ANN, 1, "sign_in"), "'sign_in' cannot join anonymous_id with user_id"),
        ((EMAIL, ANN, 1, "alias"), "'alias' cannot join email with user_id"),
        ((ANN, ("previous_id", "x"), 1, "join"), "'join' cannot join user_id with previous_id"),
        ((ANN, ANNA, 5, "join", 4), "retracted before"),
    ],
)
def test_an_edge_that_makes_no_sense_is_refused(edge, says):
    with pytest.raises(BadInput, match=says):
        Edge(*edge)


def test_an_edge_says_what_it_joins_and_why():
    edge = Edge(ANN, ANNA, 5, "proposed:splink")
    assert (str(edge), edge.ground, edge.holds) == ("user_id:ann — user_id:anna (proposed:splink)", "proposed", True)
    assert str(retract(edge, 6)).endswith("(proposed:splink, retracted)")


def test_retraction_keeps_the_edge_and_is_final():
    edge = join(tuple(ANN), tuple(ANNA), 5)
    gone = retract(edge, 9)
    assert (edge.retracted_at, gone.retracted_at) == (None, 9)
    assert (gone.left, gone.right, gone.time, gone.source) == (ANN, ANNA, 5, "join")
    with pytest.raises(BadInput, match="already"):
        retract(gone, 10)


def test_as_of_hides_later_edges_and_undoes_later_retractions():
    early, late = retract(join(ANN, ANNA, 5), 9), join(ANN, PHONE, 7)
    assert as_of([early, late], 4) == []
    assert as_of([early, late], 6) == [join(ANN, ANNA, 5)]
    assert as_of([early, late], 8) == [join(ANN, ANNA, 5), late]
    assert as_of([early, late], 9) == [early, late]


@pytest.mark.parametrize("kind", ["user_id", "anonymous_id", "previous_id", ""])
def test_some_kinds_cannot_join_by_rule(kind):
    with pytest.raises(BadInput, match="cannot join by rule"):
        Rules(("email", kind))
