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


def test_the_zone_says_what_it_moves_and_moves_it(look: Look) -> None:
    with look("en") as seen:
        page = seen.page
        seen.go("settings/workspace")
        zone = page.get_by_role("combobox", name="Time zone")
        zone.click()
        zone.fill("Kiritimati")
        page.get_by_role("option", name=re.compile("Kiritimati")).click()
        expect(page.get_by_text("Days move as soon as this is saved")).to_be_visible()
        page.get_by_role("textbox", name="Title in English").fill("Loans")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_role("button", name=re.compile("Loans"))).to_be_visible()
        told = page.evaluate(f"fetch('/api/w/{WORKSPACE}').then(answer => answer.json())")
        assert (told["zone"], told["titles"]["en"]) == ("Pacific/Kiritimati", "Loans")
        assert seen.serious() == []
        put = """async (path) => {
            const { csrf } = await (await fetch('/api/session')).json();
            const body = JSON.stringify({ zone: 'UTC', title: { zh: '', en: '' } });
            const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' };
            return (await fetch(path, { method: 'PUT', headers, body })).status;
        }"""
        assert page.evaluate(put, f"/api/w/{WORKSPACE}/settings") == 200


def test_channels_say_what_the_data_call_them(look: Look) -> None:
    with look("zh") as seen:
        seen.go("settings/channels")
        seen_ones = seen.page.get_by_role("region", name="数据里有的渠道")
        expect(seen_ones.get_by_role("row")).not_to_have_count(1)
        expect(seen.page.get_by_role("link", name="去旅程模型")).to_be_visible()
