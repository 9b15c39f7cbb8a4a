"""Command lines that do not fit the command: click's complaints as errors of ours, so that both languages say them."""

from __future__ import annotations

import re
from difflib import get_close_matches

import click

from lvtu.core.sentences import Hint
from lvtu.core.words import Lang, say
from lvtu.errors import LvtuError


class Usage(LvtuError):
    """A command line that does not fit the command."""

    kind = "usage"

    def text(self, lang: Lang | None = None) -> str:
        """What was wrong; what to try is said on a line of its own."""
        return self.what(lang)


class Misused(click.UsageError):
    """Wrong usage that only we can see; click adds the context."""

    def __init__(self, error: LvtuError, ctx: click.Context | None = None) -> None:
        super().__init__(str(error), ctx)
        self.error = error


def told(error: click.UsageError) -> LvtuError:
    """What click complains of, as an error of ours."""
    if isinstance(error, Misused):
        return error.error
    if isinstance(error, click.NoSuchOption):
        near = get_close_matches(error.option_name, error.possibilities or [], n=1, cutoff=0.75)
        return Usage("no_such_option", name=error.option_name, try_=Hint("near", near=near[0]) if near else "")
    if isinstance(error, click.MissingParameter):
        kind = error.param.param_type_name if error.param else "argument"
        return Usage(f"missing_{kind}", name=_name(error))
    if isinstance(error, click.BadOptionUsage):
        takes_none = "does not take" in error.message
        return Usage("option_takes_no_value" if takes_none else "option_needs_value", name=error.option_name)
    if isinstance(error, click.BadParameter):
        return _bad_parameter(error)
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)", error.message, re.DOTALL)
    if extra:
        return Usage("extra_argument", names=extra[1])
    return Usage("usage", message=error.format_message())


def see_help(error: click.UsageError) -> str:
    """Where the usage is explained, in the reader's language."""
    return Hint("see_help", command=error.ctx.command_path if error.ctx else "lvtu").text()


def usage_line(ctx: click.Context) -> str:
    """How the command is called, in the reader's language."""
    return ctx.get_usage().replace("Usage: ", say("help.usage"), 1)


def _bad_parameter(error: click.BadParameter) -> Usage:
    kind = error.param.type if error.param else None
    given = re.match(r"'(.*)' is not ", error.message, re.DOTALL)
    if given and isinstance(kind, click.Choice):
        choices = tuple(f"'{choice}'" for choice in kind.choices)
        return Usage("not_a_choice", name=_name(error), value=given[1], choices=choices)
    if given and isinstance(kind, click.types.IntParamType):
        return Usage("not_a_whole_number", name=_name(error), value=given[1])
    if isinstance(kind, click.IntRange):
        return Usage("too_small", name=_name(error), value=error.message.partition(" ")[0], least=str(kind.min))
    return Usage("bad_parameter", name=_name(error), message=error.message)


def _name(error: click.BadParameter) -> str:
    """The option or argument in question, as click spells it: ``--entry``, ``STEP...``."""
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.get_error_hint(error.ctx).strip("'")
