"""``lvtu metric``: a figure of the catalogue: conversion, repurchase, refund, complaint, churn, …."""

from __future__ import annotations

from lvtu.cli.analyses.base import AnalysisCommand


class _Metric(AnalysisCommand):
    example = "lvtu metric shop.lvtu repurchase --period month"


COMMAND = _Metric()
