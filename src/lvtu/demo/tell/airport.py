"""The airport's page."""

from __future__ import annotations

from collections.abc import Sequence

from lvtu.demo.airport import ITEMS, MODEL, Item
from lvtu.demo.document import Kpi, Page
from lvtu.demo.facts.airport import NPS, PROBLEMS, AirportFacts, Compared
from lvtu.demo.model import Finding, Text
from lvtu.demo.tell import airport_map as maps
from lvtu.demo.tell import airport_voices as voices
from lvtu.demo.words import count, noted, percent, points, score_span, signed, span

FLAT = Text("无显著变化", "no significant change")


def tell(facts: AirportFacts) -> Page:
    """The airport's page from its numbers."""
    return Page(
        model=MODEL,
        findings=_findings(facts),
        kpis=_kpis(facts),
        lanes=maps.lanes(facts),
        legend=maps.LEGEND,
        cards=tuple(maps.card(facts, item) for item in facts.worse),
        tables=(maps.table(facts),),
        about=_about(facts),
        sections=(voices.drivers(facts), voices.themes(facts), voices.words(facts)),
        asks=(NPS.command("airport"), PROBLEMS.command("airport"), *maps.COMMANDS),
    )


def _findings(facts: AirportFacts) -> tuple[Finding, ...]:
    return (_lead(facts), _nps(facts), _changed(facts), _drivers(facts), _problems(facts), _wishes(facts))


def _lead(facts: AirportFacts) -> Finding:
    """The most important thing in a sentence or two, whatever the figures say."""
    nps, (driver, second) = facts.nps, facts.drivers.found[:2]
    first, alone = driver.item, driver.share.low > second.share.high
    before, after = f"{nps.before.value:.1f}", f"{nps.after.value:.1f}"
    zh, en = {
        "worse": (
            f"2018 年旅客不如 2017 年愿意推荐这座机场：净推荐值从 {before} 降到 {after}。",
            "Passengers of 2018 recommend the airport less than those of 2017: its net promoter score fell from "
            f"{before} "
            f"to {after}.",
        ),
        "better": (
            f"2018 年旅客比 2017 年更愿意推荐这座机场：净推荐值从 {before} 升到 {after}。",
            "Passengers of 2018 recommend the airport more than those of 2017: its net promoter score rose from "
            f"{before} "
            f"to {after}.",
        ),
        "": (
            f"旅客推荐这座机场的意愿没有显著变化：净推荐值 2017 年 {before}，2018 年 {after}。",
            f"Passengers recommend the airport as they did: its net promoter score was {before} in 2017 and {after} in "
            "2018, no significant change.",
        ),
    }[nps.tone]
    moved = [
        Text("显著变差的是", "What got significantly worse:"),
        Text("显著变好的是", "What got significantly better:"),
    ]
    for words, items in zip(moved, (facts.worse, facts.better), strict=True):
        if items:
            zh += f"{words.zh}{'、'.join(item.name.zh for item in items)}。"
            en += f" {words.en} {_and(items)}."
    if first in (*facts.worse, *facts.better):
        zh += f"其中“{first.name.zh}”正是和推荐意愿关系最大的{'一项' if alone else '几项之一'}。"
        en += f" {first.name.en} is also {'what goes' if alone else 'among what goes'} most with recommending."
    return Finding("airport", "lead", Text(zh, en), significant=True)


def _and(items: Sequence[Item]) -> str:
    names = [named(item) for item in items]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def named(item: Item) -> str:
    """An item's English name within a sentence.

    Example:
        >>> [named(item) for item in ITEMS if item.column in ("q9restroom", "q7airtrain", "q7all")]
        ['AirTrain', 'cleanliness of restrooms', 'the airport as a whole']
    """
    name, *clean = item.name.en.split(", clean")
    name = name if name.startswith(("AirTrain", "Airport")) else name[0].lower() + name[1:]
    return f"cleanliness of {name}" if clean else name


def _nps(facts: AirportFacts) -> Finding:
    nps, digits = facts.nps, 1
    delta, spread = signed(nps.change.delta, digits), maps.delta_span(nps, digits)
    zh, en = ("超出了偶然", "more than chance") if nps.tone else ("可能只是偶然", "may be chance")
    return Finding(
        "airport",
        "nps",
        Text(
            f"净推荐值 {nps.after.value:.1f}（{_nps_span(nps.after.low, nps.after.high)}，n {count(nps.after.n)}），"
            "2017 年 "
            f"{nps.before.value:.1f}（{_nps_span(nps.before.low, nps.before.high)}，n {count(nps.before.n)}）；变化 "
            f"{delta}"
            f"（{spread.zh}），{zh}。",
            f"The net promoter score is {nps.after.value:.1f} ({_nps_span(nps.after.low, nps.after.high)}, n "
            f"{count(nps.after.n)}), in 2017 it was {nps.before.value:.1f} "
            f"({_nps_span(nps.before.low, nps.before.high)}, n {count(nps.before.n)}); the change of {delta} "
            f"({spread.en}) is "
            f"{en}."
            if nps.tone
            else f"The net promoter score is {nps.after.value:.1f} ({_nps_span(nps.after.low, nps.after.high)}, n "
            f"{count(nps.after.n)}), in 2017 it was {nps.before.value:.1f} "
            f"({_nps_span(nps.before.low, nps.before.high)}, n {count(nps.before.n)}); the change of {delta} "
            f"({spread.en}) "
            f"{en}.",
        ),
        significant=bool(nps.tone),
    )


