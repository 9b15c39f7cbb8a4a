"""The airport's page."""

from __future__ import annotations

from lvtu.demo.airport import ITEMS, MODEL, Item
from lvtu.demo.document import Card, Cell, CellLane, CurveLane, Kpi, Lane, Page, Point, Table
from lvtu.demo.facts.airport import AirportFacts, Compared
from lvtu.demo.model import Finding, Step, Text
from lvtu.demo.tell.airport_voices import CODES, bars, quotes
from lvtu.demo.words import NONE, arrow, count, noted, percent, same, score_span, signed, span

SCALES = (
    ("csat5", Text("满意度", "Satisfaction"), Text("不可接受 – 出色", "unacceptable – outstanding")),
    ("ease5", Text("省力", "Ease"), Text("困难 – 容易", "difficult – easy")),
    ("clean5", Text("清洁", "Cleanliness"), Text("脏 – 干净", "dirty – clean")),
)
"""A lane each: the scales have different ends and are never one curve."""
BEST = {"csat5": Text("最满意", "Best liked"), "ease5": Text("最省力", "Easiest"), "clean5": Text("最干净", "Cleanest")}
TICKS = ((0.5, "+0.5"), (1.0, "+1"), (1.5, "+1.5"))
FLAT = Text("无显著变化", "no significant change")


