"""A survey that was made here, answered by link, and drawn into a map: in its words, its pages as stages."""

from __future__ import annotations

from statistics import fmean

import pytest

from service.inprocess import Client
from service.test_surveys import ok, published, send


def _rating(key: str, zh: str, en: str) -> dict[str, object]:
    return {"key": key, "kind": "csat", "title": {"zh": zh, "en": en}}


STAY = {
    "key": "stay",
    "title": {"zh": "住店调查", "en": "Your stay"},
    "pages": [
        {"title": {"zh": "到店", "en": "Getting here"}, "questions": [
            _rating("q1", "您对预订的满意度", "How satisfied were you with booking?"),
            _rating("q2", "您对办理入住的满意度", "How satisfied were you with check-in?"),
            {"key": "q3", "kind": "text", "title": {"zh": "请说明原因", "en": "Why?"}, "show_if": "q2 <= 2"},
        ]},
        {"title": {"zh": "住店", "en": "Your room"}, "questions": [
            _rating("q4", "您对客房的满意度", "How satisfied were you with your room?"),
            _rating("q5", "您对本次入住的总体满意度", "Overall, how satisfied were you?"),
            {"key": "q6", "kind": "nps", "title": {"zh": "您会推荐我们吗？", "en": "Would you recommend us?"}},
            {"key": "q7", "kind": "text", "title": {"zh": "其他意见", "en": "Anything else?"}},
        ]},
    ],
}  # fmt: skip
GIVEN = [
    {"q1": 5, "q2": 1 + n % 3, **({"q3": f"Queued for {n} minutes"} if n % 3 < 2 else {}), "q4": 4, "q5": 3 + n % 2,
     "q6": 6 + n % 5, **({"q7": "Dusty room"} if n % 5 == 0 else {"q7": "Fine"} if n % 5 == 1 else {})}
    for n in range(30)
]  # fmt: skip


@pytest.fixture(scope="module")
def asked(editor: Client, anybody: Client) -> list[dict[str, object]]:
    """The survey with thirty answers; its questions as the drawing dialog has them."""
    link = published(editor, STAY)["link"]
    for n, answers in enumerate(GIVEN):
        ok(send(anybody, link, f"stay-response-{n}", answers))
    found: list[dict[str, object]] = ok(editor.get("/api/w/shop/maps/questions?lang=en"))
    return found


def test_its_questions_are_told_in_its_words_and_pages(editor: Client, asked: list[dict[str, object]]) -> None:
    told = [(one["question"], one["name"], one["stage"], one["by"], one["overall"]) for one in asked]
    assert told == [
        ("q1", "Booking", "Getting here", "section", False),
        ("q2", "Check-in", "Getting here", "section", False),
        ("q4", "Room", "Your room", "section", False),
        ("q5", "Overall, how satisfied were you?", "", "", True),
        ("q6", "Would you recommend us?", "", "", True),
    ]
    zh = ok(editor.get("/api/w/shop/maps/questions?lang=zh"))
    assert [(one["name"], one["stage"]) for one in zh][:3] == [("预订", "到店"), ("办理入住", "到店"), ("客房", "住店")]


def test_a_map_of_it_has_its_answers_at_their_steps(editor: Client, asked: list[dict[str, object]]) -> None:
    assert not any(one["drawn"] for one in asked)
    steps = [{name: one[name] for name in ("question", "name", "stage")} for one in asked if not one["overall"]]
    for drawing in ({"model": "survey", "title": "Stay"}, {"model": "survey", "title": "Stay", "steps": steps}):
        drawn = ok(editor.post("/api/w/shop/maps/draw?lang=en", json=drawing), 201)
        rated = ok(editor.get("/api/w/shop/maps/questions?lang=en"))
        assert [one["question"] for one in rated if one["drawn"]] == ["q1", "q2", "q4"]
        assert [one["name"]["en"] for one in drawn["document"]["stages"]] == ["Getting here", "Your room"]
        found = ok(editor.get(f"/api/w/shop/maps/{drawn['id']}/answers?lang=en"))
        head = {cell["title"]: cell for cell in found["cells"] if cell["lane"] is None}
        tens = [one["q6"] for one in GIVEN]
        nps = 100 * (sum(ten >= 9 for ten in tens) - sum(ten <= 6 for ten in tens)) / len(tens)
        told = head["Net promoter score"]
        assert (told["shown"], told["n"]) == (f"{nps:.1f}", 30)
        assert head["Overall, how satisfied were you?"]["shown"] == "50.0%"
        checked_in = next(cell for cell in found["cells"] if cell["step"] == "check-in" and cell["lane"] == "csat5")
        assert checked_in["n"] == 30
        assert checked_in["shown"] == f"{fmean(one['q2'] - 3 for one in GIVEN):+.2f}".replace("-", "−")
        quotes: dict[str, set[str]] = {}
        for one in found["quotes"]:
            quotes.setdefault(one["step"], set()).add(one["text"])
        assert all(text.startswith("Queued") for text in quotes.pop("check-in"))
        assert quotes == {"room": {"Dusty room"}, "": {"Fine"}} and found["unplaced"] == 6
