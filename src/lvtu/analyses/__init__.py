"""Analyses: questions as values. One file per question; `REGISTRY` names them all."""

from __future__ import annotations

from lvtu.analyses.registry import REGISTRY, Entry, spec_of

__all__ = ["REGISTRY", "Entry", "spec_of"]
