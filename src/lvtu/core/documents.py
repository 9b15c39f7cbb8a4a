"""Documents that people write: YAML, a dict or a path in; a frozen value out, or an error that teaches."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, ClassVar, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from lvtu.core.sentences import Cause, Term
from lvtu.errors import BadInput, UnknownName


class Document(BaseModel):
    """A frozen part of a document; a key that it does not have is refused, with the nearest that it has.

    Attributes:
        called: what the part is called in errors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    called: ClassVar[str] = "document"

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, value: Any) -> Any:
        known = cls.model_fields  # asked once: it is looked up anew each time
        for key in value if isinstance(value, dict) else ():
            if key not in known:
                raise UnknownName(f"{cls.called} key", str(key), list(known))
        return value


_Kept = TypeVar("_Kept", bound=Document)


def loaded(kind: type[_Kept], value: Any, known: Iterable[str] | None = None) -> _Kept:
    """A document from one, a dict, YAML text (JSON is YAML), or the path of a YAML file.

    Args:
        kind: what it is read as.
        value: it.
        known: its keys, for who gave no document; all of them if not given.

    Raises:
        BadInput: the file does not exist, a key is unknown, the parts do not go together.
    """
    document: Any = value
    if isinstance(value, kind):  # `model_copy` checks nothing, so what it put in may be anything
        document = value.model_dump(warnings=False)
    elif isinstance(value, str | Path):
        document = read_yaml(value, kind.called)
    if not isinstance(document, dict):
        raise BadInput("not_a_document", document=Term(f"a_{kind.called}"), known=list(known or kind.model_fields))
    try:
        return kind.model_validate(document)
    except ValidationError as error:
        raise explained(error, kind.called) from None


def read_yaml(value: str | Path, what: str, known: Iterable[str] = ()) -> Any:
    """The parsed YAML of a path or a text; a text on one line without a colon can only be a path.

    Args:
        value: the path or the text.
        what: what the document is called in errors.
        known: names that could be given instead of a path.

    Raises:
        BadInput: there is no such file, or it is not YAML.

    Example:
        >>> read_yaml("key: shop", "model")
        {'key': 'shop'}
    """
    text = str(value)
    if isinstance(value, Path) or ("\n" not in text and ": " not in text and not text.lstrip().startswith(("{", "["))):
        path = Path(value)
        if not is_file(path):
            near = sorted(p.name for p in path.parent.glob("*.y*ml")) if path.parent.is_dir() else []
            raise BadInput(f"no_{what}_file", file=text, known=[*known, *near])
        text = path.read_text(encoding="utf-8")
    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        raise BadInput("not_yaml", document=Term(f"the_{what}"), reason=yaml_trouble(error)) from None


def is_file(path: Path) -> bool:
    """Whether there is such a file; a text that is too long for a path, or has what no path can have, is none.

    Example:
        >>> is_file(Path("x" * 9999)), is_file(Path("a\\0"))
        (False, False)
    """
    try:
        return path.is_file()
    except OSError:
        return False


def yaml_trouble(error: yaml.YAMLError | RecursionError) -> Cause:
    """What the reader of YAML found wrong, with its place."""
    if isinstance(error, yaml.MarkedYAMLError) and error.problem and error.problem_mark:
        mark = error.problem_mark
        return Cause("yaml", line=str(mark.line + 1), column=str(mark.column + 1), error=error.problem)
    return Cause("other", sentence=" ".join(str(error).split()))


_LACKING = ("missing", "missing_argument", "missing_keyword_only_argument", "missing_positional_only_argument")
"""What pydantic calls something that is not there: of a document, or of a call."""


def explained(error: ValidationError, what: str) -> BadInput:
    """The first trouble pydantic found, as one sentence that names the place in the document."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"] if not str(part).startswith(("function", "tagged")))
    if first["type"] in _LACKING:
        return BadInput("document_lacks", document=Term(what), place=place)
    reason = Cause.of(first["type"], first["msg"], first.get("ctx", {}))
    where = place or Term("the_top")
    return BadInput("bad_document", document=Term(what), place=where, reason=reason, given=f"{first['input']!r:.80}")
