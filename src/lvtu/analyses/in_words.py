"""What is said of something in sentences: it prints in English, and a notebook shows it in its reader's language."""

from __future__ import annotations

from typing import Self

from lvtu.analyses.naming import Naming
from lvtu.core.words import Lang


class InWords:
    """Something that can be said.

    Attributes:
        naming: what people call the events that it speaks of; those it was not told keep their names.
    """

    naming: Naming = Naming()

    def called_by(self, naming: Naming) -> Self:
        """The same, said with such names."""
        object.__setattr__(self, "naming", naming)  # it may be frozen; nothing that it holds changes
        return self

    def text(self, lang: Lang | None = None) -> str:
        """It in sentences, a line each, in a language (that of the environment unless given)."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text("en")

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        from lvtu.analyses.html import page

        return page(self.text().splitlines())
