"""The colours of maps, light and dark: those of the charts, and what only maps have."""

from __future__ import annotations

from dataclasses import dataclass

from lvtu.analyses.charts.theme import DARK, LIGHT, Theme, mixed


@dataclass(frozen=True)
class Palette:
    """Colours by what they stand for. Feelings are never told by colour alone.

    Attributes:
        theme: those that charts use too.
        head: behind stages and the names of lanes.
        chip: behind touchpoints and channels.
        worse, better: behind pains and gains.
        feelings: from the worst over the middle to the best.
    """

    theme: Theme
    head: str
    chip: str
    worse: str
    better: str
    feelings: tuple[str, str, str]

    def feeling(self, value: float) -> str:
        """The colour of a feeling between −2 and +2, for fills.

        Example:
            >>> PALETTES[False].feeling(-2), PALETTES[False].feeling(0)
            ('#b4442f', '#c9a227')
        """
        low, middle, high = self.feelings
        share = max(min(value / 2, 1.0), -1.0)
        return mixed(middle, high, share) if share >= 0 else mixed(middle, low, -share)


PALETTES = {
    False: Palette(LIGHT, "#fbfcfd", "#f0f2f5", "#fbece8", "#e3f3f1", ("#b4442f", "#c9a227", "#1d7f74")),
    True: Palette(DARK, "#1b212b", "#262f3b", "#3a2420", "#17312e", ("#e58a76", "#d3b65b", "#5bbfb1")),
}
"""By whether the page is dark."""
