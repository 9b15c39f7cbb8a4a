"""Interviews, notes and documents: who says what in a transcript, and quotes that keep their places."""

from lvtu.voice.interviews.anchors import anchored, carried
from lvtu.voice.interviews.files import ENDINGS, Brought, read_file
from lvtu.voice.interviews.transcript import Transcript, Turn, asks, pseudonyms, transcript, turns

__all__ = [
    "ENDINGS", "Brought", "Transcript", "Turn", "anchored", "asks", "carried", "pseudonyms", "read_file", "transcript",
    "turns",
]  # fmt: skip
