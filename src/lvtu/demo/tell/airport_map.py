"""The airport's map: a lane for each scale over the steps, what was met there, and the items that got worse."""

from __future__ import annotations

from lvtu.demo.airport import ITEMS, MODEL, Item
from lvtu.demo.document import Bar, Card, Cell, CellLane, CurveLane, Lane, Point, Table
from lvtu.demo.facts.airport import RATED, AirportFacts, Compared
from lvtu.demo.figures import Shown
from lvtu.demo.model import Step, Text
from lvtu.demo.tell.airport_voices import quotes
from lvtu.demo.words import NONE, arrow, count, noted, percent, same, score_span, signed

SCALES = (
    ("csat5", Text("满意度", "Satisfaction"), Text("不可接受 – 出色", "unacceptable – outstanding")),
    ("ease5", Text("省力", "Ease"), Text("困难 – 容易", "difficult – easy")),
    ("clean5", Text("清洁", "Cleanliness"), Text("脏 – 干净", "dirty – clean")),
    ("safe5", Text("安全感", "Safety"), Text("不安全 – 非常安全", "not safe – extremely safe")),
)
"""The scales have different ends and are never one curve; those of the steps have a lane each."""
BEST = {"csat5": Text("最满意", "Best liked"), "ease5": Text("最省力", "Easiest"), "clean5": Text("最干净", "Cleanest")}
WORSE = {
    "csat5": Text("不如以前满意", "Liked less"),
    "ease5": Text("变难了", "Harder"),
    "clean5": Text("变脏了", "Less clean"),
}
BETTER = {
    "csat5": Text("更满意了", "Liked more"),
    "ease5": Text("变容易了", "Easier"),
    "clean5": Text("更干净了", "Cleaner"),
}
TICKS = ((0.5, "+0.5"), (1.0, "+1"), (1.5, "+1.5"))
LEGEND = (
    Text("● 2018 年，竖条为 95% 区间", "● 2018, with its 95% interval as a bar"),
    Text("○ 2017 年", "○ 2017"),
    Text("红色：比 2017 年显著变差，仅此一义", "Red: significantly worse than 2017, and only that"),
    Text("断开处没有问到，不补线", "Gaps were not asked and are not bridged"),
    Text("分值 −2 至 +2（五分制减 3）", "Values run from −2 to +2 (answer minus 3)"),
)
COMMANDS = tuple(question.command("airport") for question in RATED.values())


def lanes(facts: AirportFacts) -> tuple[Lane, ...]:
    """The map's lanes, top to bottom."""
    curves = tuple(_curve(facts, scale, label, ends) for scale, label, ends in SCALES if scale in BEST)
    return (_passengers(facts), _time(), *curves, _remarks(facts), _problems(facts))


def _passengers(facts: AirportFacts) -> CellLane:
    total = facts.passengers[2018]
    cells = [facts.customers[step.event] for step in MODEL.steps]
    return CellLane(
        Text("旅客", "Passengers"),
        Text("2018 年评过的人", "who rated this step, 2018"),
        tuple(Cell(same(count(n)), same(percent(n / total, 0)), n / total) for n in cells),
    )


def _time() -> CellLane:
    return CellLane(
        Text("间隔时间", "Time between"),
        same(""),
        (
            Cell(
                Text(
                    f"{NONE}　问卷没有逐步时间；步骤顺序是旅程模型的，不是逐人观测。",
                    f"{NONE}  The survey has no times per step; the order is the journey model’s, not observed.",
                )
            ),
        ),
    )


def _at(step: Step, scale: str) -> Item | None:
    return next((item for item in ITEMS if item.event == step.event and item.scale == scale), None)


def _curve(facts: AirportFacts, scale: str, label: Text, ends: Text) -> CurveLane:
    items = [_at(step, scale) for step in MODEL.steps]
    points = tuple(_point(facts.ratings[item.column], item) if item else None for item in items)
    return CurveLane(label, ends, points, 0.5, 1.5, TICKS)


def _point(value: Compared, item: Item) -> Point:
    after, before = value.after, value.before
    numbers = noted(score_span(after), after.n)
    return Point(
        value=after.value,
        low=after.low,
        high=after.high,
        n=after.n,
        shown=signed(after.value),
        detail=Text(
            f"{item.name.zh}：2018 年 {signed(after.value)}（{numbers.zh}）；"
            f"2017 年 {signed(before.value)}，n {count(before.n)}；"
            f"变化 {signed(value.change.delta)}{_verdict(value).zh}",
            f"{item.name.en}: 2018 {signed(after.value)} ({numbers.en}); "
            f"2017 {signed(before.value)}, n {count(before.n)}; "
            f"change {signed(value.change.delta)}{_verdict(value).en}",
        ),
        before=before.value,
        tone=value.tone,
    )


def _verdict(value: Compared) -> Text:
    if value.tone == "worse":
        return Text("，显著变差", ", significantly worse")
    if value.tone == "better":
        return Text("，显著变好", ", significantly better")
    return Text("，无显著变化", ", not significant")


def _remarks(facts: AirportFacts) -> CellLane:
    best = {max(_placed(scale), key=lambda item: facts.ratings[item.column].after.value) for scale in BEST}
    cells = [_remark(facts, step, best) for step in MODEL.steps]
    hint = Text(
        "红：显著变差，给 1–2 分的占比；绿：本条线最高",
        "red: significantly worse, share of 1–2; green: best in its lane",
    )
    return CellLane(Text("痛点与亮点", "Pains and strengths"), hint, tuple(cells), quiet=True)


