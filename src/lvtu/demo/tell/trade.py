"""The shop's steering figures in words: repurchase, cohorts, cancellations, growth, segments."""

from __future__ import annotations

from lvtu.demo.document import Bar, Card, Table
from lvtu.demo.facts.measure import Returned
from lvtu.demo.facts.retail import WINDOW, RetailFacts
from lvtu.demo.facts.trade import Again, Month, Ratio, Segment
from lvtu.demo.figures import Figure, rate
from lvtu.demo.model import Finding, Text
from lvtu.demo.words import NONE, count, percent, pounds, same, signed, span

SEGMENT_NAMES = {
    "once": Text("只买过一次", "Bought once"),
    "some": Text("买过 2–4 次", "2–4 orders"),
    "often": Text("买过 5 次以上", "5 orders or more"),
}
MONTHS = (
    ("一月", "January"), ("二月", "February"), ("三月", "March"), ("四月", "April"), ("五月", "May"), ("六月", "June"),
    ("七月", "July"), ("八月", "August"), ("九月", "September"), ("十月", "October"), ("十一月", "November"),
    ("十二月", "December"),
)  # fmt: skip


def findings(facts: RetailFacts) -> tuple[Finding, ...]:
    """The steering figures as sentences."""
    return (_segments(facts), _growth(facts), _cohorts(facts), _fresh(facts))


def _segments(facts: RetailFacts) -> Finding:
    segment = {one.key: one for one in facts.trade.segments}
    often, once, lapsed = segment["often"], segment["once"], facts.trade.lapsed
    return Finding(
        "retail",
        "segments",
        Text(
            f"买过 5 次以上的客户只占 {percent(often.customers.value)}（{span(often.customers)}，"
            f"n {count(lapsed.n)}），却带来净销售额的 {percent(often.share)}；"
            f"只买过一次的占 {percent(once.customers.value)}，带来 {percent(once.share)}。"
            f"数据结束时，{percent(lapsed.value)} 的客户（{span(lapsed)}）已有 90 天没有下单，"
            f"常客里只有 {percent(often.lapsed.value)}（{span(often.lapsed)}，n {count(often.lapsed.n)}）。"
            "买得勤的人自然更可能刚刚买过，这不说明多买一次就能留住人。",
            f"Customers with 5 orders or more are {percent(often.customers.value)} of all ({span(often.customers)}, n "
            f"{count(lapsed.n)}) and bring {percent(often.share)} of net sales; those who bought once are "
            f"{percent(once.customers.value)} and bring {percent(once.share)}. When the data end, "
            f"{percent(lapsed.value)} of customers ({span(lapsed)}) have not ordered for 90 days, among the regulars "
            f"only {percent(often.lapsed.value)} ({span(often.lapsed)}, n {count(often.lapsed.n)}). Who buys often is "
            "likely to have bought lately: that does not say that one more order keeps anybody.",
        ),
        significant=True,
    )


def _growth(facts: RetailFacts) -> Finding:
    over = [month for month in facts.trade.months if month.over]
    best, last = max(over, key=lambda month: month.net), facts.trade.months[-1]
    up = [month for month in over if month.growth and (month.growth.low or 0) > 0]
    down = [month for month in over if month.growth and (month.growth.high or 0) < 0]
    clear = len(up) + len(down)
    (zh, en), (end_zh, end_en) = _month(best), _month(last)
    return Finding(
        "retail",
        "growth",
        Text(
            f"净销售额（下单减取消）最高的月份是{zh}：{pounds(best.net)}，比上月{_grown(best.growth).zh}。"
            f"全年 {len(over) - 1} 次环比中，只有 {clear} 次的区间不含零：涨的是{_listed(up).zh}，"
            f"跌的是{_listed(down).zh}；其余的涨跌可能只是几个大客户的进出。"
            f"{end_zh}只到 9 日（{pounds(last.net)}），没有过完，不参加比较。",
            f"Net sales (orders less cancellations) were highest in {en}: {pounds(best.net)}, "
            f"{_grown(best.growth).en} on the month before. Of {len(over) - 1} month-to-month changes only "
            f"{clear} have an interval without zero: up in {_listed(up).en}, down in {_listed(down).en}; the "
            f"others may be a few large customers coming and going. {end_en} has 9 days ({pounds(last.net)}), is not "
            "over, and is not compared.",
        ),
        significant=True,
    )


