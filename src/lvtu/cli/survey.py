"""``lvtu survey``: definitions of surveys and the answers to them, for which no workspace is needed; and `asking`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lvtu.cli.analysis import json_option
from lvtu.cli.asking import COMMANDS
from lvtu.cli.key import Actions
from lvtu.cli.output import write_json
from lvtu.core.words import language, say

if TYPE_CHECKING:
    from lvtu.voice.surveys import Evaluated, Finding, Survey


def _check(file: str, answers: str | None, as_json: bool) -> None:
    from lvtu.voice.surveys import Survey, check, evaluate

    definition = _read(file)
    findings = check(definition)
    wrong = any(one.level == "error" for one in findings)
    survey = None if wrong else Survey.load(definition)
    judged = None if survey is None or answers is None else evaluate(survey, _read(answers))
    if as_json:
        write_json({"findings": [one.to_json() for one in findings], **_judged_json(judged)})
    else:
        click.echo("\n".join([*_told(file, survey, findings), *_judged(answers, judged)]))
    if wrong or (judged is not None and not judged.accepted):
        click.get_current_context().exit(1)


def _read(file: str) -> Any:
    """The document in a file, or what standard input holds.

    Raises:
        BadInput: there is no such file, or it is neither JSON nor YAML.
    """
    import sys
    from pathlib import Path

    from lvtu.core.documents import read_yaml

    return read_yaml(sys.stdin.read() + "\n" if file == "-" else Path(file), "survey")


def _told(file: str, survey: Survey | None, findings: tuple[Finding, ...]) -> list[str]:
    """What there is to say of a definition, in lines."""
    lines = [
        f"{say(f'survey.{one.level}')} {one.place or say('survey.top')}\n  {one.what.text(language())}\n"
        f"  {one.advice.text(language())}"
        for one in findings
    ]
    if survey is not None and not findings:
        return [say("survey.sound", file=file, questions=len([*survey.questions()]), pages=len(survey.pages))]
    errors = sum(one.level == "error" for one in findings)
    return [*lines, say("survey.found", file=file, errors=errors, warnings=len(findings) - errors)]


def _judged(file: str | None, judged: Evaluated | None) -> list[str]:
    if judged is None:
        return []
    if judged.accepted:
        return [say("survey.accepted", file=file, answers=len(judged.answers))]
    return [
        *(f"{one.field or say('survey.response_top')}\n  {one.reason.text(language())}" for one in judged.problems),
        say("survey.refused", file=file, problems=len(judged.problems)),
    ]


def _judged_json(judged: Evaluated | None) -> dict[str, Any]:
    if judged is None:
        return {}
    problems = [{"field": one.field, "reason": one.reason.to_json()} for one in judged.problems]
    return {"answers": judged.answers, "shown": judged.shown, "problems": problems}


def _import(file: str, key: str | None, as_json: bool) -> None:
    from pathlib import Path

    import yaml

    from lvtu.voice.surveys import survey_js
    from lvtu.voice.surveys.surveyjs_kinds import slug

    found = survey_js(_read(file), key or slug(Path(file).stem, set(), "q", 1))
    definition = found.survey.to_dict()
    left = [{"place": one.place, "what": one.what.to_json()} for one in found.left]
    if as_json:
        write_json({"survey": definition, "left": left})
        return
    click.echo(yaml.safe_dump(definition, allow_unicode=True, sort_keys=False, width=120), nl=False)
    if found.left:
        click.echo(say("survey.left_out", left=len(left)), err=True)
    for one in found.left:
        click.echo(f"  {one.place or say('survey.top')}: {one.what.text(language())}", err=True)


def _schema() -> None:
    import json

    from lvtu.voice.surveys import schema

    click.echo(json.dumps(schema(), ensure_ascii=False, indent=2))


command = Actions(
    "survey",
    commands=[
        click.Command(
            "check",
            params=[
                click.Argument(["file"]),
                click.Option(["--answers"], metavar="FILE", help="Judge the answers in this file as well."),
                json_option(),
            ],
            callback=_check,
            help="Say what is wrong with the definition of a survey in a FILE of JSON or YAML (- for standard input), "
            "where, and what to do. The exit code is 1 if it cannot be asked, or if answers do not stand.\n\n"
            "Example: lvtu survey check delivery.yaml --answers response.json",
        ),
        click.Command(
            "import",
            params=[
                click.Argument(["file"]),
                click.Option(
                    ["--key"], metavar="KEY", help="What the survey is to be known by.  [default: the file's name]"
                ),
                json_option(),
            ],
            callback=_import,
            help="Take over a definition of SurveyJS (- for standard input): print it as a definition of ours in YAML, "
            "and on standard error what cannot be said.\n\nExample: lvtu survey import theirs.json > delivery.yaml",
        ),
        click.Command(
            "schema",
            callback=_schema,
            help="Print the JSON Schema of definitions, for editors and other programs.\n\nExample: lvtu survey schema",
        ),
        *COMMANDS,
    ],
    help="Surveys: what is asked, who is asked, and which answers stand.\n\nExample: lvtu survey check delivery.yaml",
)
