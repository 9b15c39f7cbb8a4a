"""Whether a step is told as the customer would tell it: "Pay at the table", not "POS settlement".

Two heuristics, each a guess that may be waived or switched off:

* a title speaks from inside where it names a department or system of the map itself, or has a word that customers do
  not use of what they do: of systems and departments, and of the company's own work;
* a title says what the customer does where it has a verb: in English at its beginning (behind an adverb or "I"), any
  form of those in `verbs.txt`; in Chinese any word that the dictionary of `rjieba` or `verbs.txt` has as one.

They err towards silence: a noun that is spelled like a verb ("Order confirmation", 道路指引) passes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from importlib.resources import files

from lvtu.core.model.text import Text

_CHINESE = re.compile(r"[\u3400-\u9fff]")
_WORDS = re.compile(r"[a-z]+(?:['’-][a-z]+)*")
_BEFORE = frozenset(
    {
        "i",
        "we",
        "you",
        "customer",
        "customers",
        "guest",
        "guests",
        "to",
        "the",
        "a",
        "an",
        "not",
        "then",
        "first",
        "again",
    }
)


def titles(name: Text) -> tuple[str, ...]:
    """The texts of a name, each once."""
    return tuple(dict.fromkeys((name.zh, name.en)))


def inside_word(title: str, own: Collection[str] = ()) -> str | None:
    """The word by which a title speaks from inside; None where there is none.

    Args:
        title: of a step.
        own: the departments and systems of the map; one called like something that customers do is no sign.

    Example:
        >>> inside_word("CRM 建档"), inside_word("Approval by the risk team"), inside_word("Pay at the table")
        ('CRM', 'Approval', None)
        >>> inside_word("Kitchen cooks", {"Kitchen"})
        'Kitchen'
    """
    for name in sorted(own):
        if name.lower() not in _verbs() and re.search(_whole(name), title, re.IGNORECASE):
            return name
    for word in _listed("inside"):
        if found := re.search(_whole(word), title, re.IGNORECASE):
            return found.group()
    return None


def _whole(word: str) -> str:
    """A word as a pattern: Chinese has no blanks between words."""
    return re.escape(word) if _CHINESE.search(word) else rf"(?<![a-zA-Z]){re.escape(word)}(?![a-zA-Z])"


def has_verb(title: str) -> bool:
    """Whether a title says what the customer does.

    Example:
        >>> [has_verb(title) for title in ("Paying online", "Quickly compare offers", "Product page", "Security")]
        [True, True, False, False]
        >>> [has_verb(title) for title in ("扫码点餐", "到店取货", "商品页", "停车场")]
        [True, True, False, False]
    """
    if _CHINESE.search(title):
        from rjieba import tag

        return any(kind.startswith("v") or word in _verbs() for word, kind in tag(title))
    words = [word for word in _WORDS.findall(title.lower()) if word not in _BEFORE and not word.endswith("ly")]
    return bool(words) and words[0].split("-")[0] in _verbs()


@cache
def _verbs() -> frozenset[str]:
    """The verbs in every form that titles have."""
    return frozenset(form for verb in _listed("verbs") for form in _forms(verb))


def _forms(verb: str) -> set[str]:
    if _CHINESE.search(verb):
        return {verb}
    stem = verb.removesuffix("e")
    doubled = verb + verb[-1]
    forms = {verb, verb + "s", verb + "es", stem + "ed", stem + "ing", doubled + "ed", doubled + "ing"}
    return forms | ({verb[:-1] + "ies", verb[:-1] + "ied"} if verb.endswith("y") else set())


@cache
def _listed(name: str) -> tuple[str, ...]:
    text = (files("lvtu.maps.blueprint") / f"{name}.txt").read_text(encoding="utf-8")
    return tuple(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
