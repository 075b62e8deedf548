"""Who learns what of a plan: marked words hunted on every way out, told or not told."""

from __future__ import annotations

from datetime import date

import pytest
import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.audit import AuditEvent
from portal.core.db import db
from portal.core.documents import Document
from portal.core.inbox.models import Notice
from portal.core.mail.models import OutgoingMail
from portal.people.models import Employment
from portal.succession import operations
from portal.succession.board import bench_of, row_of, teams_planned
from portal.succession.papers import plan_of, unit_of
from portal.succession.states import ActionKind, Impact, LossReason, LossRisk
from tests.factories import mentoring, people, succession
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("db_session", "clock")

REASON, ACTION, RISK, GRID, LATER = (
    "WHY-NAMED", "TO-DO-FIRST", "RISK-OF-HOLDER", "GRID-PROOF", "JUDGED-ANEW",
)  # fmt: skip
PLAN = {REASON, ACTION, LATER}
ALL = {*PLAN, RISK, GRID, "paper"}
NOTHING: set[str] = set()

MATRIX = {
    # viewer: which marked words they find anywhere, and whether the papers open for them
    "nominee": NOTHING,
    "nominee in HR": {RISK},
    "nominee who plans": {RISK},
    "holder": NOTHING,
    "holder who plans": {*PLAN, GRID},
    "peer": NOTHING,
    "mentor": NOTHING,
    "stranger": NOTHING,
    "former manager": NOTHING,
    "manager": NOTHING,
    "other planner": NOTHING,
    "admin": NOTHING,
    "planner": ALL - {"paper"},
    "director": ALL - {"paper"},
    "HR": ALL,
}
"""Whoever plans for a position reads of its holder, and nobody of themself; papers are for whoever
had them printed."""

ROLES = {
    "nominee in HR": ["hr", "executive", "admin", "manager", "planner"],
    "nominee who plans": ["manager", "planner"],
    "holder who plans": ["hr"],
    "former manager": ["manager", "planner"],
    "admin": ["admin"],
}


