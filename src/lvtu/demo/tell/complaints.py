"""The complaints' page."""

from __future__ import annotations

from lvtu.demo.complaints import MODEL
from lvtu.demo.document import Bar, Card, Cell, CellLane, CurveLane, Kpi, Lane, Page, Point, Table
from lvtu.demo.facts.complaints import LEAST, ComplaintFacts, Group
from lvtu.demo.figures import Figure
from lvtu.demo.model import Finding, Text
from lvtu.demo.words import NONE, count, days, noted, percent, same, span

ISSUES = {
    "Charged fees or interest you didn't expect": "意外的费用或利息",
    "Problem when making payments": "还款时出问题",
    "Struggling to pay your loan": "还贷困难",
    "Problem with the payoff process at the end of the loan": "结清贷款时出问题",
    "Getting the loan": "申请贷款",
    "Getting a line of credit": "申请信用额度",
    "Incorrect information on your report": "信用报告有误",
    "Problem with additional add-on products or services": "附加产品或服务的问题",
}
"""Issues with at least a hundred complaints, in Chinese."""


def tell(facts: ComplaintFacts) -> Page:
    """The complaints' page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text("● 占全部投诉的比例，竖条为 95% 区间", "● share of all complaints, 95% interval as a bar"),
            Text("三个点是三件事，不连线", "Three points, three different things: no line"),
            Text("“—”：没有公布，不是零", "“—”: not published, not zero"),
        ),
        cards=(_late(facts), _relief(facts)),
        tables=(_issues(facts),),
        about=ABOUT,
    )


def _findings(facts: ComplaintFacts) -> tuple[Finding, ...]:
    firm = facts.latest
    firm_late = round(firm.late.value * firm.complaints)
    all_late = round(facts.late.value * facts.late.n)
    return (
        Finding(
            "complaints",
            "forward",
            Text(
                f"多数投诉当天就转到公司：{percent(facts.same_day.value)}（{span(facts.same_day)}，"
                f"n {count(facts.same_day.n)}）；但每七条里有一条（{percent(facts.slow.value)}）等了一周以上，"
                f"这些的中位数是 {facts.slow_days:.0f} 天。",
                f"Most complaints reach the company on the day: {percent(facts.same_day.value)} "
                f"({span(facts.same_day)}, n {count(facts.same_day.n)}). But one in seven "
                f"({percent(facts.slow.value)}) waits more than a week, a median of {facts.slow_days:.0f} days.",
            ),
            significant=True,
        ),
        Finding(
            "complaints",
            "relief",
            Text(
                f"公司几乎都会答复，但只有 {percent(facts.relief.value)}（{span(facts.relief)}）的人得到补偿或纠正，"
                f"拿到钱的只有 {percent(facts.money.value)}（{span(facts.money)}）。",
                f"Nearly all are answered, yet only {percent(facts.relief.value)} ({span(facts.relief)}) get any "
                f"relief, and {percent(facts.money.value)} ({span(facts.money)}) money.",
            ),
            significant=True,
        ),
        _issue(facts),
        Finding(
            "complaints",
            "late",
            Text(
                f"没有按时答复的有 {all_late} 条（{percent(facts.late.value)}，{span(facts.late)}），"
                f"其中 {firm_late} 条来自同一家公司 {firm.name}（该公司 {count(firm.complaints)} 条的 "
                f"{percent(firm.late.value)}）。",
                f"{all_late} were not answered in time ({percent(facts.late.value)}, {span(facts.late)}); {firm_late} "
                f"of them concern one company, {firm.name} ({percent(firm.late.value)} of its "
                f"{count(firm.complaints)}).",
            ),
            significant=True,
        ),
    )


def _issue(facts: ComplaintFacts) -> Finding:
    """Which issues end in relief more or less often than all other complaints, tested together."""
    found = sorted((g for g in facts.issues if g.name and g.q <= 0.05), key=lambda g: -g.relief.value)
    zh = "，".join(f"“{_zh(g)}”{percent(g.relief.value)}（{span(g.relief)}）" for g in found)
    en = ", ".join(f"“{g.name}” {percent(g.relief.value)} ({span(g.relief)})" for g in found)
    return Finding(
        "complaints",
        "issue",
        Text(
            f"得到补偿的比例因投诉内容而异，与其余投诉显著不同（错误发现率 5%）的是：{zh}。"
            if found
            else "各类投诉得到补偿的比例没有显著差别。",
            f"Relief depends on the issue: it differs significantly from all other complaints (5% false-discovery "
            f"rate) for {en}."
            if found
            else "No issue differs significantly from the others in its share with relief.",
        ),
        significant=bool(found),
    )


def _zh(group: Group) -> str:
    return ISSUES.get(group.name or "", group.name or "其他")


def _kpis(facts: ComplaintFacts) -> tuple[Kpi, ...]:
    def kpi(zh: str, en: str, figure: Figure) -> Kpi:
        return Kpi(Text(zh, en), percent(figure.value), same(""), noted(span(figure), figure.n))

    return (
        Kpi(
            Text("投诉", "Complaints"),
            count(facts.same_day.n),
            same(""),
            Text("一条投诉算一位客户", "one complaint, one customer"),
        ),
        kpi("当天转给公司", "Sent on the day", facts.same_day),
        kpi("等一周以上", "Waited over a week", facts.slow),
        kpi("未按时答复", "Not answered in time", facts.late),
        kpi("得到补偿或纠正", "Got relief", facts.relief),
        kpi("得到退款或赔偿", "Got money", facts.money),
    )


def _lanes(facts: ComplaintFacts) -> tuple[Lane, ...]:
    n = facts.same_day.n
    reached = [facts.steps[0].customers, facts.steps[1].customers, facts.answered, facts.relieved]
    slow = Text(
        f"{percent(facts.slow.value)} 超过 7 天，其中位数 {facts.slow_days:.0f} 天",
        f"{percent(facts.slow.value)} over 7 days, median {facts.slow_days:.0f}",
    )
    unknown = Cell(same(NONE), Text("答复日期未公布", "date not published"))
    median = days(facts.steps[1].median_time)
    between = Text("当天", "same day") if facts.steps[1].median_time == 0 else median
    return (
        CellLane(
            Text("客户", "Customers"),
            Text("走到这一步的投诉", "complaints that got here"),
            tuple(Cell(same(count(c)), same(percent(c / n)), c / n) for c in reached),
        ),
        CellLane(
            Text("间隔时间", "Time between"),
            Text("距上一步，中位数，精确到天", "since the step before, median, by day"),
            (Cell(Text("起点", "start")), Cell(between, slow), unknown, unknown),
        ),
        CurveLane(
            Text("顺利的比例", "Goes well"),
            Text("当天转到、按时答复、得到补偿", "sent on the day, answered in time, relieved"),
            (
                None,
                _point(facts.same_day, Text("当天转到公司", "Sent on the day")),
                _point(_complement(facts.late), Text("按时答复", "Answered in time")),
                _point(facts.relief, Text("得到补偿或纠正", "Got relief")),
            ),
            0.0,
            1.0,
            ((0.0, "0%"), (0.5, "50%"), (1.0, "100%")),
            joined=False,
        ),
        CellLane(
            Text("痛点", "Pains"),
            Text("人们说的和发生的", "what is said and done"),
            (
                Cell(
                    Text(f"最多：{_zh(facts.issues[0])}", f"Most: {facts.issues[0].name}"),
                    same(percent(facts.issues[0].complaints / n)),
                ),
                Cell(Text("每七条有一条等一周以上", "One in seven waits over a week"), slow),
                Cell(
                    Text(f"没有答复记录：{facts.overdue} 条", f"No answer on record: {facts.overdue}"),
                    Text("公司逾期结案", "closed as untimely"),
                ),
                Cell(
                    Text("多数只得到解释", "Most get an explanation only"),
                    same(percent((facts.answered - facts.relieved) / n)),
                ),
            ),
        ),
    )


def _complement(figure: Figure) -> Figure:
    return Figure(1 - figure.value, 1 - figure.high, 1 - figure.low, figure.n, figure.effective, figure.variance)


def _point(figure: Figure, name: Text) -> Point:
    numbers = noted(span(figure), figure.n)
    return Point(
        value=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        shown=percent(figure.value),
        detail=Text(
            f"{name.zh}：{percent(figure.value)}（{numbers.zh}）", f"{name.en}: {percent(figure.value)} ({numbers.en})"
        ),
    )


def _late(facts: ComplaintFacts) -> Card:
    firm = facts.latest
    return Card(
        title=Text("没有按时答复", "Not answered in time"),
        place=Text("答复", "Answer"),
        big=percent(facts.late.value),
        change=Text("的投诉", "of complaints"),
        note=noted(span(facts.late), facts.late.n),
        bars_title=Text("公司之间差别很大", "Companies differ widely"),
        bars=(
            Bar(same(firm.name or ""), percent(firm.late.value), firm.late.value / 0.4),
            Bar(Text("全部公司", "All companies"), percent(facts.late.value), facts.late.value / 0.4, faint=True),
        ),
    )


def _relief(facts: ComplaintFacts) -> Card:
    return Card(
        title=Text("结果", "Outcome"),
        place=Text("答复", "Answer"),
        big=percent(facts.relief.value),
        change=Text("得到补偿或纠正", "got relief"),
        note=noted(span(facts.relief), facts.relief.n),
        bars_title=Text("占全部投诉", "Of all complaints"),
        bars=(
            _bar("只得到解释", "Explanation only", facts.answered - facts.relieved, facts.relief.n),
            _bar("退款或赔偿", "Money", round(facts.money.value * facts.money.n), facts.relief.n),
            _bar("其他纠正", "Other relief", facts.relieved - round(facts.money.value * facts.money.n), facts.relief.n),
            _bar("没有答复记录", "No answer on record", facts.overdue, facts.relief.n),
        ),
    )


def _bar(zh: str, en: str, number: int, of: int) -> Bar:
    return Bar(Text(zh, en), f"{count(number)} · {percent(number / of)}", number / of)


def _issues(facts: ComplaintFacts) -> Table:
    rest = Text(f"其他（每类不足 {LEAST} 条）", f"All others (fewer than {LEAST} each)")
    rows = tuple(
        (
            Text(_zh(group), group.name) if group.name else rest,
            same(count(group.complaints)),
            same(percent(group.relief.value)),
            same(span(group.relief)),
            same(percent(group.money.value)),
            same(percent(group.late.value)),
            same(f"{group.q:.3f}" if group.q >= 0.001 else "<0.001"),
        )
        for group in facts.issues
    )
    zh = ("投诉什么", "投诉", "得到补偿或纠正", "95% 区间", "得到钱", "未按时答复", "校正后 p")
    en = ("Issue", "Complaints", "Got relief", "95% interval", "Got money", "Not in time", "Adjusted p")
    return Table(
        Text("按投诉内容", "By issue"),
        Text(
            "p 值检验“补偿比例与其余投诉相同”，按 Benjamini–Hochberg 校正。",
            "The p-value tests that an issue’s share with relief equals that of all others, adjusted by "
            "Benjamini–Hochberg.",
        ),
        tuple(Text(a, b) for a, b in zip(zh, en, strict=True)),
        rows,
    )


ABOUT = (
    (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "一条投诉变成三到四个事件：收到、转交、答复，以及补偿。占比的区间用 Wilson 法，95%。"
            "“未按时”和“没有答复记录”是监管机构的记录（Timely response: No；Untimely response）。",
            "A complaint becomes three or four events: received, sent, answered and, where there was any, relief. "
            "Intervals of shares are Wilson’s, 95%. “Not in time” and “no answer on record” are the regulator’s own "
            "record (Timely response: No; Untimely response).",
        ),
    ),
    (
        Text("小心", "Handle with care"),
        Text(
            "只有同意公开原文的投诉，全部来自网站，全部是贷款类；不代表所有消费者，也不能拿投诉数比较公司，"
            "因为不知道各家有多少客户。",
            "Only complaints whose text may be published, all made on the website, all about loans. They do not stand "
            "for all consumers, and numbers of complaints do not compare companies: their numbers of customers are "
            "unknown.",
        ),
    ),
    (
        Text("来源", "Source"),
        Text(
            "美国消费者金融保护局（CFPB）消费者投诉数据库，美国政府公共领域。",
            "Consumer Complaint Database, US Consumer Financial Protection Bureau; US government, public domain.",
        ),
    ),
)
