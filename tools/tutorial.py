"""Write the tutorial notebooks, ``docs/tutorial.ipynb`` and ``docs/tutorial.zh.ipynb``, from ``tools/tutorial.md``.

The source has the prose in both languages, each after its mark, and the code once; ``python en`` and ``python zh``
stand in one notebook only. Numbers in the prose are expressions in braces, as in f-strings, worked out in the notebook
itself: what it says is what its cells gave.

Usage: ``python tools/tutorial.py`` runs both in a Jupyter kernel and says where they are out of date, ``--write``
writes them.
"""

from __future__ import annotations

import json
import os
import re
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "tools" / "tutorial.md"
NOTEBOOKS = {"en": ROOT / "docs" / "tutorial.ipynb", "zh": ROOT / "docs" / "tutorial.zh.ipynb"}
WORKSPACES = ("shop.lvtu", "visits.lvtu")

_PROSE = r"^<!-- (?P<prose>en|zh) -->\n(?P<text>.*?)(?=^<!-- |^```python|\Z)"
_CODE = r"^```python ?(?P<code>en|zh|)\n(?P<body>.*?)^```$"
_PART = re.compile(f"{_PROSE}|{_CODE}", re.MULTILINE | re.DOTALL)
_WIDE = "[\u2e80-\uffef“”]"
_BREAK = re.compile(rf"(?<={_WIDE})\n(?={_WIDE})|(?<=[，。；：、）])\n(?=\S)|\n(?=[，。；：、（])")
"""Ends of lines within Chinese prose, where Markdown would show a space."""

_SVG, _HTML = "image/svg+xml", "text/html"


@dataclass(frozen=True)
class Cell:
    """One cell of the source: prose or code, its language (code: empty for both), its text."""

    kind: Literal["prose", "code"]
    lang: str
    text: str

    @property
    def computed(self) -> bool:
        """Whether it is prose with numbers to work out."""
        return self.kind == "prose" and "{" in self.text


def cells(source: str, lang: str) -> list[Cell]:
    """The cells of one language's notebook."""
    found = []
    for part in _PART.finditer(source):
        kind: Literal["prose", "code"] = "prose" if part["prose"] else "code"
        cell = Cell(kind, part["prose"] or part["code"], (part["text"] or part["body"]).strip())
        if cell.lang in ("", lang):
            found.append(cell)
    return found


def played(wanted: list[Cell]) -> Any:
    """The notebook of some cells, run in a Jupyter kernel of its own.

    Raises:
        nbclient.exceptions.CellExecutionError: a cell fails.
    """
    import nbformat
    from nbclient import NotebookClient
    from traitlets.config import Config

    notebook = nbformat.v4.new_notebook()
    for cell in wanted:
        code = f'print(f"""{cell.text}""")' if cell.computed else cell.text
        new = nbformat.v4.new_markdown_cell if cell.kind == "prose" and not cell.computed else nbformat.v4.new_code_cell
        notebook.cells.append(new(code))
    with TemporaryDirectory() as folder:
        for place, name in enumerate(WORKSPACES):
            _prepare(Path(folder) / name, place)
        apart = {"JUPYTER_DATA_DIR": folder, "IPYTHONDIR": folder, "JUPYTER_PREFER_ENV_PATH": "1"}
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{folder}/kernel"}}),
            resources={"metadata": {"path": folder}},
        )
        client.execute(env=os.environ | apart)
    return _assembled(wanted, notebook.cells)


def _prepare(folder: Path, number: int) -> None:
    """A workspace of a known id, by which customers are put into random groups: every run draws the same ones."""
    from lvtu.store import config

    config.create(folder)
    file = folder / "lvtu.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"id": str(uuid.UUID(int=number))}))


def _assembled(wanted: list[Cell], ran: list[Any]) -> dict[str, Any]:
    """The notebook as it is kept: prose worked out, pictures as SVG, nothing of the machine."""
    found: list[dict[str, Any]] = []
    for cell, run in zip(wanted, ran, strict=True):
        base = {"id": f"cell-{len(found) + 1}", "metadata": {}}
        if cell.kind == "prose":
            text = run["outputs"][0]["text"].strip() if cell.computed else cell.text
            found.append({"cell_type": "markdown", **base, "source": _lines(_BREAK.sub("", text))})
            continue
        number = 1 + sum(one["cell_type"] == "code" for one in found)
        outputs = [_output(one, number) for one in run["outputs"]]
        found.append({
            "cell_type": "code", "execution_count": number, **base, "outputs": outputs, "source": _lines(cell.text)
        })  # fmt: skip
    spec = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": spec, "language_info": {"name": "python"}}
    return {"cells": found, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def _output(output: dict[str, Any], number: int) -> dict[str, Any]:
    """One output; of an answer the picture and the text: where a page of HTML is shown without its picture (on many
    forges), the picture alone says more."""
    if output["output_type"] == "stream":
        return {"name": output["name"], "output_type": "stream", "text": _lines(output["text"])}
    data = {
        kind: _lines(text)
        for kind, text in sorted(output["data"].items())
        if kind != _HTML or _SVG not in output["data"]
    }
    return {"data": data, "execution_count": number, "metadata": {}, "output_type": "execute_result"}


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def differences(kept: dict[str, Any], fresh: dict[str, Any]) -> list[str]:
    """Where a kept notebook says something else than a fresh one; pictures are compared by their parts and words."""
    told = (
        [f"{len(kept['cells'])} cells, now {len(fresh['cells'])}"] if len(kept["cells"]) != len(fresh["cells"]) else []
    )
    for one, other in zip(kept["cells"], fresh["cells"], strict=False):
        if one["source"] != other["source"]:
            told.append(f"{one['id']} is\n{''.join(one['source'])}\nnow\n{''.join(other['source'])}")
        before, now = (_gist(cell.get("outputs", [])) for cell in (one, other))
        if before != now:
            told.append(f"{one['id']} gave\n{before}\nnow\n{now}")
    return told


def _gist(outputs: list[dict[str, Any]]) -> list[Any]:
    found: list[Any] = []
    for output in outputs:
        found += [("".join(output["text"]), output["name"])] if "text" in output else []
        found += [
            (kind, _drawn(text) if kind == _SVG else "".join(text)) for kind, text in output.get("data", {}).items()
        ]
    return found


def _drawn(svg: list[str]) -> list[tuple[str, str]]:
    """The elements of a picture in their order, with their words."""
    root = ElementTree.fromstring("".join(svg))
    return [(one.tag.rpartition("}")[2], (one.text or "").strip()) for one in root.iter()]


def main(write: bool) -> int:
    """Run the notebooks; write them, or say which are out of date."""
    source, failed = SOURCE.read_text(encoding="utf-8"), 0
    for lang, path in NOTEBOOKS.items():
        fresh = played(cells(source, lang))
        if write:
            path.write_text(json.dumps(fresh, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            continue
        kept = json.loads(path.read_text(encoding="utf-8")) if path.exists() else fresh | {"cells": []}
        for one in differences(kept, fresh):
            failed = 1
            print(f"{path.relative_to(ROOT)}: {one}")
    return failed


if __name__ == "__main__":
    sys.exit(main("--write" in sys.argv[1:]))
