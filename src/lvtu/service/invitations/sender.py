"""The thread that asks: one for all the processes of a server, and another takes over when its process ends."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from sqlalchemy.exc import SQLAlchemyError

from lvtu.catalog.catalog import Catalog
from lvtu.catalog.columns import now
from lvtu.catalog.invitations import FAILED, REPLY, SKIPPED, UNKNOWN, WAITING, KeptInvitation, Limit
from lvtu.catalog.surveys import KeptSurvey
from lvtu.core.words import Lang, say
from lvtu.errors import Busy, LvtuError
from lvtu.service.feedback.telling import tell_left
from lvtu.service.home import Home, Served
from lvtu.service.invitations import triggers
from lvtu.service.invitations.asking import Asking, asking_of
from lvtu.service.invitations.links import invited, link_of
from lvtu.service.invitations.ways import REPLIED, Letter, Outcome, repeats_harmlessly, send
from lvtu.service.invitations.who import Customer
from lvtu.service.surveys.answering import put, settle_left
from lvtu.service.surveys.published import Asked, of_number
from lvtu.store.lease import Lease
from lvtu.voice.surveys import Respondent, Response, sent_of
from lvtu.voice.surveys.parts import in_language

LOG = logging.getLogger("lvtu.service")

LOOK_EVERY = 2.0
"""Seconds between two looks for what is due."""

TRIGGERS_EVERY = 10.0
"""Seconds between two looks for what happened."""

TRIES = 6
PAUSES = (30, 120, 600, 3600, 14_400)
"""Seconds between a try and the next where the other side has no time."""

_AT_ONCE = 50
_REMINDS = 500
_CHANNELS = {"email": "email", "sms": "sms", "wecom": "wecom"}


class Sender:
    """Asks while the service runs.

    Args:
        home: whose workspaces are looked after.
        catalog: where invitations wait.
    """

    def __init__(self, home: Home, catalog: Catalog) -> None:
        self._home, self._catalog = home, catalog
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="sender")
        self._lease = Lease(home.folder / ".sender")
        self._looked = -TRIGGERS_EVERY
        self._seen: dict[str, str] = {}
        self._told = ""

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """Finish what is on its way, and end; what waits is sent by whoever runs next."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        while not self._ending.is_set():
            with suppress(Busy, OSError), self._lease.hold(0):  # a full disk: the next look may find room
                self._send_until_the_end()
            self._ending.wait(LOOK_EVERY)

    def _send_until_the_end(self) -> None:
        while not self._ending.is_set():
            for job in (self._settle, self._look, self._send_due, self._tell):
                self._carefully(job)
            self._ending.wait(LOOK_EVERY)

    def _carefully(self, job: Callable[[], None]) -> None:
        """One job; what hinders it hinders no other, and is told once and not each second until it is mended."""
        try:
            job()
            self._told = ""
        except (SQLAlchemyError, LvtuError, sqlite3.Error, OSError) as error:
            if type(error).__name__ != self._told:
                self._told = type(error).__name__
                LOG.error("nobody is asked now: %s", getattr(error, "orig", error))
        except Exception:
            LOG.exception("an invitation could not be seen to")

    def _settle(self) -> None:
        settle_left(self._home, self._catalog)
        tell_left(self._home, self._catalog)

    def _look(self) -> None:
        if time.monotonic() - self._looked < TRIGGERS_EVERY:
            return
        self._looked = time.monotonic()
        for served in list(self._home.served.values()):
            for survey in self._catalog.surveys.of_workspace(served.id):
                if survey.state == "open" and survey.settings.get("trigger"):
                    self._look_for(served, survey)

    def _look_for(self, served: Served, survey: KeptSurvey) -> None:
        """Look for what a survey is sent upon, unless nothing has come since, and it is the same survey."""
        seen = f"{served.workspace.snapshot().token} {survey.version}"
        if self._seen.get(survey.id) != seen:
            triggers.look(self._catalog, served, survey)
            self._seen[survey.id] = seen

    def _send_due(self) -> None:
        self._abandoned()
        for one in self._catalog.invitations.due(_AT_ONCE):
            if self._ending.is_set():
                return
            self._ask(one)

    def _abandoned(self) -> None:
        """Those in the middle of which a process ended: sent again where that does no harm, else told as unknown.

        Whoever holds the lease sends one after the other, and is not sending now.
        """
        for one in self._catalog.invitations.going_out([served.id for served in self._home.served.values()]):
            if repeats_harmlessly(way_of(one)):
                self._catalog.invitations.end(one.id, WAITING, due=now())
            else:
                self._catalog.invitations.end(one.id, UNKNOWN, why="ended_meanwhile")

    def _ask(self, one: KeptInvitation) -> None:
        served, survey = self._of(one)
        if served is None or survey is None:
            return  # of another home with the same catalog
        if survey.published is None or (survey.state != "open" and not _replies(one)):
            self._catalog.invitations.end(one.id, SKIPPED, why="survey_closed")
            return
        found, asking = of_number(served, self._catalog, survey, survey.published), asking_of(self._catalog, served.id)
        why, recipient = _hindrance(found, asking, one)
        if why is not None:
            self._catalog.invitations.end(one.id, SKIPPED, why=why)
            return
        limits = [] if _replies(one) else _limits(found, asking)
        begun = self._catalog.invitations.begin(one, recipient, limits)
        if begun is None or begun.state == SKIPPED:
            return
        try:
            outcome = send(way_of(one), letter_of(found, asking, begun), asking)
        except Exception as error:
            LOG.exception("an invitation could not be sent")
            outcome = Outcome(UNKNOWN, type(error).__name__)
        self._end(begun, outcome)

    def _end(self, one: KeptInvitation, outcome: Outcome) -> None:
        invitations = self._catalog.invitations
        if outcome.state == UNKNOWN and repeats_harmlessly(way_of(one)):
            outcome = Outcome(WAITING, outcome.error)
        if outcome.state != WAITING:
            why = {FAILED: "refused", UNKNOWN: "no_answer"}.get(outcome.state)
            invitations.end(one.id, outcome.state, why=why, error=outcome.error)
        elif one.attempts >= TRIES:
            invitations.end(one.id, FAILED, why="given_up", error=outcome.error)
        else:
            due = now() + timedelta(seconds=PAUSES[min(one.attempts, len(PAUSES)) - 1])
            invitations.end(one.id, WAITING, error=outcome.error, due=due)

    def _tell(self) -> None:
        """Make events of what went out: response rates count by them."""
        for one in self._catalog.invitations.untold(_AT_ONCE):
            served, survey = self._of(one)
            if served is None or survey is None or survey.published is None:
                continue
            if one.customer is not None and not _replies(one):
                found = of_number(served, self._catalog, survey, survey.published)
                asked = Response(
                    one.id, one.decided or one.created, channel=_CHANNELS.get(one.way),
                    touchpoint=one.about.get("touchpoint"),
                    more={"invitation": one.id} | {n: one.about[n] for n in ("step",) if n in one.about},
                )  # fmt: skip
                put(found, [sent_of(found.survey, asked, Respondent(one.customer))])
            self._catalog.invitations.told(one.id)

    def _of(self, one: KeptInvitation) -> tuple[Served | None, KeptSurvey | None]:
        served = next((each for each in self._home.served.values() if each.id == one.workspace_id), None)
        return served, self._catalog.surveys.of_id(one.survey_id)


