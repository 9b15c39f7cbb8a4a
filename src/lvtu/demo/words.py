"""Numbers as people read them, and the few words every page shares."""

from __future__ import annotations

import re
from html import escape

from lvtu.demo.figures import Shown
from lvtu.demo.model import Text

NONE = "—"
"""Nothing known; never 0."""

WORDS = {
    "brand": Text("旅图", "Lvtu"),
    "map": Text("旅程地图", "Journey map"),
    "found": Text("我们看到了什么", "What we found"),
    "closer": Text("值得细看", "Worth a closer look"),
    "more": Text("更多数字", "More figures"),
    "about": Text("关于这些数据", "About these data"),
    "stage": Text("阶段", "Stage"),
    "step": Text("步骤", "Step"),
    "touchpoint": Text("接触点", "Touchpoint"),
    "gap": Text("没有问到", "not asked"),
    "none": Text("没有证据", "no evidence"),
    "real": Text("真实数据", "Real data"),
    "order_model": Text("步骤顺序：旅程模型", "Order of steps: the model’s"),
    "order_seen": Text("步骤顺序：逐客户观测", "Order of steps: observed"),
    "demos": Text("演示", "Demonstrations"),
    "language": Text("English", "中文"),
    "steps_of": Text("个步骤", "steps"),
    "scroll": Text("左右滑动可看全部步骤。", "Scroll sideways for all steps."),
    "asks": Text("在命令行里问同样的问题", "Ask the same on the command line"),
    "made": Text("由旅图演示生成，单个文件，不联网。", "Made by the Lvtu demonstration: one file, no network."),
    "airport": Text("机场", "Airport"),
    "retail": Text("网店", "Online shop"),
    "complaints": Text("投诉", "Complaints"),
    "paths": Text("渠道", "Channels"),
    "applications": Text("贷款申请", "Loans"),
}
"""Words by name; a page takes all of its fixed words from here."""


def markup(text: str) -> str:
    """Text for HTML: escaped; a number stays on one line with its n, an interval with its other end.

    Example:
        >>> markup("n 5 & 1–2") == "n\\u00a05 &amp; 1–\\u20602"
        True
    """
    return re.sub(r"(?<=\d)–(?=\d)", "–\u2060", re.sub(r"\bn (?=\d)", "n\u00a0", escape(text)))


def count(number: float) -> str:
    """A whole number with thousands separated.

    Example:
        >>> count(2364)
        '2,364'
    """
    return f"{number:,.0f}"


def signed(number: float, digits: int = 2) -> str:
    """A number with its sign, and a true minus.

    Example:
        >>> signed(1.148), signed(-0.5), signed(-0.001)
        ('+1.15', '−0.50', '0.00')
    """
    text = f"{number:+.{digits}f}"
    return text[1:] if float(text) == 0 else text.replace("-", "−")


def percent(share: float, digits: int = 1) -> str:
    """A share of 1 as a percentage.

    Example:
        >>> percent(0.0794), percent(1)
        ('7.9%', '100%')
    """
    return f"{100 * share:.{digits}f}%".replace("100.0%", "100%")


def span(figure: Shown) -> str:
    """A share's interval: ``28.3–33.6%``.

    Example:
        >>> from lvtu.demo.figures import rate
        >>> span(rate(42, 50))
        '71.5–91.7%'
    """
    return f"{100 * figure.low:.1f}–{100 * figure.high:.1f}%"


def score_span(figure: Shown) -> str:
    """A rating's interval: ``1.10–1.20``; signs only where an end is negative."""
    ends = [f"{end:.2f}".replace("-", "−") for end in (figure.low, figure.high)]
    return "–".join(ends) if figure.low >= 0 else " … ".join(ends)


def arrow(delta: float, digits: int = 2) -> str:
    """A change as a triangle and its size.

    Example:
        >>> arrow(-0.1769), arrow(5.3, 1)
        ('▼0.18', '▲5.3')
    """
    return f"{'▼' if delta < 0 else '▲'}{abs(delta):.{digits}f}"


def days(micros: float | None) -> Text:
    """A duration in whole days, or hours below two days; "—" for none.

    Example:
        >>> days(50 * 86_400_000_000).en, days(3_600_000_000 * 5).zh, days(None).en
        ('50 days', '5 小时', '—')
    """
    if micros is None:
        return Text(NONE, NONE)
    hours = micros / 3_600_000_000
    if hours < 48:
        whole = round(hours)
        return Text(f"{whole} 小时", f"{whole} hour" + ("" if whole == 1 else "s"))
    return Text(f"{round(hours / 24)} 天", f"{round(hours / 24)} days")


def noted(interval: str, n: int) -> Text:
    """An interval and its n, with each language's comma."""
    return Text(f"{interval}，n {count(n)}", f"{interval}, n {count(n)}")


def pounds(value: float) -> str:
    """British pounds, whole.

    Example:
        >>> pounds(-611342.09)
        '−£611,342'
    """
    return f"{'−' if value < 0 else ''}£{abs(value):,.0f}"


def points(delta: float, digits: int = 1) -> str:
    """A change of a share, in points of a hundred.

    Example:
        >>> points(0.0246), points(-0.02)
        ('+2.5', '−2.0')
    """
    return signed(100 * delta, digits)


def p_value(p: float) -> str:
    """A p-value to three places.

    Example:
        >>> p_value(0.0312), p_value(0.00002)
        ('0.031', '<0.001')
    """
    return f"{p:.3f}" if p >= 0.001 else "<0.001"


def same(text: str) -> Text:
    """A text that is alike in both languages."""
    return Text(text, text)
