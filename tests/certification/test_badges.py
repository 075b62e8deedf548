"""Badges: who publishes them, that strangers' verifiers accept them, and what ends them."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import jwt
import pytest
from cryptography.exceptions import InvalidSignature
from flask import Flask
from joserfc.errors import BadSignatureError
from openvc.errors import OpenvcError
from openvc.status import CredentialRevoked
from openvc.status.bitstring import decode_bitstring, get_status_bit

from portal.accounts.models import Account
from portal.certification.badges import public, signing
from portal.certification.models import Award, Badge
from portal.certification.states import AwardSource
from portal.core import clock, jobs
from portal.core.db import db
from tests.certification.verifiers import JSON, by_hand, by_key_set, by_library, by_token, served
from tests.factories import certification as make
from tests.factories import people
from tests.page import PageClient

FOREVER = date(2090, 12, 31)
"""Verifiers go by the real clock."""


@pytest.fixture
def holder(app: Flask, isolated: None) -> int:
    """The account of Deniz, who earned a certificate."""
    with app.app_context():
        person = people.person("Deniz", "Kaya", email="Deniz.Kaya@example.com")
        people.employment(person)
        asked = [make.criterion(), make.criterion(at_first=False, at_renewal=True)]
        make.award(person, make.certification("Katılım 認定", criteria=asked, issuer="Halcyon"),
                   date(2024, 3, 1), FOREVER)  # fmt: skip
        account = people.account(person=person)
        db.session.commit()
        return account.id


@pytest.fixture
def award_id(app: Flask, holder: int) -> int:
    with app.app_context():
        person_id = db.session.get_one(Account, holder).person_id
        found = db.session.query(Award.id).filter_by(person_id=person_id).scalar()
        assert isinstance(found, int)
        return found


@pytest.fixture
def publish(app: Flask, client: PageClient, holder: int) -> Callable[[int], str]:
    """Publishes an award as its holder and has the worker sign; returns the badge's uid."""

    def publish(award_id: int) -> str:
        page = client.as_(holder).post(f"/certification/awards/{award_id}/badge")
        assert page.status == 303
        jobs.run_pending(app)
        with app.app_context():
            row = db.session.query(Badge).filter_by(award_id=award_id, withdrawn_at=None).one()
            return row.uid

    return publish


@pytest.fixture
def uid(publish: Callable[[int], str], award_id: int) -> str:
    return publish(award_id)


