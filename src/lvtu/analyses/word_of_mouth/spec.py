"""The question of word of mouth."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from lvtu.analyses.base import Condition, Duration, Spec, names_in
from lvtu.core.units import DAY


class WordOfMouthSpec(Spec):
    """Who would recommend, how what is said sounds, and who did recommend.

    Attributes:
        by: a field or property to break the figures down by: stage, touchpoint, channel.
        referral: true of events by which somebody recommends; the behaviour of the journey model if not given.
        within: a promoter who recommends in this time after the answer counts as one who did; its end is included.
        mentions: true of events whose texts count: channel = 'social'; all texts if not given.
        weighted: whether survey weights count in the recommendation.
        since, until: select answers, texts and referrals; nothing from ``until`` on is known.
    """

    analysis: ClassVar[str] = "word_of_mouth"

    by: str | None = None
    referral: Condition = "behaviour = 'referred'"
    within: Duration = Field(30 * DAY, gt=0)
    mentions: Condition | None = None
    weighted: bool = True

    def reads(self) -> set[str]:
        """The fields and properties it reads."""
        of = {"score", "scale", "weight", "sentiment", "sentiment_label"} | ({self.by} if self.by else set())
        return names_in(self.where, self.referral, self.mentions) | of
