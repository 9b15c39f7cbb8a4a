"""Documents of the catalog in endpoints: what is not there is 404, what was changed meanwhile is 409."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lvtu.core.documents import read_yaml
from lvtu.errors import BadInput, UnknownName
from lvtu.service.problems import Conflict, NotFound


@contextmanager
def current() -> Iterator[None]:
    """Answer a change of what somebody changed in the meantime with 409; ``newest`` is its version.

    Raises:
        Conflict: it was.
    """
    try:
        yield
    except BadInput as error:
        if error.code != "changed_by_another":
            raise
        given = error.values
        raise Conflict("changed_by_another", version=given["version"], newest=given["newest"]) from None


@contextmanager
def looked_up(kind: str, id: str) -> Iterator[None]:
    """Answer what the documents raise with the status that it has.

    Args:
        kind: of document.
        id: the one that is asked for.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime; ``newest`` is its version.
    """
    with current():
        try:
            yield
        except UnknownName:
            raise NotFound(kind, id, []) from None


def inline(given: Any, what: str) -> dict[str, Any]:
    """A document that stands in a request, as JSON or YAML: never the path of a file, which is not a client's to read.

    Args:
        given: it.
        what: what the document is called in errors.

    Returns:
        It; nothing where it is no document, so that whoever reads it says what one needs.

    Raises:
        BadInput: the text is no YAML.

    Example:
        >>> inline("key: shop", "model"), inline("/etc/hosts", "model")
        ({'key': 'shop'}, {})
    """
    document = read_yaml(given + "\n", what) if isinstance(given, str) else given
    return document if isinstance(document, dict) else {}