def way_of(one: KeptInvitation) -> str:
    """How a message goes."""
    return one.way.removeprefix(REPLY)


def _replies(one: KeptInvitation) -> bool:
    """Whether it answers a piece of feedback, and asks nothing."""
    return one.way.startswith(REPLY)


def _hindrance(found: Asked, asking: Asking, one: KeptInvitation) -> tuple[str | None, str | None]:
    """Why somebody is not to be asked at all, if there is a reason; else where the message goes."""
    if asking.address is None and not _replies(one):
        return "no_address_of_server", None
    if getattr(asking, "smtp" if way_of(one) == "email" else way_of(one)) is None:
        return "no_way", None
    recipient = one.recipient
    if one.customer is not None:
        customer = Customer(found.served.workspace, one.customer)
        if customer.erased:
            return "erased", None
        if found.settings.consent is not None and not _replies(one) and customer.refuses(found.settings.consent):
            return "no_consent", None
        recipient = recipient or customer.address(way_of(one))
    return (None, recipient) if recipient is not None or one.way == "wecom" else ("no_address", None)


def _limits(found: Asked, asking: Asking) -> list[Limit]:
    own, all_ = found.settings.cap, asking.cap
    return [
        Limit("asked_for_this", own.most, now() - timedelta(days=own.days), found.kept.id),
        Limit("asked_enough", all_.most, now() - timedelta(days=all_.days)),
    ]


def letter_of(found: Asked, asking: Asking, one: KeptInvitation) -> Letter:
    """What an invitation says, in the language of whoever is asked as far as the survey speaks it."""
    said = str(one.about.get("language", ""))
    known = found.survey.languages
    language = next((each for each in known if each in (said, said.partition("-")[0])), known[0])
    lang: Lang = "zh" if language.partition("-")[0] == "zh" else "en"
    title = in_language(found.survey.title, language)
    if _replies(one):
        return _reply_of(found, asking, one, language, lang)
    about = one.about | {"channel": _CHANNELS.get(one.way)}
    query = {"lang": language} if one.customer is None else {}
    if one.customer is not None:
        query["invitation"] = invited(found.kept, one.id, one.customer, about, one.created)
    link = link_of(asking.address or "", found.kept, query)
    own = found.settings.messages.get(language)
    text = (
        own.text if own is not None and own.text.strip() else say("invitation.text", lang, title=title, link="{link}")
    )
    text = text.replace("{link}", link) if "{link}" in text else f"{text}\n{link}"
    subject = (own.subject if own is not None else "") or say("invitation.subject", lang, title=title)
    return Letter(one.id, one.recipient, " ".join(subject.split()), text, link, language, found.served.name)


def _reply_of(found: Asked, asking: Asking, one: KeptInvitation, language: str, lang: Lang) -> Letter:
    """What whoever said something is told: you said, we did."""
    about, title = one.about, in_language(found.survey.title, language)
    link = "" if asking.address is None else asking.address.rstrip("/") + str(about["follow"])
    did = "declined" if about["status"] == "declined" else "did"
    reply = in_language(about["reply"], language)
    text = say(f"invitation.reply_{did}", lang, said=_cut(str(about["said"])), reply=reply)
    text += "\n\n" + say("invitation.reply_follow", lang, link=link) if link else ""
    subject = say("invitation.reply", lang, title=title)
    return Letter(one.id, one.recipient, " ".join(subject.split()), text, link, language, found.served.name, REPLIED)


def _cut(said: str) -> str:
    """As much of what was said as reminds of it."""
    return said if len(said) <= _REMINDS else said[:_REMINDS].rstrip() + "…"
