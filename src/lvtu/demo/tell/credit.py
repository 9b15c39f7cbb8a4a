"""The store's attribution in words: seven models side by side."""

from __future__ import annotations

from lvtu.core.words import say
from lvtu.demo.document import Table
from lvtu.demo.facts.credit import Credit, Owed
from lvtu.demo.model import Finding, Text
from lvtu.demo.tell.channels import channel_name
from lvtu.demo.words import NONE, count, percent, same


def findings(credit: Credit) -> tuple[Finding, ...]:
    """Where the models differ, and where they agree."""
    return _differ(credit), _agree(credit)


def _differ(credit: Credit) -> Finding:
    one, other = (_top(credit, model) for model in ("first", "last"))
    rest = [model for model in credit.models if model not in ("first", "last")]
    led = [model for model in rest if _top(credit, model) == other]
    names = channel_name(one), channel_name(other)

    a_first, b_first = (_with(credit.channels[name]["first"]) for name in (one, other))
    a_last, b_last = (_with(credit.channels[name]["last"]) for name in (one, other))
    most = ("都", "all") if led == rest else (f"有 {len(led)} 种", f"{len(led)}")
    return Finding(
        "paths",
        "credit",
        Text(
            f"订单算谁的功劳，要看怎么分（n {count(credit.all)} 位下单的访客）：全算给第一个渠道，{names[0].zh}居首，"
            f"占 {a_first.zh}，{names[1].zh} {b_first.zh}；全算给最后一个渠道，{names[1].zh}居首，占 {b_last.zh}，"
            f"{names[0].zh} {a_last.zh}。其余 {len(rest)} 种分法{most[0]}把{names[1].zh}排在第一。"
            "功劳是分摊的规则，不是因果：想知道停掉一个渠道会少多少订单，要做实验。",
            f"What orders are owed to depends on the rule (n {count(credit.all)} visitors who ordered). All to the "
            f"first channel: {names[0].en} leads with {a_first.en}, {names[1].en} has {b_first.en}. All to the last "
            f"one: {names[1].en} leads with {b_last.en}, {names[0].en} has {a_last.en}. Of the {len(rest)} other "
            f"models {most[1]} put {names[1].en} first. Credit is a rule of division, not a cause: what would be lost "
            "without a channel takes an experiment.",
        ),
        significant=True,
    )


def _agree(credit: Credit) -> Finding:
    """Relative to its size no channel's credit is certain; in points, the small ones agree."""
    ranked = sorted(credit.channels, key=credit.range)
    small = [name for name in ranked if credit.range(name) < 0.01]
    most = ranked[-1]
    shares = {model: owed.share for model, owed in credit.channels[most].items()}
    zh, en = "、".join(channel_name(name).zh for name in small), _listed([channel_name(name).en for name in small])
    widest = max(credit.range(name) for name in small)
    return Finding(
        "paths",
        "credit_agree",
        Text(
            f"分歧最大的是{channel_name(most).zh}：按不同模型占 {percent(min(shares.values()))} 到 "
            f"{percent(max(shares.values()))}。"
            f"{zh}在 {len(credit.models)} 种模型下相差不超过 {_points(widest)} 个百分点，"
            f"但它们本来就小。{count(credit.untimed)} 笔订单之前的渠道只有先后、没有时间，"
            "时间衰减模型只好平均分，所以这里和线性模型一样。",
            f"They differ most on {channel_name(most).en}: {percent(min(shares.values()))} to "
            f"{percent(max(shares.values()))} of the orders. On {en} the {len(credit.models)} models differ by "
            f"{_points(widest)} points at most, but these are small to begin with. Of the channels before "
            f"{count(credit.untimed)} orders only the sequence is known, not the time; time decay divides those evenly "
            "and is the same as the linear model here.",
        ),
    )


def tables(credit: Credit) -> tuple[Table, ...]:
    """The shares, and the same with their intervals."""
    heads = tuple(Text(*(say(f"charts.attribution.{model}", lang) for lang in ("zh", "en"))) for model in credit.models)
    rows = credit.channels.items()
    note = Text(
        f"{count(credit.all)} 位下单的访客；每一列加起来是 100%（四舍五入前）。"
        "“马尔可夫”看少了这个渠道会少掉多少订单：少见的渠道（联盟推广）会因为后面跟着好渠道而分得偏多。"
        "“Shapley”在一条路径的不同渠道间平分。“外部链接”里可能有商店自己网址之间的跳转，它会占走真正来源的份额。",
        f"Of {count(credit.all)} visitors who ordered; every column adds up to 100% before rounding. Markov asks how "
        "many orders would be lost without the channel, on the chain of all visits: a rare channel (Affiliate) gets "
        "more than it saw when good ones follow it. Shapley divides evenly among the different channels of a path. "
        "Referral may include hops between the store’s own addresses, which take from where visitors really came.",
    )
    plain = Table(
        Text("订单归功于谁：七种模型并列", "What orders are owed to: seven models side by side"),
        note,
        (Text("渠道", "Channel"), *heads, Text("最大相差（百分点）", "Range, points")),
        (
            *(
                (
                    channel_name(channel),
                    *(same(percent(owed[model].share)) for model in credit.models),
                    same(_points(credit.range(channel))),
                )
                for channel, owed in rows
            ),
            (Text("合计", "All"), *(same(percent(_total(credit, model))) for model in credit.models), same("")),
        ),
        shade=(
            *((None, *(owed[model].share for model in credit.models), None) for _, owed in rows),
            (None,) * (len(credit.models) + 2),
        ),
    )
    return plain, Table(
        Text("七种模型的 95% 区间", "The 95% intervals of the seven models"),
        Text(
            "每次去掉 64 组访客中的一组（刀切法）；订单很少的渠道，区间只是粗略的。",
            "One of 64 groups of visitors is left out at a time (jackknife); rough where orders are few.",
        ),
        (Text("渠道", "Channel"), *heads),
        tuple(
            (channel_name(channel), *(same(_interval(owed[model])) for model in credit.models))
            for channel, owed in rows
        ),
        folded=True,
    )


def _top(credit: Credit, model: str) -> str:
    return max(credit.channels, key=lambda channel: credit.channels[channel][model].share)


def _total(credit: Credit, model: str) -> float:
    return sum(owed[model].share for owed in credit.channels.values())


def _interval(owed: Owed) -> str:
    if owed.low is None or owed.high is None:
        return NONE
    return f"{100 * owed.low:.1f}–{100 * owed.high:.1f}%"


def _with(owed: Owed) -> Text:
    share, ends = percent(owed.share), _interval(owed)
    return Text(f"{share}（{ends}）", f"{share} ({ends})")


def _points(share: float) -> str:
    return f"{100 * share:.1f}"


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