def _nps_span(low: float, high: float) -> str:
    between = "–" if low >= 0 else " … "
    return between.join(f"{end:.1f}".replace("-", "−") for end in (low, high))


def _changed(facts: AirportFacts) -> Finding:
    """Which of all ratings changed, tested together, and what stayed lowest."""
    total, worse, better = len(facts.ratings), facts.worse, facts.better
    parts = [
        (Text("显著变差", "significantly worse"), worse),
        (Text("显著变好", "significantly better"), better),
    ]
    zh, en = [], []
    for words, items in parts:
        if items:
            zh.append(f"{len(items)} 项{words.zh}：{'，'.join(_moved(facts, item).zh for item in items)}")
            en.append(f"{len(items)} {'is' if len(items) == 1 else 'are'} {words.en}: "
                      f"{', '.join(_moved(facts, item).en for item in items)}")  # fmt: skip
        else:
            zh.append(f"没有一项{words.zh}")
            en.append(f"none is {words.en}")
    rest = total - len(worse) - len(better)
    lowest = min(facts.ratings.items(), key=lambda one: one[1].after.value)
    item = next(item for item in ITEMS if item.column == lowest[0])
    return Finding(
        "airport",
        "changed",
        Text(
            f"{total} 项评分一起检验（错误发现率 5%，分值 −2 至 +2）：{'；'.join(zh)}。其余 {rest} 项没有显著变化，"
            "包括最低的"
            f"“{item.name.zh}”（{signed(lowest[1].after.value)}）。" if not lowest[1].tone else
            f"{total} 项评分一起检验（错误发现率 5%，分值 −2 至 +2）：{'；'.join(zh)}。其余 {rest} 项没有显著变化。",
            f"Of {total} ratings tested together (5% false-discovery rate, on −2 to +2), {'; '.join(en)}. The other "
            f"{rest} "
            f"did not change significantly, among them the lowest, {named(item)} ({signed(lowest[1].after.value)})."
            if not lowest[1].tone else
            f"Of {total} ratings tested together (5% false-discovery rate, on −2 to +2), {'; '.join(en)}. The other "
            f"{rest} "
            "did not change significantly.",
        ),
        significant=bool(worse or better),
    )  # fmt: skip


def _moved(facts: AirportFacts, item: Item) -> Text:
    value = facts.ratings[item.column]
    moved = f"{signed(value.before.value)} → {signed(value.after.value)}"
    return Text(f"{item.name.zh} {moved}", f"{named(item)} {moved}")


def _drivers(facts: AirportFacts) -> Finding:
    found = facts.drivers
    top = found.found[:3]
    zh = "、".join(f"{one.item.name.zh} {percent(one.share.value)}（{span(one.share)}）" for one in top)
    en = ", ".join(f"{named(one.item)} {percent(one.share.value)} ({span(one.share)})" for one in top)
    return Finding(
        "airport",
        "drivers",
        Text(
            f"和推荐意愿关系最大的是：{zh}，占 {len(found.found)} 项评分所能解释的部分。用过的人才评分；"
            "没用过的人照样计入，"
            "不当作低分。",
            f"What goes most with recommending: {en}, of all that {len(found.found)} ratings explain. Only those who "
            "used "
            "something rate it; those who did not still count, and not as a low score.",
        ),
        significant=True,
    )


def _problems(facts: AirportFacts) -> Finding:
    """What is told most of the problems met, and what is told of significantly more or less."""
    problem, first = facts.problem, facts.themes.largest("q15", 2018)[0]
    name, after, before = voices.brief(first), first.shares[2018], first.shares.get(2017)
    known = before is not None
    zh = f"，2017 年 {percent(before.value)}{voices.verdict(first).zh}" if known and before else ""
    en = f", in 2017 {percent(before.value)}{voices.verdict(first).en}" if known and before else ""
    now, then = percent(problem.after.value), percent(problem.before.value)
    flat = (
        Text("，无显著变化", ", not significant")
        if not problem.tone
        else Text("，显著不同", ", significantly different")
    )
    return Finding(
        "airport",
        "problems",
        Text(
            f"{now} 的旅客遇到了问题（{span(problem.after)}；2017 年 {then}{flat.zh}）。最多的是“{name.zh}”："
            f"{percent(after.value)}（{span(after)}{zh}）。",
            f"{now} of passengers met a problem ({span(problem.after)}; 2017 {then}{flat.en}). Most told: “{name.en}”, "
            f"{percent(after.value)} ({span(after)}{en}).",
        ),
        significant=bool(first.tone),
    )


