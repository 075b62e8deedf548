"""Who learns what, before and after the release: words and results hunted on every way out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.documents import Document
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.people.models import Employment, Person
from portal.reviews.models import ReviewRecord
from tests.factories import mentoring, people
from tests.factories import reviews as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]
pytestmark = pytest.mark.usefixtures("clock")

OWN, BOSS, PEERS, RESULT = "OWN-WORDS", "BOSS-WORDS", "PEER-WORDS", "RESULT"
ALL = {OWN, BOSS, PEERS, RESULT}
NOTHING: set[str] = set()

MATRIX = {
    # viewer: what they learn while results are compared, and once both have signed
    "self": ({OWN}, ALL),
    "manager": (ALL, ALL),
    "director": (ALL, ALL),
    "hr": (ALL, ALL),
    "executive": ({RESULT}, ALL),
    "peer": (NOTHING, NOTHING),
    "mentor": (NOTHING, NOTHING),
    "colleague": (NOTHING, NOTHING),
    "other_lead": (NOTHING, NOTHING),
    "former": (NOTHING, NOTHING),
    "admin": (NOTHING, NOTHING),
}
"""Directors compare results, and read what was written once it is signed. An author always reads
their own words on their own part, which is no leak: peers are looked for elsewhere."""


def build(scene: make.Scene) -> dict[str, Any]:
    """Everybody who looks, and the addresses to look at."""
    review = scene.review
    mate = people.account(person=people.person("Cem"))
    people.employment(db.session.get_one(Person, mate.person_id), team=review.team)
    elsewhere = people.team()
    other = people.account(person=people.person("Okan"), leads=elsewhere)
    former = people.account(person=people.person("Filiz"))
    db.session.add(
        Employment(
            person_id=review.person_id, role_id=review.role_id, team_id=review.team_id,
            site=review.team.site, manager_id=former.person_id, starts_on=date(2025, 1, 1),
            ends_on=date(2025, 12, 31), reason="hire",
        )
    )  # fmt: skip
    guide = people.employment(people.person("Mert"), team=people.team()).person
    mentoring.pair(guide, review.person)
    mentor = people.account(person=guide)
    record = db.session.scalar(sa.select(ReviewRecord.id))
    paper = db.session.scalar(sa.select(Document.id))
    written = make.fresh(scene).parts
    part_ids = [part.id for part in written]
    authors = {part.author_id: part.id for part in written}
    return {
        "accounts": {
            "self": scene.self.id, "manager": scene.manager.id, "director": scene.director.id,
            "hr": scene.hr.id, "peer": scene.peers[0].id, "colleague": mate.id,
            "executive": people.account(roles=["executive"]).id, "other_lead": other.id,
            "former": former.id, "mentor": mentor.id, "admin": people.account(roles=["admin"]).id,
        },
        "review": review.id, "cycle": review.cycle_id, "person": review.person_id,
        "record": record, "paper": paper, "parts": part_ids,
        "own": {"self": authors[scene.self.person_id], "manager": authors[scene.manager.person_id],
                "peer": authors[scene.peers[0].person_id]},
    }  # fmt: skip


def addresses(ids: dict[str, Any]) -> list[str]:
    cycle, review = f"/reviews/cycles/{ids['cycle']}", f"/reviews/{ids['review']}"
    found = [
        review, f"{review}/peers", f"{review}/rating", f"{review}/row", f"{review}/talk",
        f"{review}/sign", f"{cycle}/calibration", f"{cycle}/calibration/export/csv",
        f"{cycle}/papers", "/my/reviews", "/reviews/team", "/reviews/team/export/csv", cycle,
        "/", "/inbox", "/search?q=WORDS", "/search?q=BOSS-WORDS", "/outbox", "/trail",
        "/my/path", f"/paths/people/{ids['person']}", f"/people/{ids['person']}",
        f"/people/{ids['person']}/trail",
    ]  # fmt: skip
    if ids["record"]:
        found.append(f"/reviews/editions/{ids['record']}")
    return found


def learnt(client: PageClient, ids: dict[str, Any], viewer: str) -> set[str]:
    """What one viewer finds anywhere but on the part they wrote themself."""
    own_part = ids["own"].get(viewer) if viewer != "self" else None
    found: set[str] = set()
    pages = addresses(ids) + [f"/reviews/parts/{key}" for key in ids["parts"] if key != own_part]
    for url in pages:
        with client.http.get(url) as response:
            if response.status_code != 200:
                continue
            body = response.get_data(as_text=True)
        found |= {word for word in (OWN, BOSS, PEERS) if f"{word}" in body.replace("q=BOSS-", "")
                  and not url.startswith("/search")}  # fmt: skip
        found |= {RESULT} if "3.80" in body or ",3.8," in body else set()
    return found


@pytest.mark.parametrize("viewer", list(MATRIX))
def test_before_the_release(viewer: str, client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: build(make.rated(own=4, boss=3, peer=5)))
    look = client.as_(ids["accounts"][viewer])
    assert learnt(look, ids, viewer) == MATRIX[viewer][0]


@pytest.mark.parametrize("viewer", list(MATRIX))
def test_once_both_have_signed(viewer: str, client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: build(make.signed(own=4, boss=3, peer=5)))
    look = client.as_(ids["accounts"][viewer])
    assert learnt(look, ids, viewer) == MATRIX[viewer][1]


@pytest.mark.parametrize("viewer", list(MATRIX))
def test_the_paper_opens_to_those_who_read_the_edition(
    viewer: str, client: PageClient, saved: Saved
) -> None:
    ids = saved(lambda: build(make.signed()))
    status = client.as_(ids["accounts"][viewer]).http.get(f"/documents/{ids['paper']}").status_code
    assert status == (200 if MATRIX[viewer][1] else 403)


def test_who_moved_away_is_closed_to_the_manager_who_signed(
    client: PageClient, saved: Saved
) -> None:
    def scene() -> dict[str, Any]:
        made = make.signed()
        ids = build(made)
        job = db.session.scalars(
            sa.select(Employment).where(
                Employment.person_id == ids["person"], Employment.ends_on.is_(None)
            )
        ).one()
        job.ends_on = date(2026, 11, 20)
        people.employment(db.session.get_one(Person, ids["person"]), starts_on=date(2026, 11, 21))
        return ids

    ids = saved(scene)
    look = client.as_(ids["accounts"]["manager"])
    assert learnt(look, ids, "manager") == NOTHING
    assert look.http.get(f"/documents/{ids['paper']}").status_code == 403


def test_names_of_nameless_authors_are_nowhere_near_their_words(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(lambda: build(make.signed()))
    for viewer in ("self", "manager", "director", "hr", "executive"):
        look = client.as_(ids["accounts"][viewer])
        for url in (f"/reviews/{ids['review']}", f"/reviews/editions/{ids['record']}"):
            assert "Peer0" not in look.get(url).text, (viewer, url)


def test_two_peers_are_counted_and_nothing_else(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: build(make.signed(peers=2)))
    for viewer in ("self", "manager", "hr"):
        page = client.as_(ids["accounts"][viewer]).get(f"/reviews/{ids['review']}")
        assert "PEER-WORDS" not in page.text
        assert "2 handed in" in page.text


def test_while_parts_come_in_nobody_sees_what_nameless_ones_say(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(lambda: build(make.written()))
    for viewer in ("manager", "hr", "director"):
        page = client.as_(ids["accounts"][viewer]).get(f"/reviews/{ids['review']}")
        assert "PEER-WORDS" not in page.text
        assert "5.0" not in page.text
    assert (
        "BOSS-WORDS"
        not in client.as_(ids["accounts"]["self"]).get(f"/reviews/{ids['review']}").text
    )


def test_mails_notices_and_the_trail_say_nothing(client: PageClient, saved: Saved) -> None:
    def scene() -> list[str]:
        build(make.signed())
        mails = db.session.scalars(sa.select(OutgoingMail))
        told = db.session.scalars(sa.select(Notice))
        events = db.session.scalars(sa.select(AuditEvent))
        return [
            *(f"{one.subject} {one.text}" for one in mails),
            *(f"{one.kind} {one.params}" for one in told),
            *(f"{one.before} {one.after}" for one in events),
        ]

    for text in saved(scene):
        for word in (OWN, BOSS, PEERS, "3.8", "4.0", "Good talk."):
            assert word not in text


def test_others_reading_is_recorded_and_the_persons_own_is_not(
    client: PageClient, saved: Saved, app: Any
) -> None:
    ids = saved(lambda: build(make.signed()))
    for viewer in ("self", "manager", "hr"):
        client.as_(ids["accounts"][viewer]).get(f"/reviews/{ids['review']}")
    with app.app_context():
        readers = db.session.scalars(
            sa.select(AuditEvent.account_id).where(AuditEvent.action == "reviews.read")
        ).all()
    assert readers == [ids["accounts"]["hr"]]
