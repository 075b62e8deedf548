"""Pages of assessments: the blind phase leaks nowhere, drafts, two at once, side by side."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.development.models import Assessment
from portal.development.states import Side
from tests.core.files import samples
from tests.factories import development as make
from tests.factories import people
from tests.page import Page, PageClient

MINE, THEIRS = "Only I wrote this", "Only the manager wrote this"


@pytest.fixture
def ids(app: Flask, client: PageClient, clock: Any) -> dict[str, int]:
    """An assessment nobody has begun to fill in."""
    with app.app_context():
        pair = make.Pair()
        row = make.assessment(pair.person, pair.account)
        found = {
            "person": pair.person.id, "own": pair.account.id, "manager": pair.manager.id,
            "row": row.id, "mine": row.sheet(Side.SELF).id, "theirs": row.sheet(Side.MANAGER).id,
            "hr": people.account(roles=["hr"]).id, "admin": people.account(roles=["admin"]).id,
            "peer": people.account().id, "lead": people.account(leads=pair.team).id,
        }  # fmt: skip
        for at, line in enumerate(row.lines):
            found[f"line{at}"] = line.id
        db.session.commit()
        return found


def answers(ids: dict[str, int], level: int, note: str) -> dict[str, Any]:
    return {f"level-{ids[f'line{at}']}": str(level) for at in (0, 1)} | {
        f"note-{ids[f'line{at}']}": note for at in (0, 1)
    }


def submit(client: PageClient, ids: dict[str, int], who: str, level: int, note: str) -> Page:
    side = {"own": "mine", "manager": "theirs", "lead": "theirs"}[who]
    writer = client.as_(ids[who])
    page = writer.get(f"/development/sheets/{ids[side]}")
    return writer.submit(page, f"/sheets/{ids[side]}", **answers(ids, level, note))


def everything(client: PageClient, ids: dict[str, int], who: str) -> str:
    """All a viewer can read that might tell of the assessment."""
    reader, person = client.as_(ids[who]), ids["person"]
    addresses = (
        "/", "/inbox", f"/development/assessments/{ids['row']}", f"/development/people/{person}",
        "/my/development", f"/people/{person}", f"/people/{person}/trail", "/settings/trail",
        f"/paths/people/{person}", f"/competencies/people/{person}", "/development/people",
        f"/development/assessments/{ids['row']}/agree", "/development/people/export/csv",
    )  # fmt: skip
    found = []
    for address in addresses:
        with reader.http.get(address, follow_redirects=True) as answer:
            found.append(answer.get_data(as_text=True))
    return "\n".join(found)


@pytest.mark.parametrize("who", ["own", "manager", "lead", "hr", "admin", "peer"])
def test_while_one_side_is_open_nobody_reads_the_other(
    app: Flask, client: PageClient, ids: dict[str, int], who: str
) -> None:
    submit(client, ids, "own", 5, MINE)
    writer = client.as_(ids["manager"])
    writer.post(f"/development/sheets/{ids['theirs']}/draft", answers(ids, 1, THEIRS))
    seen = everything(client, ids, who)
    assert MINE not in seen
    assert THEIRS not in seen
    others = ids["mine"] if who != "own" else ids["theirs"]
    assert client.as_(ids[who]).get(f"/development/sheets/{others}").status == 403
    with app.app_context():
        for event in db.session.query(AuditEvent):
            assert MINE not in str((event.before, event.after))
            assert "level" not in str((event.before, event.after))


def test_once_both_are_in_the_two_sides_and_hr_read_both(
    client: PageClient, ids: dict[str, int]
) -> None:
    submit(client, ids, "own", 5, MINE)
    page = submit(client, ids, "manager", 2, THEIRS)
    assert "Ready to talk about" in page.text
    for who in ("own", "manager", "lead", "hr"):
        read = client.as_(ids[who]).get(f"/development/assessments/{ids['row']}").text
        assert MINE in read
        assert THEIRS in read
        assert "3 levels apart" in read
    assert client.as_(ids["peer"]).get(f"/development/assessments/{ids['row']}").status == 403


def test_one_reads_what_one_wrote_oneself(client: PageClient, ids: dict[str, int]) -> None:
    submit(client, ids, "own", 5, MINE)
    page = client.as_(ids["own"]).get(f"/development/sheets/{ids['mine']}")
    assert MINE in page.text
    assert "cannot be changed any more" in page.text


def test_what_is_missing_is_told_at_each_line_and_nothing_is_lost(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    page = mine.get(f"/development/sheets/{ids['mine']}")
    sent: dict[str, Any] = {f"level-{ids['line0']}": "5", f"note-{ids['line1']}": "keep me"}
    again = mine.submit(page, f"/sheets/{ids['mine']}", **sent)
    assert again.status == 422
    assert "a 1, 2 or 5 needs it" in again.text
    assert "say that you cannot say" in again.text
    assert "keep me" in again.text
    fields = again.fields(f"/sheets/{ids['mine']}")
    assert fields[f"level-{ids['line0']}"] == "5"


def test_a_draft_is_kept_by_script_and_by_button(client: PageClient, ids: dict[str, int]) -> None:
    mine, address = client.as_(ids["own"]), f"/development/sheets/{ids['mine']}/draft"
    sent = answers(ids, 3, "so far") | {"version": "1"}
    answer = mine.http.post(
        address, data=sent, headers={"X-CSRFToken": mine.csrf(), "Accept": "application/json"}
    )
    assert answer.get_json() == {"version": 2}
    assert "so far" in mine.get(f"/development/sheets/{ids['mine']}").text
    page = mine.post(address, sent | {"version": "2"}, follow=True)
    assert "Draft saved" in page.text


def test_two_windows_at_once_get_a_word_and_keep_what_was_typed(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine, address = client.as_(ids["own"]), f"/development/sheets/{ids['mine']}"
    mine.post(f"{address}/draft", answers(ids, 3, "first window") | {"version": "1"})
    late = answers(ids, 4, "second window") | {"version": "1"}
    json = {"X-CSRFToken": mine.csrf(), "Accept": "application/json"}
    assert mine.http.post(f"{address}/draft", data=late, headers=json).status_code == 409
    page = mine.post(address, late)
    assert page.status == 409
    assert "second window" in page.text


def test_hidden_characters_and_foreign_levels_are_refused(
    client: PageClient, ids: dict[str, int]
) -> None:
    mine, address = client.as_(ids["own"]), f"/development/sheets/{ids['mine']}/draft"
    for level, note in (("9", "x"), ("3", "a\x00b"), ("3", "x" * 10_001)):
        sent = {f"level-{ids['line0']}": level, f"note-{ids['line0']}": note, "version": "1"}
        assert mine.post(address, sent).status == 422


def test_a_file_opens_with_the_answers_and_not_before(
    app: Flask, client: PageClient, ids: dict[str, int]
) -> None:
    mine = client.as_(ids["own"])
    sent = {"file": (io.BytesIO(samples.pdf()), "proof.pdf")}
    page = mine.post(f"/development/sheets/{ids['mine']}/files", sent)
    bad = {"file": (io.BytesIO(b"MZ program"), "proof.exe")}
    assert mine.post(f"/development/sheets/{ids['mine']}/files", bad).status == 422
    assert page.status == 303
    with app.app_context():
        [sheet] = [one for one in db.session.get_one(Assessment, ids["row"]).sheets if one.files]
        key = sheet.files[0].id
    manager = client.as_(ids["manager"])
    assert manager.get(f"/development/files/{key}").status == 403
    submit(client, ids, "own", 3, MINE)
    assert manager.get(f"/development/files/{key}").status == 403
    submit(client, ids, "manager", 3, THEIRS)
    assert manager.get(f"/development/files/{key}").status == 200
    assert mine.post(f"/development/files/{key}/remove").status == 403


def test_levels_are_agreed_after_the_talk(client: PageClient, ids: dict[str, int]) -> None:
    submit(client, ids, "own", 4, MINE)
    submit(client, ids, "manager", 3, THEIRS)
    manager, address = client.as_(ids["manager"]), f"/development/assessments/{ids['row']}"
    planned = manager.submit(manager.get(address), "/talk", talk_on="2026-11-24")
    assert "The talk is on" in planned.text
    page = manager.get(f"{address}/agree")
    empty = manager.submit(page, "/agree", talk_on="soon")
    assert "Give the day of the talk" in empty.text
    assert "in a sentence" in empty.text
    agreed = manager.submit(empty, "/agree", talk_on="2026-11-24", **answers(ids, 4, "Calls"))
    assert "Levels agreed" in agreed.text
    assert manager.get(f"{address}/agree").status == 403
    assert client.as_(ids["own"]).get(f"{address}/agree").status == 403


def test_the_second_who_agrees_is_told(client: PageClient, ids: dict[str, int]) -> None:
    submit(client, ids, "own", 4, MINE)
    submit(client, ids, "manager", 3, THEIRS)
    manager, address = client.as_(ids["manager"]), f"/development/assessments/{ids['row']}"
    page = manager.get(f"{address}/agree")
    client.as_(ids["lead"]).post(f"{address}/talk", {"talk_on": "2026-12-01"})
    again = manager.submit(page, "/agree", talk_on="2026-11-24", **answers(ids, 4, "Calls"))
    assert again.status == 409
    assert "Calls" in again.text


def test_an_assessment_begins_and_is_called_off(client: PageClient, ids: dict[str, int]) -> None:
    hr, person = client.as_(ids["hr"]), ids["person"]
    off = hr.post(f"/development/assessments/{ids['row']}/cancel", follow=True)
    assert "Called off" in off.text
    page = hr.get(f"/development/people/{person}/assess")
    assert page.status == 200
    assert hr.submit(page, "/assess", due_on="2020-01-01").status == 422


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_one_line_and_for_three(
    app: Flask, client: PageClient, ids: dict[str, int], count_queries: Callable[[], int],
    number: int,
) -> None:  # fmt: skip
    with app.app_context():
        pair = make.Pair()
        row = make.complete(
            pair.person, pair.account, pair.manager, role=make.asked_role(*[3] * number)
        )
        key, own = row.id, pair.account.id
        db.session.commit()
    mine = client.as_(own)
    mine.get(f"/development/assessments/{key}")
    count_queries()
    mine.get(f"/development/assessments/{key}")
    assert count_queries() == 10
