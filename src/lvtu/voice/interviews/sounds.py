"""Recordings: what kind of sound a file holds."""

from __future__ import annotations

from pathlib import Path

from lvtu.errors import BadInput

SOUNDS = (".mp3", ".m4a", ".wav", ".ogg", ".opus", ".flac", ".webm", ".aac", ".amr")
"""What the files of recordings are called at their ends."""

MOST_SOUND = 100_000_000
"""Bytes of a recording: more than an hour and a half as recorders and telephones keep it."""


def sound_of(head: bytes) -> str | None:
    """What kind of sound a file holds, by what it begins with; None where it is none.

    Args:
        head: its first 16 bytes, or more.

    Example:
        >>> sound_of(b"RIFF\\x24\\x00\\x00\\x00WAVEfmt "), sound_of(b"ID3\\x04"), sound_of(b"%PDF-1.7")
        ('audio/wav', 'audio/mpeg', None)
    """
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/wav"
    if head[:3] == b"ID3":
        return "audio/mpeg"
    if len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0:
        return "audio/aac" if head[1] & 0xF6 == 0xF0 else "audio/mpeg"
    if head[4:8] == b"ftyp":
        return "audio/mp4"
    known = {b"OggS": "audio/ogg", b"fLaC": "audio/flac", b"\x1a\x45\xdf\xa3": "audio/webm", b"#!AM": "audio/amr"}
    return known.get(head[:4])


def read_sound(path: Path) -> tuple[str, bytes]:
    """A recording from a file: what kind of sound it is, and its bytes.

    Raises:
        BadInput: there is no such file (``no_file``), it is larger than `MOST_SOUND` (``recording_too_large``), or
            holds no sound (``no_recording``).
    """
    if not path.is_file():
        raise BadInput("no_file", file=str(path))
    size = path.stat().st_size
    if size > MOST_SOUND:
        raise BadInput("recording_too_large", name=path.name, size=-(-size // 1_000_000), most=MOST_SOUND // 1_000_000)
    content = path.read_bytes()
    kind = sound_of(content[:16])
    if kind is None:
        raise BadInput("no_recording", name=path.name, known=list(SOUNDS))
    return kind, content
