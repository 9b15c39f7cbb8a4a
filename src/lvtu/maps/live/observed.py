"""What came after what counts only where somebody saw it."""

from __future__ import annotations

from lvtu.maps.document import JourneyMap

OBSERVED = "(time_basis is null or time_basis != 'order')"
"""Events whose order is not a model's own: of a survey's answers nobody knows which came first."""

QUESTION = "question"
"""The property that names the question of a survey's answer."""


def observed(where: str | None, answers: bool = True) -> str:
    """A condition, and that the order of the events was observed.

    Args:
        where: the condition.
        answers: whether answers to a survey's questions may be among them: these stand in the order of the survey.

    Example:
        >>> observed("channel = 'store'")
        "(channel = 'store') and (time_basis is null or time_basis != 'order')"
        >>> observed(None, answers=False)
        "(time_basis is null or time_basis != 'order') and question is null"
    """
    seen = OBSERVED if answers else f"{OBSERVED} and {QUESTION} is null"
    return seen if where is None else f"({where}) and {seen}"


def of_survey(map_: JourneyMap) -> bool:
    """Whether steps of a map are shown by answers to a survey's questions, of which none was observed to come first."""
    return any(QUESTION in rule.reads for step in map_.steps for rule in step.entry)
