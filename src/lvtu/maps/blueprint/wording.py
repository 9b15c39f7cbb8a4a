"""Whether a step is told as the customer would tell it: "Pay at the table", not "POS settlement".

Two heuristics, each a guess that may be waived or switched off:

* a title speaks from inside where it has a word that customers do not use of what they do (`inside.txt`: systems,
  departments, the company's own work), or names a department or system of the map itself; who says "I" may name them;
* a title says what the customer does where it has a verb: in English at its beginning (behind an adverb), or anywhere
  where somebody says "I", "we" or "my", any form of those in `verbs.txt`; in Chinese any word that the dictionary of
  `rjieba` or `verbs.txt` has as one.

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
_I = re.compile(r"\b(I|[Ww]e|[Mm]y|[Oo]ur)\b|[我咱]")
_BEFORE = frozenset(
    {"you", "customer", "customers", "guest", "guests", "to", "the", "a", "an", "not", "then", "first", "again"}
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
        >>> inside_word("Kitchen cooks", {"Kitchen"}), inside_word("I look into the kitchen", {"Kitchen"})
        ('Kitchen', None)
    """
    for name in () if _I.search(title) else sorted(own):
        if name.lower() not in _verbs() and _found(name, title):
            return name
    for word in _listed("inside"):
        if found := _found(word, title):
            return found.group()
    return None


def _found(word: str, title: str) -> re.Match[str] | None:
    """A word in a title: one of Chinese stands between others without blanks, "IT" is another than "it"."""
    if _CHINESE.search(word):
        return re.search(re.escape(word), title)
    whole = rf"(?<![a-zA-Z]){re.escape(word)}(?![a-zA-Z])"
    return re.search(whole, title, re.NOFLAG if word.isupper() else re.IGNORECASE)


def has_verb(title: str) -> bool:
    """Whether a title says what the customer does.

    Example:
        >>> [has_verb(title) for title in ("Paying online", "It breaks and I call", "Product page", "Security")]
        [True, True, False, False]
        >>> [has_verb(title) for title in ("扫码点餐", "到店取货", "商品页", "停车场")]
        [True, True, False, False]
    """
    if _CHINESE.search(title):
        from rjieba import tag

        return any(kind.startswith("v") or word in _verbs() for word, kind in tag(title))
    words = [word for word in _WORDS.findall(title.lower()) if word not in _BEFORE and not word.endswith("ly")]
    return any(word.split("-")[0] in _verbs() for word in (words if _I.search(title) else words[:1]))


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