def _cohorts(facts: RetailFacts) -> Finding:
    rows = [cell for cell in facts.cohorts if (cell.cohort.year, cell.cohort.month) != (2010, 12)]
    first, third = _pooled(rows, 1), _pooled(rows, 3)
    return Finding(
        "retail",
        "cohorts",
        Text(
            f"2011 年的新客户里，首单后的下一个月又下单的有 {percent(first.value)}"
            f"（{span(first)}，n {count(first.n)}），第 3 个月有 {percent(third.value)}"
            f"（{span(third)}，n {count(third.n)}）。回头率没有随月份走低，不过后面的月份也更靠近年底旺季。",
            f"Of the new customers of 2011, {percent(first.value)} ({span(first)}, n {count(first.n)}) ordered in the "
            f"month after their first order and {percent(third.value)} ({span(third)}, n {count(third.n)}) in month 3. "
            "The rate does not fade, but later months are also nearer to the end-of-year season.",
        ),
    )


def _pooled(rows: list[Returned], period: int) -> Figure:
    ripe = [cell for cell in rows if cell.period == period and cell.mature]
    return rate(sum(cell.returned for cell in ripe), sum(cell.mature for cell in ripe))


def _fresh(facts: RetailFacts) -> Finding:
    ripe = [month for month in facts.trade.months[1:] if month.fresh.share and not month.fresh.waiting]
    low, high = (pick(ripe, key=lambda month: _share(month.fresh).value) for pick in (min, max))
    (low_zh, low_en), (high_zh, high_en) = _month(low), _month(high)
    one, other = _share(low.fresh), _share(high.fresh)
    waiting = facts.trade.again.waiting
    return Finding(
        "retail",
        "fresh",
        Text(
            f"{WINDOW} 天复购率按 2011 年的首单月份看，最低是{low_zh}的 {percent(one.value)}（{span(one)}，"
            f"n {count(one.n)}），最高是{high_zh}的 {percent(other.value)}（{span(other)}，n {count(other.n)}）；"
            f"这是 {len(ripe)} 个月里挑出的两头，差距有一部分只是偶然。"
            f"还有 {count(waiting)} 位客户没满 {WINDOW} 天，没有计入。",
            f"By month of the first order in 2011, repurchase within {WINDOW} days was lowest in {low_en}, "
            f"{percent(one.value)} ({span(one)}, n {count(one.n)}), and highest in {high_en}, {percent(other.value)} "
            f"({span(other)}, n {count(other.n)}). These are the two extremes of {len(ripe)} months, so part of the "
            f"gap is chance. {count(waiting)} customers still have time and are not counted.",
        ),
    )


def card(facts: RetailFacts) -> Card:
    """Few customers, most of the sales."""
    lapsed = facts.trade.lapsed
    bars = []
    for one in facts.trade.segments:
        name = SEGMENT_NAMES[one.key]
        bars.append(Bar(Text(f"{name.zh}：客户", f"{name.en}: customers"), percent(one.customers.value),
                        one.customers.value, faint=True))  # fmt: skip
        bars.append(Bar(Text(f"{name.zh}：净销售额", f"{name.en}: net sales"), percent(one.share), one.share))
    return Card(
        title=Text("谁带来销售额", "Who brings the sales"),
        place=Text("按下单次数分群", "Segments by number of orders"),
        big=percent(lapsed.value),
        change=Text("的客户 90 天没有下单", "of customers lapsed: no order for 90 days"),
        note=Text(f"{span(lapsed)}，n {count(lapsed.n)}。", f"{span(lapsed)}, n {count(lapsed.n)}."),
        bars_title=Text("占全部客户、占净销售额", "Of all customers, of net sales"),
        bars=tuple(bars),
    )


def tables(facts: RetailFacts) -> tuple[Table, ...]:
    """Segments, sales by month, repurchase by month."""
    return _segment_table(facts.trade.segments), _sales(facts.trade.months), _repurchase(facts)


def _segment_table(segments: list[Segment]) -> Table:
    return Table(
        Text("按行为分群", "Segments by behaviour"),
        Text(
            "条件如 did \"Order Placed\" at least 5 times。“流失”指最后 90 天没有下单；"
            "只买过一次的人里，首单在最后 90 天内的还来得及再买。",
            "Conditions such as did \"Order Placed\" at least 5 times. Lapsed: no order in the last 90 days of the "
            "data; those whose one order is younger may still come back.",
        ),
        (
            Text("分群", "Segment"),
            Text("客户", "Customers"),
            Text("占客户", "Of customers"),
            Text("95% 区间", "95% interval"),
            Text("净销售额", "Net sales"),
            Text("占净销售额", "Of net sales"),
            Text("流失", "Lapsed"),
            Text("95% 区间", "95% interval"),
        ),
        tuple(
            (
                SEGMENT_NAMES[one.key],
                same(count(one.lapsed.n)),
                same(percent(one.customers.value)),
                same(span(one.customers)),
                same(pounds(one.net)),
                same(percent(one.share)),
                same(percent(one.lapsed.value)),
                same(span(one.lapsed)),
            )
            for one in segments
        ),
    )  # fmt: skip


