"""Stages of surveys as exports have them, against what a person who reads the questions would say."""

from __future__ import annotations

import pytest

from lvtu.maps.stages import Asked, both, guessed
from lvtu.maps.surveyed import Question, told

HOSPITAL_ZH = """
您对预约挂号便捷程度的满意度 | 预约挂号
您对院内停车的满意度 | 到院候诊
您对导诊台服务的满意度 | 到院候诊
您对候诊时间的满意度 | 到院候诊
您对医生诊疗态度的满意度 | 就诊
您对医生病情讲解的满意度 | 就诊
您对检查预约等候时间的满意度 | 检查治疗
您对护士操作的满意度 | 检查治疗
您对收费窗口的满意度 | 缴费取药
您对取药等候时间的满意度 | 缴费取药
您对卫生间清洁的满意度 | 缴费取药
您对本次就诊是否满意？ | *
您有多大可能向亲友推荐我院？ | *
"""
HOSPITAL_EN = """
How easy was it to book your appointment? | Booking
How satisfied were you with parking? | Arriving and waiting
How satisfied were you with reception? | Arriving and waiting
How satisfied were you with the waiting time? | Arriving and waiting
How satisfied were you with the way your doctor listened? | Seeing the doctor
How satisfied were you with the doctor's explanation? | Seeing the doctor
How satisfied were you with the blood test? | Tests and treatment
How satisfied were you with the nurses? | Tests and treatment
How satisfied were you with the wait at the pharmacy? | Paying and pharmacy
How satisfied were you with the information given at discharge? | Leaving and follow-up
Overall, how satisfied were you with your visit? | *
How likely are you to recommend us to friends and family? | *
"""
HOTEL_ZH = """
您对预订过程的满意度 | 预订
您对前台办理入住的满意度 | 抵达入住
您对大堂环境的满意度 | 抵达入住
您对客房整洁的满意度 | 住店
您对床品舒适的满意度 | 住店
您对早餐的满意度 | 住店
您对健身房的满意度 | 住店
您对退房速度的满意度 | 退房离店
您对发票开具的满意度 | 退房离店
您对本次入住体验的满意度 | *
您是否愿意再次入住我们酒店？ | *
"""
HOTEL_EN = """
How satisfied were you with the booking process? | Booking
How satisfied were you with check-in? | Arriving
How satisfied were you with the lobby? | Arriving
How satisfied were you with the cleanliness of your room? | Staying
How satisfied were you with the comfort of the bed? | Staying
How satisfied were you with breakfast? | Staying
How satisfied were you with our staff? | Staying
How satisfied were you with the Wi-Fi? | Staying
How satisfied were you with check-out? | Leaving
How satisfied were you with your stay? | *
How likely are you to stay with us again? | *
How likely are you to recommend Harbour House? (0-10) | *
"""
SHOP_ZH = """
您对商品搜索的满意度 | 比较
您对商品详情页面的满意度 | 比较
您对下单流程的满意度 | 下单
您对支付方式的满意度 | 下单
您对发货速度的满意度 | 收货
您对快递配送的满意度 | 收货
您对商品包装的满意度 | 收货
您对商品质量的满意度 | 使用与售后
您对在线客服的满意度 | 使用与售后
您对退换货的满意度 | 使用与售后
总体而言，您对本次购物满意吗？ | *
"""
SHOP_EN = """
How easy was it to find what you were looking for? | Compare
How satisfied were you with our product descriptions? | Compare
How satisfied were you with the checkout? | Order
How satisfied were you with the payment options? | Order
How satisfied were you with the delivery time? | Receive
How satisfied were you with the packaging? | Receive
How satisfied were you with the quality of the product? | Aftercare
How satisfied were you with our customer service? | Aftercare
How satisfied were you with the returns process? | Aftercare
All in all, how satisfied are you with your order? | *
"""
BANK_ZH = """
您对网点环境的满意度 | 到达网点
您对大堂经理引导的满意度 | 到达网点
您对排队等候时间的满意度 | 等候
您对叫号秩序的满意度 | 等候
您对柜员服务态度的满意度 | 办理
您对业务办理效率的满意度 | 办理
您对智能柜员机的满意度 | 办理
您对后续回访的满意度 | 办结之后
您对我行的综合评价 | *
"""
BANK_EN = """
How satisfied were you with the location of the branch? | Arriving
How satisfied were you with how you were greeted? | Arriving
How satisfied were you with the time you had to queue? | Waiting
How satisfied were you with the friendliness of the teller? | At the counter
How satisfied were you with the paperwork? | At the counter
How satisfied were you with our adviser's explanations? | At the counter
How satisfied were you with the follow-up? | Afterwards
Overall satisfaction | *
"""
SCHOOL_ZH = """
您对招生咨询的满意度 | 报名入学
您对新生报到的满意度 | 报名入学
您对课程设置的满意度 | 学习
您对教师授课的满意度 | 学习
您对作业量的满意度 | 学习
您对学校食堂的满意度 | 校园生活
您对宿舍管理的满意度 | 校园生活
您对家校沟通的满意度 | 家校沟通
您对家长会的满意度 | 家校沟通
您对学校的总体满意度 | *
"""
SCHOOL_EN = """
How satisfied are you with the admissions process? | Joining
How satisfied are you with the open day? | Joining
How satisfied are you with the quality of teaching? | Learning
How satisfied are you with the amount of homework? | Learning
How satisfied are you with school lunches? | School life
How satisfied are you with clubs and activities? | School life
How satisfied are you with parents' evenings? | Home and school
Would you recommend the school to other parents? | *
"""
BY_WORDS = {
    "hospital zh": HOSPITAL_ZH, "hospital en": HOSPITAL_EN, "hotel zh": HOTEL_ZH, "hotel en": HOTEL_EN,
    "shop zh": SHOP_ZH, "shop en": SHOP_EN, "bank zh": BANK_ZH, "bank en": BANK_EN, "school zh": SCHOOL_ZH,
    "school en": SCHOOL_EN,
}  # fmt: skip


