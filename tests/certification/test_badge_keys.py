"""Keys that sign badges: sealed at rest, never shown, changed without harm."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from flask import Flask

from portal.certification import operations
from portal.certification.badges import sealing
from portal.certification.models import BadgeKey
from portal.certification.operations import badge_key
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.errors import Refused
from tests.factories import certification as make
from tests.factories import people
from tests.page import PageClient

ROOT = Path(__file__).resolve().parents[2]


def everything_in_the_trail() -> str:
    rows = db.session.execute(sa.select(AuditEvent.before, AuditEvent.after))
    return json.dumps([list(row) for row in rows])


@pytest.mark.usefixtures("db_session")
def test_the_first_key_is_made_when_needed_and_kept() -> None:
    first = operations.current_key(by=None)
    assert operations.current_key(by=None) is first
    assert first.public_jwk.keys() == {"kty", "crv", "x"}


@pytest.mark.usefixtures("db_session")
def test_the_private_part_is_sealed_and_stays_out_of_the_trail(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level("DEBUG"):
        key = operations.rotate_key(by=people.account(roles=["hr"]))
        opened = badge_key.open_key(key)
    assert load_pem_private_key(opened.private, password=None)
    secret = opened.private.decode().splitlines()[1]
    for text in (key.private_sealed, everything_in_the_trail(), caplog.text):
        assert secret not in text
        assert "PRIVATE KEY" not in text
    assert key.private_sealed not in everything_in_the_trail()


@pytest.mark.usefixtures("db_session")
def test_under_another_secret_it_does_not_open_and_a_new_one_helps(app: Flask) -> None:
    operations.current_key(by=None)
    known = app.config["SECRET_KEY"]
    app.config["SECRET_KEY"] = "another-secret-another-secret-another"
    try:
        with pytest.raises(Refused, match="cannot be opened"):
            operations.current_key(by=None)
        new = operations.rotate_key(by=None)
        assert operations.current_key(by=None) is new
    finally:
        app.config["SECRET_KEY"] = known


@pytest.mark.usefixtures("db_session")
def test_a_sealed_text_opens_under_its_own_name_only() -> None:
    sealed = sealing.seal(b"secret", "one")
    assert sealing.unseal(sealed, "one") == b"secret"
    assert sealing.seal(b"secret", "one") != sealed
    with pytest.raises(sealing.SealBrokenError):
        sealing.unseal(sealed, "two")
    with pytest.raises(sealing.SealBrokenError):
        sealing.unseal(sealed[:-6] + "AAAAA=", "one")


@pytest.mark.usefixtures("db_session")
def test_changing_the_key_retires_the_one_before() -> None:
    first = operations.current_key(by=None)
    second = operations.rotate_key(by=None)
    assert (first.retired_at is None, second.retired_at is None) == (False, True)
    assert operations.current_key(by=None) is second
    actions = db.session.scalars(sa.select(AuditEvent.action).order_by(AuditEvent.id)).all()
    assert actions == ["certification.key_made", "certification.key_rotated"]


def test_the_page_lists_keys_and_changes_them(app: Flask, client: PageClient) -> None:
    with app.app_context():
        hr = people.account(roles=["hr"]).id
        db.session.commit()
    mine = client.as_(hr)
    assert "No key yet" in mine.get("/settings/badge-keys").text
    with app.app_context():
        operations.current_key(by=None)
        db.session.commit()
    page = mine.get("/settings/badge-keys")
    assert "did:web:localhost" in page.text
    assert "no https address" in page.text
    changed = mine.submit(page, "/settings/badge-keys/rotate")
    assert "Verifies only" in changed.text
    with app.app_context():
        for key in db.session.scalars(sa.select(BadgeKey)):
            assert key.kid in changed.text
            assert key.private_sealed not in changed.html


def test_the_commands_list_and_change_keys(app: Flask, isolated: None) -> None:
    runner = app.test_cli_runner()
    listed = runner.invoke(args=["badge-keys"])
    assert listed.exit_code == 0, listed.output
    assert "signs now  0 badges" in listed.output
    changed = runner.invoke(args=["rotate-badge-key"])
    assert changed.output.startswith("New badges are signed by z6Mk")
    assert "retired" in runner.invoke(args=["badge-keys"]).output
    with app.app_context():
        sealed = db.session.scalars(sa.select(BadgeKey.private_sealed)).all()
    assert not any(text in listed.output + changed.output for text in sealed)


def test_publishing_is_refused_while_the_key_cannot_be_opened(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(sealed: str, name: str) -> Any:
        raise sealing.SealBrokenError(name)

    with app.app_context():
        person = people.person()
        people.employment(person)
        award_id = make.award(person, make.certification(), date(2024, 1, 1)).id
        account = people.account(person=person).id
        operations.current_key(by=None)
        db.session.commit()
    monkeypatch.setattr(sealing, "unseal", broken)
    answer = client.as_(account).post(f"/certification/awards/{award_id}/badge")
    assert answer.status == 409
    assert "cannot be opened" in answer.text


def test_the_web_process_does_not_load_the_badge_library() -> None:
    code = "import portal, sys; portal.create_app(); sys.exit(any(name in sys.modules for name in ('openbadgeslib', 'pyld')))"  # noqa: E501
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, check=False, env={"PORTAL_ENV": "testing"}
    )
    assert run.returncode == 0
