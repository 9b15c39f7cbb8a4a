"""Journeys within journeys: a stage may name a model that tells it in detail.

Levels are counted from the top: L0 the whole journey (the customer's life with the company), L1 its stages, L2 the
journey within a stage, L3 that one's own stages, the steps; and so on, should somebody go deeper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lvtu.core.model.journey import JourneyModel, Stage
from lvtu.core.model.text import Text
from lvtu.core.words import Lang, language
from lvtu.errors import BadInput

Named = Callable[[str], JourneyModel]
"""Gives the model of a name, ``shop`` or ``shop@3``."""


@dataclass(frozen=True)
class Node:
    """A journey or a stage at its place in a nested journey.

    Attributes:
        keys: the way to it from the top: a model's key, one of its stages', the child's, one of the child's stages', …
        titles: what people call each of them.
        model: the model it is, or that it is a stage of.
        stage: the stage; None for a whole journey.
    """

    keys: tuple[str, ...]
    titles: tuple[Text, ...]
    model: JourneyModel
    stage: Stage | None = None

    @property
    def level(self) -> int:
        """0 for the top."""
        return len(self.keys) - 1

    def breadcrumbs(self, lang: Lang | None = None) -> str:
        """The way to it in a language (that of the environment unless given)."""
        return " › ".join(title.get(lang or language()) for title in self.titles)


def tree(model: JourneyModel, named: Named) -> list[Node]:
    """A journey, its stages, the journeys within them and so on: every journey before its stages, in their order.

    Args:
        model: the journey at the top.
        named: gives the models that stages name.

    Raises:
        BadInput: a journey would contain itself.

    Example:
        >>> from lvtu.core.model.presets import preset
        >>> top = preset("linear-4")
        >>> buy = top.stages[1].model_copy(update={"child": "ecommerce-order"})
        >>> nodes = tree(top.model_copy(update={"stages": (buy,)}), preset)
        >>> [(node.level, node.keys[-1]) for node in nodes][:4]
        [(0, 'linear-4'), (1, 'purchase'), (2, 'ecommerce-order'), (3, 'browse')]
        >>> nodes[3].breadcrumbs("zh")
        '线性四阶段旅程 › 购买 › 电商下单流程 › 浏览'
    """
    return list(_below(Node((model.key,), (model.title,), model), named, (model.key,)))


def _below(node: Node, named: Named, chain: tuple[str, ...]) -> Iterator[Node]:
    yield node
    for stage in node.model.stages:
        place = Node((*node.keys, stage.key), (*node.titles, stage.name), node.model, stage)
        yield place
        if stage.child is not None:
            child = _child(stage.child, named, chain)
            below = Node((*place.keys, child.key), (*place.titles, child.title), child)
            yield from _below(below, named, (*chain, child.key))


def check(model: JourneyModel, named: Named) -> dict[str, JourneyModel]:
    """Refuse a journey that contains itself, at whatever depth and in whatever version.

    Returns:
        The models below it by the name that a stage says.

    Raises:
        UnknownName: a stage names a model that does not exist.
        BadInput: a journey would contain itself.
    """
    found: dict[str, JourneyModel] = {}

    def walk(one: JourneyModel, chain: tuple[str, ...]) -> None:
        for name in filter(None, (stage.child for stage in one.stages)):
            child = _child(name, named, chain)
            if name not in found:
                found[name] = child
                walk(child, (*chain, child.key))

    walk(model, (model.key,))
    return found


def _child(name: str, named: Named, chain: tuple[str, ...]) -> JourneyModel:
    key = name.partition("@")[0]
    if key in chain:
        raise BadInput("model_cycle", model=key, chain=" → ".join((*chain, key)))
    return named(name)
