"""Transcripts and quotes that keep their places."""

from __future__ import annotations

import io
import random
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfWriter

from lvtu.errors import BadInput
from lvtu.voice.interviews import Transcript, anchored, carried, pseudonyms, read_file, transcript, turns
from pdfs import pdf


def test_turns_are_who_says_what() -> None:
    text = (
        "Interviewer: How did it go?\nAnn Lee: Badly. It took\ntwo weeks: two!\n\n"
        "Interviewer: And then?\nAnn Lee: I left.\n"
    )
    found = [(turn.speaker, text[turn.start : turn.end]) for turn in turns(text)]
    assert found == [
        ("Interviewer", "How did it go?"), ("Ann Lee", "Badly. It took\ntwo weeks: two!"),
        ("Interviewer", "And then?"), ("Ann Lee", "I left."),
    ]  # fmt: skip
    assert turns("see https://example.org\nsee https://example.com") == []
    assert turns("What I said was this: no.\nWhat I said was this: yes.") == [], "five words are no name"


def test_subtitles_become_turns_with_their_times_beside() -> None:
    vtt = (
        "WEBVTT - talk\n\n1\n00:00:01.000 --> 00:00:04.000 align:start\n"
        "<v.loud Ann Lee>It took <b>two</b> weeks.</v>\n\nNOTE nothing\n\n"
        "00:05.000 --> 00:06.000\n<v Ann Lee>Two\nweeks!\n\n"
        "01:00:06.500 --> 01:00:07.000\n<v Bo>Oh.\n"
    )
    told = transcript(vtt)
    assert told.text == "Ann Lee: It took two weeks. Two weeks!\nBo: Oh."
    assert [(told.text[at : at + 3], time) for at, time in told.times] == [("Ann", 1), ("Two", 5), ("Bo:", 3606.5)]
    srt = "1\r\n00:00:01,000 --> 00:00:04,000\r\n慢死了\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\n真的\r\n"
    assert transcript(srt).text == "慢死了 真的"
    assert transcript("no <v Ann> here --> at all").text == "no <v Ann> here --> at all"


def test_recorders_write_times_before_or_behind_names() -> None:
    for written in (
        "[00:01] Ann: Hello, at 12:30.\nmore\n[00:10] Bo: yes\n[1:00:11] Ann: bye\n[1:00:12] Bo: x",
        "Ann (00:01): Hello, at 12:30.\nmore\nBo (00:10): yes\nAnn (1:00:11): bye\nBo (1:00:12): x",
        "Ann 00:01\nHello, at 12:30.\nmore\nBo  00:10\n\nyes\nAnn 1:00:11\nbye\nBo 1:00:12\nx",
    ):
        told = transcript(written)
        assert told.text == "Ann: Hello, at 12:30.\nmore\nBo: yes\nAnn: bye\nBo: x"
        assert [(told.text[at : at + 2], time) for at, time in told.times] == [
            ("An", 1), ("Bo", 10), ("An", 3611), ("Bo", 3612),
        ]  # fmt: skip
        assert transcript(told.text) == Transcript(told.text), "what was taken out is out"
    plain = "We met at 12:30 in a cafe.\nLunch 12:45\nThen left."
    assert transcript(plain).text == plain
    assert transcript("[00:01] a\n[00:02] b", spoken=False).text == "[00:01] a\n[00:02] b"


def test_names_become_pseudonyms_and_parts_stay() -> None:
    names = ["Interviewer", "Ann Lee", "客户2", "王芳", "说话人1"]
    assert list(pseudonyms(names, {}).values()) == ["Interviewer", "P1", "客户2", "P2", "说话人1"]
    assert pseudonyms(names, {"王芳": "K", "Interviewer": "Me"})["王芳"] == "K"


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=8), st.data())
def test_posts_go_with_their_lines(lines: list[str], data: st.DataObject) -> None:
    lines = [f"{line}{number}" for number, line in enumerate(lines)]
    before = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    at = data.draw(st.integers(0, len(lines)))
    more = [*lines[:at], "something new", *lines[at:]]
    after = "\n".join(more)
    posts = [(start, number) for number, start in enumerate(starts)]
    found = {value: place for place, value in carried(posts, before, after)}
    for number, line in enumerate(lines):
        assert after[found[number] :].startswith(line)


def test_a_word_document_is_read_line_by_line() -> None:
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    row = "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc>"
    body = (
        f"<w:document {w}><w:body><w:p><w:r><w:t>访谈者：好吗？</w:t></w:r></w:p>"
        "<w:p><w:del><w:r><w:delText>no</w:delText></w:r></w:del><w:r><w:t>王芳：</w:t><w:tab/><w:t>不好。</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{row}</w:tr></w:tbl></w:body></w:document>"
    )
    about = '<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>第一场</dc:title><dc:creator>Li</dc:creator></p>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("word/document.xml", body)
        made.writestr("docProps/core.xml", about)
    found = read_file("x.docx", packed.getvalue())
    assert (found.title, found.author) == ("第一场", "Li")
    assert found.text == "访谈者：好吗？\n王芳：\t不好。\na\tb"


