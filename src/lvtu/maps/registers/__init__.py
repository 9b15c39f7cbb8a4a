"""Registers: what stands on all maps, as lists that can be sorted, filtered and followed from a pain to its effect."""

from lvtu.maps.registers.entry import KINDS, NUMBERS, Entry, EntryKind, Known
from lvtu.maps.registers.moments import KeyMoment
from lvtu.maps.registers.shelf import Registers

__all__ = ["KINDS", "NUMBERS", "Entry", "EntryKind", "KeyMoment", "Known", "Registers"]
