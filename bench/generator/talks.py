"""Interview plans, interviews, scorecards with their answers, panel decisions, and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from bench.generator.organisation import SITES
from bench.generator.world import Answer, World, days, hexes
from portal.competencies.models import Competency, Evidence, RoleRequirement
from portal.hiring.states import Stage
from portal.interviews.models import (
    Interview,
    InterviewPlan,
    PanelDecision,
    PlanCompetency,
    PlanQuestion,
    PlanRound,
    Question,
    Scorecard,
    ScorecardAnswer,
)
from portal.interviews.operations.rounds import ONLY

ASKED = 6
NOTES = ("Gave a clear example and said what came of it.", "Stayed calm, asked back twice.", "")


def load_talks(world: World) -> None:
    """Everything about interviews, for each application that came so far."""
    _load_plans(world)
    talks = _talks(world)
    world.load(Interview, (_interview(world, *one) for one in talks), len(talks))
    world.load(Scorecard, _scorecards(world, talks), len(talks) * 2)
    world.load(ScorecardAnswer, _marks(world, talks), len(talks) * 2 * ASKED)
    world.load(PanelDecision, _decisions(world, talks))
    world.load(Evidence, _evidence(world, talks))


def _talks(world: World) -> list[tuple[int, Answer, bool]]:
    """Number, application, whether the panel has met; half of those at the stage wait."""
    met = [answer for answer in world.answers if answer.interviewed]
    return [
        (number, answer, answer.stage is not Stage.INTERVIEW or number % 2 == 0)
        for number, answer in enumerate(met, 1)
    ]


def _load_plans(world: World) -> None:
    """A pinned plan for each requisition, made of the bank's questions."""
    bank = {role: _asked(world, role) for role in {one.role for one in world.openings}}
    world.load(InterviewPlan, (_plan(one.id, one.opens) for one in world.openings))
    world.load(PlanRound, (_round(one.id) for one in world.openings))
    world.load(PlanCompetency, _plan_rows(world, bank, "competency"))
    world.load(PlanQuestion, _plan_rows(world, bank, "question"))
    world.known["asked"] = bank


def _asked(world: World, role: int) -> list[tuple[Any, Any]]:
    """The six weightiest requirements of a role, each with one question of the bank."""
    wanted = world.connection.execute(
        sa.select(
            RoleRequirement.competency_id,
            RoleRequirement.level,
            Competency.current_version_id.label("version"),
        )
        .join(Competency, Competency.id == RoleRequirement.competency_id)
        .where(RoleRequirement.role_id == role)
        .order_by(RoleRequirement.weight.desc(), RoleRequirement.id)
        .limit(ASKED)
    ).all()
    questions = world.connection.execute(sa.select(Question.__table__)).mappings().all()
    first = {row["competency_id"]: row for row in reversed(questions)}
    return [(row, first[row.competency_id]) for row in wanted]


def _plan(number: int, made: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "id": number, "requisition_id": number, "state": "published", "cut": 340,
        "content_hash": hexes("plan", number), "published_at": made,
        "created_at": made, "version": 1,
    }  # fmt: skip


def _round(number: int) -> dict[str, Any]:
    """The only round of a plan has the plan's number."""
    return {
        "id": number, "plan_id": number, "name": ONLY, "minutes": 45, "panel_size": 2, "order": 1,
    }  # fmt: skip


def _plan_rows(world: World, bank: dict[int, Any], kind: str) -> Iterator[dict[str, Any]]:
    for opening in world.openings:
        asked = bank[opening.role]
        for place, (requirement, question) in enumerate(asked, 1):
            number = (opening.id - 1) * ASKED + place
            if kind == "competency":
                weight = 100 // len(asked) + (100 % len(asked) if place == 1 else 0)
                yield {
                    "id": number, "plan_id": opening.id,
                    "competency_version_id": requirement.version,
                    "required_level": requirement.level, "weight": weight, "order": place,
                }  # fmt: skip
            else:
                copied = {key: question[key] for key in ("kind", "text", "probes", "listen_for")}
                yield {
                    "id": number, "plan_id": opening.id, "round_id": opening.id,
                    "plan_competency_id": number, "question_id": question["id"],
                    "order": place, **copied,
                }  # fmt: skip