def test_a_pdf_keeps_its_pages_and_says_where_it_comes_from() -> None:
    first = "Waiting is what the guests of this hotel re-\nmember. Half of them told us about it at\nlength."
    found = read_file("queues.pdf", pdf([first, "", "Rooms were liked."], title="Queues"))
    assert found.text.split("\n\n") == [
        "Waiting is what the guests of this hotel remember. Half of them told us about it at length.",
        "",
        "Rooms were liked.",
    ]
    assert (found.title, found.author, found.published, found.form) == ("Queues", "Li Lei", "2024-03-05", "document")
    assert [page for _, page in found.pages] == [1, 2, 3] and found.empty_pages == (2,)
    assert found.text[found.pages[2][0] :] == "Rooms were liked."


def test_pdfs_that_cannot_be_read_say_why() -> None:
    whole = pdf(["Hello"])
    locked = io.BytesIO()
    writer = PdfWriter(io.BytesIO(whole))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    for data, code in (
        (b"", "pdf_broken"), (b"%PDF-1.7\nno more", "pdf_broken"), (whole[:200], "pdf_broken"),
        (locked.getvalue(), "pdf_locked"), (pdf(["", ""]), "scanned_pdf"),
    ):  # fmt: skip
        with pytest.raises(BadInput) as refused:
            read_file("x.pdf", data)
        assert refused.value.code == code


def test_a_saved_page_is_its_article_and_its_citation() -> None:
    page = (
        "<html><head><title>Queues | Site</title><meta name='author' content='Li'><meta property='og:site_name' "
        "content='Site'><meta property='article:published_time' content='2024-03-05T10:00:00Z'><link rel='canonical' "
        "href='https://example.org/a'><script>var x = '<p>no</p>'</script></head><body><nav>Home</nav><article>"
        "<header><h1>Queues</h1></header><p>People &amp; others\n wait.</p><ul><li>long<li>often</ul></article>"
        "<footer>imprint</footer></body></html>"
    )
    found = read_file("page.html", page.encode())
    assert found.text == "Queues\n\nPeople & others wait.\n\nlong\n\noften"
    assert (found.title, found.author, found.publisher, found.url, found.published) == (
        "Queues | Site", "Li", "Site", "https://example.org/a", "2024-03-05",
    )  # fmt: skip
    evil = page.replace("https://example.org/a", "javascript:alert(1)")
    assert read_file("page.html", evil.encode()).url == ""


def test_d9_a_table_is_read_row_by_row() -> None:
    """Cells behind their headings, whatever stands between them; nobody speaks in it."""
    for name, data in (("calls.csv", '﻿日期;问题\n5月2日;"排队; 太久\n了"\n5月3日;\n'.encode()),
                       ("calls.tsv", "日期\t问题\n5月2日\t排队; 太久 了\n5月3日\t\n".encode("gb18030"))):  # fmt: skip
        found = read_file(name, data)
        assert found.text == "日期: 5月2日 · 问题: 排队; 太久 了\n日期: 5月3日"
        assert (found.form, found.title) == ("document", "calls")


def test_text_of_any_encoding_and_ending() -> None:
    assert (
        read_file("a.txt", "访谈者：好吗？\n客户：不好，排队太久了。\n访谈者：多久？".encode("gb18030")).form
        == "interview"
    )
    assert read_file("a.md", b"# Visit\n\nThey wait.").title == "Visit"
    for name, data, code in (("a.exe", b"MZ", "unread_file"), ("a.txt", b"\n", "file_without_text")):
        with pytest.raises(BadInput) as refused:
            read_file(name, data)
        assert refused.value.code == code


@given(
    st.text("ab \n", max_size=30),
    st.text("ab \n", max_size=30),
    st.text("ab", min_size=1, max_size=5),
    st.integers(0, 99),
)
def test_a_quote_is_found_wherever_it_went(before: str, after: str, quote: str, seed: int) -> None:
    text, dice = before + quote + after, random.Random(seed)
    at = dice.randint(0, len(before))
    changed = before[:at] + "§§§" + before[at:] + quote + after
    place = anchored(quote, text, changed, len(before))
    assert place is not None and changed[slice(*place)] == quote
    if at <= len(before) - 1 or not before:
        assert anchored(quote, text, text, len(before)) == (len(before), len(before) + len(quote))
    assert anchored("§", text, text, 0) is None


def test_of_equal_quotes_the_one_among_its_own_words() -> None:
    before = "first it was slow, then it was slow again"
    after = "it was slow at the till; first it was slow, then it was slow again"
    start = before.rindex("slow")
    assert anchored("slow", before, after, start) == (after.rindex("slow"), after.rindex("slow") + 4)
