"""Until the whole panel has submitted, nothing anywhere tells what one of them heard or rated.

Every page, export, paper, mail and notice is fetched twice as every kind of person, with other
notes and ratings in the scorecard that is in. Whatever differs is a leak, so the test needs no list
of ways in which one might show.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from portal.core import clock, documents
from portal.core.db import db, mapper_registry
from portal.hiring import operations as hiring_operations
from portal.hiring.states import Stage
from portal.interviews import operations as op
from portal.interviews.models import Interview, Scorecard
from portal.interviews.operations import Entry
from portal.interviews.states import Outcome
from portal.offers.operations import load_letters
from tests.factories import hiring, people
from tests.factories import interviews as make
from tests.page import PageClient

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("clock")]

NOTE = "zebra quartz 7731"
OTHER_NOTE = "lemon basalt 4409"
CHANGING = re.compile(
    r'name="csrf_token" value="[^"]*"|nonce="[^"]*"|\b[0-9a-f]{12}\b|DTSTAMP:\w+'
    r"|[\d.,]+ of [\d.,]+ GiB"
)
"""What differs between any two fetches: tokens, nonces, numbers of requests, room on the disk."""


@dataclass(frozen=True)
class World:
    """Ids of one open panel and of the people around it."""

    interview: int
    card: int
    texts: dict[str, str]
    ids: dict[str, set[int]]
    viewers: dict[str, int | None]


def build() -> World:
    """An interview with one scorecard in and one open, and somebody of every role."""
    boss = people.person("Lena")
    team = people.team(lead=boss)
    manager = people.person("Mete")
    requisition = hiring.requisition(team=team, hiring_manager=manager)
    posting = hiring.posting(requisition=requisition)
    application = hiring.application(posting, stage=Stage.SCREENED)
    make.plan(requisition)
    hr = people.account(roles=["hr"])
    panel = [make.interviewer("Mert"), make.interviewer("Selin")]
    load_letters(by=None)
    made = op.schedule_interview(
        application,
        panel=panel,
        starts_at=clock.now() + timedelta(hours=2),
        minutes=45,
        time_zone="Europe/Istanbul",
        place="Room 4",
        by=hr,
    )
    db.session.flush()
    first, second = made.scorecards
    make.submit(first, 5, 1, note=NOTE)
    make.fill(second, 3, 3, note="own words")
    hiring_operations.export_application(application)
    viewers = {
        "stranger": None,
        "the other interviewer": panel[1].id,
        "another interviewer": make.interviewer("Ada").id,
        "associate": people.account().id,
        "team lead": people.account(person=boss, leads=team).id,
        "hiring manager": people.account(person=manager, roles=["manager"]).id,
        "hr": hr.id,
        "director": people.account(roles=["executive"]).id,
        "administrator": people.account(roles=["admin"]).id,
        "everything": people.account(
            roles=["admin", "hr", "executive", "manager", "interviewer"]
        ).id,
    }
    texts = {
        "status_key": application.status_key,
        "slug": posting.slug,
        "token": "unknown",
        "code": "UNKNOWN",
        "kind": "csv",
        "part": "mid",
        "language": "en",
    }
    return World(made.id, first.id, texts, ids_of_everything(), viewers)


def build_second_round() -> World:
    """The first round is decided; the second has one scorecard in and one open.

    ``card`` is one of the first round: the next panel must not learn what stands in it.
    """
    hr = people.account(roles=["hr"])
    application = hiring.application(stage=Stage.SCREENED)
    make.plan(application.posting.requisition, rounds=2)
    both = make.interviewer("Ece")

    def held(*names: str) -> Interview:
        made = op.schedule_interview(
            application,
            panel=[both, *map(make.interviewer, names)],
            starts_at=clock.now() + timedelta(hours=2),
            minutes=45,
            time_zone="Europe/Istanbul",
            place="Room 4",
            by=hr,
        )
        db.session.flush()
        return made

    first = held("Mert")
    for card in first.scorecards:
        make.submit(card, 5, 3, note=NOTE if card.account is not both else "own words")
    op.decide(first, outcome=Outcome.ADVANCE, override_reason=None, note="", by=hr)
    second = held("Selin")
    make.submit(second.scorecards[0], 4, 4, note="own words")
    viewers: dict[str, int | None] = {
        "sat on both": both.id,
        "sits on the second": second.scorecards[1].account_id,
        "associate": people.account().id,
        "administrator": people.account(roles=["admin"]).id,
    }
    texts = {
        "status_key": application.status_key,
        "slug": application.posting.slug,
        "token": "unknown",
        "code": "UNKNOWN",
        "kind": "csv",
        "part": "mid",
        "language": "en",
    }
    other = next(card for card in first.scorecards if card.account is not both)
    return World(second.id, other.id, texts, ids_of_everything(), viewers)


def ids_of_everything() -> dict[str, set[int]]:
    """For each table the keys of its rows, by the name an address would use."""
    found: dict[str, set[int]] = {}
    names = {
        "stored_file": "file",
        "outgoing_mail": "mail",
        "inbox_notice": "notice",
        "interview_plan": "plan",
        "onboarding_plan": "plan",
        "competency_version": "version",
    }
    for table in mapper_registry.metadata.sorted_tables:
        keys = list(table.primary_key)
        if len(keys) == 1 and isinstance(keys[0].type, sa.Integer):
            ids = set(db.session.scalars(sa.select(keys[0]).limit(6)))
            found.setdefault(names.get(table.name, table.name), set()).update(ids)
    return found


def addresses(app: Flask, world: World) -> Iterator[str]:
    """Every GET address that can be made from the ids of this world."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.endpoint != "static":
            for values in choices(rule, world):
                yield adapter.build(rule.endpoint, values)