def credential_of(client: PageClient, uid: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(served(client, f"http://x/badges/{uid}/credential.json"))
    return found


def token_of(client: PageClient, uid: str) -> str:
    return served(client, f"http://x/badges/{uid}/credential.jwt")


def change(app: Flask, award_id: int, do: Callable[[Award], object]) -> None:
    with app.app_context():
        do(db.session.get_one(Award, award_id))
        db.session.commit()


def test_strangers_verifiers_accept_both_forms(client: PageClient, uid: str) -> None:
    credential, token = credential_of(client, uid), token_of(client, uid)
    by_library(client, credential)
    by_hand(client, credential)
    by_token(client, token)
    claims = by_key_set(client, token)
    assert claims["iss"] == "did:web:localhost"
    assert claims["jti"] == f"http://localhost/badges/{uid}"
    assert {key: claims[key] for key in credential if key != "proof"} == {
        key: value for key, value in credential.items() if key != "proof"
    }


def test_it_says_what_was_achieved_and_until_when(client: PageClient, uid: str) -> None:
    credential = credential_of(client, uid)
    achievement = credential["credentialSubject"]["achievement"]
    assert credential["validFrom"] == "2024-02-29T21:00:00Z"
    assert credential["validUntil"] == "2090-12-31T20:59:59Z"
    assert achievement["name"] == "Katılım 認定"
    assert achievement["achievementType"] == "Certification"
    assert len(achievement["criteria"]["narrative"].splitlines()) == 1
    described = json.loads(served(client, achievement["id"], **JSON))
    assert {key: described[key] for key in achievement} == achievement
    assert served(client, achievement["image"]["id"]).startswith("<svg")
    assert (
        json.loads(served(client, "http://x/badges/issuer", **JSON))["id"]
        == (credential["issuer"]["id"])
    )


def test_it_holds_no_name_and_no_address_but_a_salted_hash(client: PageClient, uid: str) -> None:
    credential = credential_of(client, uid)
    identifier = credential["credentialSubject"]["identifier"][0]
    expected = hashlib.sha256(b"deniz.kaya@example.com" + identifier["salt"].encode()).hexdigest()
    assert identifier["identityHash"] == f"sha256${expected}"
    pages = [
        json.dumps(credential),
        json.dumps(jwt.decode(token_of(client, uid), options={"verify_signature": False})),
        client.get(f"/badges/{uid}").html,
    ]
    for page in pages:
        assert "deniz" not in page.lower()
        assert "kaya" not in page.lower()


@pytest.mark.parametrize(
    "path",
    [("name",), ("validUntil",), ("issuer", "name"), ("credentialStatus", "statusListIndex"),
     ("credentialSubject", "achievement", "criteria", "narrative")],
)  # fmt: skip
def test_a_changed_credential_is_refused(
    client: PageClient, uid: str, path: tuple[str, ...]
) -> None:
    credential = copy.deepcopy(credential_of(client, uid))
    part: Any = credential
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = "2095-01-01T00:00:00Z" if path[-1] == "validUntil" else "7"
    with pytest.raises(OpenvcError):
        by_library(client, credential)
    with pytest.raises(InvalidSignature):
        by_hand(client, credential)


def test_a_changed_token_and_one_signed_by_another_key_are_refused(
    client: PageClient, uid: str
) -> None:
    token = token_of(client, uid)
    head, body, signature = token.split(".")
    with pytest.raises(BadSignatureError):
        by_key_set(client, f"{head}.{body[:-4]}AAAA.{signature}")
    claims = jwt.decode(token, options={"verify_signature": False})
    forged = jwt.encode(
        claims,
        signing.make_key().private,
        algorithm="EdDSA",
        headers={"kid": jwt.get_unverified_header(token)["kid"]},
    )
    with pytest.raises(BadSignatureError):
        by_key_set(client, forged)


def test_a_revoked_award_shows_on_the_status_list(
    app: Flask, client: PageClient, uid: str, award_id: int
) -> None:
    credential, token = credential_of(client, uid), token_of(client, uid)
    place = int(credential["credentialStatus"]["statusListIndex"])
    assert not bit(client, place)
    change(app, award_id, lambda award: make.revocation(award, clock.today() - timedelta(days=1)))
    assert bit(client, place)
    with pytest.raises(CredentialRevoked):
        by_library(client, credential)
    with pytest.raises(CredentialRevoked):
        by_token(client, token)
    assert "was revoked on" in client.get(f"/badges/{uid}").text


def bit(client: PageClient, place: int) -> int:
    """The place on the first status list, by both of its forms, which must agree."""
    linked = json.loads(served(client, "http://x/badges/status/1", **JSON))
    token = by_key_set(client, served(client, "http://x/badges/status/1"))
    bits = [
        get_status_bit(decode_bitstring(form["credentialSubject"]["encodedList"]), place)
        for form in (linked, token)
    ]
    assert bits[0] == bits[1]
    return bits[0]


def lapse(award: Award) -> None:
    make.lapse(award, date(2025, 1, 31), date(2025, 7, 31))


def come_back_in_time(award: Award) -> None:
    make.lapse(award, date(2025, 1, 31), date(2025, 7, 31), returned_on=date(2025, 8, 1))


def come_back_too_late(award: Award) -> None:
    make.lapse(award, date(2025, 1, 31), date(2025, 7, 31), returned_on=date(2025, 8, 2))


def void(award: Award) -> None:
    award.certification_version.void_from = clock.today()


def void_later(award: Award) -> None:
    award.certification_version.void_from = clock.today() + timedelta(days=30)


def renew(award: Award) -> None:
    make.award(award.person, award.certification, clock.today(), supersedes=award)


@pytest.mark.parametrize(
    ("happens", "revoked"),
    [(lapse, True), (come_back_in_time, False), (come_back_too_late, True), (void, True),
     (void_later, False), (renew, False)],
)  # fmt: skip
def test_only_what_ends_an_award_early_revokes_its_badge(
    app: Flask, client: PageClient, uid: str, award_id: int, happens: Any, revoked: bool
) -> None:
    change(app, award_id, happens)
    place = int(credential_of(client, uid)["credentialStatus"]["statusListIndex"])
    assert bool(bit(client, place)) is revoked


def test_after_a_change_of_key_old_and_new_badges_verify(
    app: Flask, client: PageClient, uid: str, award_id: int, publish: Callable[[int], str]
) -> None:
    old, old_token = credential_of(client, uid), token_of(client, uid)
    hr = people_account(app, "hr")
    assert client.as_(hr).post("/settings/badge-keys/rotate").status == 303
    with app.app_context():
        award = db.session.get_one(Award, award_id)
        other = make.award(award.person, make.certification(), date(2024, 1, 1)).id
        db.session.commit()
    newer = publish(other)
    new, new_token = credential_of(client, newer), token_of(client, newer)
    assert new["proof"]["verificationMethod"] != old["proof"]["verificationMethod"]
    for credential, token in ((old, old_token), (new, new_token)):
        by_library(client, credential)
        by_hand(client, credential)
        by_token(client, token)
    assert by_key_set(client, old_token)["jti"] != by_key_set(client, new_token)["jti"]


def people_account(app: Flask, *roles: str) -> int:
    with app.app_context():
        account = people.account(roles=list(roles))
        db.session.commit()
        return account.id


def test_only_the_holder_publishes_and_withdraws(
    app: Flask, client: PageClient, uid: str, award_id: int
) -> None:
    with app.app_context():
        badge_id = db.session.query(Badge.id).filter_by(uid=uid).scalar()
    for role in ("hr", "admin", "manager"):
        other = client.as_(people_account(app, role))
        assert other.post(f"/certification/awards/{award_id}/badge").status == 403
        assert other.post(f"/certification/badges/{badge_id}/withdraw").status == 403


def test_a_withdrawn_badge_is_gone_and_revoked_and_may_be_published_anew(
    app: Flask, client: PageClient, uid: str, award_id: int, holder: int,
    publish: Callable[[int], str],
) -> None:  # fmt: skip
    token = token_of(client, uid)
    with app.app_context():
        badge_id = db.session.query(Badge.id).filter_by(uid=uid).scalar()
    assert client.as_(holder).post(f"/certification/badges/{badge_id}/withdraw").status == 303
    for path in ("", "/credential.json", "/credential.jwt", "/badge.svg"):
        assert client.get(f"/badges/{uid}{path}").status == 410
    with pytest.raises(CredentialRevoked):
        by_token(client, token)
    again = publish(award_id)
    assert again != uid
    by_token(client, token_of(client, again))
    assert client.as_(holder).post(f"/certification/badges/{badge_id}/withdraw").status == 409


def test_publishing_twice_makes_one_badge(
    app: Flask, uid: str, award_id: int, publish: Callable[[int], str]
) -> None:
    assert publish(award_id) == uid


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"needs_check": True}, None),
        ({"needs_check": True}, False),
        ({"source": AwardSource.UPLOADED}, None),
        ({"source": AwardSource.IMPORT}, None),
        ({"expires_on": date(2025, 1, 1)}, None),
    ],
    ids=["unchecked", "refused", "brought along", "imported", "expired"],
)
def test_nobody_gets_a_badge_for_what_is_not_proven_or_over(
    app: Flask, client: PageClient, holder: int, values: dict[str, Any], word: bool | None
) -> None:
    with app.app_context():
        person = db.session.get_one(Account, holder).person_id
        row = make.award(
            db.session.get_one(people.Person, person), make.certification(), date(2024, 1, 1),
            **values,
        )  # fmt: skip
        if word is not None:
            make.check(row, agreed=word)
        award_id = row.id
        db.session.commit()
    mine = client.as_(holder)
    assert mine.post(f"/certification/awards/{award_id}/badge").status == 409
    assert mine.post(f"/certification/awards/{award_id}/certificate").status == 409
    assert "Publish the badge" not in mine.get(f"/certification/awards/{award_id}").text
    with app.app_context():
        assert db.session.query(Badge).filter_by(award_id=award_id).count() == 0


