"""The online shop's page."""

from __future__ import annotations

from lvtu.demo.document import Bar, Card, Cell, CellLane, CurveLane, Kpi, Lane, Page, Point, Table
from lvtu.demo.facts.retail import WINDOW, RetailFacts
from lvtu.demo.model import Finding, Text
from lvtu.demo.retail import ADJUSTED, BAD_DEBT, CANCELLED, MODEL, PLACED, SHOWN
from lvtu.demo.tell import trade
from lvtu.demo.words import NONE, count, days, noted, percent, pounds, same, span

NAMES = {
    PLACED: Text("订单", "orders"),
    CANCELLED: Text("取消单", "cancellations"),
    ADJUSTED: Text("库存调整", "stock adjustments"),
    BAD_DEBT: Text("坏账调整", "bad-debt adjustments"),
}


def tell(facts: RetailFacts) -> Page:
    """The shop's page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text("● 继续下一单的客户占比，竖条为 95% 区间", "● share with a next order, 95% interval as a bar"),
            Text("间隔：与上一单之间的中位天数", "Time between: median since the order before"),
            Text("数据止于 2011 年 12 月 9 日，后几单仍可能发生", "Data end on 9 December 2011; more may follow"),
        ),
        cards=(trade.card(facts), _cancelled(facts), _quarantine(facts)),
        tables=(_cohorts(facts), *trade.tables(facts)),
        about=ABOUT,
    )


def _findings(facts: RetailFacts) -> tuple[Finding, ...]:
    _, buyers, _ = facts.orders
    first, last = facts.next[0], facts.next[SHOWN - 1]
    wait = days(facts.steps[1].median_time)
    late = days(facts.steps[SHOWN - 1].median_time)
    total = sum(facts.invoices)
    return (
        Finding(
            "retail",
            "second_order",
            Text(
                f"最难的是第二单：{count(buyers)} 位客户里 {percent(first.value)}（{span(first)}）下了第二单，"
                f"一旦到了第 {SHOWN} 单，{percent(last.value)}（{span(last)}，n {count(last.n)}）会再来。",
                f"The second order is the hardest: {percent(first.value)} of {count(buyers)} customers ({span(first)}) "
                f"placed one. Of those who reached order {SHOWN}, {percent(last.value)} ({span(last)}, n "
                f"{count(last.n)}) came for another.",
            ),
            significant=True,
        ),
        trade.findings(facts)[0],
        Finding(
            "retail",
            "pace",
            Text(
                f"越来越勤：第二单距首单中位 {wait.zh}，第 {SHOWN} 单距上一单只要 {late.zh}。"
                f"能走到后面的本来就是买得勤的客户，不能说是下单带来了勤快。",
                f"The pace quickens: the second order follows the first after a median of {wait.en}, order {SHOWN} "
                f"follows its predecessor after {late.en}. Frequent buyers are the ones who get that far; ordering "
                "does not make them frequent.",
            ),
        ),
        Finding(
            "retail",
            "within",
            Text(
                f"首单后 {WINDOW} 天内再次下单的有 {percent(facts.again.value)}（{span(facts.again)}），"
                f"只算首单至今已满 {WINDOW} 天的 {count(facts.again.n)} 位客户。",
                f"Within {WINDOW} days of the first order {percent(facts.again.value)} ({span(facts.again)}) ordered "
                f"again, counting only the {count(facts.again.n)} customers whose {WINDOW} days are over.",
            ),
        ),
        _cancellations(facts),
        *trade.findings(facts)[1:],
        Finding(
            "retail",
            "unknown",
            Text(
                f"{count(total)} 张发票里有 {count(facts.refused)} 张（{percent(facts.refused / total)}，"
                f"{count(facts.lines[1])} 行）没有客户编号，已放入待处理数据，不进旅程。",
                f"{count(facts.refused)} of {count(total)} invoices ({percent(facts.refused / total)}; "
                f"{count(facts.lines[1])} lines) carry no customer number: they wait in quarantine, outside every "
                "journey.",
            ),
        ),
    )


def _cancellations(facts: RetailFacts) -> Finding:
    cancellations, cancellers, lost, largest = facts.cancelled
    each, money = facts.trade.cancellations, facts.trade.money
    per, worth = trade.interval(each).removesuffix("%"), trade.interval(money)
    return Finding(
        "retail",
        "cancelled",
        Text(
            f"这批数据没有退款，只有取消：每 100 单对应 {100 * each.value:.1f} 张取消单（{per}，"
            f"n {count(facts.orders[0])}），金额 {pounds(-lost)}，相当于下单金额的 {percent(money.value)}（{worth}）；"
            f"其中最大的一单就占 {pounds(-largest)}。{percent(facts.cancellers.value)} 的客户（{count(cancellers)} 位，"
            f"{span(facts.cancellers)}）至少取消过一次。",
            f"The data know no refunds, only cancellations: {100 * each.value:.1f} per 100 orders ({per}, n "
            f"{count(facts.orders[0])}), {count(cancellations)} in all, worth {pounds(-lost)} or "
            f"{percent(money.value)} of the value ordered ({worth}); the largest one alone is {pounds(-largest)}. "
            f"{percent(facts.cancellers.value)} of customers ({count(cancellers)}, {span(facts.cancellers)}) cancelled "
            "at least once.",
        ),
        significant=True,
    )


def _kpis(facts: RetailFacts) -> tuple[Kpi, ...]:
    orders, buyers, value = facts.orders
    first = facts.next[0]
    return (
        Kpi(Text("下过单的客户", "Customers who ordered"), count(buyers), same(""), Text("有编号的", "with a number")),
        Kpi(
            Text("订单", "Orders"),
            count(orders),
            same(""),
            Text(f"金额 {pounds(value)}，未减取消", f"worth {pounds(value)} before cancellations"),
        ),
        Kpi(Text("有第二单", "Ordered twice"), percent(first.value), same(""), noted(span(first), first.n)),
        Kpi(
            Text(f"{WINDOW} 天内再次下单", f"Again within {WINDOW} days"),
            percent(facts.again.value),
            same(""),
            noted(span(facts.again), facts.again.n),
        ),
        Kpi(
            Text("取消过的客户", "Customers who cancelled"),
            percent(facts.cancellers.value),
            same(""),
            noted(span(facts.cancellers), facts.cancellers.n),
        ),
        Kpi(
            Text("流失", "Lapsed"),
            percent(facts.trade.lapsed.value),
            same(""),
            Text("90 天没有下单", "no order for 90 days"),
        ),
    )


def _lanes(facts: RetailFacts) -> tuple[Lane, ...]:
    steps = facts.steps[:SHOWN]
    start = steps[0].customers
    return (
        CellLane(
            Text("客户", "Customers"),
            Text("走到这一单的人，占首单", "who got here, of the first"),
            tuple(
                Cell(same(count(s.customers)), same(percent(s.customers / start)), s.customers / start) for s in steps
            ),
        ),
        CellLane(
            Text("间隔时间", "Time between"),
            Text("距上一单，中位数", "since the order before, median"),
            tuple(
                Cell(Text("起点", "start")) if number == 0 else Cell(days(step.median_time))
                for number, step in enumerate(steps)
            ),
        ),
        CurveLane(
            Text("继续率", "Goes on"),
            Text("会再下一单", "share with a next order"),
            tuple(_point(facts, number) for number in range(SHOWN)),
            0.6,
            0.9,
            ((0.6, "60%"), (0.7, "70%"), (0.8, "80%"), (0.9, "90%")),
        ),
        CellLane(
            Text("订单金额", "Order value"),
            Text("中位数，英镑", "median, pounds"),
            tuple(Cell(same(pounds(value))) for value in facts.values),
        ),
        CellLane(
            Text("他们怎么说", "What they say"),
            Text("这批数据没有评价或问卷", "no reviews or surveys here"),
            (Cell(Text(f"{NONE}　有了评价或问卷后显示在这里。", f"{NONE}  Reviews or answers would stand here.")),),
        ),
    )


def _point(facts: RetailFacts, number: int) -> Point:
    figure, step = facts.next[number], MODEL.steps[number]
    numbers = noted(span(figure), figure.n)
    return Point(
        value=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        shown=percent(figure.value),
        detail=Text(
            f"{step.name.zh}之后：{percent(figure.value)} 会下下一单（{numbers.zh}）",
            f"After the {step.name.en}: {percent(figure.value)} place another ({numbers.en})",
        ),
    )


def _quarantine(facts: RetailFacts) -> Card:
    total = sum(facts.unknown.values())
    return Card(
        title=Text("没有客户编号的发票", "Invoices without a customer number"),
        place=Text("待处理数据", "Quarantine"),
        big=count(facts.refused),
        change=Text(f"占全部发票 {percent(facts.refused / sum(facts.invoices))}", f"of {count(sum(facts.invoices))}"),
        note=Text(
            "工作区拒收的原因都是缺少客户标识。补上客户编号后可以再次导入。",
            "The workspace refused them for want of a customer. With a number they can be ingested again.",
        ),
        bars_title=Text("它们是什么", "What they are"),
        bars=tuple(Bar(NAMES[event], count(n), n / total) for event, n in facts.unknown.items()),
    )


def _cancelled(facts: RetailFacts) -> Card:
    _, _, lost, largest = facts.cancelled
    value = facts.orders[2]
    return Card(
        title=Text("取消", "Cancellations"),
        place=Text("任何一单之后", "After any order"),
        big=percent(facts.cancellers.value),
        change=Text("的客户取消过", "of customers cancelled"),
        note=Text(
            f"{span(facts.cancellers)}，n {count(facts.cancellers.n)}。数据开始前下的单也会在期内取消，"
            "所以取消不都对应得上订单。",
            f"{span(facts.cancellers)}, n {count(facts.cancellers.n)}. Orders from before the data can be cancelled "
            "within it, so not every cancellation has its order here.",
        ),
        bars_title=Text("金额", "Value"),
        bars=(
            Bar(Text("下单", "Ordered"), pounds(value), 1.0),
            Bar(Text("取消", "Cancelled"), pounds(-lost), -lost / value),
            Bar(Text("其中最大的一单", "of it the largest one"), pounds(-largest), -largest / value),
        ),
    )


def _cohorts(facts: RetailFacts) -> Table:
    periods = sorted({cell.period for cell in facts.cohorts})
    rows, shade = [], []
    for cohort in sorted({cell.cohort for cell in facts.cohorts}):
        cells = {cell.period: cell for cell in facts.cohorts if cell.cohort == cohort}
        rates = [cells[k].rate if k in cells else None for k in periods]
        month = f"{cohort:%Y-%m}"
        size = count(next(iter(cells.values())).customers)
        rows.append((same(month), same(size), *(same(NONE if r is None else percent(r)) for r in rates)))
        shade.append((None, None, *rates))
    return Table(
        Text("同期群留存：各月首单客户之后每个月的下单占比", "Retention: customers by month of first order"),
        Text(
            "第 0 个月是首单当月（再次下单才算）。“—”是那个月还没过完，不是零。",
            "Share that ordered in each later month; month 0 is the month of the first order (ordering again in it). "
            "“—” means the month is not over, not zero.",
        ),
        (
            Text("首单月份", "First order"),
            Text("客户", "Customers"),
            *(Text(f"第 {k} 个月", f"Month {k}") for k in periods),
        ),
        tuple(rows),
        shade=tuple(shade),
    )


ABOUT = (
    (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "一张发票是一个事件，金额是各行之和；C 开头的发票是取消，金额为负，所以金额相加就是净销售。"
            "同一天可以有几张发票，各算一单。占比的区间用 Wilson 法，95%。发票上的时间没有时区，按 UTC 读取。",
            "An invoice is one event and its value the sum of its lines; invoices with a C are cancellations, with "
            "negative value, so that values add up to net sales. Several invoices of one day are several orders. "
            "Intervals of shares are Wilson’s, 95%. The invoices’ clock has no time zone and is read as UTC.",
        ),
    ),
    (
        Text("小心", "Handle with care"),
        Text(
            "2010 年 12 月“新”客户里有许多老客户，只是他们更早的订单不在数据里，所以那个月的留存偏高。"
            "没有浏览、没有评价，只看得到买没买。",
            "Many of the “new” customers of December 2010 are old ones whose earlier orders are not in the data, so "
            "that month’s retention is high. Nothing is known of browsing or opinion: only of buying.",
        ),
    ),
    (
        Text("来源", "Source"),
        Text(
            "UCI 机器学习库 Online Retail（Chen, Sain & Guo 2012），CC BY 4.0。",
            "UCI Machine Learning Repository, Online Retail (Chen, Sain & Guo 2012), CC BY 4.0.",
        ),
    ),
)
