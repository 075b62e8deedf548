"""Rows of reviews with sensible defaults; flushed, never committed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import Json, db
from portal.people.models import Person, Role, Team
from portal.reviews import operations, queries
from portal.reviews.models import (
    PartRating,
    Review,
    ReviewCycle,
    ReviewPart,
    ReviewRecord,
    ReviewTemplate,
)
from portal.reviews.states import CycleState, PartKind, PartState, TemplateState
from tests.factories import competencies, people
from tests.factories.people import added, in_words

_number = count(1)

WEIGHTS = {"self": 20, "manager": 50, "peer": 30}
EVERYBODY = ["self", "manager", "peer", "upward"]


def section(key: str, kind: str = "text", weight: int = 0, **values: Any) -> Json:
    """One section of a template, asked of everybody."""
    defaults: Json = {
        "key": key, "kind": kind, "weight": weight, "title": in_words(key.capitalize()),
        "hint": in_words(""), "parts": EVERYBODY,
    }  # fmt: skip
    return defaults | values


SECTIONS = (section("skills", "competencies", 100), section("strengths"))


def template(**values: Any) -> ReviewTemplate:
    """A published template: the competencies of the role, and one question."""
    defaults: dict[str, Any] = {
        "key": f"template_{next(_number)}",
        "name": in_words("Yearly review"),
        "sections": [dict(row) for row in SECTIONS],
        "weights": WEIGHTS,
        "state": TemplateState.PUBLISHED,
        "content_hash": "x" * 64,
        "published_at": clock.now(),
    }
    return added(ReviewTemplate(**(defaults | values)))


def cycle(**values: Any) -> ReviewCycle:
    """A running cycle over 2026 whose parts were due a week ago (on 24 November)."""
    asked = values.pop("template", None) or template()
    defaults: dict[str, Any] = {
        "name": in_words(f"Review {next(_number)}"),
        "template": asked,
        "starts_on": date(2026, 1, 1),
        "ends_on": date(2026, 10, 31),
        "population": {"team_ids": [], "role_ids": [], "site_ids": [], "employed_by": None},
        "weights": WEIGHTS,
        "opens_on": date(2026, 10, 20),
        "peers_due_on": date(2026, 11, 3),
        "parts_due_on": date(2026, 11, 17),
        "manager_due_on": date(2026, 11, 20),
        "calibration_due_on": date(2026, 11, 30),
        "signing_due_on": date(2026, 12, 18),
        "state": CycleState.RUNNING,
        "launched_at": clock.now(),
        "created_at": clock.now(),
    }
    return added(ReviewCycle(**(defaults | values)))


@dataclass
class Scene:
    """One review with everybody around it; people as their accounts."""

    review: Review
    self: Account
    manager: Account
    director: Account
    """Leads the team above."""
    hr: Account
    competency: Competency
    peers: list[Account] = field(default_factory=list)

    @property
    def cycle(self) -> ReviewCycle:
        return self.review.cycle


def review(
    *, cycle: ReviewCycle | None = None, team: Team | None = None, manager: Account | None = None,
    competency: Competency | None = None, **values: Any,
) -> Scene:  # fmt: skip
    """A review that is being written, of somebody whose manager leads the team."""
    asked = cycle or globals()["cycle"]()
    skill = competency or competencies.competency()
    assert skill.current is not None
    role = values.pop("role", None) or people.role()
    above = team.parent if team is not None and team.parent is not None else people.team()
    own = team or people.team(parent=above)
    boss = manager or people.account(person=people.person("Leyla"), leads=own)
    top = people.account(person=people.person("Tomris"), leads=above)
    someone = people.account(person=values.pop("person", None) or people.person("Ayşe"))
    owner = db.session.get_one(Person, someone.person_id)
    leader = db.session.get_one(Person, boss.person_id)
    people.employment(owner, team=own, role=role, manager=leader)
    if manager is None:
        people.employment(leader, team=own, role=people.role())
    defaults: dict[str, Any] = {
        "cycle": asked,
        "person": owner,
        "role": role,
        "team": own,
        "manager": leader,
        "competencies": [
            {"competency_id": skill.id, "version_id": skill.current.id, "level": 4, "weight": 100}
        ],
        "created_at": clock.now(),
    }
    row = added(Review(**(defaults | values)))
    hr = people.account(person=people.person("Hale"), roles=["hr"])
    return Scene(row, someone, boss, top, hr, skill)


def plain_review(
    *, cycle: ReviewCycle, person: Person, team: Team, role: Role, manager: Person,
    competency: Competency, **values: Any,
) -> Review:  # fmt: skip
    """A review of somebody who is there already, being written."""
    assert competency.current is not None
    pinned = {
        "competency_id": competency.id, "version_id": competency.current.id,
        "level": 4, "weight": 100,
    }  # fmt: skip
    return added(
        Review(
            cycle=cycle, person=person, team=team, role=role, manager=manager,
            competencies=[pinned], created_at=clock.now(), **values,
        )
    )  # fmt: skip


def part(
    review: Review, kind: PartKind, author: Person | Account | None = None, **values: Any
) -> ReviewPart:
    """An open part."""
    someone = author or people.person()
    if isinstance(someone, Account):
        someone = db.session.get_one(Person, someone.person_id)
    defaults: dict[str, Any] = {
        "review": review,
        "kind": kind,
        "author": someone,
        "state": PartState.OPEN,
        "answers": {},
        "created_at": clock.now(),
    }
    return added(ReviewPart(**(defaults | values)))


def submitted(
    review: Review, kind: PartKind, author: Person | Account | None = None, *,
    level: int | None = 3, note: str = "", text: str = "Listens.", **values: Any,
) -> ReviewPart:  # fmt: skip
    """A part with the same level for each competency that was handed in."""
    row = part(
        review, kind, author, state=PartState.SUBMITTED, submitted_at=clock.now(),
        answers={"strengths": text}, score=level, **values,
    )  # fmt: skip
    for one in review.competencies:
        row.ratings.append(
            PartRating(
                subject=f"c{one['competency_id']}",
                competency_version_id=one["version_id"],
                level=level,
                note=note,
            )
        )
    db.session.flush()
    return row


def written(*, peers: int = 3, own: int = 4, boss: int = 3, peer: int = 5, **values: Any) -> Scene:
    """A review of which every part is in: ``peers`` colleagues, and the levels they gave."""
    scene = review(**values)
    submitted(scene.review, PartKind.SELF, scene.self, level=own, text="OWN-WORDS")
    submitted(scene.review, PartKind.MANAGER, scene.manager, level=boss, text="BOSS-WORDS")
    for number in range(peers):
        someone = people.account(person=people.person(f"Peer{number}"))
        submitted(scene.review, PartKind.PEER, someone, level=peer, text=f"PEER-WORDS-{number}")
        scene.peers.append(someone)
    return scene


def fresh(scene: Scene) -> Review:
    """The review with all of its parts, read anew."""
    db.session.flush()
    db.session.expire_all()
    found: Review = db.session.scalars(queries.whole_review(scene.review.id)).unique().one()
    return found


def rated(**values: Any) -> Scene:
    """A review whose result is being compared."""
    scene = written(**values)
    operations.make_result(fresh(scene), by=scene.hr)
    db.session.flush()
    return scene


def released(**values: Any) -> Scene:
    """A review the person can read."""
    scene = rated(**values)
    operations.release(fresh(scene), by=scene.hr)
    db.session.flush()
    return scene


def signed(**values: Any) -> Scene:
    """A review with both signatures, its record and its paper."""
    scene = released(**values)
    for account in (scene.self, scene.manager):
        operations.sign(fresh(scene), agrees=True, comment="Good talk.", by=account)
    db.session.flush()
    return scene


def record_of(scene: Scene) -> ReviewRecord:
    """The newest signed edition."""
    found = sa.select(ReviewRecord).where(ReviewRecord.review_id == scene.review.id)
    newest: ReviewRecord = db.session.scalars(found.order_by(ReviewRecord.edition.desc())).first()  # type: ignore[assignment]
    return newest