def test_what_was_brought_along_says_who_gave_it(
    app: Flask, client: PageClient, holder: int, publish: Callable[[int], str]
) -> None:
    with app.app_context():
        person = db.session.get_one(Account, holder).person_id
        row = make.award(
            db.session.get_one(people.Person, person), make.certification(issuer="FINRA"),
            date(2024, 1, 1), source=AwardSource.UPLOADED, needs_check=True,
        )  # fmt: skip
        make.check(row)
        award_id = row.id
        db.session.commit()
    credential = credential_of(client, publish(award_id))
    assert "FINRA" in credential["evidence"][0]["narrative"]
    by_library(client, credential)


def test_the_page_tells_whose_badge_it_is_only_to_who_knows_the_address(
    client: PageClient, uid: str
) -> None:
    page = client.get(f"/badges/{uid}")
    assert page.h1 == "Katılım 認定"
    assert "is valid until" in page.text
    assert "noindex" in page.html
    right = client.submit(page, address="Deniz.Kaya@Example.com")
    wrong = client.submit(page, address="bora@example.com")
    assert "belongs to this address" in right.text
    assert "belongs to another address" in wrong.text


def test_the_picture_carries_the_token(client: PageClient, uid: str) -> None:
    from openbadgeslib import baking

    picture = client.http.get(f"/badges/{uid}/badge.svg").data
    found = baking.extract_svg(picture, element=baking.SVG_ELEMENT_OB3)
    assert found == token_of(client, uid)
    assert b"<script" not in picture


