"""What the command line knows of each analysis beyond its spec: one module for each kind of answer, by its name."""

from __future__ import annotations

import importlib

from lvtu.cli.analyses.base import AnalysisCommand


def command_for(kind: str) -> AnalysisCommand:
    """What is known of a kind of answer: an analysis' own name, or that of another answer it can give."""
    found: AnalysisCommand = importlib.import_module(f"lvtu.cli.analyses.{kind}").COMMAND
    return found
