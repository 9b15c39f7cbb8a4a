"""The bank's page."""

from __future__ import annotations

from lvtu.demo.applications import CANCELLED, DENIED, HANDOFFS, MODEL, TAKEN
from lvtu.demo.document import Bar, Card, Cell, CellLane, CurveLane, Kpi, Lane, Page, Point, Table
from lvtu.demo.facts.applications import ApplicationFacts, Way
from lvtu.demo.model import Finding, Text
from lvtu.demo.words import count, days, noted, percent, same, span

EVENTS = {
    "A_Create Application": Text("建立", "created"),
    "A_Submitted": Text("网上提交", "submitted"),
    "A_Concept": Text("整理", "drawn up"),
    "A_Accepted": Text("初审通过", "accepted"),
    "O_Create Offer": Text("拟报价", "offer made"),
    "O_Created": Text("报价就绪", "offer ready"),
    "O_Sent (mail and online)": Text("寄出报价", "sent"),
    "O_Sent (online only)": Text("网上发报价", "sent online"),
    "A_Complete": Text("报价发齐", "offers complete"),
    "A_Validating": Text("核对材料", "papers checked"),
    "A_Incomplete": Text("材料不全", "papers incomplete"),
    "O_Returned": Text("报价寄回", "offer returned"),
    "O_Accepted": Text("接受报价", "offer accepted"),
    "O_Refused": Text("报价被拒", "offer refused"),
    "O_Cancelled": Text("报价作废", "offer cancelled"),
    TAKEN: Text("贷款成立", "loan taken"),
    CANCELLED: Text("申请作废", "cancelled"),
    DENIED: Text("拒贷", "denied"),
}