def _interview(world: World, number: int, answer: Answer, met: bool) -> dict[str, Any]:
    if met:
        starts = answer.at + (answer.since - answer.at) * 0.6
    else:
        starts = world.now + days(1 + number % 14) + days(number % 8 / 24 + 8 / 24)
    return {
        "id": number, "application_id": answer.id, "plan_id": answer.opening.id,
        "round_id": answer.opening.id, "starts_at": starts, "minutes": 45,
        "time_zone": SITES[answer.opening.team.site - 1][3],
        "place": "Room 4", "uid": f"interview-{number}@portal", "sequence": 0,
        "state": "complete" if met else "scheduled",
        "revealed_at": starts + days(0.1) if met else None,
        "created_at": answer.at + (answer.since - answer.at) * 0.3, "version": 1,
    }  # fmt: skip


def panel(world: World, number: int, answer: Answer) -> tuple[int, int]:
    """The two accounts of a panel: interviewers of the posting's site, taken in turn."""
    if "panels" not in world.known:
        world.known["panels"] = {
            site: [w.account for w in world.workers
                   if w.site == site and w.kind in {"lead", "senior"}] or world.ids("lead")
            for site in range(1, len(SITES) + 1)
        }  # fmt: skip
    site = world.known["panels"][answer.opening.team.site]
    return site[number % len(site)], site[(number + 1) % len(site)]


def _scorecards(world: World, talks: list[tuple[int, Answer, bool]]) -> Iterator[dict[str, Any]]:
    for number, answer, met in talks:
        said = answer.at + (answer.since - answer.at) * 0.7
        for place, account in enumerate(panel(world, number, answer)):
            yield {
                "id": number * 2 - 1 + place, "interview_id": number, "account_id": account,
                "state": "submitted" if met else "draft", "steps": ["welcome"] if met else [],
                "saved_at": said if met else None, "submitted_at": said if met else None,
                "version": 1,
            }  # fmt: skip


def rating(answer: Answer, place: int, judge: int) -> int:
    """What a judge heard: high for those who went on, low for those who didn't."""
    spread = (answer.id * 7 + place * 3 + judge * 5) % 3
    return 2 + spread if answer.stage is Stage.REJECTED else 3 + spread


def _marks(world: World, talks: list[tuple[int, Answer, bool]]) -> Iterator[dict[str, Any]]:
    number = 0
    for talk, answer, met in talks:
        asked = len(world.known["asked"][answer.opening.role])
        for judge in (0, 1) if met else ():
            for place in range(1, asked + 1):
                number += 1
                yield {
                    "id": number, "scorecard_id": talk * 2 - 1 + judge,
                    "plan_question_id": (answer.opening.id - 1) * ASKED + place,
                    "note": NOTES[number % 3], "rating": rating(answer, place, judge),
                    "not_observed": False, "skip_reason": None,
                }  # fmt: skip


def _decisions(world: World, talks: list[tuple[int, Answer, bool]]) -> Iterator[dict[str, Any]]:
    for number, answer, met in talks:
        if not met or answer.stage in {Stage.INTERVIEW, Stage.DECISION}:
            continue
        given = [rating(answer, place, judge) for judge in (0, 1) for place in range(1, ASKED + 1)]
        score = sum(given) * 100 // len(given)
        outcome = "reject" if answer.stage is Stage.REJECTED else "advance"
        mechanical = "advance" if score >= 340 else "reject"
        yield {
            "id": number, "interview_id": number, "score": score, "cut": 340,
            "mechanical": mechanical, "outcome": outcome,
            "override_reason": None if outcome == mechanical else "new_information",
            "note": "" if outcome == mechanical else "Told us more by phone.",
            "decided_at": answer.at + (answer.since - answer.at) * 0.8,
            "decided_by_id": world.ids("hr")[number % len(world.ids("hr"))],
        }  # fmt: skip


def _evidence(world: World, talks: list[tuple[int, Answer, bool]]) -> Iterator[dict[str, Any]]:
    """What the interview showed of everybody who was hired."""
    number = 0
    for talk, answer, _met in talks:
        if answer.stage is not Stage.HIRED:
            continue
        for place, (requirement, _question) in enumerate(
            world.known["asked"][answer.opening.role], 1
        ):
            number += 1
            both = rating(answer, place, 0) + rating(answer, place, 1)
            yield {
                "id": number, "person_id": answer.person,
                "competency_id": requirement.competency_id,
                "competency_version_id": requirement.version, "level": both / 2,
                "source": "interview", "source_id": talk, "observed_on": answer.since.date(),
                "note": "", "recorded_at": answer.since, "recorded_by_id": None,
            }  # fmt: skip
