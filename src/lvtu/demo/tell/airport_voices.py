"""What the airport's passengers said: what goes with recommending, the matters of their comments, their own words."""

from __future__ import annotations

from lvtu.demo.document import Bar, Card, Quote, Rank, Ranking, Section, Table
from lvtu.demo.facts.airport import DRIVERS, AirportFacts, Driver
from lvtu.demo.facts.airport_said import About, Said, Spoken
from lvtu.demo.facts.airport_themes import LEAST, Theme, Themes
from lvtu.demo.facts.questions import Question
from lvtu.demo.model import Text
from lvtu.demo.words import count, p_value, percent, points, same, span

SHOWN = 12
"""Drivers that have a row; the rest explains little."""
QUESTIONS = {
    "q15": Text("遇到的问题（第 15 题）", "problems met (question 15)"),
    "q8": Text("改进建议（第 8 题）", "suggestions (question 8)"),
    "q9": Text("对清洁的说明（第 9 题）", "remarks about cleanliness (question 9)"),
    "q10": Text("对安全感的说明（第 10 题）", "remarks about safety (question 10)"),
    "q12": Text("对 Pre-Check 的说明（第 12 题）", "remarks about Pre-Check (question 12)"),
}
LABELS = {
    "negative": Text("读作负面", "read as negative"),
    "neutral": Text("读作中性", "read as neutral"),
    "positive": Text("读作正面", "read as positive"),
}
LANGUAGES = {"en": Text("英文", "English"), "es": Text("西班牙文", "Spanish"), "zh": Text("中文", "Chinese")}
TREND = {
    "q15": Question("trend", {"by": "theme", "period": "month"}, ("Problem Coded",)),
    "q8": Question("trend", {"by": "theme", "period": "month"}, ("Suggestion Given",)),
}
"""How many people spoke of each matter, by year: months are not known, each year stands in January."""

_TRANSLATED = {
    "JUST THE UNEXPLAINED TSA DELAY & RUDE TSA STAFF": "安检莫名拖延，人员态度差。",
    'DELAY IN SECURITY "PRIORITY LINE"': "安检“优先通道”也拖延。",
    "WENT WRONG WAY COULDN'T FIND BAGGAE CLAIM": "走错了方向，找不到行李提取处。",
    "INITIALLY I TRAVELLED TO THE WRONG TERMINAL": "一开始走错了航站楼。",
    "SIGNAGE LACKING ARROWS SOMETIMES- IS UNCLEAR WHERE TO GO": "指示牌有时没有箭头，不知道往哪走。",
}
"""Passengers' words in Chinese, where somebody put them so."""


def drivers(facts: AirportFacts) -> Section:
    """What goes with recommending the airport."""
    found = facts.drivers
    rest = found.found[SHOWN:]
    ranking = Ranking(
        Text(f"占已解释部分的比例（前 {SHOWN} 项）", f"Share of what is explained (the first {SHOWN})"),
        Text(
            f"2018 年，n {count(found.n)}。全部 {len(found.found)} 项评分合起来解释了推荐意愿差异的 "
            f"{percent(found.explained.value)}（{span(found.explained)}）；条形是各项的 Shapley 贡献占比，"
            f"横条为 95% 区间。没用过某项的旅客照样计入，不算作低分。其余 {len(rest)} 项合计 "
            f"{percent(sum(one.share.value for one in rest))}。同高同低不等于因果。",
            f"2018, n {count(found.n)}. All {len(found.found)} ratings together explain "
            f"{percent(found.explained.value)} "
            f"({span(found.explained)}) of how recommending differs; the dots are each one’s share of it (Shapley), "
            "the "
            f"bars 95% intervals. Who did not use something counts too, and not as a low score. The other {len(rest)} "
            f"make up {percent(sum(one.share.value for one in rest))}. What goes together need not be cause and "
            "effect.",
        ),
        tuple(_driver(one, facts) for one in found.found[:SHOWN]),
        (DRIVERS.command("airport"),),
    )
    return Section(Text("和推荐意愿最有关的是什么", "What goes with recommending the airport"), (ranking,))


def _driver(one: Driver, facts: AirportFacts) -> Rank:
    used = f"{percent(one.used, 0)}"
    worse = facts.ratings[one.item.column].tone == "worse"
    zh, en = (f"{used} 的人评过", f"rated by {used}")
    if worse:
        zh, en = f"{zh}；比 2017 年显著变差", f"{en}; significantly worse than 2017"
    interval = f"{percent(one.share.value)}（{span(one.share)}）"
    return Rank(
        one.item.name, one.share.value, one.share.low, one.share.high,
        Text(interval, interval.replace("（", " (").replace("）", ")")), Text(zh, en), tone="worse" if worse else "",
    )  # fmt: skip