class Scene:
    """A position with a judged holder, somebody named and placed, and everybody who looks."""

    def __init__(self, viewer: str, *, told: bool) -> None:
        self.hr, self.director = people.account(roles=["hr"]), people.account(roles=["executive"])
        succession.scale()
        operations.change_settings(
            tell_nominees=told, stale_months=12, review_months=12, stuck_months=24, by=self.hr
        )
        self.team = people.team()
        self.holder = people.person("Mete", "Uslu")
        self.post = succession.key_position(team=self.team, holder=self.holder)
        self.nominee = people.employment(people.person("Ceren", "Kaya"), team=self.team).person
        self.own = self._own(viewer)
        self.viewer = self._viewer(viewer)
        self._plan()
        self.papers = self._papers()
        db.session.commit()

    def _own(self, viewer: str) -> Account:
        leads = self.team if viewer == "nominee who plans" else None
        return people.account(
            person=self.nominee, leads=leads,
            roles=ROLES.get(viewer, []) if viewer.startswith("nominee") else [],
        )  # fmt: skip

    def _viewer(self, viewer: str) -> Account:
        if viewer.startswith("nominee"):
            return self.own
        if viewer in {"HR", "director"}:
            return self.hr if viewer == "HR" else self.director
        if viewer.startswith("holder"):
            return people.account(person=self.holder, roles=ROLES.get(viewer, []))
        if viewer in {"manager", "planner"}:
            roles = ["manager", "planner"] if viewer == "planner" else ["manager"]
            return people.account(leads=self.team, roles=roles)
        if viewer == "other planner":
            return people.account(leads=people.team(), roles=["manager", "planner"])
        person = people.employment(team=self.team if viewer == "peer" else None).person
        if viewer == "mentor":
            mentoring.pair(person, self.nominee)
        if viewer == "former manager":
            self._managed_once(person.id)
        return people.account(person=person, roles=ROLES.get(viewer, []))

    def _managed_once(self, manager_id: int) -> None:
        now = self.nominee.employments[0]
        earlier = Employment(
            person_id=self.nominee.id, role_id=now.role_id, team_id=now.team_id,
            site=self.team.site, manager_id=manager_id, starts_on=date(2020, 1, 1),
            ends_on=date(2020, 12, 31), reason="hire",
        )  # fmt: skip
        db.session.add(earlier)

    def _plan(self) -> None:
        operations.assess_position(
            self.post, impact=Impact.HIGH, risk=LossRisk.HIGH, reasons=[LossReason.PAY], note=RISK,
            by=self.hr,
        )  # fmt: skip
        level = succession.scale()["ready_now"]
        self.made = operations.nominate(
            self.post, self.nominee, level=level, reason=REASON, by=self.hr
        )
        operations.decide_nomination(self.made, approved=True, by=self.director)
        operations.judge_nomination(
            self.made, level=level, is_emergency=False, reason=LATER, by=self.hr
        )
        operations.add_action(
            self.made, ActionKind.PROJECT, text=ACTION, due_on=clock.today(), by=self.hr
        )
        self.session = operations.open_session(
            name="Autumn", team=self.team, held_on=clock.today(), by=self.hr
        )
        operations.place_person(
            self.nominee, x=2, y=2, evidence=GRID, session=self.session, by=self.hr
        )
        self.scenario = operations.save_scenario(
            name="Both leave", note="", team=self.team, leaves_on=clock.today(),
            leaver_ids=[self.nominee.id, self.holder.id], by=self.hr,
        )  # fmt: skip

    def _papers(self) -> list[Document]:
        db.session.expire_all()
        row, day = row_of(self.hr, self.post, clock.today()), clock.today()
        teams = teams_planned(self.hr)
        unit = unit_of(bench_of(self.hr, day, self.team), self.team, teams, self.hr)
        return [
            operations.print_plan(self.post, plan_of(row, self.hr), by=self.hr),
            operations.print_unit(self.team, unit, by=self.hr),
        ]

    def addresses(self) -> list[str]:
        """Every page on which something might be read."""
        post, person, bench = self.post.id, self.nominee.id, "/succession"
        holder, made = self.holder.id, self.made.id
        return [
            bench, f"{bench}/chart", f"{bench}/export/csv", f"{bench}/positions/{post}",
            f"{bench}/positions/{post}/candidates", f"{bench}/positions/{post}/assess",
            f"{bench}/what-if?leaver={person}", f"{bench}/what-if?leaver={holder}",
            f"{bench}/what-if/compare?scenario={self.scenario.id}",
            f"{bench}/nominations/{made}/judge", f"{bench}/nominations/{made}/end",
            f"{bench}/nominations/{made}/actions", f"{bench}/grid",
            f"{bench}/grid?session={self.session.id}", f"{bench}/grid/people/{person}",
            "/", "/inbox", "/my/path", "/my/development", "/mentoring", "/search?q=Ceren",
            f"/people/{person}", f"/people/{holder}", "/people", "/people/export/csv",
            f"/paths/people/{person}", f"/development/people/{person}", "/settings/trail",
            "/settings/trail/export/csv", "/settings/outbox", "/settings/health",
            *(f"/documents/{one.id}{end}" for one in self.papers for end in ("", "/file")),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("viewer", "told"),
    [
        *((viewer, False) for viewer in MATRIX),
        *((viewer, True) for viewer in ("nominee", "nominee in HR", "holder", "peer", "manager")),
    ],
)
def test_who_learns_what(viewer: str, told: bool, client: PageClient) -> None:
    scene = Scene(viewer, told=told)
    papers = tuple(f"/documents/{one.id}" for one in scene.papers)
    look, found = client.as_(scene.viewer), set()
    for url in scene.addresses():
        with look.http.get(url) as answer:
            body = answer.get_data(as_text=True) if answer.status_code == 200 else ""
        found |= {word for word in (*PLAN, RISK, GRID) if word in body}
        found |= {"paper"} if body and url in papers else set()
    assert found == MATRIX[viewer]


