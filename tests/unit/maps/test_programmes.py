"""Guided programmes: gates look for what is there, name what is missing, and a project ends in a report."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import docx
import pptx
import pypdf
import pytest
from docx.enum.section import WD_ORIENT
from pptx.enum.shapes import MSO_SHAPE_TYPE

import lvtu
from lvtu.core.words import LANGS, Lang, known
from lvtu.errors import BadInput, UnknownName
from lvtu.maps.drawing.scene import Dot, Part
from lvtu.maps.programmes import Running, programmes
from lvtu.maps.programmes.definition import Field, Gate
from lvtu.maps.programmes.focus import weighed
from lvtu.maps.programmes.gates import GATES
from lvtu.maps.programmes.project import SENSES
from lvtu.maps.programmes.report import report, written
from lvtu.maps.programmes.report.contents import Picture
from lvtu.maps.programmes.report.quadrants import quadrants
from unit.maps.shop import MODEL, events, rated_events


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lvtu.Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("shop")) as ws:
        ws.ingest(events())
        ws.save_model(MODEL)
        yield ws


def test_programmes_have_five_steps_in_both_languages_and_every_gate_is_asked() -> None:
    assert set(programmes()) == {"analysis-5", "management-5", "mapping-5", "project-5"}
    gates = set()
    for one in programmes().values():
        assert len(one.steps) == 5
        for part in (one, *one.steps):
            assert part.title.zh != part.title.en and part.about.zh != part.about.en
        gates |= {gate for step in one.steps for gate in step.gates}
        assert all(set(step.fields) <= set(step.gates) for step in one.steps), "what is written is asked for"
    assert gates == set(GATES) == {name for part in get_args(Gate) for name in (get_args(part) or (part,))}
    for lang in LANGS:
        assert all(known(f"programmes.gates.{gate}", lang) for gate in GATES)
        assert all(known(f"programmes.fields.{name}", lang) for name in get_args(Field))


def test_a_gate_names_what_is_missing_and_opens_when_it_is_there(ws: lvtu.Workspace) -> None:
    project = ws.programmes.begin("analysis-5", "Shop", by="ann")
    assert project.missing("data") == ()
    with pytest.raises(BadInput, match="comes after"):
        project.pass_step("map", by="ann")
    project.pass_step("data", by="ann")
    with pytest.raises(BadInput, match="Choose the map, or draw one; Let numbers show"):
        project.pass_step("map", by="ann")
    drawn = ws.maps.autodraw()
    project.attach(drawn.id)
    assert project.missing("map") == ("scenario",)
    project.scene({"who": "Parents", "goal": "Groceries by six"}, by="ann")
    project.pass_step("map", by="ann")
    assert project.missing("pains") == (), "the data drew a pain with evidence"
    project.pass_step("pains", by="ann")
    project.idea("checkout", "Save the card", "opportunity", by="ann")
    assert project.missing("advice") == ("opportunity",), "nobody is to take it"
    project.idea("checkout", "Say why a payment failed", "opportunity", "Payments", by="ann")
    project.pass_step("advice", by="ann")
    assert set(project.missing("effect")) == {"version", "effect"}
    drawn.edit(
        "put",
        part="scenarios",
        made=[{"key": "home", "who": "Parents", "goal": "Dinner"}],
        by="ann",
    )
    drawn.publish("Before", by="ann")
    project.note(effect="CSAT at checkout above 4 by June")
    project.pass_step("effect", by="ann")
    assert [one.state for one in project.standing()] == ["passed"] * 5
    assert [one.by for one in project.project.passed] == ["ann"] * 5
    told = _markdown(project, "en")
    assert "CSAT at checkout above 4 by June" in told and "Payments" in told and "Parents" in told
    assert told.count("\n## ") == 5 and "Not done yet" not in told
    drawn.remove()
    assert "map" in project.missing("map"), "gates look at what is there now"
    project.remove()
    with pytest.raises(UnknownName):
        project.standing()


@pytest.fixture(scope="module")
def rated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lvtu.Workspace]:
    with lvtu.open(tmp_path_factory.mktemp("rated")) as ws:
        ws.ingest(rated_events())
        ws.save_model(MODEL)
        yield ws


def test_focus_parts_importance_and_performance_at_their_means(rated: lvtu.Workspace) -> None:
    ws = rated
    drawn = ws.maps.autodraw()
    project = ws.programmes.begin("project-5", "Better", drawn.id, by="ann")
    with pytest.raises(BadInput, match="weighed"):
        project.choose(["checkout"])
    outcome = "nps"
    found = weighed(ws, drawn.document, drawn.answers(), outcome)
    asked = ws.through(_model(drawn)).drivers(outcome, by="touchpoint").table.to_pylist()
    by_step = {row["driver"]: row["importance"] for row in asked}
    assert found and {one.step for one in found} <= set(by_step)
    middle = sum(one.importance for one in found) / len(found)
    rated = sum(one.performance.value for one in found) / len(found)
    for one in found:
        high, good = one.importance >= middle, one.performance.value >= rated
        twin = {(True, False): "focus", (True, True): "keep", (False, False): "low", (False, True): "enough"}
        assert one.quadrant == twin[high, good]
    assert (found[0].step, found[0].quadrant) == ("checkout", "focus"), "as it was made"
    assert sum(one.importance for one in found) == pytest.approx(1, abs=1e-6)
    project.weigh(outcome)
    project.choose([found[0].step], by="ann")
    project.choose([found[0].step], by="ann")
    document = drawn.document
    pain = [card for card in document.cards if card.key.startswith("project-pain")]
    assert len(pain) == 1 and pain[0].evidence[0].kind == "model"
    assert [(one.source, one.kind) for one in document.links] == [(pain[0].key, "informs")]
    assert project.missing("focus") == ()


def test_everybody_has_three_dots_and_an_idea_goes_on_as_an_action(ws: lvtu.Workspace) -> None:
    drawn = ws.maps.autodraw()
    project = ws.programmes.begin("project-5", "Board", drawn.id, by="ann")
    project.ask("make paying feel safe?", "checkout")
    (question,) = project.project.questions
    with pytest.raises(UnknownName, match="home"):
        project.ask("do more?", "nowhere")
    said = [project.idea("checkout", f"Idea {number}", question=question.key, by="ann") for number in range(2)]
    said.append(project.idea("checkout", "Idea 2", by="bo"))
    assert project.missing("ideas") == ()
    dice = random.Random(8)
    twin: dict[tuple[str, str], int] = {}
    refused = 0
    for _ in range(60):
        who, idea, dots = dice.choice("abc"), dice.choice(said), dice.randint(0, 3)
        others = sum(n for (voter, of), n in twin.items() if voter == who and of != idea)
        if others + dots > 3:
            refused += 1
            with pytest.raises(BadInput, match=f"{3 - others} of your 3"):
                project.vote(idea, dots, by=who)
        else:
            project.vote(idea, dots, by=who)
            twin[who, idea] = dots
    assert refused and any(twin.values())
    for one in project.ideas():
        if one.card.key in said:
            mine = {who: twin.get((who, one.card.key), 0) for who in "abc"}
            assert (one.dots, one.voters) == (sum(mine.values()), sum(n > 0 for n in mine.values()))
    assert [one.dots for one in project.ideas()] == sorted((one.dots for one in project.ideas()), reverse=True)
    with pytest.raises(UnknownName, match="no idea"):
        project.vote("gone", 1, by="a")
    project.become(said[0], "action", "Payments", by="ann")
    card = next(one for one in drawn.document.cards if one.key == said[0])
    assert (card.kind, card.owner, card.text.en if card.text else "") == ("action", "Payments", "Idea 0")
    assert project.missing("ideas") == (), "what became of an idea was one"
    told = _markdown(project, "en")
    assert "### How might we make paying feel safe?" in told and "Payments" in told
    project.withdraw(question.key)
    assert project.project.questions == () and len([one for one in project.ideas() if one.card.key in said]) == 3


def test_two_who_vote_at_once_both_count(ws: lvtu.Workspace) -> None:
    drawn = ws.maps.autodraw()
    project = ws.programmes.begin("project-5", "At once", drawn.id, by="ann")
    idea = project.idea("checkout", "Save the card", by="ann")
    voters = [f"p{number}" for number in range(12)]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda who: project.vote(idea, 2, by=who), voters))
    assert project.ideas()[0].dots == 24 and set(project.project.votes) == set(voters)


@pytest.mark.parametrize("lang", LANGS)
def test_the_report_says_the_same_as_pages_slides_and_document(
    rated: lvtu.Workspace, tmp_path: Path, lang: Lang
) -> None:
    """Read back by other libraries: every step, gate, text and figure stands in each of them, and its pictures."""
    drawn = rated.maps.autodraw()
    project = rated.programmes.begin("project-5", "Pay with ease / 轻松付款", drawn.id, by="ann")
    project.note(persona="Parents | 家长", goal="Pay in a minute", metric="CSAT 4.5")
    project.scene({"who": "Parents", "where": "At home", "when": "Evening", "trigger": "Fridge", "goal": "Food"})
    project.pass_step("position", by="ann")
    project.weigh("nps")
    project.choose(["checkout"], by="ann")
    project.idea("checkout", "Save the card <for good>", by="ann")
    project.plan("emotion", "Say why it failed", "CSAT at checkout")
    found = report(project, lang)
    for format in ("pdf", "pptx", "docx", "md"):
        assert project.report(tmp_path / f"report.{format}", lang) == ()
    pages = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(tmp_path / "report.pdf").pages]
    shown = pptx.Presentation(str(tmp_path / "report.pptx"))
    slides = ["".join("".join(_texts(slide.shapes)).split()) for slide in shown.slides]
    file = docx.Document(str(tmp_path / "report.docx"))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    document = "".join("".join([*(one.text for one in file.paragraphs), *cells]).split())
    assert len(pages) == len(slides) >= 1 + 5 + 2
    weighing = project.weighed("nps")[0]
    wanted = [
        "Pay with ease / 轻松付款", "Parents | 家长", "Save the card <for good>", "Say why it failed", "Evening",
        f"{100 * weighing.importance:.1f}%", *(section.title for section in found.sections),
        *(told for section in found.sections for told, _ in section.gates),
    ]  # fmt: skip
    for text in wanted:
        flat = "".join(text.split())
        assert all(flat in "".join(parts) for parts in (pages, slides, [document])), text
    headings = [one.text for one in file.paragraphs if one.style is not None and one.style.name == "Heading 1"]
    assert headings == [f"{one.number}. {one.title}" for one in found.sections]
    assert len(file.inline_shapes) == sum(isinstance(one, Picture) for part in found.sections for one in part.blocks)
    wide = [page.orientation for page in file.sections]
    assert WD_ORIENT.LANDSCAPE in wide and wide[-1] == WD_ORIENT.PORTRAIT
    with pytest.raises(UnknownName, match="docx"):
        project.report(tmp_path / "report.doc", lang)


def test_the_picture_of_importance_and_performance_puts_each_step_where_it_belongs(rated: lvtu.Workspace) -> None:
    drawn = rated.maps.autodraw()
    found = weighed(rated, drawn.document, drawn.answers(), "nps")
    scene = quadrants(found, drawn.document, {"checkout"}, "en")
    points = {part.key: part for part in scene.shapes if isinstance(part, Part)}
    dots = {key: part.shapes[-2] for key, part in points.items()}
    assert len(dots) == len(found)
    for one, other in combinations(found, 2):
        first, second = (dots[f"{part.scale}/{part.step}"] for part in (one, other))
        assert isinstance(first, Dot) and isinstance(second, Dot)
        assert (first.y < second.y) == (one.importance > other.importance), "what matters more stands higher"
        assert (first.x > second.x) == (one.performance.value > other.performance.value)
    rings = [part for part in points.values() if any(isinstance(one, Dot) and one.fill is None for one in part.shapes)]
    assert [part.key.partition("/")[2] for part in rings] == ["checkout"]


def _texts(shapes: Iterable[Any]) -> Iterator[str]:
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text


def test_a_pain_rests_on_what_a_customer_said(ws: lvtu.Workspace) -> None:
    drawn = ws.maps.autodraw()
    drawn.edit("remove", part="cards", keys=[card.key for card in drawn.document.cards])
    project = ws.programmes.begin("analysis-5", "Said", drawn.id, by="ann")
    assert project.missing("pains") == ("pain",)
    said = drawn.answers().quotes["checkout"][0]
    project.pain("checkout", "Paying fails", said.source, by="ann")
    (card,) = drawn.document.cards
    assert (card.kind, card.step, card.evidence[0].quote) == ("pain", "checkout", said.text)
    assert project.missing("pains") == ()
    with pytest.raises(UnknownName, match="nobody said"):
        project.pain("home", "Slow", said.source)


def _markdown(project: Running, lang: Lang) -> str:
    return written(report(project, lang), "md").content.decode()


def _model(drawn: lvtu.maps.Map) -> lvtu.JourneyModel:
    from lvtu.maps.compiled import model_of

    library = {one.id: one for one in lvtu.JourneyModel.load(MODEL).touchpoints}
    return model_of(drawn.document, library)


def test_the_strategy_needs_all_four_rows_with_action_and_metric(ws: lvtu.Workspace) -> None:
    project = ws.programmes.begin("project-5", "Four", by="ann")
    for sense in SENSES:
        assert project.missing("strategy") == ("strategy",)
        project.plan(sense, f"Do {sense}", "")
        assert project.missing("strategy") == ("strategy",), "a row without a metric is none"
        project.plan(sense, f"Do {sense}", "CSAT")
    assert project.missing("strategy") == ()
    told = _markdown(project, "zh")
    assert "| 情感 | Do emotion | CSAT |" in told and "尚未完成" in told
    with pytest.raises(BadInput, match="no map"):
        project.idea("checkout", "x")
    with pytest.raises(UnknownName, match="project-5"):
        ws.programmes.begin("project-6", "x")
