"""Chatwoot: pages of conversations and of messages, CSAT responses, and webhooks.

A conversation becomes ``Ticket Created`` and, where it was answered, ``First Response`` (``first_reply_created_at``).
Only the webhook of a status tells when a conversation was resolved: ``Ticket Solved``. Messages of a contact are
``Message Sent``, those of an agent ``Message Answered``; private notes and what the system says of itself are left
out. Times are seconds since 1970, in webhooks also ISO-8601. A contact is ``chatwoot:<id>``, its ``identifier`` the
customer's id.

Sources: https://developers.chatwoot.com/api-reference/conversations, https://developers.chatwoot.com/api-reference/messages,
https://chatwoot.help/hc/user-guide/articles/1677693021-how-to-use-webhooks
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from lvtu.collect.jsons import Unread
from lvtu.collect.mapping import Mapping
from lvtu.collect.ready.parts import as_dict, as_list, filled, first, number, plain_text
from lvtu.core.sentences import Reason

_CHANNELS = {
    "WebWidget": "web", "Email": "email", "Sms": "sms", "TwilioSms": "sms", "Whatsapp": "im", "Telegram": "im",
    "Line": "im", "FacebookPage": "social", "TwitterProfile": "social", "Instagram": "social", "Tiktok": "social",
    "Voice": "hotline", "Wechat": "wechat",
}  # fmt: skip
_INCOMING, _OUTGOING = (0, "0", "incoming"), (1, "1", "outgoing")


class Chatwoot:
    """Reads pages and webhooks, and keeps whose the conversations are that it has met."""

    def __init__(self, mapping: Mapping) -> None:
        self._whose: dict[str, dict[str, Any]] = {}
        for each in mapping.details:
            for conversation in _listed(each):
                self._who(conversation)

    def __call__(self, row: dict[str, Any]) -> Iterable[dict[str, Any] | Unread]:
        """The rows of a page, a webhook, or of one conversation, message or response."""
        page = _listed(row)
        contact = as_dict(as_dict(row.get("meta")).get("contact"))
        for each in page or [row]:
            yield from self._one(each, as_dict(first(contact.get("payload"), contact)))

    def _one(self, row: dict[str, Any], contact: dict[str, Any]) -> Iterator[dict[str, Any] | Unread]:
        if "rating" in row and "conversation_id" in row:
            yield from self._rating(row)
        elif "message_type" in row:
            yield from self._message(row, contact)
        elif "id" in row and ("meta" in row or "inbox_id" in row):
            yield from self._conversation(row)
        elif not ("payload" in row or "data" in row):
            yield Unread(Reason("no_ticket"), row)

    def _who(self, conversation: dict[str, Any]) -> dict[str, Any]:
        meta = as_dict(conversation.get("meta"))
        found = _contact(as_dict(meta.get("sender")))
        channel = str(first(meta.get("channel"), conversation.get("channel"), "")).rpartition("::")[2]
        found |= filled({"channel": _CHANNELS.get(channel)})
        if conversation.get("id") is not None and found:
            self._whose[str(conversation["id"])] = found
        return found

    def _conversation(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        shared = self._who(row) | {"source": "chatwoot"}
        more = as_dict(row.get("additional_attributes"))
        about = filled({
            "ticket": str(row["id"]), "inbox_id": row.get("inbox_id"), "status": row.get("status"),
            "priority": row.get("priority"), "tags": row.get("labels"), "subject": plain_text(more.get("mail_subject")),
            "team": as_dict(as_dict(row.get("meta")).get("team")).get("name"),
        })  # fmt: skip
        begin = f"chatwoot/conversation/{row['id']}"
        created = first(row.get("created_at"))
        yield shared | _event("Ticket Created", created, f"{begin}/created", about, 1)
        if (replied := _moment(row.get("first_reply_created_at"))) is not None:
            yield shared | _event("First Response", replied, f"{begin}/first-response", about, 2)
        if (
            row.get("event") in ("conversation_status_changed", "conversation_resolved")
            and row.get("status") == "resolved"
        ):
            at = first(row.get("updated_at"), row.get("last_activity_at"))
            yield shared | _event("Ticket Solved", at, f"{begin}/solved/{at}", about, 3)
        for each in map(as_dict, as_list(row.get("messages"))):
            yield from self._message(each | {"conversation_id": row["id"]}, {})

    def _message(self, row: dict[str, Any], contact: dict[str, Any]) -> Iterator[dict[str, Any]]:
        kind = row.get("message_type")
        if row.get("private") or kind not in (*_INCOMING, *_OUTGOING) or row.get("content_type") == "input_csat":
            return
        of = as_dict(row.get("conversation"))
        conversation = str(first(row.get("conversation_id"), of.get("display_id"), of.get("id"), ""))
        if of:
            self._who(of | {"id": conversation})
        sender = as_dict(row.get("sender"))
        shared = self._whose.get(conversation) or _contact(contact)
        if kind in _INCOMING:
            shared = _contact(sender) | shared
        text = plain_text(row.get("content"))
        if text is None:
            return
        name = "Message Sent" if kind in _INCOMING else "Message Answered"
        said = {"text": text} if kind in _INCOMING else {}
        about = filled({"ticket": conversation, "reply": None if said else text})
        id = f"chatwoot/message/{row.get('id')}"
        yield shared | {"source": "chatwoot"} | said | _event(name, row.get("created_at"), id, about, 0)

    def _rating(self, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
        rating = number(row.get("rating"))
        if rating is None:
            return
        shared = self._whose.get(str(row["conversation_id"]), {}) | _contact(as_dict(row.get("contact")))
        said = filled({"score": rating, "scale": "csat5", "text": plain_text(row.get("feedback_message"))})
        about = {"ticket": str(row["conversation_id"])}
        id = f"chatwoot/csat/{row.get('id')}"
        yield shared | {"source": "chatwoot"} | said | _event("Ticket Rated", row.get("created_at"), id, about, 0)


def _listed(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects of a page."""
    data = row.get("data")
    found = first(row.get("payload"), as_dict(data).get("payload"), data)
    return [as_dict(each) for each in found] if isinstance(found, list) else []


def _contact(given: dict[str, Any]) -> dict[str, Any]:
    """Whose something is, by what Chatwoot knows of the contact."""
    if given.get("id") is None or given.get("type") in ("user", "agent_bot"):
        return {}
    others = filled({"email": given.get("email"), "phone": given.get("phone_number")})
    return filled({
        "anonymous_id": f"chatwoot:{given['id']}", "user_id": given.get("identifier"), "identifiers": others,
    })  # fmt: skip


def _moment(value: Any) -> Any:
    """A time as it is; nothing where it is missing or 0, which Chatwoot writes for «never»."""
    return None if value in (None, "", 0, "0") else value


def _event(name: str, time: Any, id: str, properties: dict[str, Any], place: int) -> dict[str, Any]:
    return filled({"event": name, "time": time, "message_id": id, "properties": properties, "sequence": place or None})