def _asked(survey: str) -> list[tuple[str, str]]:
    """The questions of a survey with the stage that a person put them in; * is what asks about everything."""
    lines = [line.split(" | ") for line in survey.strip().splitlines()]
    return [(question, stage) for question, stage in lines]


def _told(questions: list[str]) -> tuple[Question, ...]:
    nps = ("recommend", "推荐")
    return told([(one, "nps" if any(word in one for word in nps) else "csat5", 50) for one in questions])


@pytest.mark.parametrize("name", BY_WORDS)
def test_stages_of_common_journeys_are_seen_in_the_words(name: str) -> None:
    expected = _asked(BY_WORDS[name])
    found = _told([question for question, _ in expected])
    assert [(one.title, "*" if one.overall else one.stage) for one in found] == expected
    assert {one.by for one in found if not one.overall} == {"words"}


HELD_OUT = {
    "clinic": ["Ease of scheduling your appointment:Booking", "Courtesy of the registration staff:Arriving and waiting",
               "Length of wait before going to an exam room:Arriving and waiting",
               "Explanations the care provider gave you:Seeing the doctor",
               "Time the provider spent with you:Seeing the doctor",
               "Instructions for follow-up care:Leaving and follow-up"],
    "hotel": ["Online reservation:Booking", "Arrival experience:Arriving", "Speed of check in:Arriving",
              "Room cleanliness:Staying", "Bathroom:Staying", "Swimming pool:Staying", "Value for money:Staying",
              "Check out:Leaving"],
    "shop": ["网站/APP浏览体验:比较", "商品种类丰富度:比较", "价格优惠力度:下单", "支付便捷性:下单", "物流速度:收货",
             "快递员服务态度:收货", "包装完好程度:收货", "商品与描述相符:使用与售后", "客服响应速度:使用与售后"],
    "branch": ["Convenience of branch hours:Arriving", "Cleanliness of the branch:Arriving",
               "Greeting on arrival:Arriving",
               "Waiting time:Waiting", "Knowledge of the teller:At the counter", "Explanation of fees:At the counter",
               "Mobile banking:Afterwards"],
    "school": ["Quality of teaching:Learning", "Homework feedback:Learning", "Behaviour in school:Learning",
               "Your child's safety:School life", "After-school clubs:School life",
               "Communication with parents:Home and school", "School reports:Home and school"],
    "restaurant": ["How was the greeting?:Arrive", "How long did you wait to be seated?:Arrive",
                   "How was the menu choice?:Eat", "How was your food?:Eat", "How was the bill handled?:Leave"],
}  # fmt: skip
"""Surveys written down after the words had been, so that the words were not chosen for them; the clinic's brought
one, "provider"."""

