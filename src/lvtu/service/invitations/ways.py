"""The ways by which a message leaves: an e-mail through SMTP, a signed POST to whoever sends text messages, WeCom."""

from __future__ import annotations

import json
import smtplib
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

import httpx

from lvtu.catalog.invitations import FAILED, SENT, UNKNOWN, WAITING
from lvtu.errors import BadInput
from lvtu.service.invitations.asking import Asking, Gateway, Smtp
from lvtu.service.webhooks.addresses import resolved
from lvtu.service.webhooks.delivery import posted

_PATIENCE = 20.0
_EXCERPT = 300
_NOT_NOW = 400
_NEVER = 500


INVITED, REPLIED = "survey.invitation", "feedback.answered"
"""The types of signed messages: somebody is asked; somebody is told what became of what they said."""


@dataclass(frozen=True)
class Outcome:
    """What came of sending.

    Attributes:
        state: ``sent``, ``failed``; ``waiting``, where it may go later; ``unknown``, where it may have gone.
        error: what the other side said.
    """

    state: str
    error: str = ""


@dataclass(frozen=True)
class Letter:
    """A message.

    Attributes:
        id: the same at every try.
        recipient: where it goes; None for WeCom.
        subject: of an e-mail.
        text: what it says, its link included.
        link: the link alone.
        language: of the text.
        workspace: whose it is.
        type: of a signed message.
    """

    id: str
    recipient: str | None
    subject: str
    text: str
    link: str
    language: str
    workspace: str
    type: str = INVITED


def send(way: str, letter: Letter, asking: Asking) -> Outcome:
    """Send a message once."""
    if way == "email":
        return Outcome(FAILED, "no smtp") if asking.smtp is None else _by_mail(letter, asking.smtp)
    gateway = asking.sms if way == "sms" else asking.wecom
    if gateway is None:
        return Outcome(FAILED, f"no {way}")
    body = _wecom(letter) if way == "wecom" else _text_message(letter)
    return _by_post(letter, gateway, body)


def repeats_harmlessly(way: str) -> bool:
    """Whether a message may be sent again where nobody knows whether it went: a receiver knows it by its id."""
    return way == "sms"


def _by_mail(letter: Letter, smtp: Smtp) -> Outcome:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = smtp.sender, letter.recipient or "", letter.subject
    message["Date"] = format_datetime(datetime.now(UTC))
    message["Message-ID"] = f"<{letter.id}@lvtu>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    try:
        server = _connected(smtp)
    except BadInput as error:
        return Outcome(FAILED, str(error))
    except smtplib.SMTPResponseException as error:
        return Outcome(WAITING if error.smtp_code < _NEVER else FAILED, _said(error))
    except (OSError, smtplib.SMTPException) as error:  # nothing was handed over
        return Outcome(WAITING, _said(error))
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return Outcome(WAITING if code < _NEVER else FAILED, f"{code} {said.decode(errors='replace')}")
    except smtplib.SMTPResponseException as error:
        return Outcome(WAITING if _NOT_NOW <= error.smtp_code < _NEVER else FAILED, _said(error))
    except smtplib.SMTPServerDisconnected as error:
        return Outcome(UNKNOWN, _said(error))
    except OSError as error:
        return Outcome(UNKNOWN, _said(error))
    finally:
        server.close()
    return Outcome(SENT)


def _connected(smtp: Smtp) -> smtplib.SMTP:
    """A connection to the server, on which somebody has signed in.

    Raises:
        BadInput: nothing may be sent there.
        OSError, smtplib.SMTPException: it does not answer, or not as it should.
    """
    host = f"[{smtp.host}]" if ":" in smtp.host.strip("[]") else smtp.host
    resolved(f"http://{host}:{smtp.port}")
    context = ssl.create_default_context()
    if smtp.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.host, smtp.port, timeout=_PATIENCE, context=context)
    else:
        server = smtplib.SMTP(smtp.host, smtp.port, timeout=_PATIENCE)
    try:
        if smtp.security == "starttls":
            server.starttls(context=context)
        if smtp.user:
            server.login(smtp.user, smtp.password or "")
    except BaseException:
        server.close()
        raise
    return server


def _by_post(letter: Letter, gateway: Gateway, body: dict[str, object]) -> Outcome:
    content = json.dumps(body, ensure_ascii=False).encode()
    try:
        status, excerpt, _ = posted(gateway.url, letter.id, content, [gateway.secret] if gateway.secret else [])
    except BadInput as error:
        return Outcome(FAILED, str(error))
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:  # nothing was handed over
        return Outcome(WAITING, _said(error))
    except httpx.HTTPError as error:
        return Outcome(UNKNOWN, _said(error))
    if 200 <= status < 300 and not _refused(excerpt):
        return Outcome(SENT)
    later = status == 429 or status >= _NEVER
    return Outcome(WAITING if later else FAILED, f"{status} {excerpt}"[:_EXCERPT])


def _text_message(letter: Letter) -> dict[str, object]:
    data = {
        "workspace": letter.workspace, "to": letter.recipient, "text": letter.text, "link": letter.link,
        "language": letter.language,
    }  # fmt: skip
    time = datetime.now(UTC).isoformat(timespec="milliseconds")
    return {"type": letter.type, "timestamp": time, "data": data}


def _wecom(letter: Letter) -> dict[str, object]:
    """As the robot of a group takes it."""
    return {"msgtype": "text", "text": {"content": letter.text}}


def _refused(excerpt: str) -> bool:
    """Whether an answer of 200 says that it was none, as WeCom does: ``{"errcode": 93000, …}``."""
    try:
        said = json.loads(excerpt)
    except ValueError:
        return False
    return isinstance(said, dict) and bool(said.get("errcode"))


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:_EXCERPT]
