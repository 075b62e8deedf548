"""The career passport and the ladder on paper: what they say, and who may have them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from portal.careers.states import ClaimState
from portal.core import clock as time
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document, to_html
from portal.core.i18n import LOCALES
from portal.development.documents import may_read, passport_of
from tests.factories import careers, certification, competencies, people, training
from tests.factories import development as make
from tests.page import PageClient


def rich(pair: make.Pair) -> None:
    """Something of each kind that the paper shows."""
    skill = competencies.competency()
    competencies.evidence(pair.person, skill, 2, observed_on=date(2026, 3, 1))
    competencies.evidence(pair.person, skill, 4, observed_on=date(2026, 9, 1))
    careers.claim(pair.person, title="Agent at a shop", state=ClaimState.CONFIRMED,
                  decided_at=time.now(), decided_by_id=pair.manager.id)  # fmt: skip
    careers.claim(pair.person, title="Nobody looked at this")
    training.completion(pair.person, training.course("Active listening"))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_passport_reads_in_every_language(db_session: Any, clock: Any, locale: str) -> None:
    pair = make.Pair()
    rich(pair)
    data = passport_of(pair.person, locale, time.today())
    html = to_html("career_passport", data, locale=locale, brand=brand())
    assert "Deniz Kaya" in html
    assert "Agent at a shop" in html
    assert "Nobody looked at this" not in html
    assert data.skills[0].dots == 4
    assert "2" in data.skills[0].seen
    assert len(data.courses) == 1
    assert data.timeline is not None


def test_only_certificates_in_force_are_on_it(db_session: Any, clock: Any) -> None:
    pair = make.Pair()
    for issued, expires in ((date(2026, 1, 1), date(2027, 1, 1)),
                            (date(2024, 1, 1), date(2025, 1, 1))):  # fmt: skip
        certification.award(pair.person, certification.certification(), issued_on=issued,
                            expires_on=expires)  # fmt: skip
    data = passport_of(pair.person, "en", time.today())
    assert len(data.certificates) == 1
    assert "2027" in data.certificates[0][2]


def test_stretches_in_one_role_are_one_line(db_session: Any, clock: Any) -> None:
    pair = make.Pair()
    pair.job.ends_on = date(2026, 6, 30)
    people.employment(pair.person, team=pair.team, role=pair.role, starts_on=date(2026, 7, 1))
    data = passport_of(pair.person, "en", time.today())
    assert [one.when for one in data.here] == ["since Jan 2026"]


def test_it_is_the_persons_own_paper(app: Flask, client: PageClient, clock: Any) -> None:
    with app.app_context():
        pair = make.Pair()
        hr, peer = people.account(roles=["hr"]), people.account()
        own, manager, person = pair.account.id, pair.manager.id, pair.person.id
        others = {"hr": hr.id, "peer": peer.id}
        db.session.commit()
    address = f"/development/people/{person}/passport"
    for key, status in ((own, 303), (others["hr"], 303), (manager, 403), (others["peer"], 403)):
        assert client.as_(key).post(address, {"language": "ja"}).status == status
    with app.app_context():
        from portal.accounts.models import Account

        paper = db.session.query(Document).filter_by(kind="career_passport").first()
        assert paper is not None
        assert paper.locale == "ja"
        readers = {key: may_read(db.session.get_one(Account, key), paper)
                   for key in (own, others["hr"], manager, others["peer"])}  # fmt: skip
        assert list(readers.values()) == [True, True, False, False]
    assert client.as_(own).post(address, {"language": "xx"}).status == 303


def test_the_ladder_is_printed_once_for_the_same_content(
    app: Flask, client: PageClient, clock: Any
) -> None:
    with app.app_context():
        low, high = people.role("Associate"), people.role("Lead", level=3)
        competencies.requirement(high, competencies.competency())
        careers.ladder((low, high))
        me = people.account().id
        db.session.commit()
    mine = client.as_(me)
    first = mine.post("/paths/ladder/print", {"language": "tr"}).location
    assert mine.post("/paths/ladder/print", {"language": "tr"}).location == first
    assert mine.post("/paths/ladder/print", {"language": "es"}).location != first
    assert mine.get(first).status == 200


def test_without_a_ladder_there_is_nothing_to_print(
    app: Flask, client: PageClient, clock: Any
) -> None:
    with app.app_context():
        me = people.account().id
        db.session.commit()
    assert client.as_(me).post("/paths/ladder/print").status == 409
