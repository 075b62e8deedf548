"""Growth talks: an agreed plan, assessments at each stage, feedback, and steps made earlier."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.competencies import queries as library
from portal.competencies.models import Competency
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.development import operations as development
from portal.development.models import Assessment, FeedbackRequest
from portal.development.operations import Agreed, Entry, Seen
from portal.development.queries import live_plan
from portal.development.states import Audience, PlanActionKind, Side
from portal.people.models import Employment, Person, Role
from portal.people.states import EmploymentReason
from portal.training.models import Completion, Course

SAID = {
    1: "Şimdilik yanında birinin olması gerekiyor.",
    2: "Hatırlatınca yapıyor; geçen hafta bir görüşmenin tekrarlanması gerekti.",
    5: "Herkes onun yaptığı gibi yapıyor; iki yeni arkadaş bunu ondan öğrendi.",
}
EXAMPLES = (
    "Müşteri iade için bağırıyordu. Sakin iki sorudan sonra sorunun kargoda olduğu anlaşıldı.",
    "Gece vardiyasına öyle iyi bir not yazdı ki kimsenin geri araması gerekmedi.",
    "Kesinti sırasında bekleyenlere her on dakikada bir ne olacağını anlattı.",
)
QUESTIONS = (
    "Müşteri sinirliyken neyi daha çok yapmalıyım?",
    "Size bir konuyu devrederken nasıl bir izlenim bırakıyorum?",
)
KINDLY = "Birlikte çalışması kolay. Erken sormaya devam et."


def grow(cast: Cast) -> None:
    """Play the scenes around the demo associate and the team lead's people."""
    random = Random(20261130)
    lead, senior, associate, *others = cast.members(cast.team(cast.site("istanbul")))
    target = cast.role("team_lead")
    _plan(cast, associate, lead, target)
    _finished(cast, senior, lead, target, random)
    _half_done(cast, associate, lead, random)
    _answered(cast, associate, [senior, *others][:3])
    if others:
        _asked_in_private(cast, others[0], [associate, senior])
    _earlier_steps(cast, "customer_service_associate", "senior_associate", random)
    _earlier_steps(cast, "senior_associate", "team_lead", random)


def _earlier_steps(cast: Cast, below: str, above: str, random: Random) -> None:
    """Most who hold a role came up from the one below: the explorer of moves shows it."""
    before, now = cast.role(below), cast.role(above)
    jobs = sa.select(Employment).where(Employment.role_id == now.id).order_by(Employment.id)
    for job in db.session.scalars(jobs).all():
        if len(job.person.employments) > 1:
            continue
        months = random.randint(11, 30)
        job.reason = EmploymentReason.PROMOTION
        db.session.add(Employment(
            person_id=job.person_id, role_id=before.id, team_id=job.team_id, site_id=job.site_id,
            manager_id=job.manager_id, starts_on=job.starts_on - timedelta(days=months * 30),
            ends_on=job.starts_on - timedelta(days=1), reason=EmploymentReason.HIRE,
        ))  # fmt: skip
    db.session.flush()


def _plan(cast: Cast, person: Person, lead: Person, role: Role) -> None:
    """A course that is done, one to come, a mentor wished for and something past due."""
    own, manager = cast.account_of(person), cast.account_of(lead)
    done = db.session.scalars(
        sa.select(Completion.course_id).where(Completion.person_id == person.id).limit(1)
    ).first()
    coming = db.session.scalars(
        sa.select(Course.id).where(Course.id != (done or 0)).order_by(Course.id.desc()).limit(1)
    ).first()
    with days_ago(80):
        development.start_plan(person, role, review_on=clock.today() + timedelta(days=90), by=own)
        for kind, subject, title, days in (
            (PlanActionKind.COURSE, done, "", 40),
            (PlanActionKind.COURSE, coming, "", 110),
            (PlanActionKind.SHADOWING, None, "İki kalite kalibrasyonuna katılmak", 76),
            (PlanActionKind.MENTOR, None, "Yurt dışında ekip yöneten bir mentor", 130),
            (PlanActionKind.READING, None, "Vardiya planlama el kitabını okumak", 30),
            (PlanActionKind.PROJECT, None, "Tekrar aramaları azaltma projesini yürütmek", 150),
        ):
            if kind is not PlanActionKind.COURSE or subject is not None:
                development.add_action(
                    person, kind, subject_id=subject, title=title,
                    due_on=clock.today() + timedelta(days=days), by=own,
                )  # fmt: skip
    plan = db.session.scalars(live_plan(person.id)).one()
    with days_ago(78):
        development.sign_plan(plan, by=own)
    with days_ago(77):
        development.sign_plan(plan, by=manager)
    with days_ago(52):
        read = next(one for one in plan.actions if one.kind is PlanActionKind.READING)
        development.finish_action(read, by=own)


