"""Settings: a key is shown once, a rule is looked at before it is saved, and who may not is told why."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from browser.conftest import WORKSPACE, Look

_SECTIONS = ("workspace", "models", "channels", "people", "keys", "webhooks", "audit", "tokens", "account")


def test_every_section_is_there_for_everybody(look: Look) -> None:
    with look("zh") as seen:
        for section in _SECTIONS:
            seen.go(f"settings/{section}")
            expect(seen.page.locator("nav [aria-current=page]")).to_have_count(2)
            assert seen.serious() == []


def test_a_write_key_is_shown_once_and_ends_when_it_is_revoked(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("settings/keys")
        page.get_by_role("button", name="Make a write key").click()
        secret = page.get_by_role("status").locator("code")
        expect(secret).to_have_text(re.compile(r"wk_\S{20,}"))
        key = secret.inner_text()
        send = """async (key) => {
            const body = JSON.stringify({ writeKey: key, batch: [] });
            return (await fetch('/v1/batch', { method: 'POST', body, credentials: 'omit' })).status;
        }"""
        assert page.evaluate(send, key) == 200
        page.reload()
        row = page.get_by_role("row").filter(has_text=key[-4:])
        expect(row).to_be_visible()
        expect(page.get_by_text(key)).to_have_count(0)
        row.get_by_role("button", name="Revoke").click()
        page.get_by_role("dialog").get_by_role("button", name="Revoke").click()
        expect(row.get_by_text("revoked")).to_be_visible()
        assert page.evaluate(send, key) == 401
        seen.complaints.clear()


def test_a_changed_rule_shows_whom_it_moves_before_it_is_saved(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("settings/models/aida")
        page.get_by_role("button", name="Edit the rules").click()
        page.get_by_role("textbox", name=re.compile("Condition")).first.fill("channel = 'phone'")
        page.get_by_role("button", name="See what it changes").click()
        expect(page.get_by_role("button", name="Save as a new version")).to_be_visible()
        models = page.evaluate(f"fetch('/api/w/{WORKSPACE}/models').then(answer => answer.json())")
        assert models == []
        assert seen.serious() == []
