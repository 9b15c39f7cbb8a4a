"""Templates of journey maps: five that come with the package, thought through from the customer to the support.

Each is a document of its own beside this module, in Chinese and English, and is read when somebody asks for it. What it
says of customers is assumed and shows as such; the rules of its steps are written in the event names that most shops
record already (Segment's e-commerce specification), so that figures appear where a workspace has them.

Example:
    >>> [template.key for template in packaged()]
    ['retail', 'ecommerce', 'banking', 'saas', 'restaurant']
    >>> made = template("retail").map(lang="en")
    >>> made.step("refund").owner, made.cell("standards", "refund")[0].text.en
    ('Service desk', 'Whoever is not happy gets the money back; staff do not argue')
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from lvtu.errors import UnknownName
from lvtu.maps.templates.reading import Template, read

KEYS = ("retail", "ecommerce", "banking", "saas", "restaurant")
"""Those that come with the package, in the order they are shown."""


def packaged() -> tuple[Template, ...]:
    """The templates that come with the package."""
    return tuple(template(key) for key in KEYS)


@cache
def template(key: str) -> Template:
    """One of the templates that come with the package.

    Raises:
        UnknownName: there is none of that key.
    """
    if key not in KEYS:
        raise UnknownName("map_template", key, list(KEYS))
    return read((files(__name__) / f"{key}.yaml").read_text(encoding="utf-8"))


__all__ = ["KEYS", "Template", "packaged", "template"]
