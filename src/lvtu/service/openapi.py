"""``python -m lvtu.service.openapi``: the OpenAPI document of the service, always the same for the same code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lvtu.service.app import app_of
from lvtu.service.feedback.schemas import FeedbackVote
from lvtu.service.home import Home
from lvtu.service.problems import Problem
from lvtu.service.surveys.schemas import Given
from lvtu.store import config


def document() -> dict[str, Any]:
    """The OpenAPI document of every address, with the schema of the problems that its answers refer to."""
    with TemporaryDirectory() as folder:
        config.create(Path(folder) / "workspace")
        app = app_of(Home(Path(folder)))
        found = app.openapi()
        app.state.catalog.close()
    for model in (Problem, Given, FeedbackVote):  # answers of every address; bodies that are measured as they come
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        found["components"]["schemas"].setdefault(model.__name__, schema)
    return found


def text() -> str:
    """The document as JSON, its keys sorted."""
    return json.dumps(document(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    sys.stdout.buffer.write(text().encode())