def themes(facts: AirportFacts) -> Section:
    """The matters of the coded comments."""
    found = facts.themes
    compared, names = _compared(found), {"problems": found.largest("q15", 2018)[:8], "wishes": _wishes(found)[:8]}
    title = Text("旅客在说什么", "What passengers talk about")
    problems = Ranking(
        Text("遇到的问题：2018 年最多的 8 类", "Problems met: the 8 most told of 2018"),
        Text(
            f"占回答了“有没有遇到问题”的旅客的比例（2018 年 n {count(found.asked['q15'][2018])}），加权；空心点是 "
            "2017 年，"
            "红色是显著增加。",
            f"Share of passengers who said whether they met any (2018: n {count(found.asked['q15'][2018])}), weighted; "
            "hollow dots are 2017, red is significantly more.",
        ),
        tuple(_rank(one) for one in names["problems"]),
        (TREND["q15"].command("airport"),),
    )
    wishes = Ranking(
        Text("改进建议：2018 年最多的 8 类", "Suggestions: the 8 most made in 2018"),
        Text(
            f"占全部旅客的比例（2018 年 n {count(found.asked['q8'][2018])}），加权。没有空心点的，两年的编码含义不同，"
            "不能比较。",
            f"Share of all passengers (2018: n {count(found.asked['q8'][2018])}), weighted. Where there is no hollow "
            "dot, "
            "the code means something else in the other year and is not compared.",
        ),
        tuple(_rank(one) for one in names["wishes"]),
        (TREND["q8"].command("airport"),),
    )
    return Section(title, (problems, wishes), tables=(compared, _renumbered(found)), note=_how(found))


def _wishes(found: Themes) -> list[Theme]:
    return [one for one in found.largest("q8", 2018) if one.code.kind == "complaint"]


def _how(found: Themes) -> Text:
    same_meaning = [one for one in found.found if one.code.comparable]
    otherwise_zh = "、".join(QUESTIONS[name].zh for name in found.otherwise)
    otherwise_en = ", ".join(QUESTIONS[name].en for name in found.otherwise)
    left = Text("", "")
    if found.otherwise:
        left = Text(
            f"编码没变、用法却变了的也不比较：{otherwise_zh}有一年从未用过另一年有 {LEAST} 人以上的编码。",
            f" Nor are lists that were used in another way: of {otherwise_en}, codes that {LEAST} people or more have "
            "in "
            "one year are nobody’s in the other.",
        )
    return Text(
        f"旅客写下的话由调查方按各年的编码表归类，一个编码只在它那一年有意义。两年共用到 {len(found.found)} "
        "个编码含义，"
        f"{len(same_meaning)} 个两年相同；其中至少 {LEAST} 人提到的 {len(found.tested)} 个一起检验（错误发现率 5%），"
        f"{len(found.changed)} 个显著不同。{left.zh}",
        "What passengers wrote was coded by the survey with a list for each year, and a code means something only in "
        "its "
        f"year. Of {len(found.found)} meanings used, {len(same_meaning)} are the same in both; the "
        f"{len(found.tested)} of "
        f"these that at least {LEAST} people spoke of are tested together (5% false-discovery rate), and "
        f"{len(found.changed)} differ significantly.{left.en}",
    )


def _rank(one: Theme) -> Rank:
    after, before = one.shares[2018], one.shares.get(2017)
    shown = f"{percent(after.value)}（{span(after)}）"
    zh, en = f"{one.people[2018]} 人", f"{one.people[2018]} people"
    if before is None:
        zh, en = f"{zh}；2017 年没有同义的编码", f"{en}; no code of 2017 means the same"
    else:
        zh, en = (
            f"{zh}；2017 年 {percent(before.value)}{verdict(one).zh}",
            f"{en}; 2017 {percent(before.value)}{verdict(one).en}",
        )
    return Rank(
        brief(one), after.value, after.low, after.high,
        Text(shown, shown.replace("（", " (").replace("）", ")")), Text(zh, en),
        None if before is None else before.value, one.tone,
    )  # fmt: skip


def verdict(one: Theme) -> Text:
    """Whether a matter is told of significantly more or less."""
    if one.q is None or one.change is None:
        return Text("，未检验", ", not tested")
    if not one.tone:
        return Text("，无显著变化", ", not significant")
    return (
        Text("，显著增加", ", significantly more")
        if one.change.delta > 0
        else Text("，显著减少", ", significantly fewer")
    )


def brief(one: Theme, most: int = 64) -> Text:
    """A matter's name, the list's own in English as far as a line goes."""
    parts = one.code.name.en.split("/")
    name = parts[0]
    for part in parts[1:]:
        if len(name) + len(part) + 3 > most:
            return Text(one.code.name.zh, f"{name} …")
        name = f"{name} / {part}"
    return Text(one.code.name.zh, name)


