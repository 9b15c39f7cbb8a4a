"""Every question in words, in both languages: read by people once, and held to that."""

from __future__ import annotations

from typing import Any

import pytest

from lvtu.analyses.asked import Names, sentence
from lvtu.analyses.asked.heads import HEADS
from lvtu.analyses.naming import Naming
from lvtu.analyses.registry import REGISTRY, spec_of
from lvtu.core.model import JourneyModel
from lvtu.core.words import Lang

MODEL = JourneyModel.load("""
key: shop
title: {zh: 网购, en: Shopping}
touchpoints:
  - {id: home, name: {zh: 首页, en: Home page}, events: Home Viewed}
  - {id: till, name: {zh: 收银台, en: Till}, events: Till *}
channels: [{key: counter, name: {zh: 专柜, en: Counter}, online: false}]
stages: [{key: look, name: {zh: 浏览, en: Look}, entry: Home Viewed}]
""")
NAMING = Naming(MODEL, ["Home Viewed", "Till Opened", "Till Closed", "A", "B"])
NAMES: dict[Lang, Names] = {
    "en": Names(model="Shopping", metric="Conversion", naming=NAMING),
    "zh": Names(model="网购", metric="转化率", naming=NAMING),
}
CHANGE = {"key": "m", "title": {"zh": "网购", "en": "Shopping"}, "stages": [{"key": "a", "name": "A", "entry": "A"}]}

