"""How a workspace asks: through which servers messages go, and how often anybody is asked at most."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from lvtu.catalog.catalog import Catalog
from lvtu.service.session.schemas import Strict
from lvtu.service.surveys.settings import Cap, Origin

KIND = "asking"

Secret = Annotated[str, StringConstraints(max_length=1000)]


class Smtp(Strict):
    """The server that e-mails go through.

    Attributes:
        host, port: it.
        security: ``starttls``, ``tls`` from the beginning, or ``none``.
        user: who signs in; nobody if empty.
        password: theirs. It is never told; null leaves it as it is.
        sender: the address that they come from, as ``Shop <hello@shop.example>``.
    """

    host: Annotated[str, StringConstraints(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.\-:\[\]]+$")]
    port: int = Field(587, ge=1, le=65535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: Annotated[str, StringConstraints(max_length=320)] = ""
    password: Secret | None = None
    sender: Annotated[str, StringConstraints(min_length=3, max_length=320, pattern=r"^[^\r\n]+@[^\r\n]+$")]


class Gateway(Strict):
    """An address that messages are sent to, signed as webhooks are.

    Attributes:
        url: it.
        secret: what they are signed with (``whsec_…``). It is never told; null leaves it as it is.
    """

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    secret: Annotated[str, StringConstraints(max_length=200, pattern=r"^whsec_[A-Za-z0-9+/]+=*$")] | None = None


class Asking(Strict):
    """How a workspace asks.

    Attributes:
        address: under which this server is reached from outside, for links in messages.
        cap: how often the same customer is asked, over all surveys.
        smtp: sends e-mails.
        sms: sends text messages.
        wecom: the robot of a group in WeCom.
    """

    address: Origin | None = None
    cap: Cap = Field(default_factory=lambda: Cap(most=1, days=30))
    smtp: Smtp | None = None
    sms: Gateway | None = None
    wecom: Gateway | None = None


def asking_of(catalog: Catalog, workspace_id: str) -> Asking:
    """How a workspace asks now."""
    kept = catalog.documents(workspace_id, KIND).list()
    return Asking.model_validate(kept[0].body) if kept else Asking()


def change(catalog: Catalog, workspace_id: str, asking: Asking, editor: str) -> Asking:
    """Ask so from now on; secrets that are null stay what they were."""
    before = asking_of(catalog, workspace_id)
    smtp, sms, wecom = asking.smtp, asking.sms, asking.wecom
    if smtp is not None and smtp.password is None and before.smtp is not None:
        smtp = smtp.model_copy(update={"password": before.smtp.password})
    asking = asking.model_copy(
        update={"smtp": smtp, "sms": _with_secret(sms, before.sms), "wecom": _with_secret(wecom, before.wecom)}
    )
    documents = catalog.documents(workspace_id, KIND)
    body = asking.model_dump(mode="json")
    if kept := documents.list():
        documents.put(kept[0].id, body, editor=editor)
    else:
        documents.add(body, author=editor)
    return asking


def without_secrets(asking: Asking) -> Asking:
    """The same, as it may be told."""
    hidden = {
        "smtp": asking.smtp and asking.smtp.model_copy(update={"password": None}),
        "sms": asking.sms and asking.sms.model_copy(update={"secret": None}),
        "wecom": asking.wecom and asking.wecom.model_copy(update={"secret": None}),
    }
    return asking.model_copy(update=hidden)


def _with_secret(new: Gateway | None, before: Gateway | None) -> Gateway | None:
    if new is None or new.secret is not None or before is None:
        return new
    return new.model_copy(update={"secret": before.secret})
