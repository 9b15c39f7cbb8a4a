"""A report as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from lvtu.maps.programmes.report.contents import Block, Fact, Listed, Report, Section, Table


def markdown(report: Report) -> str:
    """The report as Markdown: a section for every step; what its pictures show stands in its tables."""
    blocks = [f"# {_plain(report.title)}", report.begun, *([report.map] if report.map else [])]
    for section in report.sections:
        blocks += [f"## {section.number}. {section.title}", *_section(section)]
    return "\n\n".join(blocks) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield section.state
    if missing := [told for told, opened in section.gates if not opened]:
        yield "\n".join(f"- {told}" for told in missing)
    for block in section.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Fact):
        yield f"**{block.label}** {_plain(block.text) or '—'}"
    elif isinstance(block, Listed):
        yield f"### {block.title}"
        yield "\n".join(
            f"- **{_plain(item.lead)}** {_plain(item.text)}" + (f" — {_plain(item.aside)}" if item.aside else "")
            for item in block.items
        )
    elif isinstance(block, Table):
        if block.title:
            yield f"### {block.title}"
        rows = [block.heads, ("---",) * len(block.heads), *((_plain(cell) for cell in row) for row in block.rows)]
        yield "\n".join("| " + " | ".join(row) + " |" for row in rows)
        if block.below:
            yield block.below


def _plain(text: str) -> str:
    """A text on one line that Markdown reads as it stands."""
    flat = " ".join(text.split())
    return "".join(f"\\{letter}" if letter in "\\`*_[]<>#|" else letter for letter in flat)