def _wishes(facts: AirportFacts) -> Finding:
    top = [one for one in facts.themes.largest("q8", 2018) if one.code.kind == "complaint"][:3]
    names = [(voices.brief(one), percent(one.shares[2018].value), span(one.shares[2018])) for one in top]
    zh = "，".join(f"“{name.zh}”{share}（{ends}）" for name, share, ends in names)
    en = "; ".join(f"“{name.en}” {share} ({ends})" for name, share, ends in names)
    return Finding(
        "airport",
        "wishes",
        Text(f"2018 年最常见的建议：{zh}。", f"What passengers of 2018 most often suggest: {en}."),
    )


def _kpis(facts: AirportFacts) -> tuple[Kpi, ...]:
    nps, problem = facts.nps, facts.problem
    return (
        Kpi(
            Text("净推荐值 NPS", "Net promoter score"),
            f"{nps.after.value:.1f}",
            maps.moved(nps, 1) if nps.tone else FLAT,
            noted(_nps_span(nps.after.low, nps.after.high), nps.after.n),
            nps.tone,
        ),
        _kpi(facts, "q7all", Text("机场整体评价", "Airport as a whole")),
        _kpi(facts, "q9all", Text("整体清洁", "Overall cleanliness")),
        _kpi(facts, "q10safe", Text("安全感", "Feeling safe")),
        Kpi(
            Text("遇到问题的旅客", "Met a problem"),
            percent(problem.after.value),
            FLAT if not problem.tone else _points(problem),
            noted(span(problem.after), problem.after.n),
        ),
        Kpi(
            Text("显著变差的评分", "Significantly worse"),
            str(len(facts.worse)),
            Text(f"共 {len(facts.ratings)} 项", f"of {len(facts.ratings)} ratings"),
            Text("错误发现率 5%", "false-discovery rate 5%"),
        ),
    )


def _points(value: Compared) -> Text:
    moved = points(value.change.delta)
    return Text(f"{moved} 较 2017 年", f"{moved} on 2017")


def _kpi(facts: AirportFacts, column: str, label: Text) -> Kpi:
    value = facts.ratings[column]
    note = noted(score_span(value.after), value.after.n)
    return Kpi(label, signed(value.after.value), maps.moved(value) if value.tone else FLAT, note, value.tone)


def _about(facts: AirportFacts) -> tuple[tuple[Text, Text], ...]:
    alone = [item for item in facts.alone if not facts.ratings[item.column].tone]
    zh = "、".join(f"“{item.name.zh}”" for item in alone)
    en = ", ".join(named(item) for item in alone)
    more = Text("", "")
    if alone:
        more = Text(
            f"如果每种量尺单独检验，{zh}也会算作变化；一起检验更严格，所以这里不算。",
            f" Tested scale by scale, {en} would count as changed too; all together the test is stricter, so here it "
            "does "
            "not.",
        )
    return (
        (Text("哪些是观测，哪些是模型", "What is observed and what is the model’s"), MODEL.order),
        (
            Text("怎么算的", "How it is computed"),
            Text(
                "每份答卷按问卷权重（WEIGHT）加权，使样本代表全部旅客；区间用有效样本量 (Σw)²/Σw²。空白（0）、"
                f"没用过或不知道（6）、净推荐值的空白（11）都不算回答。{len(ITEMS)} 项评分一起检验，错误发现率控制在 "
                "5%。"
                f"满意度、省力、清洁是三种不同的量尺，分开画，不合成一条曲线。{more.zh}",
                "Every answer carries the survey’s weight, so that the sample stands for all passengers; intervals "
                "use the "
                "effective number of answers (Σw)²/Σw². Blanks (0), never used or don’t know (6) and a blank "
                f"recommendation (11) are no answers. The {len(ITEMS)} ratings are tested together at a 5% "
                "false-discovery "
                "rate. Satisfaction, ease and cleanliness are different scales: a lane each, never one "
                f"curve.{more.en}",
            ),
        ),
        (
            Text("小心", "Handle with care"),
            Text(
                "两年是两批不同的旅客，不是同一批人；差别可能来自季节、航线或题目以外的原因。文件只给出年份和日，"
                "没有月份。评论的编码表每年不同：建议类编码 201–203 在 2018 年改了含义，问题类编码 32 没有。",
                "The two years are different passengers; seasons, routes or anything else may lie behind a "
                "difference. The "
                "files give the year and the day, not the month. Each year has code lists of its own: suggestion codes "
                "201–203 changed their meaning in 2018, problem code 32 did not.",
            ),
        ),
        (
            Text("来源", "Source"),
            Text(
                f"旧金山国际机场旅客调查，2017 年 {count(facts.passengers[2017])} 份、2018 年 "
                f"{count(facts.passengers[2018])} 份。DataSF，公共领域（PDDL）。编码名称的中文由我们翻译。",
                f"San Francisco International Airport, customer survey: {count(facts.passengers[2017])} passengers in "
                "2017, "
                f"{count(facts.passengers[2018])} in 2018. DataSF, Public Domain Dedication and License. The codes’ "
                "Chinese names are our translation.",
            ),
        ),
    )
