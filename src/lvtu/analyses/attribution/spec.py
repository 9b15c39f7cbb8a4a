"""The question of attribution, and the rules on which products differ."""

from __future__ import annotations

import re
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field, field_validator

from lvtu.analyses.base import Duration, Spec
from lvtu.core.units import DAY
from lvtu.errors import BadInput

Model = Literal["first", "last", "linear", "position", "decay", "markov", "shapley"]

MODELS: tuple[Model, ...] = get_args(Model)
"""All of them, in the order in which they are shown."""


def place_weights(value: Any) -> str:
    """Three whole numbers for the first touch, those between and the last one, as ``40/20/40``.

    Raises:
        BadInput: it is something else, or all of them are zero.

    Example:
        >>> place_weights((30, 40, 30)), place_weights("40-20-40")
        ('30/40/30', '40/20/40')
    """
    parts = value if isinstance(value, tuple | list) else re.findall(r"\d+", str(value))
    numbers = [int(part) for part in parts if str(part).isdecimal()]
    if len(numbers) != 3 or len(parts) != 3 or not any(numbers) or max(numbers) > 1000:
        raise BadInput("no_place_weights", value=str(value), known=["40/20/40"])
    return "/".join(map(str, numbers))


class AttributionSpec(Spec):
    """What is credited for each goal: the touches before it, by one model or several side by side.

    Attributes:
        goal: the event that is to be explained, or several of them.
        model: how a goal's credit is divided: ``first``, ``last``, ``linear``, ``position``, ``decay``, ``markov``,
            ``shapley``; several for a table of them side by side, ``all`` for all seven.
        by: what a touch is told by: channel, touchpoint, event, or another column that holds names; events without a
            value in it are no touch.
        lookback: touches longer before the goal do not count; no limit if not given.
        own: whether the goal event is itself the last touch; if not, it is none at all, also of a later goal.
        fold: take a run of touches of one channel as one (its first).
        position: the weights of the first touch, of all between together, and of the last one.
        half_life: in decay, a touch that is so much older counts half.
        order: in markov, how many touches the chain remembers, 1 to 4.
        money: also divide the goals' value, currency by currency.
        journey: the journey model behind touchpoint and stage: its key, with @3 for a version; the default one if not
            given. (``model`` is the attribution's here.)
        since, until: select events, goals and touches alike.
    """

    analysis: ClassVar[str] = "attribution"

    goal: str | tuple[str, ...] = Field(min_length=1)
    model: Model | Literal["all"] | tuple[Model, ...] = Field(default="last", min_length=1)  # type: ignore[assignment]
    by: str = "channel"
    lookback: Duration | None = None
    own: bool = False
    fold: bool = False
    position: Annotated[str, BeforeValidator(place_weights)] = "40/20/40"
    half_life: Duration = Field(default=7 * DAY, gt=0)
    order: int = Field(default=1, ge=1, le=4)
    money: bool = False
    journey: str | None = None

    @field_validator("model", mode="before")
    @classmethod
    def _one(cls, value: Any) -> Any:
        """A list of one model is that model: no table of several."""
        if isinstance(value, list | tuple) and len(value) == 1:
            return value[0]
        return tuple(dict.fromkeys(value)) if isinstance(value, list | tuple) else value

    @property
    def journey_model(self) -> str | None:
        """The journey model that it is read through."""
        return self.journey

    @property
    def models(self) -> tuple[Model, ...]:
        """The models of attribution, in the order asked."""
        if self.model == "all":
            return MODELS
        return self.model if isinstance(self.model, tuple) else (self.model,)

    @property
    def several(self) -> bool:
        """Whether models are compared."""
        return not isinstance(self.model, str) or self.model == "all"

    @property
    def plain_chain(self) -> bool:
        """Whether only a Markov chain of order 1 is asked for, by the plain rules: its steps say everything."""
        ruled = self.own or self.fold or self.money or self.lookback is not None
        return self.models == ("markov",) and self.order == 1 and not ruled

    @property
    def weights(self) -> tuple[int, int, int]:
        """The weights by place: the first touch's, that of all between together, the last one's."""
        first, middle, last = map(int, self.position.split("/"))
        return first, middle, last

    @property
    def goals(self) -> tuple[str, ...]:
        """The names of the goal."""
        return (self.goal,) if isinstance(self.goal, str) else self.goal
