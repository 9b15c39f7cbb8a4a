"""Privacy: erasure with a receipt."""

from lvtu.privacy.erasure import forget, forget_many, resume
from lvtu.store.ledger import Receipt

__all__ = ["Receipt", "forget", "forget_many", "resume"]
