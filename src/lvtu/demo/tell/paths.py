"""The merchandise store's page."""

from __future__ import annotations

from lvtu.demo.document import Bar, Card, Cell, CellLane, CurveLane, Kpi, Lane, Page, Point, Table
from lvtu.demo.facts.paths import PathFacts
from lvtu.demo.figures import Figure
from lvtu.demo.model import Finding, Text
from lvtu.demo.paths import MODEL, SHOWN
from lvtu.demo.tell import credit
from lvtu.demo.tell.channels import channel_name
from lvtu.demo.words import NONE, count, noted, percent, same, span

LEAST = 500
"""Channels that begin fewer paths are listed, but not singled out in a sentence."""


def tell(facts: PathFacts) -> Page:
    """The store's page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text(
                "● 止于这一步的访客里下单的占比（最后一列含更多渠道），竖条为 95% 区间",
                "● share that ordered of those who got exactly this far (5th: or further), 95% interval as a bar",
            ),
            Text("“—”：没有时间，只有先后", "“—”: an order, but no time"),
        ),
        cards=(_ordered(facts), _pairs(facts)),
        tables=(*credit.tables(facts.credit), _first(facts)),
        about=ABOUT,
    )


def _findings(facts: PathFacts) -> tuple[Finding, ...]:
    large = [channel for channel in facts.first if channel.journeys >= LEAST and channel.name != "Other"]
    best, worst = (pick(large, key=lambda channel: channel.ordered.value) for pick in (max, min))
    direct = facts.first[0]
    pair = facts.pairs[0]
    return (
        Finding(
            "paths",
            "once",
            Text(
                f"{percent(facts.once.value)} 的访客（{count(facts.steps[0].customers)} 位里）只来过一次，其中 "
                f"{percent(facts.once_ordered.value, 2)}（{_fine(facts.once_ordered)}）下了单；来过不止一次的有 "
                f"{percent(facts.again_ordered.value, 2)}（{_fine(facts.again_ordered)}，"
                f"n {count(facts.again_ordered.n)}）下单。",
                f"{percent(facts.once.value)} of {count(facts.steps[0].customers)} visitors came once only, and "
                f"{percent(facts.once_ordered.value, 2)} ({_fine(facts.once_ordered)}) of them ordered; of those who "
                f"came again {percent(facts.again_ordered.value, 2)} ({_fine(facts.again_ordered)}, n "
                f"{count(facts.again_ordered.n)}) did.",
            ),
            significant=True,
        ),
        Finding(
            "paths",
            "channels",
            Text(
                f"经过的渠道越多，下单越多：一个渠道 {percent(facts.by_channels[0].value)}，两个 "
                f"{percent(facts.by_channels[1].value)}，{SHOWN} 个以上 {percent(facts.by_channels[-1].value)}。"
                "这是相关，不能说是多一个渠道带来了订单。",
                f"More channels go with more orders: {percent(facts.by_channels[0].value)} after one, "
                f"{percent(facts.by_channels[1].value)} after two, {percent(facts.by_channels[-1].value)} after "
                f"{SHOWN} or more. That is association: another channel need not bring the order.",
            ),
            significant=True,
        ),
        Finding(
            "paths",
            "first",
            Text(
                f"至少 {LEAST} 人的渠道里，第一次从{channel_name(best.name).zh}来的访客下单最多（"
                f"{percent(best.ordered.value)}，{span(best.ordered)}，n {count(best.journeys)}）；"
                f"直接访问人最多（{count(direct.journeys)}），"
                f"却只有 {percent(direct.ordered.value)}（{span(direct.ordered)}）。"
                f"最少的是{channel_name(worst.name).zh}（{percent(worst.ordered.value)}，n {count(worst.journeys)}）。",
                f"Among channels with {LEAST} visitors or more, those who first came by {best.name.lower()} order most "
                f"({percent(best.ordered.value)}, {span(best.ordered)}, n {count(best.journeys)}); direct visits are "
                f"the most numerous ({count(direct.journeys)}), with only {percent(direct.ordered.value)} "
                f"({span(direct.ordered)}). Lowest is {worst.name.lower()} "
                f"({percent(worst.ordered.value)}, n {count(worst.journeys)}).",
            ),
            significant=True,
        ),
        *credit.findings(facts.credit),
        Finding(
            "paths",
            "wait",
            Text(
                f"来过不止一次才下单的人，从第一次来到下单那次中位相隔 {facts.wait_days:.1f} 天；"
                f"最常见的换道是{channel_name(pair.source).zh}之后{channel_name(pair.target).zh}"
                f"（{count(pair.transitions)} 次）。",
                f"Buyers who came more than once took a median of {facts.wait_days:.1f} days from first visit to "
                f"order; the commonest change of channel is {pair.source} to {pair.target} "
                f"({count(pair.transitions)} times).",
            ),
        ),
    )


def _kpis(facts: PathFacts) -> tuple[Kpi, ...]:
    def kpi(zh: str, en: str, figure: Figure) -> Kpi:
        return Kpi(Text(zh, en), percent(figure.value, 2), same(""), noted(_fine(figure), figure.n))

    return (
        Kpi(
            Text("访客", "Visitors"),
            count(facts.steps[0].customers),
            same(""),
            Text("2020 年 11 月至 2021 年 1 月", "November 2020 to January 2021"),
        ),
        kpi("下单的访客", "Ordered", facts.share),
        kpi("只来一次的人里下单", "Ordered, came once", facts.once_ordered),
        kpi("不止一次的人里下单", "Ordered, came again", facts.again_ordered),
        Kpi(
            Text("从第一次来到下单", "First visit to order"),
            f"{facts.wait_days:.1f}",
            Text("天，中位数", "days, median"),
            Text("来过不止一次的买家", "buyers who came more than once"),
        ),
    )


def _fine(figure: Figure) -> str:
    return f"{100 * figure.low:.2f}–{100 * figure.high:.2f}%"


def _lanes(facts: PathFacts) -> tuple[Lane, ...]:
    start = facts.steps[0].customers
    reached = [step.customers for step in facts.steps] + [facts.ordered]
    return (
        CellLane(
            Text("访客", "Visitors"),
            Text("到这里的人", "who got here, of all"),
            tuple(Cell(same(count(n)), same(percent(n / start)), n / start) for n in reached),
        ),
        CellLane(
            Text("间隔时间", "Time between"),
            Text("距上一步", "since the step before"),
            (
                Cell(Text("起点", "start")),
                *(Cell(same(NONE), Text("只有先后", "order only")) for _ in range(SHOWN - 1)),
                Cell(
                    Text(f"{facts.wait_days:.1f} 天", f"{facts.wait_days:.1f} days"),
                    Text(
                        "从第一次来算的中位数，不含只来一次的",
                        "median since the first visit, without one-visit buyers",
                    ),
                ),
            ),
        ),
        CurveLane(
            Text("下单率", "Ordered"),
            Text("止于此步的人", "of those who got exactly this far"),
            (*(_point(facts, number) for number in range(SHOWN)), None),
            0.0,
            0.12,
            ((0.0, "0%"), (0.05, "5%"), (0.1, "10%")),
        ),
        CellLane(
            Text("渠道", "Channels"),
            Text("前三位", "the first three"),
            (*(_mix(mix) for mix in facts.mix), None),
        ),
        CellLane(
            Text("再来", "Comes again"),
            Text("换个渠道再来的占比", "by another channel"),
            (*(Cell(same(percent(figure.value)), same(span(figure))) for figure in facts.again), None),
        ),
    )


def _point(facts: PathFacts, number: int) -> Point:
    figure, more = facts.by_channels[number], number == SHOWN - 1
    numbers = noted(span(figure), figure.n)
    return Point(
        value=figure.value,
        low=figure.low,
        high=figure.high,
        n=figure.n,
        shown=percent(figure.value),
        detail=Text(
            f"经过 {number + 1} 个渠道{'或更多' if more else ''}：{percent(figure.value)} 下单（{numbers.zh}）",
            f"{number + 1} channel{'s' if number else ''}{' or more' if more else ''}: {percent(figure.value)} ordered "
            f"({numbers.en})",
        ),
    )


def _mix(mix: dict[str, float]) -> Cell:
    top = sorted(mix.items(), key=lambda item: -item[1])[:3]
    return Cell(
        Text(
            "，".join(f"{channel_name(name).zh} {percent(share, 0)}" for name, share in top),
            ", ".join(f"{name} {percent(share, 0)}" for name, share in top),
        )
    )


def _pairs(facts: PathFacts) -> Card:
    top = facts.pairs[:8]
    most = top[0].transitions
    return Card(
        title=Text("换渠道：从哪里到哪里", "Changing channels: from where to where"),
        place=Text("换个渠道再来", "Coming back another way"),
        note=Text(
            "相邻两个渠道，次数最多的八对。",
            "Two channels in a row, the eight most frequent pairs, by number of changes.",
        ),
        bars=tuple(
            Bar(
                Text(f"{channel_name(p.source).zh} → {channel_name(p.target).zh}", f"{p.source} → {p.target}"),
                count(p.transitions),
                p.transitions / most,
            )
            for p in top
        ),
    )


def _ordered(facts: PathFacts) -> Card:
    top = max(channel.ordered.value for channel in facts.first)
    channels = sorted(facts.first, key=lambda channel: -channel.ordered.value)
    return Card(
        title=Text("第一次从哪里来的人下单多", "Who orders, by the first channel"),
        place=Text("第一次来", "Arriving"),
        note=Text(
            "从这个渠道第一次来的访客里，最后下单的占比；邮件只有 100 位，区间很宽。",
            "Share that ordered of those who first came this way. Only 100 began with e-mail: a wide interval.",
        ),
        bars=tuple(
            Bar(
                Text(f"{channel_name(c.name).zh}（{_fine(c.ordered)}）", f"{c.name} ({_fine(c.ordered)})"),
                percent(c.ordered.value, 2),
                c.ordered.value / top,
            )
            for c in channels
        ),
    )


def _first(facts: PathFacts) -> Table:
    zh = ("第一个渠道", "访客", "下单", "下单率", "95% 区间")
    en = ("First channel", "Visitors", "Ordered", "Share", "95% interval")
    rows = tuple(
        (
            channel_name(channel.name),
            same(count(channel.journeys)),
            same(count(channel.ordered.value * channel.journeys)),
            same(percent(channel.ordered.value, 2)),
            same(_fine(channel.ordered)),
        )
        for channel in facts.first
    )
    return Table(
        Text("按第一个渠道", "By first channel"),
        Text("“其他”是源数据的分类。", "“Other” is the source’s own group."),
        tuple(Text(a, b) for a, b in zip(zh, en, strict=True)),
        rows,
    )


ABOUT = (
    (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "路径“A > B > C”变成三个事件，有订单的再加一个订单。同一渠道连续来几次，源数据合并成一步，"
            "所以“一个渠道”可能是好几次到访。占比的区间用 Wilson 法，95%。",
            "A path “A > B > C” becomes three events, and an order where there was one. Several visits in a row "
            "through one channel are one step in the source, so “one channel” may be several visits. Intervals of "
            "shares are Wilson’s, 95%.",
        ),
    ),
    (
        Text("小心", "Handle with care"),
        Text(
            "访客按浏览器识别，同一个人换设备会算成两位。数据经过脱敏，部分渠道归入“其他”。"
            "下单的时间取下单那次到访的开始。“外部链接”可能包含商店自己网址之间的跳转，路径里分不出来。"
            "没有点进来的广告看不到。",
            "Visitors are browsers: one person on two devices counts twice. The sample is obfuscated and some channels "
            "are grouped as “Other”. An order’s time is the start of the visit it was placed in. “Referral” may "
            "include hops between the store’s own addresses, which the paths cannot tell apart. Advertising that "
            "nobody followed is out of sight.",
        ),
    ),
    (
        Text("来源", "Source"),
        Text(
            "由谷歌公开的 GA4 脱敏电商样本整理的路径，MIT 许可（Aaron Goodin）。",
            "Paths derived from Google’s public obfuscated GA4 e-commerce sample, MIT licence (Aaron Goodin).",
        ),
    ),
)