NOTHING = {
    "gym": ["Price", "Cleanliness", "Staff", "Equipment", "Opening times", "Atmosphere"],
    "telecom": ["Network coverage", "Call quality", "Prices", "Billing", "Support"],
    "insurance": ["报案便捷性", "查勘员响应速度", "定损合理性", "理赔资料要求", "赔款到账速度"],
    "school": ["学校管理", "师资力量", "教学质量", "课业负担", "校园安全", "食堂伙食", "校园环境", "家校沟通"],
    "backwards": ["Check-out", "Breakfast", "Room", "Lobby", "Check-in", "Booking"],
    "two": ["Check-in", "Check-out"],
    "one page": ["房间", "房间卫生", "房间设施", "房间价格"],
}


@pytest.mark.parametrize("name", HELD_OUT)
def test_and_so_they_are_in_surveys_that_the_words_were_not_chosen_for(name: str) -> None:
    expected = [tuple(one.rsplit(":", 1)) for one in HELD_OUT[name]]
    assert [(one.title, one.stage) for one in _told([title for title, _ in expected])] == expected


@pytest.mark.parametrize("name", NOTHING)
def test_without_evidence_there_are_no_stages(name: str) -> None:
    assert {(one.stage, one.by) for one in _told(NOTHING[name])} == {("", "")}


def test_what_heads_a_grid_or_stands_before_a_dash_goes_before_words() -> None:
    grid = "Thinking about your {}, how would you rate: - {}"
    rows = [("arrival", "Parking"), ("arrival", "Breakfast"), ("treatment", "Dentist"), ("treatment", "Pain relief")]
    found = _told([grid.format(*row) for row in rows] + ["Parking fees"])
    assert [one.stage for one in found] == ["Arrival", "Arrival", "Treatment", "Treatment", "Treatment"]
    zh = "请您对{}环节进行评价（{}）"
    rows = [("挂号", "操作便捷"), ("挂号", "号源充足"), ("就诊", "医生态度"), ("就诊", "讲解清楚")]
    found = _told([*(zh.format(*row) for row in rows), "您对停车的满意度"])
    assert [(one.name, one.stage, one.by) for one in found][1:3] == [
        ("号源充足", "挂号", "heading"), ("医生态度", "就诊", "heading"),
    ]  # fmt: skip
    dash = _told(["Check-in – staff", "Check-in – speed", "Room – bed", "Room – bath", "Breakfast – choice"])
    assert [one.stage for one in dash] == ["Check-in", "Check-in", "Room", "Room", "Breakfast"]


def test_a_stage_that_comes_back_is_none() -> None:
    assert guessed([Asked("a", "Room"), Asked("b", "Desk"), Asked("c", "Room"), Asked("d", "Bar")]).by == ""


def test_pages_go_before_everything() -> None:
    pages = {"Booking": "Before", "Bed": "There", "Bar": "", "Way": "After"}
    found = guessed([Asked(name, name[0], page) for name, page in pages.items()])
    assert found == (["Before", "There", "There", "After"], "section")


def test_known_stages_are_called_in_both_languages() -> None:
    assert both("收货") == both("Receive") and both("Receive").zh == "收货"
    assert both("第三阶段") is None