def _finished(cast: Cast, person: Person, lead: Person, role: Role, random: Random) -> None:
    """Both were in, they talked, and the levels are evidence."""
    own, manager = cast.account_of(person), cast.account_of(lead)
    with days_ago(60):
        row = development.open_assessment(
            person, role, due_on=clock.today() + timedelta(days=14), by=manager
        )
    _fill(row, Side.SELF, own, random, days=52)
    _fill(row, Side.MANAGER, manager, random, days=50)
    with days_ago(45):
        development.plan_talk(row, clock.today() + timedelta(days=3), by=manager)
    with days_ago(42):
        agreed = {
            line.id: Agreed(_between(row, line.id), "Geçen ayın üç görüşmesine baktık.")
            for line in row.lines[:-1]
        }
        development.agree_levels(row, agreed, talked_on=clock.today(), by=manager)


def _between(row: Assessment, line_id: int) -> int:
    """The level the two meet at: half-way, the higher one of two."""
    seen = [
        answer.level or 0
        for side in Side
        for answer in row.sheet(side).answers
        if answer.line_id == line_id
    ]
    return -(-sum(seen) // len(seen))


def _half_done(cast: Cast, person: Person, lead: Person, random: Random) -> None:
    """The person is in, the manager is not."""
    job = person.employment_on(clock.today())
    assert job is not None
    with days_ago(9):
        row = development.open_assessment(
            person, job.role, due_on=clock.today() + timedelta(days=13),
            by=cast.account_of(lead),
        )  # fmt: skip
    _fill(row, Side.SELF, cast.account_of(person), random, days=4)


def _fill(row: Assessment, side: Side, by: Account, random: Random, *, days: int) -> None:
    with days_ago(days):
        entries = {}
        for line in row.lines:
            level = random.choice((2, 3, 3, 4, 4, 5))
            entries[line.id] = Entry(SAID.get(level, ""), level)
        entries[row.lines[-1].id] = Entry(cannot_say=True)
        sheet = row.sheet(side)
        development.save_sheet(sheet, entries, by=by)
        development.submit_sheet(sheet, by=by)


def _topics(*keys: str) -> list[Competency]:
    found = (db.session.scalar(library.competency_with_key(key)) for key in keys)
    return [one for one in found if one is not None]


def _answered(cast: Cast, person: Person, givers: list[Person]) -> None:
    """Two of three answered; one of the answers waits for the manager's word."""
    with days_ago(12):
        request = development.ask_feedback(
            person, givers=givers, about=_topics("communication", "conflict_resolution"),
            question=QUESTIONS[0], by=cast.account_of(person),
        )  # fmt: skip
    _answer(cast, request, 0, (4, 4), days=10)
    _answer(cast, request, 1, (3, None), days=6)
    with days_ago(8):
        lead = cast.account_of(cast.members(cast.team(cast.site("istanbul")))[0])
        development.confirm_feedback(request.replies[0], by=lead)


def _answer(
    cast: Cast, request: FeedbackRequest, at: int, levels: tuple[int | None, ...], *, days: int
) -> None:
    if at >= len(request.replies):
        return
    reply = request.replies[at]
    with days_ago(days):
        seen = {
            topic.id: Seen(level, not_seen=level is None,
                           example=EXAMPLES[(at + number) % 3] if level else "")
            for number, (topic, level) in enumerate(zip(request.topics, levels, strict=True))
        }  # fmt: skip
        development.give_feedback(reply, seen, message=KINDLY, by=cast.account_of(reply.giver))


def _asked_in_private(cast: Cast, person: Person, givers: list[Person]) -> None:
    """Only the person reads these; the demo associate has one to answer."""
    with days_ago(3):
        development.ask_feedback(
            person, givers=givers, about=_topics("communication"), question=QUESTIONS[1],
            audience=Audience.PRIVATE, by=cast.account_of(person),
        )  # fmt: skip