def _sales(months: list[Month]) -> Table:
    rows = tuple(
        (
            _label(month),
            same(count(month.orders)),
            same(pounds(month.ordered)),
            same(pounds(month.cancelled)),
            same(pounds(month.net)),
            same(_signed(month.growth.value) if month.growth else NONE),
            same(_ends(month.growth)),
            same(percent(month.cancellations.value)),
            same(interval(month.cancellations)),
        )
        for month in months
    )
    return Table(
        Text("销售额与取消，按月", "Sales and cancellations by month"),
        Text(
            "数据里没有退款，只有取消单，可能取消的是更早的订单。增长是净销售额与上月之比；没过完的月份不比较。"
            "区间每次去掉 64 组客户中的一组（刀切法），一两个大客户就会让它很宽。",
            "There are no refunds in the data, only cancellations, which may be of earlier orders. Growth is that of "
            "net sales on the month before; a month that is not over is not compared. Intervals leave out one of 64 "
            "groups of customers at a time (jackknife): one or two large customers make them wide.",
        ),
        (
            Text("月份", "Month"),
            Text("订单", "Orders"),
            Text("下单金额", "Ordered"),
            Text("取消金额", "Cancelled"),
            Text("净销售额", "Net sales"),
            Text("增长", "Growth"),
            Text("95% 区间", "95% interval"),
            Text("取消单与订单之比", "Cancellations per order"),
            Text("95% 区间", "95% interval"),
        ),
        rows,
    )


def _repurchase(facts: RetailFacts) -> Table:
    def cells(again: Again) -> tuple[Text, ...]:
        share = again.share
        if share is None:
            return same("0"), same(NONE), same(NONE), same(count(again.waiting))
        return same(count(share.n)), same(percent(share.value)), same(span(share)), same(count(again.waiting))

    every = facts.trade.again
    total = (Text("全部", "All"), *(same(""),) * 4, *cells(every))
    rows = tuple((_label(month), *cells(month.fresh), *cells(month.again)) for month in facts.trade.months)
    return Table(
        Text(f"{WINDOW} 天复购率，按月", f"Repurchase within {WINDOW} days, by month"),
        Text(
            f"左：首单在这个月的客户；右：这个月下过单的所有客户，从当月第一单算起。只算 {WINDOW} 天已满的，"
            f"“未满”的人还来得及。“—”是还没有人满 {WINDOW} 天，不是零。",
            f"Left: customers whose first order was in the month; right: all who ordered in it, from their first order "
            f"in it. Only those whose {WINDOW} days are over count; the others still have time. “—” means nobody’s "
            f"{WINDOW} days are over, not zero.",
        ),
        (
            Text("月份", "Month"),
            Text("新客户，已满", "New, time over"),
            Text("再次下单", "Ordered again"),
            Text("95% 区间", "95% interval"),
            Text("未满", "Have time"),
            Text("全部，已满", "All, time over"),
            Text("再次下单", "Ordered again"),
            Text("95% 区间", "95% interval"),
            Text("未满", "Have time"),
        ),
        (*rows, total),
    )


def _share(again: Again) -> Figure:
    assert again.share is not None
    return again.share


def _month(month: Month) -> tuple[str, str]:
    return MONTHS[month.start.month - 1]


def _label(month: Month) -> Text:
    name = f"{month.start:%Y-%m}"
    return same(name) if month.over else Text(f"{name}（至 9 日）", f"{name} (9 days)")


def _listed(months: list[Month]) -> Text:
    zh, en = zip(*(_month(month) for month in months), strict=True)
    return Text("、".join(zh), " and ".join(filter(None, (", ".join(en[:-1]), en[-1]))))


def _grown(growth: Ratio | None) -> Text:
    assert growth is not None
    sign = ("涨", "up") if growth.value > 0 else ("跌", "down")
    size = percent(abs(growth.value))
    return Text(f"{sign[0]} {size}（{_ends(growth)}）", f"{sign[1]} {size} ({_ends(growth)})")


def _signed(value: float) -> str:
    return f"{signed(100 * value, 1)}%"


def _ends(ratio: Ratio | None) -> str:
    if ratio is None or ratio.low is None or ratio.high is None:
        return NONE
    return f"{signed(100 * ratio.low, 1)} … {_signed(ratio.high)}"


def interval(ratio: Ratio) -> str:
    """A ratio's interval: ``18.6–20.8%``, "—" where there is none."""
    return NONE if ratio.low is None or ratio.high is None else f"{100 * ratio.low:.1f}–{100 * ratio.high:.1f}%"