def choices(rule: Rule, world: World) -> Iterator[dict[str, Any]]:
    made: list[dict[str, Any]] = [{}]
    for name in sorted(rule.arguments):
        if name in world.texts:
            options: list[Any] = [world.texts[name]]
        else:
            options = sorted(world.ids.get(name.removesuffix("_id"), ())) or [0]
        made = [values | {name: option} for values in made for option in options]
    yield from made


def body(response: Any) -> str:
    """What a response tells, without what differs between any two."""
    data: bytes = response.get_data()
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return "".join(
                packed.read(name).decode(errors="replace")
                for name in packed.namelist()
                if not name.startswith("docProps")
            )
    return CHANGING.sub("", data.decode(errors="replace"))


def fetch_all(
    clients: dict[str, PageClient], wanted: dict[str, list[str]]
) -> dict[tuple[str, str], str]:
    """What each viewer gets from each address, as far as they get anything."""
    found = {}
    for who, urls in wanted.items():
        for url in urls:
            response = clients[who].http.get(url)
            assert response.status_code not in {429, 500}, (who, url)
            if response.status_code == 200:
                found[who, url] = body(response)
            else:
                forget_messages(clients[who])
            response.close()
    return found


def forget_messages(client: PageClient) -> None:
    """A message for the next page would stand on a page it says nothing about."""
    with client.http.session_transaction() as cookie:
        cookie.pop("_flashes", None)


def rewrite(card_id: int, note: str, ratings: tuple[int, int]) -> None:
    """Put other notes and ratings into the scorecard that is in."""
    for answer, rating in zip(db.session.get_one(Scorecard, card_id).answers, ratings, strict=True):
        answer.note, answer.rating = note, rating


