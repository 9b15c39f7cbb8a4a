"""Names of stages on a ring: whatever they are and however little room they have, they stay in their piece of it."""

from __future__ import annotations

import math

from hypothesis import example, given
from hypothesis import strategies as st

from lvtu.maps.drawing.along import along
from lvtu.maps.drawing.measure import width
from lvtu.maps.drawing.ring import Ring
from lvtu.maps.drawing.scene import Label

BAND = 30.0
LONG = "Find out what there is and compare the offers of several providers"
CHINESE = "了解市场上有哪些选择，并比较各家的套餐与价格"
RING = Ring(300.0, 400.0, 250.0, 0.64, {}, {})


def corners(label: Label) -> list[tuple[float, float]]:
    """Angle and distance from the middle of the ring of the corners of a turned text: letters and what hangs below."""
    wide, turn = width(label.lines[0], label.size, bold=True), math.radians(label.turn)
    found = []
    for across in (-wide / 2, wide / 2):
        for up in (0.76 * label.size, -0.24 * label.size):
            x = label.x + across * math.cos(turn) + up * math.sin(turn) - RING.x
            y = label.y + across * math.sin(turn) - up * math.cos(turn) - RING.y
            found.append((math.atan2(x, -y) % (2 * math.pi), math.hypot(x, y)))
    return found


@given(st.one_of(st.sampled_from([LONG, CHINESE, "Use", "使用与售后"]), st.text("Wim 了解ab", min_size=1, max_size=60)),
       st.floats(0.32, 3.0), st.floats(0.4, 2.9))  # fmt: skip
@example(LONG, 0.32, 1.9)
@example(LONG, 3.5, 2.4)
@example(CHINESE, 2.2, 1.4)
def test_words_stay_in_their_piece_of_a_ring(words: str, begin: float, reach: float) -> None:
    words = " ".join(words.split()) or "x"
    labels = along(RING, words, begin, begin + reach, RING.radius - BAND / 2, "#000000")
    told = "".join(label.lines[0] for label in labels)
    assert told.replace(" ", "") == words.replace(" ", "") or told.endswith("…")
    for label in labels:
        for angle, far in corners(label):
            assert RING.radius - BAND <= far <= RING.radius, (label, far)
            assert begin <= angle <= begin + reach, (label, angle)


def test_a_name_is_read_from_left_to_right_wherever_it_stands() -> None:
    right = along(RING, LONG, 0.5, 2.2, RING.radius - BAND / 2, "#000000")
    below = along(RING, LONG, 2.2, 4.1, RING.radius - BAND / 2, "#000000")
    assert [label.y for label in right] == sorted(label.y for label in right)
    assert [label.x for label in below] == sorted(label.x for label in below)
    assert all(abs(label.turn) <= 90 for label in below)
    assert len(along(RING, "Buy", 2.2, 4.1, RING.radius - BAND / 2, "#000000")) == 1