@pytest.mark.parametrize("viewer", ["nominee in HR", "nominee who plans"])
def test_a_nominee_who_plans_stands_nowhere_in_the_plans(viewer: str, client: PageClient) -> None:
    scene = Scene(viewer, told=False)
    look, key = client.as_(scene.own), scene.made.id
    for url in (f"/succession/positions/{scene.post.id}", "/succession", "/succession/chart"):
        page = look.get(url)
        assert page.status == 200, url
        assert f"nomination-{key}" not in page.html
        assert "Ceren Kaya" not in page.tree.find(".//main").text_content()
    with look.http.get("/succession/export/csv") as answer:
        assert "Ceren" not in answer.get_data(as_text=True)
    row = row_of(scene.own, scene.post, clock.today())
    assert (row.successors, row.post.ready, row.post.named) == ([], (), ())
    printed = str(plan_of(row, scene.own))
    assert "Kaya" not in printed.replace(f"Printed for {scene.nominee.display_name}", "")
    for action in ("decide", "judge", "end", "rank", "actions"):
        assert look.post(f"/succession/nominations/{key}/{action}", {}).status == 403


@pytest.mark.parametrize("told", [False, True], ids=["untold", "told"])
def test_what_is_written_to_people_names_nobody(told: bool) -> None:
    scene = Scene("peer", told=told)
    texts = [f"{row.kind} {row.params}" for row in db.session.scalars(sa.select(Notice))]
    assert texts
    for word in ("Ceren", "Kaya", *PLAN, RISK, GRID):
        assert not [text for text in texts if word in text]
    mails = db.session.scalars(sa.select(OutgoingMail)).all()
    assert not [mail for mail in mails if mail.to_address == scene.own.email]
    own = sa.select(Notice.kind).where(Notice.account_id == scene.own.id)
    expected = ["succession.named"] if told else []
    assert list(db.session.scalars(own)) == expected
    others = sa.select(Notice.account_id).where(Notice.kind == "succession.named")
    assert set(db.session.scalars(others)) <= {scene.own.id}


def test_the_trail_names_positions_and_never_people() -> None:
    Scene("peer", told=True)
    found = sa.select(AuditEvent).where(AuditEvent.action.like("succession.%"))
    events = db.session.scalars(found).all()
    assert len(events) > 7
    for event in events:
        assert event.about_person_id is None, event.action
        told = f"{event.before} {event.after}"
        for word in ("Ceren", "Kaya", *PLAN, RISK, GRID):
            assert word not in told, event.action
        for name in ("nominee_id", "placed_person_id", "leaver_ids", "holder_id"):
            assert (event.after or {}).get(name, "•••") == "•••", (event.action, name)


def test_whoever_checks_a_paper_learns_neither_position_nor_names(client: PageClient) -> None:
    scene = Scene("peer", told=False)
    for paper in scene.papers:
        page = client.as_(None).get(f"/verify/{paper.verify_code}")
        assert page.status == 200
        for word in ("Ceren", "Mete", scene.post.position.code, *PLAN, RISK):
            assert word not in page.text


def test_a_paper_stays_shut_for_whoever_no_longer_plans(client: PageClient) -> None:
    team = people.team()
    post = succession.key_position(team=team)
    planner = people.account(leads=team, roles=["manager", "planner"])
    row = row_of(planner, post, clock.today())
    unit = unit_of(bench_of(planner, clock.today(), team), team, teams_planned(planner), planner)
    papers = [
        operations.print_plan(post, plan_of(row, planner), by=planner),
        operations.print_unit(team, unit, by=planner),
    ]
    db.session.commit()
    urls = [f"/documents/{paper.id}" for paper in papers]
    assert [client.as_(planner).get(url).status for url in urls] == [200, 200]
    planner.roles = ["manager"]
    db.session.commit()
    assert [client.as_(planner).get(url).status for url in urls] == [403, 403]
    planner.roles, planner.led_paths = ["manager", "planner"], []
    db.session.commit()
    assert [client.as_(planner).get(url).status for url in urls] == [403, 403]
