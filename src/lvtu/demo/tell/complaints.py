"""The complaints' page."""

from __future__ import annotations

from lvtu.demo.complaints import MODEL
from lvtu.demo.document import Cell, CellLane, CurveLane, Kpi, Lane, Page, Point
from lvtu.demo.facts.complaints import ComplaintFacts
from lvtu.demo.figures import Figure
from lvtu.demo.model import Finding, Text
from lvtu.demo.tell import complaints_parts as parts
from lvtu.demo.tell.complaints_parts import issue_named, product_named
from lvtu.demo.words import NONE, count, noted, percent, same, span


def tell(facts: ComplaintFacts) -> Page:
    """The complaints' page from its numbers."""
    return Page(
        model=MODEL,
        findings=(_lead(facts), _about_what(facts), _forward(facts), _relief(facts), _late(facts), _stories(facts)),
        kpis=_kpis(facts),
        lanes=_lanes(facts),
        legend=(
            Text("● 占全部投诉的比例，竖条为 95% 区间", "● share of all complaints, 95% interval as a bar"),
            Text("三个点是三件事，不连线", "Three points, three different things: no line"),
            Text("“—”：没有公布，不是零", "“—”: not published, not zero"),
        ),
        cards=(),
        tables=(parts.by_issue(facts),),
        about=ABOUT,
        sections=(
            parts.topics(facts),
            parts.times(facts),
            parts.in_time(facts),
            parts.relief(facts),
            parts.words(facts),
        ),
    )


def _lead(facts: ComplaintFacts) -> Finding:
    """What became of the complaints, in a sentence or two."""
    n = facts.relief.n
    answered, relief = percent(facts.answered / n), percent(facts.relief.value)
    worst = facts.latest
    zh = f"{answered} 的投诉得到了公司的答复，但只有 {relief} 得到补偿或纠正。"
    en = f"{answered} of complaints got an answer from the company, but only {relief} any relief."
    if worst is not None:
        share = f"{worst.no} / {round((1 - facts.timely.value) * n)}"
        zh += f"没有按时答复的，{share} 来自同一家公司：{worst.name}。"
        en += f" Of those not answered in time, {share} concern one company: {worst.name}."
    return Finding("complaints", "lead", Text(zh, en), significant=True)


def _about_what(facts: ComplaintFacts) -> Finding:
    n = facts.relief.n
    top = list(facts.about["issue"].items())[:3]
    product, most = next(iter(facts.about["product"].items()))
    zh = "、".join(f"{issue_named(name)} {percent(k / n)}" for name, k in top)
    en = ", ".join(f"{name} {percent(k / n)}" for name, k in top)
    return Finding(
        "complaints",
        "about",
        Text(
            f"说得最多的是：{zh}；{percent(most / n)} 是{product_named(product)}。",
            f"Most are about: {en}; {percent(most / n)} concern one product: {product.lower()}.",
        ),
    )


def _forward(facts: ComplaintFacts) -> Finding:
    return Finding(
        "complaints",
        "forward",
        Text(
            f"{percent(facts.same_day.value)}（{span(facts.same_day)}，n {count(facts.same_day.n)}）"
            f"的投诉当天就转到公司；但 {percent(facts.slow.value)}（{span(facts.slow)}）等了一周以上，这些的中位数是 "
            f"{facts.slow_days:.0f} 天。公司何时答复没有公布。",
            f"{percent(facts.same_day.value)} of complaints ({span(facts.same_day)}, n {count(facts.same_day.n)}) "
            f"reach the company on the day, but {percent(facts.slow.value)} ({span(facts.slow)}) wait more than a "
            f"week, a median of {facts.slow_days:.0f} days. When companies answered is not published.",
        ),
        significant=True,
    )