def tell(facts: ApplicationFacts) -> Page:
    """The bank's page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text(
                "● 按设计完成这一步的申请占比，竖条为 95% 区间",
                "● share that did the step in its place, 95% interval as a bar",
            ),
        ),
        cards=(_outcomes(facts), _waits(facts)),
        tables=(_ways(facts), _handed(facts)),
        about=ABOUT,
    )  # fmt: skip


def _findings(facts: ApplicationFacts) -> tuple[Finding, ...]:
    first, taken = facts.ways[0], next(way for way in facts.ways if way.path[-1] == TAKEN)
    papers, again = facts.handed[1], facts.handed[3]
    steps = {step.key: found for step, found in zip(MODEL.steps, facts.steps, strict=True)}
    checked = steps["validating"]
    shown = sum(way.customers for way in facts.ways) / facts.applications
    wait, stay = days(taken.median_time), days(first.median_time)
    half, most = days(papers.median_time), days(papers.p90_time)
    return (
        _finding(
            "variants",
            f"{count(facts.applications)} 笔申请走出了 {count(facts.different)} 条不同的路，"
            f"其中 {count(facts.once)} 条只有一笔走过；最常见的 {len(facts.ways)} 条合占 {percent(shown)}。"
            f"走得最多的一条以作废告终：{percent(first.share.value)}（{span(first.share)}，"
            f"{count(first.customers)} 笔）收到报价后没有寄回，中位 {stay.zh}后作废。",
            f"{count(facts.applications)} applications took {count(facts.different)} different ways, "
            f"{count(facts.once)} of them taken by one application only; the {len(facts.ways)} most frequent hold "
            f"{percent(shown)}. The most frequent of all ends in cancellation: {percent(first.share.value)} "
            f"({span(first.share)}, {count(first.customers)}) were sent an offer, did not return it, and were "
            f"cancelled a median of {stay.en} after they began.",
            key=True,
        ),
        _finding(
            "conformance",
            f"{percent(facts.fitting.value)} 的申请（{span(facts.fitting)}，n {count(facts.fitting.n)}）"
            f"完全按设计顺序走完，平均贴合度 {percent(facts.fitness)}（只看设计里的事件）。"
            f"掉队最多的地方是核对材料：{count(checked.missing)} 笔（"
            f"{percent(1 - checked.share.value)}）没有走到；走到的里面有 {count(checked.repeated)} 笔核对了不止一次。",
            f"{percent(facts.fitting.value)} of applications ({span(facts.fitting)}, n {count(facts.fitting.n)}) keep "
            f"to the designed order from end to end; the mean fitness is {percent(facts.fitness)}, of the designed "
            f"events alone. Most are lost before the papers are checked: {count(checked.missing)} "
            f"({percent(1 - checked.share.value)}) never get there, and {count(checked.repeated)} have them checked "
            "more than once.",
            key=True,
        ),
        _finding(
            "papers",
            f"报价发齐之后，{percent(papers.share)}（{_ends(papers.low, papers.high)}，n {count(papers.handoffs)}）"
            f"在 14 天内等到了材料核对；{count(papers.broken)} 笔一直没有等到。等到的中位 {half.zh}，"
            f"最慢的一成超过 {most.zh}。一直没有等到的申请里 {percent(facts.silent.value)}"
            f"（{span(facts.silent)}）后来作废；日志没有写原因，客户不回复也是这个样子，不能都算银行慢。",
            f"After the offers are sent, {percent(papers.share)} ({_ends(papers.low, papers.high)}, n "
            f"{count(papers.handoffs)}) have their papers checked within 14 days; {count(papers.broken)} never do. For "
            f"those who do it takes a median of {half.en}, and more than {most.en} for the slowest tenth. Of those "
            f"never checked {percent(facts.silent.value)} ({span(facts.silent)}) were cancelled. The log does not say "
            "why, and a customer who does not answer looks the same: the bank need not be slow.",
        ),
        _finding(
            "again",
            f"材料不全是返工的来源：{count(again.handoffs)} 次里，{percent(again.share)}（"
            f"{_ends(again.low, again.high)}）在 7 天内重新核对，中位 {days(again.median_time).zh}；"
            f"{count(again.broken)} 次之后没有再核对，"
            f"多半直接成了贷款；另有 {count(again.pending)} 次在数据结束时还来得及。",
            f"Incomplete papers are where work is done again: of {count(again.handoffs)} times, "
            f"{percent(again.share)} ({_ends(again.low, again.high)}) were checked again within 7 days, after a median "
            f"of {days(again.median_time).en}; {count(again.broken)} were not checked again, most of "
            f"them since the loan was taken all the same, and {count(again.pending)} still had time when the data end.",
        ),
        _finding(
            "taken",
            f"{percent(facts.ends[TAKEN].value)} 的申请（{span(facts.ends[TAKEN])}）成为贷款，"
            f"{percent(facts.ends[CANCELLED].value)} 作废，{percent(facts.ends[DENIED].value)} 被拒。"
            f"最常见的成功路径从申请到贷款中位 {wait.zh}（{count(taken.customers)} 笔）。",
            f"{percent(facts.ends[TAKEN].value)} of applications ({span(facts.ends[TAKEN])}) become a loan, "
            f"{percent(facts.ends[CANCELLED].value)} are cancelled, {percent(facts.ends[DENIED].value)} denied. The "
            f"most frequent way to a loan takes a median of {wait.en} ({count(taken.customers)} applications).",
        ),
    )


def _finding(name: str, zh: str, en: str, *, key: bool = False) -> Finding:
    return Finding("applications", name, Text(zh, en), significant=key)


def _kpis(facts: ApplicationFacts) -> tuple[Kpi, ...]:
    ends = (("贷款成立", "Loan taken", TAKEN), ("作废", "Cancelled", CANCELLED), ("拒贷", "Denied", DENIED))
    return (
        Kpi(
            Text("申请", "Applications"),
            count(facts.applications),
            same(""),
            Text(f"{count(facts.events)} 个事件", f"{count(facts.events)} events"),
        ),
        *(
            Kpi(
                Text(zh, en),
                percent(facts.ends[name].value),
                same(""),
                noted(span(facts.ends[name]), facts.ends[name].n),
            )
            for zh, en, name in ends
        ),
        Kpi(
            Text("完全按设计", "As designed"),
            percent(facts.fitting.value),
            same(""),
            noted(span(facts.fitting), facts.fitting.n),
        ),
    )


def _lanes(facts: ApplicationFacts) -> tuple[Lane, ...]:
    return (
        CellLane(
            Text("按顺序完成", "Done in place"),
            Text("申请数", "applications"),
            tuple(
                Cell(
                    same(count(step.completed)),
                    Text(f"跳过 {count(step.skipped)}", f"skipped by {count(step.skipped)}") if step.skipped else None,
                    step.completed / facts.applications,
                )
                for step in facts.steps
            ),
        ),
        CellLane(
            Text("间隔时间", "Time between"),
            Text("距上一步，中位数", "since the step before, median"),
            tuple(
                Cell(Text("起点", "start")) if step.median_time is None else Cell(_time(step.median_time))
                for step in facts.steps
            ),
        ),
        CurveLane(
            Text("贴合设计", "As designed"),
            Text("该做的里面做到的", "of those for which it was due"),
            tuple(
                Point(
                    value=step.share.value,
                    low=step.share.low,
                    high=step.share.high,
                    n=step.share.n,
                    shown=percent(step.share.value),
                    detail=Text(
                        f"{plan.name.zh}：{percent(step.share.value)}（{noted(span(step.share), step.share.n).zh}）",
                        f"{plan.name.en}: {percent(step.share.value)} ({noted(span(step.share), step.share.n).en})",
                    ),
                )
                for plan, step in zip(MODEL.steps, facts.steps, strict=True)
            ),
            0.4,
            1.0,
            ((0.4, "40%"), (0.6, "60%"), (0.8, "80%"), (1.0, "100%")),
        ),
        CellLane(
            Text("没做到", "Missing"),
            Text("申请数", "applications"),
            tuple(Cell(same(count(step.missing + step.elsewhere))) for step in facts.steps),
        ),
        CellLane(
            Text("做了不止一次", "More than once"),
            Text("申请数", "applications"),
            tuple(Cell(same(count(step.repeated))) for step in facts.steps),
        ),
    )


def _time(micros: int) -> Text:
    if micros < 60_000_000:
        return Text("不到 1 分钟", "under a minute")
    if micros < 3_600_000_000:
        minutes = round(micros / 60_000_000)
        return Text(f"{minutes} 分钟", f"{minutes} min")
    return days(micros)


def _ends(low: float, high: float) -> str:
    return f"{100 * low:.1f}–{100 * high:.1f}%"


def _outcomes(facts: ApplicationFacts) -> Card:
    open_share = 1 - sum(figure.value for figure in facts.ends.values())
    bars = [
        Bar(Text(EVENTS[name].zh, EVENTS[name].en.capitalize()), percent(figure.value), figure.value)
        for name, figure in facts.ends.items()
    ]
    return Card(
        title=Text("申请的结局", "How applications end"),
        place=Text("全程", "The whole way"),
        note=Text(
            f"其余 {percent(open_share)} 在数据结束时还没有结局。",
            f"The other {percent(open_share)} had no end when the data stop.",
        ),
        bars=tuple(bars),
    )


def _waits(facts: ApplicationFacts) -> Card:
    return Card(
        title=Text("交接是否按时", "Handed over in time?"),
        place=Text("客户与银行之间", "Between customer and bank"),
        note=Text(
            "在演示给定的时限内完成的占比，只算时限已到的。",
            "Share kept within the time that this demonstration allows, of those whose time is over.",
        ),
        bars=tuple(
            Bar(name, percent(handed.share), handed.share)
            for (name, _), handed in zip(HANDOFFS, facts.handed, strict=True)
        ),
    )  # fmt: skip


def _ways(facts: ApplicationFacts) -> Table:
    return Table(
        Text("最常见的路", "The most frequent ways"),
        Text(
            f"同一件事连续几次算一次。其余 {count(facts.different - len(facts.ways))} 条路不在表里。",
            f"A run of one thing counts once. The other {count(facts.different - len(facts.ways))} ways are not shown.",
        ),
        tuple(
            Text(zh, en)
            for zh, en in (
                ("路", "Way"), ("申请", "Applications"), ("占比", "Share"),
                ("95% 区间", "95% interval"), ("全程中位", "Median, whole way"),
            )
        ),
        tuple(
            (
                _path(way),
                same(count(way.customers)),
                same(percent(way.share.value)),
                same(span(way.share)),
                days(way.median_time),
            )
            for way in facts.ways
        ),
    )  # fmt: skip


def _path(way: Way) -> Text:
    names = [EVENTS.get(event, same(event)) for event in way.path]
    return Text(" → ".join(name.zh for name in names), " → ".join(name.en for name in names))


def _handed(facts: ApplicationFacts) -> Table:
    heads = (
        ("交接", "Hand-off"), ("次数", "Times"), ("时限", "Allowed"), ("按时", "In time"), ("95% 区间", "95% interval"),
        ("超时", "Late"), ("没有接上", "Never"), ("还来得及", "Have time"), ("中位", "Median"),
        ("最慢一成超过", "Slowest tenth above"),
    )  # fmt: skip
    rows = []
    for (name, pair), handed in zip(HANDOFFS, facts.handed, strict=True):
        allowed = str(pair["within"]).removesuffix("d")
        rows.append(
            (
                name,
                same(count(handed.handoffs)),
                Text(f"{allowed} 天", f"{allowed} days"),
                same(percent(handed.share)),
                same(_ends(handed.low, handed.high)),
                same(count(handed.late)),
                same(count(handed.broken)),
                same(count(handed.pending)),
                days(handed.median_time),
                days(handed.p90_time),
            )
        )
    return Table(
        Text("交接", "Hand-offs"),
        Text(
            "时限是演示定的，不是这家机构的标准。占比只算时限已到的；中位和最慢一成只看接上了的。"
            "同一笔申请可有几次交接，区间已经考虑。",
            "The times allowed are this demonstration’s, not the institute’s. Shares count those whose time is over; "
            "the median and the slowest tenth are of those taken over. An application may have several hand-offs, "
            "which the intervals take into account.",
        ),
        tuple(Text(zh, en) for zh, en in heads),
        tuple(rows),
    )


ABOUT = (
    (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "每条路是一笔申请的事件顺序。“贴合设计”用最优对齐：以最少的补步和删步，把实际的路对上设计。"
            "占比的区间用 Wilson 法，95%。",
            "A way is the order of an application’s events. “As designed” is the optimal alignment: the fewest steps "
            "added and left out that explain a way by the design. Intervals of shares are Wilson’s, 95%.",
        ),
    ),
    (
        Text("小心", "Handle with care"),
        Text(
            "只看申请和报价的事件，员工的工作项（安排、暂停、恢复）不在内。一位客户可能有几笔申请，日志里认不出来。"
            "年末的申请到数据结束时可能还没有走完。",
            "Only events of applications and offers are kept, not the employees’ work items (scheduled, suspended, "
            "resumed). One person may have made several applications, which the log cannot tell. Late ones may not "
            "have come to their end.",
        ),
    ),
    (
        Text("来源", "Source"),
        Text(
            "BPI Challenge 2017（B. van Dongen，埃因霍温理工大学，4TU.ResearchData）。数据不随旅图分发。",
            "BPI Challenge 2017 (B. van Dongen, Eindhoven University of Technology, 4TU.ResearchData). Not shipped "
            "with Lvtu.",
        ),
    ),
)
