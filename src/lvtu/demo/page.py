"""A page as one self-contained HTML file: no script, no font, no picture, no request."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from importlib.resources import files

from lvtu.demo.document import Card, Kpi, Page, Ranking, Section, Table
from lvtu.demo.files import NAMES
from lvtu.demo.map_table import cards, gauge, table
from lvtu.demo.model import Finding, Lang, Text
from lvtu.demo.words import WORDS, markup


def render(page: Page, lang: Lang, names: Sequence[str] = NAMES) -> str:
    """The page in one language.

    Links lead only to the other pages of the demonstration, ``names``, beside this one.
    """
    title = f"{page.model.title.get(lang)} · {WORDS['brand'].get(lang)}"
    code = "zh-CN" if lang == "zh" else "en"
    style = (files("lvtu.demo") / "page.css").read_text(encoding="utf-8")
    body = "".join(
        (
            _header(page, lang, names),
            "<main>",
            _title(page, lang),
            _findings(page, lang),
            _kpis(page, lang),
            _map(page, lang),
            *(_section(one, lang) for one in page.sections),
            _cards(page, lang),
            _tables(page, lang),
            _about(page, lang),
            "</main>",
            f"<footer>{WORDS['made'].get(lang)}</footer>",
        )
    )
    return (
        f'<!doctype html>\n<html lang="{code}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><link rel="icon" href="data:,">'
        f"<title>{markup(title)}</title><style>{style}</style></head><body>{body}</body></html>\n"
    )


def _text(text: Text, lang: Lang) -> str:
    return markup(text.get(lang))


def _header(page: Page, lang: Lang, names: Sequence[str]) -> str:
    links = "".join(
        f'<a href="{name}.{lang}.html"{" aria-current=page" if name == page.model.key else ""}>'
        f"{_text(WORDS[name], lang)}</a>"
        for name in names
    )
    other: Lang = "en" if lang == "zh" else "zh"
    switch = (
        f'<a class="lang" lang="{other}" hreflang="{other}" href="{page.model.key}.{other}.html">'
        f"{_text(WORDS['language'], lang)}</a>"
    )
    second = '<small lang="en">Lvtu</small>' if lang == "zh" else '<small lang="zh">旅图</small>'
    return (
        f'<header><span class="brand">{_text(WORDS["brand"], lang)}{second}</span>'
        f'<nav aria-label="{_text(WORDS["demos"], lang)}">{links}</nav>{switch}</header>'
    )


def _title(page: Page, lang: Lang) -> str:
    order = WORDS["order_seen" if page.model.observed else "order_model"]
    return (
        f'<h1>{_text(page.model.title, lang)}</h1><p class="badges"><span class="badge">{_text(WORDS["real"], lang)}'
        f'</span><span class="badge{"" if page.model.observed else " model"}">{_text(order, lang)}</span></p>'
        f'<p class="sub">{_text(page.model.scenario, lang)}</p>'
    )


def _findings(page: Page, lang: Lang) -> str:
    items = "".join(f"<li{_class(finding)}>{_text(finding.text, lang)}</li>" for finding in page.findings)
    return f'<section class="found"><h2>{_text(WORDS["found"], lang)}</h2><ul>{items}</ul></section>'


def _class(finding: Finding) -> str:
    if finding.key == "lead":
        return " class=lead"
    return " class=key" if finding.significant else ""


def _kpis(page: Page, lang: Lang) -> str:
    return f'<dl class="kpis">{"".join(_kpi(kpi, lang) for kpi in page.kpis)}</dl>'


def _kpi(kpi: Kpi, lang: Lang) -> str:
    tone = f' class="{kpi.tone}"' if kpi.tone else ""
    return (
        f"<div><dt>{_text(kpi.label, lang)}</dt><dd><b>{markup(kpi.value)}</b> <i{tone}>{_text(kpi.change, lang)}</i>"
        f'<span class="n">{_text(kpi.note, lang)}</span></dd></div>'
    )


def _map(page: Page, lang: Lang) -> str:
    legend = "".join(f"<li>{_text(text, lang)}</li>" for text in page.legend)
    return (
        f'<section class="mapbox"><h2>{_text(WORDS["map"], lang)}</h2>'
        f'<p class="sub">{_text(page.model.order, lang)}</p>'
        f'{table(page, lang)}{cards(page, lang)}<ul class="legend">{legend}</ul>{_asks(page.asks, lang)}</section>'
    )


def _section(section: Section, lang: Lang) -> str:
    note = f'<p class="sub">{_text(section.note, lang)}</p>' if section.note else ""
    rankings = "".join(_ranking(one, lang) for one in section.rankings)
    shown = f'<div class="cards">{"".join(_card(card, lang) for card in section.cards)}</div>' if section.cards else ""
    tables = "".join(_table(one, lang) for one in section.tables)
    return f"<section><h2>{_text(section.title, lang)}</h2>{note}{rankings}{shown}{tables}</section>"


def _ranking(ranking: Ranking, lang: Lang) -> str:
    high = max((row.high for row in ranking.rows), default=1.0)
    rows = "".join(
        f'<li><span class="what">{_text(row.label, lang)}</span>'
        f"{gauge(0.0, high, row)}"
        f'<span class="told at {row.tone}"><b>{_text(row.shown, lang)}</b> '
        f'<span class="n">{_text(row.note, lang)}</span></span></li>'
        for row in ranking.rows
    )
    return (
        f'<h3>{_text(ranking.title, lang)}</h3><p class="sub">{_text(ranking.note, lang)}</p>'
        f'<ol class="ranks">{rows}</ol>{_asks(ranking.asks, lang)}'
    )


def _asks(commands: Sequence[str], lang: Lang) -> str:
    """The commands that ask for the same figures, for who wants to see them again."""
    if not commands:
        return ""
    lines = "".join(f'<code lang="en">{escape(command)}</code>' for command in commands)
    return f'<p class="asks"><span>{_text(WORDS["asks"], lang)}</span>{lines}</p>'


def _cards(page: Page, lang: Lang) -> str:
    if not page.cards:
        return ""
    inner = "".join(_card(card, lang) for card in page.cards)
    return f'<section><h2>{_text(WORDS["closer"], lang)}</h2><div class="cards">{inner}</div></section>'


def _card(card: Card, lang: Lang) -> str:
    parts = [f'<p class="n">{_text(card.place, lang)}</p><h3>{_text(card.title, lang)}</h3>']
    if card.big:
        tone = f' class="{card.tone}"' if card.tone else ""
        parts.append(f'<p class="big">{markup(card.big)} <i{tone}>{_text(card.change, lang)}</i></p>')
    if card.note.en:
        parts.append(f'<p class="n">{_text(card.note, lang)}</p>')
    if card.bars:
        parts.append(f"<h4>{_text(card.bars_title, lang)}</h4>")
        for bar in card.bars:
            kind = f"{' faint' if bar.faint else ''}{' ' + bar.tone if bar.tone else ''}"
            parts.append(
                f'<p class="barline"><span>{_text(bar.label, lang)}</span><b>{markup(bar.shown)}</b></p>'
                f'<span class="bar{kind}" aria-hidden="true"><i style="width:{100 * bar.share:.1f}%"></i></span>'
            )
    if card.quotes:
        parts.append(f"<h4>{_text(card.quotes_title, lang)}</h4>")
        for quote in card.quotes:
            more = f'<span class="n">{markup(quote.translation)}</span>' if lang == "zh" and quote.translation else ""
            more += f'<span class="n">{_text(quote.source, lang)}</span>' if quote.source else ""
            parts.append(f'<blockquote><span lang="en">{markup(quote.text)}</span>{more}</blockquote>')
    return f'<article class="card">{"".join(parts)}</article>'


def _tables(page: Page, lang: Lang) -> str:
    if not page.tables:
        return ""
    return (
        f"<section><h2>{_text(WORDS['more'], lang)}</h2>{''.join(_table(one, lang) for one in page.tables)}</section>"
    )


def _table(figures: Table, lang: Lang) -> str:
    heads = "".join(f'<th scope="col">{_text(column, lang)}</th>' for column in figures.columns)
    rows = []
    for number, row in enumerate(figures.rows):
        cells = [f'<th scope="row">{_text(row[0], lang)}</th>']
        for place, cell in enumerate(row[1:], start=1):
            shade = figures.shade[number][place] if figures.shade else None
            level = "" if shade is None else f' class="heat" style="--heat:{100 * shade:.0f}%"'
            cells.append(f"<td{level}>{_text(cell, lang)}</td>")
        rows.append(f"<tr{' class=worse' if number in figures.marked else ''}>{''.join(cells)}</tr>")
    title, note = _text(figures.title, lang), _text(figures.note, lang)
    body = (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{title}"><table class="figures">'
        f'<caption class="sr">{title}</caption><thead><tr>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{_asks(figures.asks, lang)}"
    )
    if figures.folded:
        return f'<details><summary>{title}</summary><p class="sub">{note}</p>{body}</details>'
    return f'<h3>{title}</h3><p class="sub">{note}</p>{body}'


def _about(page: Page, lang: Lang) -> str:
    parts = "".join(f"<div><h3>{_text(head, lang)}</h3><p>{_text(body, lang)}</p></div>" for head, body in page.about)
    return f'<section class="about"><h2>{_text(WORDS["about"], lang)}</h2><div class="cols">{parts}</div></section>'
