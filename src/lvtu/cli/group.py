"""The group of all commands: finds them lazily, and turns every mistake into one shape."""

from __future__ import annotations

import errno
import importlib
import keyword
import sys
from typing import Any

import click

from lvtu.cli import usage
from lvtu.core.sentences import Cause
from lvtu.core.words import known, say, words
from lvtu.errors import BadInput, LvtuError, UnknownName

DATA = (
    "init",
    "ingest",
    "watch",
    "quarantine",
    "info",
    "identity",
    "join",
    "unjoin",
    "link",
    "proposals",
    "accept",
    "reject",
    "sql",
    "run",
    "forget",
    "export",
    "import",
    "model",
    "metrics",
    "segments",
    "contract",
    "insights",
    "survey",
    "map",
    "personas",
    "interviews",
    "key",
    "serve",
    "voice",
    "signin",
    "person",
    "backup",
    "restore",
    "demo",
    "simulate",
)
"""Commands with a module of their own in this package; every other one is an analysis."""


_ALSO = {"cluster": "clusters"}
"""Other spellings of commands."""


class Commands(click.Group):
    """All commands by name. The analyses among them are made from their specs (`lvtu.cli.analysis`)."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **options, no_args_is_help=True, help="\n\n".join(words("en")[one] for one in ("program", "begin"))
        )
        self.context_settings = {"help_option_names": ["-h", "--help"]}
        self.params.append(_version_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The analyses, then the rest. Names come from the words, so that help imports nothing."""
        return [*_analyses(), *DATA]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command, made when it is asked for."""
        if cmd_name in DATA:
            module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
            command: click.Command = importlib.import_module(f"lvtu.cli.{module}").command
            return command
        if cmd_name in _analyses():
            from lvtu.cli.analysis import command_of

            return command_of(cmd_name)
        return None

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command meant; one that does not exist is answered with the nearest that does."""
        name = args[0] if args[0].startswith("-") else args[0].replace("-", "_")  # first-touch too
        args = [_ALSO.get(name, name), *args[1:]]
        name = args[0]
        if name not in self.list_commands(ctx) and not name.startswith("-"):
            raise usage.Misused(UnknownName("command", name, self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands and what they are for, in the reader's language."""
        for title, names in (("questions", _analyses()), ("data", DATA)):
            with formatter.section(say(f"help.{title}")):
                formatter.write_dl([(name, _purpose(name)) for name in names])

    def main(self, args: Any = None, *others: Any, **options: Any) -> Any:
        """Run the command line.

        A mistake is said on stderr, with ``--json`` as an object on stdout; the exit code is 1, and 2 for wrong usage.
        """
        if args is None:  # a process of our own, not a call from somebody's program
            sys.meta_path.insert(0, _WithoutPandas)
        given = list(sys.argv[1:] if args is None else args)
        if not options.get("standalone_mode", True):
            return super().main(given, *others, **options)
        options["standalone_mode"] = False
        try:
            code = super().main(given, *others, **options)
        except Exception as error:
            sys.exit(_told(error, "--json" in given))
        sys.exit(code if isinstance(code, int) else 0)


class _WithoutPandas:
    """Keeps Arrow from importing pandas, where it is installed, for every array it is shown.

    That is a third of the time in which ``lvtu funnel`` answers, and no command needs a data frame. Spark's client
    insists on it.
    """

    @staticmethod
    def find_spec(name: str, path: Any = None, target: Any = None) -> None:
        if name == "pandas" and "pyspark" not in sys.modules:
            raise ModuleNotFoundError("the command line does without pandas", name=name)


def _analyses() -> list[str]:
    return [key.partition(".")[2] for key in words("en") if key.startswith("analyses.")]


def _purpose(name: str) -> str:
    return known(f"analyses.{name}") or say(f"commands.{name}")


def _version_option() -> click.Option:
    def show(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
        if value:
            from lvtu import __version__

            click.echo(f"lvtu {__version__}")
            ctx.exit()

    return click.Option(
        ["--version"], is_flag=True, expose_value=False, is_eager=True, callback=show, help="Say the version."
    )


def _told(error: Exception, as_json: bool) -> int:
    """Say what went wrong; the exit code."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return 2
    if isinstance(error, click.Abort):
        if isinstance(error.__cause__, EOFError):  # a file ends too soon; Ctrl+D at a question of ours has no cause
            raise error.__cause__ from None
        click.echo(f"lvtu: {say('problem.stopped')}", err=True)
        return 130
    if isinstance(error, click.UsageError):
        _tell(usage.told(error), as_json, error)
        return 2
    if isinstance(error, OSError):
        error = _of_system(error)
    if type(error).__module__ == "sqlite3":
        from lvtu.store.sqlite import trouble

        error = trouble(error) or error
    if not isinstance(error, LvtuError):
        raise error
    _tell(error, as_json, None)
    return 1


def _of_system(error: OSError) -> BadInput:
    reason = Cause.of_system(error)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) and error.filename is not None:
        return BadInput("not_permitted", file=str(error.filename), reason=reason)
    if error.filename is None:
        return BadInput("system", reason=reason)
    return BadInput("system_file", file=str(error.filename), reason=reason)


def _tell(error: LvtuError, as_json: bool, wrong: click.UsageError | None) -> None:
    if as_json:
        from lvtu.cli.output import write_json

        write_json(error.problem())
        return
    if wrong is not None and wrong.ctx is not None:
        click.echo(usage.usage_line(wrong.ctx), err=True)
    click.echo(f"lvtu: {error.text()}", err=True)
    if wrong is not None:
        hints = [error.try_()] if isinstance(error, usage.Usage) else []
        for hint in filter(None, [*hints, usage.see_help(wrong)]):
            click.echo(f"      {hint}", err=True)
