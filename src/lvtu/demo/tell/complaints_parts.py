"""The parts of the complaints' page: topics, times, answers in time, relief, and people's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lvtu.demo.document import Bar, Card, Quote, Rank, Ranking, Section, Table
from lvtu.demo.facts.complaints import ABOUT, LEAST, MONTHS, RELIEF, TIMELY, VOLUME, WAITS, ComplaintFacts, Rate
from lvtu.demo.figures import Figure, rate
from lvtu.demo.model import Text
from lvtu.demo.tell.readings import feelings, interval
from lvtu.demo.tell.readings import topics as topics_of
from lvtu.demo.words import NONE, count, p_value, percent, same, span

ISSUES = {
    "Charged fees or interest you didn't expect": "意外的费用或利息",
    "Problem when making payments": "还款时出问题",
    "Struggling to pay your loan": "还贷困难",
    "Problem with the payoff process at the end of the loan": "结清贷款时出问题",
    "Getting the loan": "申请贷款",
    "Getting a line of credit": "申请信用额度",
    "Incorrect information on your report": "信用报告有误",
    "Problem with additional add-on products or services": "附加产品或服务的问题",
    "Received a loan you didn't apply for": "没申请却有了贷款",
    "Improper use of your report": "信用报告被不当使用",
    "Vehicle was repossessed or sold the vehicle": "车辆被收回或卖掉",
    "Can't stop withdrawals from your bank account": "无法停止账户扣款",
}
"""Issues in Chinese; the others, of a few complaints each, are shown together."""
PRODUCTS = {
    "Installment loan": "分期贷款",
    "Personal line of credit": "个人信用额度",
    "Payday loan": "发薪日贷款",
    "Title loan": "汽车抵押贷款",
    "Pawn loan": "典当贷款",
}
_ROWS = 12


def issue_named(name: str | None) -> str:
    """An issue in Chinese."""
    return ISSUES.get(name or "", name or "其他")


def product_named(name: str | None) -> str:
    """A product in Chinese."""
    return PRODUCTS.get(name or "", name or "其他")


def topics(facts: ComplaintFacts) -> Section:
    """What people complain about: issues and products."""
    return Section(
        Text("投诉什么", "What people complain about"),
        (
            _sizes(facts, "issue", Text("按问题", "By issue"), issue_named, 8),
            _sizes(facts, "product", Text("按产品", "By product"), product_named, 8),
        ),
    )


def _sizes(facts: ComplaintFacts, by: str, title: Text, named: Callable[[str | None], str], most: int) -> Ranking:
    n, found = facts.relief.n, facts.about[by]
    rows = [_sized(Text(named(name), name), rate(k, n)) for name, k in list(found.items())[:most]]
    if rest := list(found.values())[most:]:
        rows.append(_sized(Text(f"其余 {len(rest)} 类", f"{len(rest)} others"), rate(sum(rest), n)))
    note = Text(f"占全部 {count(n)} 条投诉的比例。", f"Share of all {count(n)} complaints.")
    return Ranking(title, note, tuple(rows), (ABOUT[by].command("complaints"),))


def _sized(label: Text, figure: Figure) -> Rank:
    k = round(figure.value * figure.n)
    return Rank(label, figure.value, figure.low, figure.high, interval(figure), Text(f"{k} 条", f"{k}"))


def times(facts: ComplaintFacts) -> Section:
    """How many complaints there are over time, and how long the company does not have them."""
    bands = tuple(
        Rank(_band(band), figure.value, figure.low, figure.high, interval(figure), _of(figure))
        for band, figure in facts.waits.items()
    )
    waited = Ranking(
        Text("从收到到转给公司", "From receipt to the company"),
        Text(
            "日期精确到天，同一天就是“当天”，不是零分钟。从转给公司到公司答复：“—”，日期没有公布。",
            "Dates are known to the day: the same day is not nought minutes. From the company to its answer: “—”, "
            "the date is not published.",
        ),
        bands,
        (WAITS.command("complaints"),),
    )
    return Section(Text("何时，等多久", "When, and how long"), (waited,), tables=(_months(facts),))


def _band(band: tuple[int, int | None]) -> Text:
    low, high = band
    if high == 0:
        return Text("当天", "the same day")
    return (
        Text(f"{low} 天以上", f"{low} days or more") if high is None else Text(f"{low}–{high} 天", f"{low}–{high} days")
    )


def _of(figure: Figure) -> Text:
    k = count(round(figure.value * figure.n))
    return Text(f"{k} 条", k)


def _months(facts: ComplaintFacts) -> Table:
    most = max(one.complaints / one.days for one in facts.months)
    rows, shade = [], []
    for one in facts.months:
        per_day = one.complaints / one.days
        rows.append(
            (
                same(f"{one.start:%Y-%m}"), same(count(one.complaints)), same(f"{per_day:.1f}"),
                same(percent(one.same_day.value)), same(percent(one.slow.value)),
                same(percent(one.timely.share.value)), same(span(one.timely.share)),
                same(NONE if one.timely.q is None else p_value(one.timely.q)),
            )
        )  # fmt: skip
        shade.append((None, None, per_day / most / 4, None, None, None, None, None))
    heads = (
        Text("月份", "Month"), Text("投诉", "Complaints"), Text("每天", "Per day"),
        Text("当天转给公司", "Sent on the day"),
        Text("一周以上", "Over a week"), Text("按时答复", "In time"), Text("95% 区间", "95% interval"),
        Text("与上月相比，校正后 p", "Against the month before, adjusted p"),
    )  # fmt: skip
    last = facts.months[-1]
    return Table(
        Text("逐月", "Month by month"),
        Text(
            f"按收到的月份；{last.start:%Y-%m} 只到第 {last.days} 天。按时答复算在转给公司的那个月。",
            f"By the month of receipt; {last.start:%Y-%m} only up to day {last.days}. Answers in time belong to the "
            "month in which the company got the complaint.",
        ),
        heads,
        tuple(rows),
        shade=tuple(shade),
        asks=(VOLUME.command("complaints"), MONTHS.command("complaints")),
    )


def in_time(facts: ComplaintFacts) -> Section:
    """Who is not answered in time."""
    return Section(
        Text("有没有按时答复", "Answered in time, or not"),
        (
            _lateness(facts, "company", Text("按公司", "By company"), lambda name: name or "其他"),
            _lateness(facts, "product", Text("按产品", "By product"), product_named),
        ),
        note=_channels(facts),
    )


def _channels(facts: ComplaintFacts) -> Text:
    found = facts.timely_by["channel"]
    if len(found) == 1:
        return Text(
            "全部投诉来自同一个渠道（监管机构网站），渠道之间没有可比的。",
            "All complaints came through one channel, the regulator’s website: there are no channels to compare.",
        )
    zh = "，".join(f"{one.name} {percent(one.share.value)}" for one in found)
    return Text(f"按渠道：{zh}。", f"By channel: {zh.replace('，', ', ')}.")


def _lateness(facts: ComplaintFacts, by: str, title: Text, named: Callable[[str | None], str]) -> Ranking:
    """The groups that differ, then the largest, by the share that was not answered in time."""
    found = facts.timely_by[by]
    shown = _chosen(found)
    tested, differ = sum(one.q is not None for one in found), sum(one.differs for one in found)
    return Ranking(
        title,
        Text(
            f"没有按时答复的比例。{len(found)} 组里 {tested} 组够检验（每组对其余全部，错误发现率 5%），显著不同的有 "
            f"{differ} 组；列出这些和投诉最多的。命令给出的是按时的比例。",
            f"Share not answered in time. {tested} of {len(found)} groups are large enough to be tested (each "
            f"against all others, 5% false-discovery rate); significantly different: {differ}. Figure are those, and "
            "those with most complaints. The command says the share in time.",
        ),
        tuple(_late_rank(one, Text(named(one.name), one.name or "others")) for one in shown),
        (TIMELY[by].command("complaints"),),
    )


def _chosen(found: Sequence[Rate]) -> list[Rate]:
    """Those that differ and the largest, at most as many as have room, the lowest share first."""
    some = sorted(found, key=lambda one: (not one.differs, -one.share.n))[:_ROWS]
    return sorted(some, key=lambda one: one.share.value)


def _late_rank(one: Rate, label: Text) -> Rank:
    low, value, high = 1 - one.share.high, 1 - one.share.value, 1 - one.share.low
    figure = Figure(value, low, high, one.share.n)
    verdict = _verdict(one)
    return Rank(
        label, value, low, high, interval(figure),
        Text(f"{count(one.share.n)} 条投诉{verdict.zh}", f"of {count(one.share.n)}{verdict.en}"),
        tone="worse" if one.differs and (one.delta or 0) < 0 else "better" if one.differs else "",
    )  # fmt: skip


def _verdict(one: Rate) -> Text:
    if one.q is None:
        return Text("，太少，未检验", ", too few to be tested")
    if not one.differs:
        return Text("", "")
    return Text(f"，显著不同（p {p_value(one.q)}）", f", significantly different (p {p_value(one.q)})")


def relief(facts: ComplaintFacts) -> Section:
    """Who gets relief."""
    found = facts.relief_by["company"]
    shown = sorted(_chosen(found), key=lambda one: -one.share.value)
    n, answered, relieved = facts.relief.n, facts.answered, facts.relieved
    money = round(facts.money.value * n)
    outcome = Card(
        title=Text("结果", "Outcome"),
        place=Text("占全部投诉", "Of all complaints"),
        big=percent(facts.relief.value),
        change=Text("得到补偿或纠正", "got relief"),
        bars=(
            _bar("只得到解释", "Explanation only", answered - relieved, n),
            _bar("退款或赔偿", "Money", money, n),
            _bar("其他纠正", "Other relief", relieved - money, n),
            _bar("没有答复记录", "No answer on record", facts.overdue, n),
        ),
    )
    ranking = Ranking(
        Text("按公司", "By company"),
        Text(
            "得到补偿或纠正的比例；列出与其余显著不同的（错误发现率 5%）和投诉最多的公司。",
            "Share with relief; shown are the companies that differ significantly from all others (5% "
            "false-discovery rate) and those with most complaints.",
        ),
        tuple(
            Rank(
                same(one.name or NONE), one.share.value, one.share.low, one.share.high, interval(one.share),
                Text(f"{count(one.share.n)} 条投诉{_verdict(one).zh}", f"of {count(one.share.n)}{_verdict(one).en}"),
                tone="worse" if one.differs and (one.delta or 0) < 0 else "better" if one.differs else "",
            )
            for one in shown
        ),
        (RELIEF["company"].command("complaints"),),
    )  # fmt: skip
    return Section(Text("得到了什么", "What people got"), (ranking,), (outcome,))


def _bar(zh: str, en: str, number: int, of: int) -> Bar:
    return Bar(Text(zh, en), f"{count(number)} · {percent(number / of)}", number / of)


def words(facts: ComplaintFacts) -> Section:
    """What people wrote."""
    found = facts.stories
    note = Text(f"{count(found.read.texts)} 段叙述，英文。", f"{count(found.read.texts)} stories, in English.")
    misread = Text("全部都是投诉", "All of them are complaints")
    read = feelings(found.read, Text("文本模型", "The text model"), note, misread)
    own = Text(
        "监管机构自己的归类在上面“投诉什么”里。",
        "The regulator’s own topics stand above, under “What people complain about”.",
    )
    cards = tuple(
        Card(
            Text(issue_named(name), name),
            Text("投诉内容", "Issue"),
            percent(found.by_issue[name].value) if name in found.by_issue else "",
            Text("读作负面", "read as negative"),
            quotes=(
                Quote(
                    quote.text,
                    source=Text(
                        f"{quote.customer}，英文，第 {quote.start}–{quote.end} 字符",
                        f"{quote.customer}, English, characters {quote.start}–{quote.end}",
                    ),
                ),
            ),
        )
        for name, quote in found.quotes.items()
    )
    agreed = Text(
        "叙述由本人同意公开，个人信息已由监管机构遮去。",
        "The authors agreed to publication; the regulator has removed what identifies them.",
    )
    title = Text("他们的原话", "In their own words")
    return Section(title, (topics_of(found.read.within, found.read, own),), (read, *cards), note=agreed)


def by_issue(facts: ComplaintFacts) -> Table:
    """Relief and answers in time of each issue with enough complaints, each tested against all others."""
    timely = {one.name: one for one in facts.timely_by["issue"]}
    rows = []
    for one in facts.relief_by["issue"]:
        if one.share.n < LEAST:
            continue
        other = timely[one.name]
        rows.append(
            (
                Text(issue_named(one.name), one.name or ""), same(count(one.share.n)), same(percent(one.share.value)),
                same(span(one.share)), same(NONE if one.q is None else p_value(one.q)),
                same(percent(other.share.value)), same(span(other.share)),
                same(NONE if other.q is None else p_value(other.q)),
            )
        )  # fmt: skip
    heads = (
        Text("投诉什么", "Issue"), Text("投诉", "Complaints"), Text("得到补偿或纠正", "Got relief"),
        Text("95% 区间", "95% interval"), Text("校正后 p", "Adjusted p"), Text("按时答复", "In time"),
        Text("95% 区间", "95% interval"), Text("校正后 p", "Adjusted p"),
    )  # fmt: skip
    return Table(
        Text("按投诉内容", "By issue"),
        Text(
            f"至少 {LEAST} 条投诉的内容；每类与其余全部投诉相比，p 值按 Benjamini–Hochberg 对所有类别一起校正。",
            f"Issues with at least {LEAST} complaints; each against all others, p-values adjusted over all issues by "
            "Benjamini–Hochberg.",
        ),
        heads,
        tuple(rows),
        asks=(RELIEF["issue"].command("complaints"), TIMELY["issue"].command("complaints")),
    )
