"""Interviews, notes and documents: who says what in a transcript, and quotes that keep their places."""

from lvtu.voice.interviews.anchors import anchored
from lvtu.voice.interviews.transcript import Turn, plain, turns

__all__ = ["Turn", "anchored", "plain", "turns"]
