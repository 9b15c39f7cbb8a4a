"""Contracts: what the properties of an event must be, as its senders agreed."""

from lvtu.core.contracts.check import Check, Trouble
from lvtu.core.contracts.contract import Contract, Mode, Property
from lvtu.core.contracts.learn import learned

__all__ = ["Check", "Contract", "Mode", "Property", "Trouble", "learned"]