def _relief(facts: ComplaintFacts) -> Finding:
    """How many got relief, and which issues differ from all other complaints, tested together."""
    found = [one for one in facts.relief_by["issue"] if one.differs]
    firms = [one for one in facts.relief_by["company"] if one.differs]
    tested = sum(one.q is not None for one in facts.relief_by["company"])
    zh = "，".join(f"“{issue_named(one.name)}”{percent(one.share.value)}（{span(one.share)}）" for one in found)
    en = ", ".join(f"“{one.name}” {percent(one.share.value)} ({span(one.share)})" for one in found)
    low, high = (f"{percent(end(one.share.value for one in firms))}" if firms else "" for end in (min, max))
    zh_firms = f"{tested} 家投诉较多的公司里，{len(firms)} 家与其余显著不同（{low} 至 {high}）。"
    en_firms = f" Of {tested} companies with enough complaints, {len(firms)} differ significantly ({low} to {high})."
    return Finding(
        "complaints",
        "relief",
        Text(
            f"得到补偿或纠正的有 {percent(facts.relief.value)}（{span(facts.relief)}），拿到钱的只有 "
            f"{percent(facts.money.value)}（{span(facts.money)}）。"
            + (f"按投诉内容，与其余显著不同（错误发现率 5%）的是：{zh}。" if found else "各类投诉之间没有显著差别。")
            + (zh_firms if firms else ""),
            f"{percent(facts.relief.value)} got relief ({span(facts.relief)}), {percent(facts.money.value)} "
            f"({span(facts.money)}) money. "
            + (f"By issue, what differs significantly from all others (5% false-discovery rate): {en}." if found else
               "No issue differs significantly from the others.")
            + (en_firms if firms else ""),
        ),
        significant=bool(found or firms),
    )  # fmt: skip


def _late(facts: ComplaintFacts) -> Finding:
    firms = [one for one in facts.timely_by["company"] if one.differs]
    tested = sum(one.q is not None for one in facts.timely_by["company"])
    zh = "、".join(f"{one.name} {percent(one.share.value)}（{span(one.share)}）" for one in firms)
    en = ", ".join(f"{one.name} {percent(one.share.value)} ({span(one.share)})" for one in firms)
    apart = _apart(facts)
    return Finding(
        "complaints",
        "late",
        Text(
            f"按时答复的有 {percent(facts.timely.value)}（{span(facts.timely)}，n {count(facts.timely.n)}）。"
            + (
                f"{tested} 家投诉较多的公司里，显著不同的是 {zh}。"
                if firms
                else f"{tested} 家投诉较多的公司之间没有显著差别。"
            )
            + apart.zh,
            f"{percent(facts.timely.value)} were answered in time ({span(facts.timely)}, n {count(facts.timely.n)}). "
            + (
                f"Of {tested} companies with enough complaints, significantly different: {en}."
                if firms
                else f"{tested} companies with enough complaints do not differ significantly."
            )
            + apart.en,
        ),
        significant=bool(firms or apart.en),
    )


def _apart(facts: ComplaintFacts) -> Text:
    """The products that differ, and what is left of it without the company with most late answers."""
    found = [one for one in facts.timely_by["product"] if one.differs]
    if not found:
        return Text("", "")
    zh = "、".join(f"{product_named(one.name)} {percent(one.share.value)}" for one in found)
    en = ", ".join(f"{(one.name or '').lower()} {percent(one.share.value)}" for one in found)
    zh, en = f"按产品：{zh}", f" By product: {en}"
    if facts.latest is not None and facts.without:
        rest = {one.name: one.share for one in facts.without}
        some = [one for one in found if (one.delta or 0) < 0 and one.name in rest]
        for one in some:
            zh += f"；不算 {facts.latest.name}，{product_named(one.name)}是 {percent(rest[one.name].value)}"
            en += f"; without {facts.latest.name}, {(one.name or '').lower()} {percent(rest[one.name].value)}"
            ends = f"{span(rest[one.name])}，n {count(rest[one.name].n)}"
            zh, en = f"{zh}（{ends}）", f"{en} ({ends.replace('，', ', ')})"
    return Text(f"{zh}。", f"{en}.")