SAID: list[tuple[dict[str, Any], str, str]] = [
    (
        {
            "analysis": "funnel",
            "steps": ["Visit", "Cart", {"event": ["Pay", "Order"], "where": "value > 100"}],
            "within": "7d",
            "by": "channel",
            "where": "plan = 'pro'",
            "since": "2026-01-01",
            "until": "2026-02-01",
        },
        "Of customers who did “Visit”, how many went on to “Cart”, then “Pay” or “Order” (amount is greater than 100) within 7 days, by channel, counting only events where plan is “pro”, from 2026-01-01 to 2026-02-01?",  # noqa: E501
        "有过“Visit”的客户中，有多少在 7天内走到“Cart”，再到“Pay”或“Order”（金额大于 100），按渠道细分，只看 plan 是“pro”的事件，2026-01-01 至 2026-02-01？",  # noqa: E501
    ),
    (
        {
            "analysis": "funnel",
            "steps": ["Home Viewed", "Till Opened", {"event": "A", "name": "Home Viewed"}],
            "where": "channel = 'counter' and did 'Home Viewed'",
            "by": "stage",
        },
        "Of customers who did “Home page”, how many went on to “Till (Till Opened)”, then “Home Viewed”, by stage, counting only events where channel is “Counter” and did “Home page”?",  # noqa: E501
        "有过“首页”的客户中，有多少走到“收银台（Till Opened）”，再到“Home Viewed”，按阶段细分，只看渠道是“专柜”且做过“首页”的事件？",  # noqa: E501
    ),
    (
        {"analysis": "funnel", "steps": ["Visit"], "unit": "totals"},
        "How many times did “Visit” happen?",
        "“Visit”发生过多少次？",
    ),
    (
        {"analysis": "funnel", "steps": ["A", "B", "C"], "order": "strict", "trend": "week", "exclude": ["X"]},
        "Of customers who did “A”, how many went straight on to “B”, then directly “C”, without “X” in between, by week of entry?",  # noqa: E501
        "有过“A”的客户中，有多少紧接着走到“B”，再紧接着到“C”，其间没有“X”，按进入的周？",
    ),
    (
        {"analysis": "funnel", "steps": ["A", "B"], "order": "any", "unit": "sessions"},
        "How many sessions have “A” and “B”, in any order?",
        "有多少会话有“A”和“B”，不论先后？",
    ),
    (
        {"analysis": "graph", "within": "1h"},
        "Which events directly follow which others within 1 hour?",
        "哪些事件之后在 1小时内紧接着哪些事件？",
    ),
    (
        {"analysis": "graph", "by": "plan"},
        "Which values of “plan” directly follow which others?",
        "哪些“plan”的取值之后紧接着哪些“plan”的取值？",
    ),
    (
        {"analysis": "retention", "start": "A", "back": "B", "period": "week"},
        "Of customers who did “A”, how many came back with “B”, week by week?",
        "有过“A”的客户，之后逐周各有多少又有“B”？",
    ),
    (
        {"analysis": "retention", "mode": "bracket", "brackets": [[0, 1]]},
        "Of all customers, how many came back, in ranges of time?",
        "所有客户，在各段时间内有多少再次出现？",
    ),
    (
        {"analysis": "retention", "mode": "unbounded", "start": "A"},
        "Of customers who did “A”, how many came back then or later, day by day?",
        "有过“A”的客户，之后逐日看，各有多少在当期或更晚再次出现？",
    ),
    (
        {"analysis": "trend", "event": ["A", "B"], "by": "plan"},
        "How often does “A” or “B” happen, and to how many customers, day by day, by “plan”?",
        "“A”或“B”逐日发生多少次、涉及多少客户，按“plan”细分？",
    ),
    (
        {"analysis": "trend", "period": "month"},
        "How many events are there, and of how many customers, month by month?",
        "逐月有多少事件、涉及多少客户？",
    ),
    ({"analysis": "timeline", "customer": "ann"}, "What did “ann” do and say?", "客户“ann”做过、说过什么？"),
    (
        {"analysis": "stages", "moment": "2026-03-01T12:00:00Z"},
        "How many customers reach each stage of “Shopping”, and how long do they stay, as of 2026-03-01 12:00?",
        "旅程“网购”的各个阶段，有多少客户到达、停留多久，截至 2026-03-01 12:00？",
    ),
    (
        {"analysis": "rollup"},
        "What do the journeys within the stages of “Shopping” add up to?",
        "旅程“网购”各阶段里的子旅程，汇总起来如何？",
    ),
    (
        {"analysis": "behaviours"},
        "How many customers viewed, ordered, came back, complained or left?",
        "有多少客户浏览、下单、复购、投诉或流失？",
    ),
    (
        {"analysis": "model_change", "change": CHANGE},
        "Which customers would be in another stage with the changed model “Shopping”?",
        "改成新的“网购”之后，哪些客户会换阶段？",
    ),
    (
        {"analysis": "first_touch"},
        "Where do customers begin, by touchpoint, and how do they rate it?",
        "按接触点看，客户从哪里开始、给出怎样的评价？",
    ),
    (
        {"analysis": "conformance", "order": ["A", {"place": "B"}]},
        "Who keeps to the order “A”, “B”, and where do customers leave it?",
        "谁按“A”、“B”的顺序走，在哪里偏离？",
    ),
    (
        {"analysis": "conformance", "by": "stage"},
        "Who keeps to the order of the stages of “Shopping”, and where do customers leave it?",
        "谁按旅程“网购”的阶段顺序走，在哪里偏离？",
    ),
    (
        {
            "analysis": "handoffs",
            "pairs": [
                {"source": "A", "target": "B", "within": "2d"},
                {"source": "B", "target": ["C", "D"], "within": "1h"},
            ],
        },
        "After “A”, does “B” follow within 2 days; after “B”, does “C” or “D” follow within 1 hour?",
        "“A”之后，“B”是否在 2天内接手；“B”之后，“C”或“D”是否在 1小时内接手？",
    ),
    (
        {"analysis": "sessions", "by": "channel", "period": "week"},
        "How many sessions are there, how long are they, and where do they begin and end, by channel, week by week?",
        "有多少会话、多长、从哪里进来、在哪里离开，按渠道细分，逐周？",
    ),
    (
        {"analysis": "timing", "start": "A", "end": "B", "end_where": "value > 5"},
        "How long does it take from “A” to “B” (amount is greater than 5)?",
        "从“A”到“B”（金额大于 5）要多久？",
    ),
    (
        {"analysis": "timing", "start": "A", "silent": "30d", "by": "plan"},
        "How long do customers stay after “A”, until they are silent for more than 30 days, by “plan”?",
        "“A”之后客户留存多久（沉默超过 30天即视为流失），按“plan”细分？",
    ),
    (
        {"analysis": "lifecycle"},
        "How many customers are new, staying, back again or gone quiet, week by week?",
        "逐周有多少新客、持续活跃、回流与沉默客户？",
    ),
    (
        {"analysis": "lifecycle", "event": "A", "period": "month"},
        "How many customers are new to “A”, keep doing it, come back to it or have gone quiet, month by month?",
        "以“A”为活跃，逐月有多少新客、持续活跃、回流与沉默客户？",
    ),
    ({"analysis": "stickiness"}, "On how many days are customers active?", "客户在多少天里活跃？"),
    (
        {"analysis": "stickiness", "event": "A", "period": "week"},
        "In how many weeks do customers do “A”?",
        "客户在多少周里有“A”？",
    ),
    (
        {"analysis": "attribution", "goal": "Pay", "model": ["first", "markov"], "lookback": "30d"},
        "Which channels get the credit for “Pay”, by first touch and Markov removal, looking back 30 days?",
        "“Pay”归功于哪些渠道，按首次接触和马尔可夫移除效应分配，回溯 30天？",
    ),
    (
        {"analysis": "attribution", "goal": ["Pay", "Order"], "model": "all", "by": "touchpoint"},
        "Which touchpoints get the credit for “Pay” or “Order”, by all seven models?",
        "“Pay”或“Order”归功于哪些接触点，按全部七种模型分配？",
    ),
    ({"analysis": "channels"}, "How do customers move between channels?", "客户如何在渠道之间流转？"),
    (
        {"analysis": "channels", "goal": "Pay", "within": "7d"},
        "How do customers move between channels, and does each lead to “Pay” alike within 7 days?",
        "客户如何在渠道之间流转，各自在 7天内达成“Pay”是否一致？",
    ),
    (
        {"analysis": "metric", "name": "conversion", "by": "channel", "period": "month"},
        "How high is “Conversion”, by channel, month by month?",
        "“转化率”是多少，按渠道细分，逐月？",
    ),
    (
        {"analysis": "scores", "by": "stage"},
        "How likely are customers to recommend us (NPS), by stage?",
        "客户有多愿意推荐我们（NPS），按阶段细分？",
    ),
    (
        {"analysis": "scores", "metric": "csat", "event": "Rated", "period": "quarter"},
        "How many customers are satisfied (CSAT), as asked by “Rated”, quarter by quarter?",
        "有多少客户满意（CSAT），只看“Rated”，逐季度？",
    ),
    (
        {"analysis": "scores", "metric": "mean", "scale": "clean5", "by": "touchpoint", "period": "year"},
        "How do customers rate us on average, on the scale “Cleanliness”, by touchpoint, year by year?",
        "客户平均打多少分，用“清洁程度”量表，按接触点细分，逐年？",
    ),
    (
        {"analysis": "segment", "condition": "did A at least 2 times"},
        "How many customers fit this: did “A” at least 2 times?",
        "有多少客户满足：做过“A”至少 2 次？",
    ),
    ({"analysis": "segment", "condition": "VIP"}, "How many customers are in “VIP”?", "“VIP”里有多少客户？"),
    (
        {"analysis": "drivers", "outcome": "Till Closed", "by": "touchpoint", "outcome_where": "score >= 0"},
        "Which touchpoints go with “Till (Till Closed)” (score is at least 0), and how much?",
        "哪些接触点与“收银台（Till Closed）”（得分不小于 0）相关，各有多大关系？",
    ),
    (
        {"analysis": "themes", "by": "channel", "event": "A"},
        "What do customers talk about, said with “A”, by channel?",
        "客户在谈什么，只看“A”，按渠道细分？",
    ),
    (
        {"analysis": "themes", "codes": "codes", "period": "month"},
        "Which themes were comments coded with, by “codes”, month by month?",
        "评论被编入哪些主题（依据“codes”），逐月？",
    ),
    (
        {"analysis": "servqual", "by": "channel"},
        "How good do customers find the service (SERVQUAL), by channel?",
        "客户觉得服务质量如何（SERVQUAL），按渠道细分？",
    ),
    (
        {"analysis": "response_times", "start": "A", "end": "B", "target": "4h", "by": "channel"},
        "How long does it take from “A” to “B”, and how often within 4 hours, by channel?",
        "从“A”到“B”要多久，有多少在4小时内，按渠道细分？",
    ),
    (
        {
            "analysis": "touchpoint_quality",
            "by": "channel",
            "failure": "event = 'B'",
            "standards": [{"start": "A", "end": "B", "within": "4h"}],
        },
        "How good are perception, emotion, effort and operations, weighed as in lvtu@1, a failure being event is “B”, from “A” to “B” within 4 hours, by channel?",  # noqa: E501
        "感知、情绪、费力程度与运营有多好，按 lvtu@1 的权重，以事件是“B”为故障，从“A”到“B”应在4小时内，按渠道细分？",
    ),
    (
        {"analysis": "scorecard", "by": "channel"},
        "How are Quality, Attitude and Brand image found, by channel?",
        "产品质量、服务态度和品牌形象的评价如何，按渠道细分？",
    ),
    (
        {"analysis": "word_of_mouth", "by": "stage", "within": "14d"},
        "Who would recommend, what is said, and how many promoters recommend within 14 days, by stage?",
        "谁愿意推荐，评价如何，有多少推荐者在14天内真的推荐，按阶段细分？",
    ),
    (
        {"analysis": "maxdiff", "by": "channel"},
        "What matters most, and what least (MaxDiff), by channel?",
        "最看重什么，最不看重什么（MaxDiff），按渠道细分？",
    ),
    (
        {"analysis": "kano"},
        "Which features must be there, and which delight (Kano)?",
        "哪些功能必须有，哪些是惊喜（KANO）？",
    ),
    (
        {"analysis": "drivers", "outcome": "did A at least 2 times"},
        "Which events go with did “A” at least 2 times, and how much?",
        "哪些事件与做过“A”至少 2 次相关，各有多大关系？",
    ),
    (
        {"analysis": "overlap", "segments": ["VIP", "did A", "channel = 'web'"]},
        "Which customers are in several of these at once: “VIP”; did “A”; channel is “Website”?",
        "哪些客户同时属于其中几个：“VIP”；做过“A”；渠道是“网站”？",
    ),
    (
        {"analysis": "rfm", "event": "Pay"},
        "How lately, how often and for how much do customers do “Pay”?",
        "客户最近何时有“Pay”、有过几次、花了多少？",
    ),
    (
        {"analysis": "drift", "segment": "VIP"},
        "Who is in “VIP”, who entered and who left, month by month?",
        "“VIP”里有谁，逐月谁进入、谁离开？",
    ),
    (
        {"analysis": "drift", "segment": "did A", "period": "week"},
        "Who fits this, who came to fit and who no longer does, week by week: did “A”?",
        "谁满足条件（做过“A”），逐周谁开始满足、谁不再满足？",
    ),
    (
        {"analysis": "flow", "start": ["look", "Home Viewed"], "by": "stage"},
        "Where do customers go from “Look” or “Home page”, step by step?",
        "客户从“浏览”或“首页”一步步去往哪里？",
    ),
    ({"analysis": "flow", "start": "A"}, "Where do customers go from “A”, step by step?", "客户从“A”一步步去往哪里？"),
    (
        {"analysis": "flow", "start": "look", "by": "stage", "direction": "backward", "unit": "sessions"},
        "How do sessions come to “Look”, step by step?",
        "会话如何一步步走到“浏览”？",
    ),
    (
        {"analysis": "flow"},
        "At which events do customers begin, and where do they go, step by step?",
        "客户从哪些事件开始，一步步去往哪里？",
    ),
    (
        {"analysis": "flow", "direction": "backward"},
        "At which events do customers end, and how do they come there, step by step?",
        "客户到哪些事件为止，又是怎样一步步走来？",
    ),
    (
        {"analysis": "step_matrix", "start": "A"},
        "At which events are customers in the 3 steps before “A” and the 5 after it?",
        "在“A”之前 3 步和之后 5 步，客户各在哪些事件？",
    ),
    (
        {"analysis": "step_matrix", "by": "touchpoint"},
        "At which touchpoints are customers in the first 5 steps of their paths?",
        "客户路径的前 5 步，各在哪些接触点？",
    ),
    ({"analysis": "variants"}, "Which paths do customers take most often?", "客户最常走哪些路径？"),
    (
        {"analysis": "variants", "start": "A", "end": "B", "by": "channel"},
        "Which paths do customers take most often from “A” to “B”, seen as channels?",
        "从“A”到“B”，客户最常走哪些路径，按渠道看？",
    ),
    (
        {"analysis": "variants", "end": "B", "unit": "sessions"},
        "Which paths are most common in sessions up to “B”?",
        "到“B”为止，会话中哪些路径最常见？",
    ),
    (
        {"analysis": "clusters"},
        "Which groups of customers have paths that look alike?",
        "哪些客户的路径相似，可以分成哪几群？",
    ),
    (
        {"analysis": "clusters", "clusters": 4},
        "Which 4 groups of customers have paths that look alike?",
        "按路径相似程度把客户分成 4 群，各有什么特点？",
    ),
]


@pytest.mark.parametrize(("question", "en", "zh"), SAID)
def test_a_question_reads_as_a_person_would_ask_it(question: dict[str, Any], en: str, zh: str) -> None:
    spec = spec_of(question)
    assert sentence(spec, "en", NAMES["en"]) == en
    assert sentence(spec, "zh", NAMES["zh"]) == zh


def test_every_analysis_is_said() -> None:
    assert set(HEADS) == set(REGISTRY) == {question["analysis"] for question, _, _ in SAID}


def test_names_that_are_not_known_are_left_out() -> None:
    assert sentence(spec_of({"analysis": "stages"}), "en") == (
        "How many customers reach each stage, and how long do they stay?"
    )
    assert sentence(spec_of({"analysis": "metric", "name": "churn"}), "zh") == "“churn”是多少？"