def _compared(found: Themes) -> Table:
    """All matters that were compared between the years."""
    rows = sorted(found.tested, key=lambda one: one.q or 0)
    heads = (
        Text("说到什么", "Matter"), Text("哪一题", "Question"), Text("2018", "2018"), Text("95% 区间", "95% interval"),
        Text("人", "People"), Text("2017", "2017"), Text("人", "People"), Text("变化", "Change"),
        Text("校正后 p", "Adjusted p"), Text("结论", "Verdict"),
    )  # fmt: skip
    return Table(
        Text(f"两年可比的 {len(rows)} 类", f"The {len(rows)} matters that can be compared"),
        Text(
            "加权比例；差值用 Newcombe 区间与合并 z 检验，p 值按 Benjamini–Hochberg 校正。称赞变少与抱怨变多一样标红。"
            "编码由人来做：含义相同，归类的尺度也可能随年份变化。",
            "Weighted shares; pooled z test of the difference, p-values adjusted by Benjamini–Hochberg. Less praise is "
            "red, as more complaints are. People do the coding: the meaning may be the same and the measure another.",
        ),
        heads,
        tuple(
            (
                brief(one), QUESTIONS[one.code.question], same(percent(one.shares[2018].value)),
                same(span(one.shares[2018])), same(count(one.people[2018])), same(percent(one.shares[2017].value)),
                same(count(one.people[2017])), same(points(one.change.delta if one.change else 0)),
                same(p_value(one.q or 0)), Text(verdict(one).zh[1:], verdict(one).en[2:]),
            )
            for one in rows
        ),
        marked=tuple(at for at, one in enumerate(rows) if one.tone == "worse"),
        folded=True,
    )  # fmt: skip


def _renumbered(found: Themes, most: int = 12) -> Table:
    rows = [(number, a, b) for number, a, b in found.renumbered() if number >= 0][:most]
    return Table(
        Text("同一个编码，两年两个意思", "One code, two meanings"),
        Text(
            "按提到的人数，最多的在前。直接按编码比较两年会得出假的变化。",
            "Those that most people spoke of first. Comparing codes across the years would make up changes.",
        ),
        (
            Text("编码", "Code"), Text("2017 年的意思", "Meaning in 2017"), Text("人", "People"),
            Text("2018 年的意思", "Meaning in 2018"), Text("人", "People"),
        ),
        tuple(
            (
                same(f"{a.code.question.upper()} · {number}"), brief(a), same(count(a.people[2017])), brief(b),
                same(count(b.people[2018])),
            )
            for number, a, b in rows
        ),
        folded=True,
    )  # fmt: skip


def words(facts: AirportFacts) -> Section:
    """What passengers wrote about problems, in their own words."""
    found = facts.said
    zh = "、".join(f"{LANGUAGES[name].zh} {n}" for name, n in found.languages.items())
    en = ", ".join(f"{LANGUAGES[name].en} {n}" for name, n in found.languages.items())
    bars = tuple(
        Bar(LABELS[name], f"{percent(one.value)} · {span(one)}", one.value, faint=name != "negative")
        for name, one in found.labels.items()
    )
    read = Card(
        Text("读起来怎样", "How it reads"),
        Text("文本模型，加权", "The text model, weighted"),
        note=Text(
            f"{found.texts} 段原话（{zh}）；另有 {found.untranslated} 段文件里只写着“待翻译”。",
            f"{found.texts} texts ({en}); of {found.untranslated} more the file only says that they are to be "
            "translated.",
        ),
        bars_title=noted_model(),
        bars=bars,
    )
    return Section(
        Text("旅客的原话", "In their own words"),
        cards=(read, *(_about(one) for one in found.about[:3])),
        note=Text(
            "2018 年“有没有遇到问题”之后的空白栏，原文照录。",
            "What passengers of 2018 wrote under “Did you encounter any problems?”, as they wrote it.",
        ),
    )


def noted_model() -> Text:
    """What the labels of problems must be read with."""
    return Text(
        "都是在说问题：读成中性或正面的，多是语气平淡或模型读错",
        "All tell of a problem: what reads neutral or positive is told drily, or misread",
    )


def _about(one: About) -> Card:
    return Card(
        Text(one.code.name.zh, one.code.name.en.replace("/", " / ")),
        Text("编码归类", "As coded"),
        str(one.texts),
        Text("段原话", "texts"),
        quotes=tuple(_quote(each) for each in one.quotes),
    )


def _quote(one: Spoken) -> Quote:
    name = LANGUAGES.get(one.language, same(one.language))
    return Quote(
        one.text,
        _TRANSLATED.get(one.text, ""),
        Text(
            f"旅客 {one.customer}，{name.zh}，第 {one.start}–{one.end} 字符",
            f"passenger {one.customer}, {name.en}, characters {one.start}–{one.end}",
        ),
    )


def quotes(found: Said, step: str) -> tuple[Quote, ...]:
    """What passengers wrote about a step."""
    return tuple(_quote(each) for one in found.about if step and one.code.step == step for each in one.quotes)[:3]
