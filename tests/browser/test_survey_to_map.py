"""From a survey's export to a map worth sharing: uploaded, drawn from its questions, taken along as a slide."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from playwright.sync_api import expect
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from browser.conftest import SCORED, Look

LADDER = ["非常不满意", "不满意", "一般", "满意", "非常满意"]
STEPS = ["预约挂号", "候诊等待", "缴费取药"]
ASKED = [f"{n}、您对{step}的满意度" for n, step in enumerate(STEPS, 2)]
HEAD = ["序号", "提交答卷时间", "来源", "1、您的年龄段"]
HEAD += [*ASKED, "5、您有多大可能推荐我们？（0-10分）", "6、您有哪些建议？"]
SAID = ["候诊等了两个小时，没人理", "医院很大", "(空)"]


def _rows() -> list[list[str]]:
    return [
        [str(n), f"2026/3/{1 + n % 28} 9:{n % 60:02}:00", "微信", "18-30岁", LADDER[3 + n % 2], LADDER[n % 3],
         LADDER[2 + n % 3], str(n % 11), SAID[n % 3]]
        for n in range(60)
    ]  # fmt: skip


def _export() -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEAD, *_rows()])
    return text.getvalue().encode("gb18030")


def _texts(shapes: Any) -> Iterator[str]:
    """What the shapes of a slide say, those in groups too."""
    for shape in shapes:
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from _texts(shape.shapes)
        elif shape.has_text_frame:
            yield shape.text_frame.text


def test_a_surveys_export_becomes_a_map_and_a_slide(look: Look) -> None:
    with look("zh") as seen:
        page = seen.page
        seen.go(f"/w/{SCORED}/start/survey")
        page.get_by_role("link", name="上传文件").click()
        # what is there is example data: the file gets a workspace of its own, called after it
        expect(page.get_by_role("radio", name="新的工作区")).to_be_checked()
        file = {"name": "298765432_按文本_门诊满意度调查_60_60.csv", "mimeType": "text/csv", "buffer": _export()}
        page.locator("input[type=file]").set_input_files(file)
        expect(page.get_by_role("button", name="工作区：门诊满意度调查")).to_be_visible()
        expect(page.get_by_text("60 份答卷：评分题 4 道，开放题 1 道，可筛选的属性 1 项。")).to_be_visible()
        expect(page.get_by_role("row", name=re.compile("您对候诊等待的满意度"))).to_contain_text("60 个回答")
        assert seen.serious() == []

        page.get_by_role("button", name="导入", exact=True).click()
        page.get_by_role("link", name="画成旅程地图").click()
        dialog = page.get_by_role("dialog")
        names = dialog.get_by_role("textbox", name=re.compile("^步骤“"))
        expect(names).to_have_count(4)
        assert [names.nth(place).input_value() for place in range(3)] == STEPS
        expect(names.nth(3)).to_be_disabled()  # whether they recommend: a number of the whole map
        stages = dialog.get_by_role("textbox", name=re.compile("所在的阶段$"))
        stages.nth(0).fill("就诊前")
        stages.nth(1).fill("到院")
        assert seen.serious() == []
        dialog.get_by_role("button", name="绘制地图").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("门诊满意度调查")
        worst = fmean(LADDER.index(row[5]) - 2 for row in _rows())
        point = page.locator("[data-kind=point][data-key='csat5/候诊等待']")
        expect(point).to_contain_text(f"−{abs(worst):.2f}")
        expect(point).to_contain_text("n 60")
        expect(page.locator("main svg").filter(has=point)).to_contain_text("满意度全程最低")

        page.get_by_role("button", name="导出").click()
        with page.expect_download() as taken:
            page.get_by_role("menuitem", name=re.compile("^单页幻灯片")).click()
        (slide,) = Presentation(Path(taken.value.path()).as_posix()).slides
        words = " ".join(_texts(slide.shapes))
        assert all(word in words for word in (*STEPS, "就诊前", "到院", SAID[0][:4])), words