def tell(facts: AirportFacts) -> Page:
    """The airport's page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text("● 2018 年，竖条为 95% 区间", "● 2018, with its 95% interval as a bar"),
            Text("○ 2017 年", "○ 2017"),
            Text("红色：比 2017 年显著变差，仅此一义", "Red: significantly worse than 2017, and only that"),
            Text("断开处没有问到，不补线", "Gaps were not asked and are not bridged"),
            Text("分值 −2 至 +2（五分制减 3）", "Values run from −2 to +2 (answer minus 3)"),
        ),
        cards=tuple(_card(facts, item) for item in facts.worse),
        tables=(_table(facts),),
        about=ABOUT,
    )


def _findings(facts: AirportFacts) -> tuple[Finding, ...]:
    score, low = facts.ratings["q14passthru"], facts.low["q14passthru"]
    nps, coded = facts.nps, facts.security_problem
    cleaner = [item for item in facts.worse if item.scale == "clean5"]
    drops_zh = "，".join(f"{item.name.zh} −{-facts.ratings[item.column].change.delta:.2f}" for item in cleaner)
    drops_en = ", ".join(f"{_plain(item)} −{-facts.ratings[item.column].change.delta:.2f}" for item in cleaner)
    food, shops = facts.ratings["q7food"].after, facts.ratings["q7store"].after
    return (
        Finding(
            "airport",
            "security",
            Text(
                f"安检变难了：从 {signed(score.before.value)}（2017 年，n {count(score.before.n)}）降到 "
                f"{signed(score.after.value)}（2018 年，{score_span(score.after)}，n {count(score.after.n)}）；"
                f"觉得难的旅客从 {percent(low.before.value)} 升到 {percent(low.after.value)}"
                f"（{span(low.after)}）。",
                f"Security became harder: ease fell from {signed(score.before.value)} (2017, n "
                f"{count(score.before.n)}) to {signed(score.after.value)} (2018, {score_span(score.after)}, n "
                f"{count(score.after.n)}), and the share who found it difficult rose from "
                f"{percent(low.before.value)} to {percent(low.after.value)} ({span(low.after)}).",
            ),
            significant=True,
        ),
        Finding(
            "airport",
            "security_words",
            Text(
                f"旅客自己的话也这么说：遇到“安检太慢、太乱或态度差”的旅客从 {percent(coded.before.value)} "
                f"升到 {percent(coded.after.value)}（{span(coded.after)}，n {count(coded.after.n)}）；"
                "这一编码两年含义相同。",
                f"Passengers’ own words agree: those who met slow, confusing or rude security went from "
                f"{percent(coded.before.value)} to {percent(coded.after.value)} ({span(coded.after)}, n "
                f"{count(coded.after.n)}); that code means the same in both years.",
            ),
            significant=True,
        ),
        Finding(
            "airport",
            "clean",
            Text(
                f"清洁感下滑：{drops_zh}。{len(facts.ratings)} 项评分里，只有这 {len(cleaner)} 项和安检"
                f"在 5% 错误发现率下显著变差，{_better(facts).zh}。",
                f"Cleanliness slipped: {drops_en}. Of {len(facts.ratings)} ratings tested, these {len(cleaner)} and "
                f"security are the only ones significantly worse at a 5% false-discovery rate; {_better(facts).en}.",
            ),
            significant=True,
        ),
        Finding(
            "airport",
            "nps",
            Text(
                f"净推荐值 {nps.after.value:.1f}（{_nps_span(nps)}，n {count(nps.after.n)}），"
                f"比 2017 年的 {nps.before.value:.1f} 低 {-nps.change.delta:.1f} 分"
                f"（差值区间 {_delta_span(nps, 1).zh}）。",
                f"The net promoter score is {nps.after.value:.1f} ({_nps_span(nps)}, n {count(nps.after.n)}), "
                f"{-nps.change.delta:.1f} points below 2017’s {nps.before.value:.1f} (difference "
                f"{_delta_span(nps, 1).en}).",
            ),
            significant=nps.tone == "worse",
        ),
        Finding(
            "airport",
            "lowest",
            Text(
                f"满意度最低的仍是餐饮（{signed(food.value)}）和购物（{signed(shops.value)}），两年没有显著变化。",
                f"The least satisfying places are still the restaurants ({signed(food.value)}) and the shops "
                f"({signed(shops.value)}), with no significant change.",
            ),
        ),
    )


def _plain(item: Item) -> str:
    return item.name.en.removesuffix(", cleanliness").lower()


def _better(facts: AirportFacts) -> Text:
    if not facts.better:
        return Text("没有一项显著变好", "none is significantly better")
    return Text(f"{len(facts.better)} 项显著变好", f"{len(facts.better)} are significantly better")


def _nps_span(value: Compared) -> str:
    return f"{value.after.low:.1f}–{value.after.high:.1f}"


def _delta_span(value: Compared, digits: int = 2) -> Text:
    low, high = signed(value.change.low, digits), signed(value.change.high, digits)
    return Text(f"{low} 至 {high}", f"{low} to {high}")


def _kpis(facts: AirportFacts) -> tuple[Kpi, ...]:
    worse = len(facts.worse)
    return (
        Kpi(
            Text("净推荐值 NPS", "Net promoter score"),
            f"{facts.nps.after.value:.1f}",
            _moved(facts.nps, 1),
            noted(_nps_span(facts.nps), facts.nps.after.n),
            facts.nps.tone,
        ),
        _kpi(facts, "q7all", Text("机场整体评价", "Airport as a whole")),
        _kpi(facts, "q9all", Text("整体清洁", "Overall cleanliness")),
        _kpi(facts, "q10safe", Text("安全感", "Feeling safe")),
        Kpi(
            Text("遇到问题的旅客", "Met a problem"),
            percent(facts.problem.after.value),
            FLAT if not facts.problem.tone else _moved(facts.problem, 3),
            noted(span(facts.problem.after), facts.problem.after.n),
        ),
        Kpi(
            Text("显著变差的评分", "Significantly worse"),
            str(worse),
            Text(f"共 {len(facts.ratings)} 项", f"of {len(facts.ratings)} ratings"),
            Text("错误发现率 5%", "false-discovery rate 5%"),
        ),
    )


def _kpi(facts: AirportFacts, column: str, label: Text) -> Kpi:
    value = facts.ratings[column]
    note = noted(score_span(value.after), value.after.n)
    return Kpi(label, signed(value.after.value), _moved(value) if value.tone else FLAT, note, value.tone)


def _moved(value: Compared, digits: int = 2) -> Text:
    text = arrow(value.change.delta, digits)
    return Text(f"{text} 较 2017 年", f"{text} on 2017")


def _lanes(facts: AirportFacts) -> tuple[Lane, ...]:
    curves = tuple(_curve(facts, scale, label, ends) for scale, label, ends in SCALES)
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
    best = {max(_placed(scale), key=lambda item: facts.ratings[item.column].after.value) for scale, *_ in SCALES}
    cells = [_remark(facts, step, best) for step in MODEL.steps]
    hint = Text("红：显著变差；绿：本条线最高", "red: significantly worse; green: highest in its lane")
    return CellLane(Text("痛点与亮点", "Pains and strengths"), hint, tuple(cells), quiet=True)


def _placed(scale: str) -> list[Item]:
    events = {step.event for step in MODEL.steps}
    return [item for item in ITEMS if item.scale == scale and item.event in events]


def _remark(facts: AirportFacts, step: Step, best: set[Item]) -> Cell | None:
    for item in (item for item in facts.worse if item.event == step.event):
        low = facts.low[item.column]
        if item.scale == "ease5":
            moved = f"{percent(low.before.value)} → {percent(low.after.value)}"
            return Cell(Text("觉得难", "Found hard"), same(moved), tone="worse")
        drop = f"▼{-facts.ratings[item.column].change.delta:.2f}"
        return Cell(Text("变脏了", "Less clean"), same(drop), tone="worse")
    for item in (item for item in best if item.event == step.event):
        return Cell(BEST[item.scale], same(signed(facts.ratings[item.column].after.value)), tone="good")
    return None


def _problems(facts: AirportFacts) -> CellLane:
    cells: list[Cell | None] = []
    for step in MODEL.steps:
        codes = CODES.get(step.key)
        cells.append(Cell(same(count(facts.mentioned(codes)))) if codes else None)
    return CellLane(
        Text("说到的问题", "Problems told"),
        Text("2018 年人数，未加权", "2018, people, unweighted"),
        tuple(cells),
    )


def _card(facts: AirportFacts, item: Item) -> Card:
    value, low = facts.ratings[item.column], facts.low[item.column]
    step = next((step for step in MODEL.steps if step.event == item.event), None)
    stage = next((stage for stage in MODEL.stages if step in stage.steps), None)
    scale = next(label for scale, label, _ in SCALES if scale == item.scale)
    told = facts.mentioned(CODES.get(step.key, ())) if step else 0
    said = quotes(step.key if step else "")
    return Card(
        title=item.name,
        place=Text(
            f"{stage.name.zh if stage else '全程'} · {scale.zh}",
            f"{stage.name.en if stage else 'The whole journey'} · {scale.en}",
        ),
        big=signed(value.after.value),
        change=_moved(value),
        note=Text(
            f"95% 区间 {score_span(value.after)}，n {count(value.after.n)}；2017 年 {signed(value.before.value)}，"
            f"n {count(value.before.n)}。变化 {signed(value.change.delta)}（{_delta_span(value).zh}）。",
            f"95% interval {score_span(value.after)}, n {count(value.after.n)}; 2017 {signed(value.before.value)}, "
            f"n {count(value.before.n)}. Change {signed(value.change.delta)} ({_delta_span(value).en}).",
        ),
        bars_title=Text("给 1–2 分的旅客", "Answered 1 or 2 of 5"),
        bars=bars(low),
        quotes_title=Text(f"旅客原话（2018 年，选自 {told} 条）", f"In their words (2018, chosen from {told})"),
        quotes=said,
        tone="worse",
    )


def _table(facts: AirportFacts) -> Table:
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
    )


ABOUT = (
    (
        Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"),
        MODEL.order,
    ),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "每份答卷按问卷权重（WEIGHT）加权，使样本代表全部旅客；区间用有效样本量 (Σw)²/Σw²。空白（0）、"
            "没用过或不知道（6）、净推荐值的空白（11）都不算回答。25 项评分一起检验，错误发现率控制在 5%。"
            "满意度、省力、清洁是三种不同的量尺，分开画，不合成一条曲线。",
            "Every answer carries the survey’s weight, so that the sample stands for all passengers; intervals use the "
            "effective number of answers (Σw)²/Σw². Blanks (0), never used or don’t know (6) and a blank "
            "recommendation (11) are no answers. The 25 ratings are tested together at a 5% false-discovery rate. "
            "Satisfaction, ease and cleanliness are different scales: a lane each, never one curve.",
        ),
    ),
    (
        Text("小心", "Handle with care"),
        Text(
            "两年是两批不同的旅客，不是同一批人；差别可能来自季节、航线或题目以外的原因。文件只给出年份和日，"
            "没有月份。建议类编码 201–203 在 2018 年改了含义，这里不跨年比较；问题类编码 32 含义未变。",
            "The two years are different passengers; seasons, routes or anything else may lie behind a difference. The "
            "files give the year and the day, not the month. Suggestion codes 201–203 changed their meaning in 2018 "
            "and are not compared; problem code 32 did not.",
        ),
    ),
    (
        Text("来源", "Source"),
        Text(
            "旧金山国际机场旅客调查，2017 年 2,831 份、2018 年 2,809 份。DataSF，公共领域（PDDL）。",
            "San Francisco International Airport, customer survey: 2,831 passengers in 2017, 2,809 in 2018. DataSF, "
            "Public Domain Dedication and License.",
        ),
    ),
)