def test_programs_get_json_and_people_a_page(client: PageClient, uid: str) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answers = [
        client.http.get(f"/badges/{uid}", headers=headers).mimetype
        for headers in ({}, browser, JSON, {"Accept": "application/json"})
    ]
    assert answers == ["text/html", "text/html", "application/ld+json", "application/ld+json"]
    kept = client.http.get(f"/badges/{uid}", headers=JSON).headers
    assert kept["Access-Control-Allow-Origin"] == "*"
    assert "max-age=300" in kept["Cache-Control"]


def test_what_has_no_badge_is_not_described(app: Flask, client: PageClient, award_id: int) -> None:
    with app.app_context():
        version_id = db.session.get_one(Award, award_id).version_id
    assert client.get(f"/badges/achievements/{version_id}").status == 404
    assert client.get(f"/badges/achievements/{version_id}/image.svg").status == 404
    assert client.get("/badges/nobody").status == 404
    assert client.get("/badges/status/1").status == 404
    assert client.get("/.well-known/jwks.json").status == 404
    assert client.get("/.well-known/did.json").status == 404


def test_there_is_one_list_until_it_is_half_full(client: PageClient, uid: str) -> None:
    assert client.http.get("/badges/status/1").status_code == 200
    assert client.http.get("/badges/status/2").status_code == 404
    assert client.http.get("/badges/status/0").status_code == 404


def test_the_issuer_is_named_after_the_public_address(app: Flask) -> None:
    with app.app_context():
        known = app.config["BASE_URL"]
        try:
            app.config["BASE_URL"] = "https://people.example.org:8443/portal"
            assert public.issuer_did() == "did:web:people.example.org%3A8443:portal"
        finally:
            app.config["BASE_URL"] = known


def test_signing_again_changes_nothing(app: Flask, client: PageClient, uid: str) -> None:
    before = token_of(client, uid)
    with app.app_context():
        badge_id = db.session.query(Badge.id).filter_by(uid=uid).scalar()
        jobs.enqueue("certification.sign_badge", badge_id=badge_id)
        db.session.commit()
    jobs.run_pending(app)
    assert token_of(client, uid) == before