def test_nobody_can_tell_what_stands_in_a_scorecard_before_the_panel_is_complete(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        world = build()
        db.session.commit()
        connection: Any = db.engines[None]
    clients = {who: client.as_(account) for who, account in world.viewers.items()}
    everywhere = sorted(set(addresses(app, world)))

    # Reading leaves traces of its own, so both rounds begin at the same state.
    start = connection.begin_nested()
    first = fetch_all(clients, dict.fromkeys(clients, everywhere))
    start.rollback()
    with app.app_context():
        rewrite(world.card, OTHER_NOTE, (1, 5))
        db.session.commit()
    start = connection.begin_nested()
    opened = {who: [url for name, url in first if name == who] for who in clients}
    second = fetch_all(clients, opened)
    start.rollback()

    assert not {key for key, text in {**first, **second}.items() if NOTE in text}
    assert not {key for key, text in second.items() if OTHER_NOTE in text}
    assert not {key for key, text in first.items() if second.get(key) != text}
    assert (world_page := f"/interviews/{world.interview}") in opened["the other interviewer"]
    assert world_page in opened["hr"]
    assert world_page not in opened["associate"]
    assert len(first) > 150


def test_the_next_panel_cannot_tell_what_stands_in_the_scorecards_of_the_round_before(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        world = build_second_round()
        db.session.commit()
        connection: Any = db.engines[None]
    clients = {who: client.as_(account) for who, account in world.viewers.items()}
    everywhere = sorted(set(addresses(app, world)))
    start = connection.begin_nested()
    first = fetch_all(clients, dict.fromkeys(clients, everywhere))
    start.rollback()
    with app.app_context():
        rewrite(world.card, OTHER_NOTE, (3, 5))
        db.session.commit()
    start = connection.begin_nested()
    opened = {who: [url for name, url in first if name == who] for who in clients}
    second = fetch_all(clients, opened)
    start.rollback()

    assert not {key for key, text in {**first, **second}.items() if NOTE in text}
    assert not {key for key, text in second.items() if OTHER_NOTE in text}
    assert not {key for key, text in first.items() if second.get(key) != text}
    assert f"/interviews/{world.interview}" in opened["sits on the second"]


def test_the_same_pages_do_show_it_once_the_panel_is_complete(
    app: Flask, client: PageClient
) -> None:
    with app.app_context():
        world = build()
        second = db.session.get_one(Interview, world.interview).scorecards[1]
        op.submit_scorecard(second, by=second.account)
        db.session.commit()
    for who in ("hr", "the other interviewer"):
        page = client.as_(world.viewers[who]).get(f"/interviews/{world.interview}/panel")
        assert page.status == 200
        assert NOTE in page.text


@pytest.mark.parametrize(
    "path",
    ["/interviews/{0}/panel", "/interviews/scorecards/{1}", "/interviews/scorecards/{1}/amend"],
)
def test_the_direct_ways_in_are_closed(app: Flask, client: PageClient, path: str) -> None:
    with app.app_context():
        world = build()
        db.session.commit()
    for who, account in world.viewers.items():
        page = client.as_(account).get(path.format(world.interview, world.card))
        assert page.status == (303 if who == "stranger" else 403), who


def test_submitting_writes_the_same_rows_whatever_was_rated(db_session: Any) -> None:
    """Mails, notices, the trail, papers, jobs, evidence: nothing outside the scorecard differs."""
    made = make.interview()
    card = made.scorecards[0]
    db_session.expire_all()

    def rows_after(note: str, ratings: tuple[int, int]) -> dict[str, str]:
        with db_session.begin_nested() as savepoint:
            questions = made.plan.questions
            op.save_draft(
                card,
                by=card.account,
                steps=None,
                entries={q.id: Entry(note, r) for q, r in zip(questions, ratings, strict=True)},
            )
            op.submit_scorecard(card, by=card.account)
            db_session.flush()
            found = dump()
            savepoint.rollback()
        db_session.expire_all()
        db_session.info.clear()
        return found

    rows_after("warm up: what is loaded counts as before", (3, 3))
    assert rows_after(NOTE, (5, 1)) == rows_after(OTHER_NOTE, (2, 4))


def dump() -> dict[str, str]:
    """Every table but the one that is meant to hold notes and ratings, without running numbers."""
    tables = [t for t in mapper_registry.metadata.sorted_tables if t.name != "scorecard_answer"]
    return {
        table.name: json.dumps(
            [
                [value for name, value in row.items() if name != "id"]
                for row in db.session.execute(sa.select(table)).mappings()
            ],
            default=str,
            sort_keys=True,
        )
        for table in tables
    }


def test_no_paper_can_be_issued_before_the_decision(db_session: Any) -> None:
    from portal.core.errors import Refused

    made = make.interview()
    make.submit(made.scorecards[0], note=NOTE)
    with pytest.raises(Refused):
        op.print_record(made, locale="en", by=people.account(roles=["hr"]))
    assert db_session.scalars(documents.documents_of(made)).all() == []