def _placed(scale: str) -> list[Item]:
    events = {step.event for step in MODEL.steps}
    return [item for item in ITEMS if item.scale == scale and item.event in events]


def _remark(facts: AirportFacts, step: Step, best: set[Item]) -> Cell | None:
    for item in (item for item in (*facts.worse, *facts.better) if item.event == step.event):
        value = facts.ratings[item.column]
        words = (WORSE if value.tone == "worse" else BETTER)[item.scale]
        before, after = facts.low[item.column]
        note = same(f"{percent(before.value)} → {percent(after.value)}")
        return Cell(words, note, tone="worse" if value.tone == "worse" else "better")
    for item in (item for item in best if item.event == step.event):
        return Cell(BEST[item.scale], same(signed(facts.ratings[item.column].after.value)), tone="good")
    return None


def _problems(facts: AirportFacts) -> CellLane:
    told = facts.themes.told
    return CellLane(
        Text("说到的问题", "Problems told"),
        Text("2018 年人数，未加权", "2018, people, unweighted"),
        tuple(Cell(same(count(told[step.key]))) if told.get(step.key) else None for step in MODEL.steps),
    )


def card(facts: AirportFacts, item: Item) -> Card:
    """One item that got worse, at a closer look."""
    value, low = facts.ratings[item.column], facts.low[item.column]
    step = next((step for step in MODEL.steps if step.event == item.event), None)
    stage = next((stage for stage in MODEL.stages if step in stage.steps), None)
    scale = next(label for scale, label, _ in SCALES if scale == item.scale)
    told = facts.themes.told.get(step.key, 0) if step else 0
    return Card(
        title=item.name,
        place=Text(
            f"{stage.name.zh if stage else '全程'} · {scale.zh}",
            f"{stage.name.en if stage else 'The whole journey'} · {scale.en}",
        ),
        big=signed(value.after.value),
        change=moved(value),
        note=Text(
            f"95% 区间 {score_span(value.after)}，n {count(value.after.n)}；2017 年 {signed(value.before.value)}，"
            f"n {count(value.before.n)}。变化 {signed(value.change.delta)}（{delta_span(value).zh}）。",
            f"95% interval {score_span(value.after)}, n {count(value.after.n)}; 2017 {signed(value.before.value)}, "
            f"n {count(value.before.n)}. Change {signed(value.change.delta)} ({delta_span(value).en}).",
        ),
        bars_title=Text("给 1–2 分的旅客", "Answered 1 or 2 of 5"),
        bars=_bars(*low),
        quotes_title=Text(f"旅客原话（2018 年，选自 {told} 人）", f"In their words (2018, of {told} people)"),
        quotes=quotes(facts.said, step.key if step else ""),
        tone="worse" if value.tone == "worse" else "",
    )


def _bars(before: Shown, after: Shown) -> tuple[Bar, ...]:
    """The share of low answers in both years as bars on one scale, 0 to 10 % or what is needed."""
    top = max(0.1, before.value, after.value)
    return (
        Bar(Text("2018 年", "2018"), percent(after.value), after.value / top, tone="worse"),
        Bar(Text("2017 年", "2017"), percent(before.value), before.value / top, faint=True),
    )


def moved(value: Compared, digits: int = 2) -> Text:
    """A change as a triangle and its size, and against what."""
    text = arrow(value.change.delta, digits)
    return Text(f"{text} 较 2017 年", f"{text} on 2017")


def delta_span(value: Compared, digits: int = 2) -> Text:
    """The interval of a change."""
    low, high = signed(value.change.low, digits), signed(value.change.high, digits)
    return Text(f"{low} 至 {high}", f"{low} to {high}")


def table(facts: AirportFacts) -> Table:
    """All ratings of both years, with the test of each change."""
    names = ("项目", "2018", "95% 区间", "n", "2017", "n", "变化", "校正后 p", "结论")
    english = ("Item", "2018", "95% interval", "n", "2017", "n", "Change", "Adjusted p", "Verdict")
    rows, marked = [], []
    for number, item in enumerate(ITEMS):
        value = facts.ratings[item.column]
        if value.tone == "worse":
            marked.append(number)
        verdict = _verdict(value)
        rows.append(
            (
                item.name,
                same(signed(value.after.value)),
                same(score_span(value.after)),
                same(count(value.after.n)),
                same(signed(value.before.value)),
                same(count(value.before.n)),
                same(signed(value.change.delta)),
                same(f"{value.q:.3f}" if value.q is not None and value.q >= 0.001 else "<0.001"),
                Text(verdict.zh[1:], verdict.en[2:]),
            )
        )
    return Table(
        Text(f"全部 {len(ITEMS)} 项评分", f"All {len(ITEMS)} ratings"),
        Text(
            "加权均值（−2 至 +2）；区间用有效样本量；p 值按 Benjamini–Hochberg 校正。",
            "Weighted means (−2 to +2); intervals from the effective number of answers; p-values adjusted by "
            "Benjamini–Hochberg.",
        ),
        tuple(Text(zh, en) for zh, en in zip(names, english, strict=True)),
        tuple(rows),
        marked=tuple(marked),
        folded=True,
        asks=COMMANDS,
    )