def _stories(facts: ComplaintFacts) -> Finding:
    read = facts.stories.read
    negative, (first, second, *_) = read.labels["negative"], read.within
    return Finding(
        "complaints",
        "stories",
        Text(
            f"{count(read.texts)} 段叙述里，{percent(negative.value)}（{span(negative)}）读作负面；"
            f"说得最多的主题是“{first.name.zh}”{percent(first.share.value)} "
            f"和“{second.name.zh}”{percent(second.share.value)}。",
            f"Of {count(read.texts)} stories {percent(negative.value)} ({span(negative)}) read as negative; the "
            f"topics that most speak of are “{first.name.en}” {percent(first.share.value)} and “{second.name.en}” "
            f"{percent(second.share.value)}.",
        ),
    )


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
        kpi("按时答复", "Answered in time", facts.timely),
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
    between = Text(f"当天 {percent(facts.same_day.value)}", f"same day {percent(facts.same_day.value)}")
    issue, most = next(iter(facts.about["issue"].items()))
    return (
        CellLane(
            Text("客户", "Customers"),
            Text("走到这一步的投诉", "complaints that got here"),
            tuple(Cell(same(count(c)), same(percent(c / n)), c / n) for c in reached),
        ),
        CellLane(
            Text("间隔时间", "Time between"),
            Text("距上一步，精确到天", "since the step before, by day"),
            (Cell(Text("起点", "start")), Cell(between, slow), unknown, unknown),
        ),
        CurveLane(
            Text("顺利的比例", "Goes well"),
            Text("当天转到、按时答复、得到补偿", "sent on the day, answered in time, relieved"),
            (
                None,
                _point(facts.same_day, Text("当天转到公司", "Sent on the day")),
                _point(facts.timely, Text("按时答复", "Answered in time")),
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
                Cell(Text(f"最多：{issue_named(issue)}", f"Most: {issue}"), same(percent(most / n))),
                Cell(Text("有人等一周以上", "Some wait over a week"), slow),
                Cell(
                    Text(f"没有答复记录：{facts.overdue} 条", f"No answer on record: {facts.overdue}"),
                    Text("公司逾期结案", "closed as untimely"),
                ),
                Cell(
                    Text("只得到解释的", "An explanation only"),
                    same(percent((facts.answered - facts.relieved) / n)),
                ),
            ),
        ),
    )


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


ABOUT = (
    (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
    (
        Text("怎么算的", "How it is computed"),
        Text(
            "一条投诉变成四个事件：收到、转交、答复，以及有没有补偿。占比的区间用 Wilson 法，95%；"
            "每组与其余全部相比，p 值按 Benjamini–Hochberg 校正，不足 20 条的组只列出、不检验。"
            "“未按时”和“没有答复记录”是监管机构的记录（Timely response: No；Untimely response）。",
            "A complaint becomes four events: received, sent, answered, and relieved or not. Intervals of shares "
            "are Wilson’s, 95%; each group is tested against all others, p-values adjusted by Benjamini–Hochberg, "
            "and groups of fewer than 20 are not tested. “Not in time” and “no answer on record” are the "
            "regulator’s own record (Timely response: No; Untimely response).",
        ),
    ),
    (
        Text("不能得出的结论", "What these data do not tell"),
        Text(
            "只有同意公开原文的投诉，全部来自网站，全部是贷款类：不代表所有消费者，不能比较渠道。"
            "投诉数不能比较公司，因为不知道各家有多少客户；同一家公司的产品、问题和地区纠缠在一起，差别不等于原因。"
            "月份之间的增减也可能来自有多少人同意公开。最后一个月不完整。",
            "Only complaints whose text may be published, all made on the website, all about loans: they do not "
            "stand for all consumers, and channels cannot be compared. Numbers of complaints do not compare "
            "companies: their numbers of customers are unknown. A company’s products, issues and places go "
            "together, so a difference is no cause. More or fewer in a month may be more or fewer who agree to "
            "publish. The last month is not complete.",
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
