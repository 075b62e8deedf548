"""The goals of one person, and of one team."""

from __future__ import annotations

from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.accounts.viewer import viewer
from portal.core import clock
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.goals import policy, queries
from portal.goals.figures import progress_of
from portal.goals.models import Goal
from portal.goals.operations import heaviest
from portal.goals.routes import bp
from portal.goals.states import WEIGHING, GoalState
from portal.people.models import Person, Team

OPEN = frozenset({GoalState.DRAFT, GoalState.PROPOSED, GoalState.AGREED})


@bp.get("/my/goals")
@signed_in
def my_goals() -> ResponseReturnValue:
    """One's own goals, and those of one's team."""
    return _page(db.session.get_one(Person, viewer().person_id))


@bp.get("/goals/people/<int:person_id>")
@allowed(policy.see_goals, on=Person)
def person_goals(person: Person) -> ResponseReturnValue:
    """The goals of somebody one answers for."""
    return _page(person)


@bp.get("/goals/teams/<int:team_id>")
@allowed(policy.see_team_goals, on=Team)
def team_goals(team: Team) -> ResponseReturnValue:
    """What a team wants to reach."""
    day = clock.today(viewer().time_zone)
    goals = list(db.session.scalars(queries.team_goals([team.path], viewer())))
    return render_template(
        "goals/team_goals.html",
        team=team,
        goals=goals,
        progress=progress_of(goals, day),
        open_states=OPEN,
    )


def _page(person: Person) -> ResponseReturnValue:
    me, day = viewer(), clock.today(viewer().time_zone)
    goals = list(db.session.scalars(queries.goals_of(person.id, me)))
    job = person.employment_on(day)
    above = _paths_down_to(job.team.path) if job else []
    shared = list(db.session.scalars(queries.team_goals(above, me))) if above else []
    shared = [goal for goal in shared if goal.state is GoalState.AGREED]
    present = [goal for goal in goals if goal.state in OPEN]
    return render_template(
        "goals/person.html",
        person=person,
        own=person.id == me.person_id,
        lines=tree(present),
        past=[goal for goal in goals if goal.state not in OPEN],
        team=job.team if job else None,
        shared=shared,
        progress=progress_of([*goals, *shared], day),
        weight=_weight(goals, day),
    )


def _weight(goals: list[Goal], day: date) -> int:
    """What weighs today, proposals included."""
    spans = [(goal.starts_on, goal.ends_on, goal.weight) for goal in goals
             if goal.state in WEIGHING]  # fmt: skip
    return heaviest(spans, day, day)


def _paths_down_to(path: str) -> list[str]:
    """The paths of a team and of all above it: ``/1/``, ``/1/4/``."""
    keys = path.strip("/").split("/")
    return ["/" + "/".join(keys[: end + 1]) + "/" for end in range(len(keys))]


def tree(goals: list[Goal]) -> list[tuple[Goal, int]]:
    """Goals below those of the list they contribute to, each with how deep it stands."""
    shown = {goal.id for goal in goals}
    below: dict[int | None, list[Goal]] = {}
    for goal in goals:
        below.setdefault(goal.parent_id if goal.parent_id in shown else None, []).append(goal)

    def walk(key: int | None, depth: int) -> list[tuple[Goal, int]]:
        return [
            line
            for goal in below.get(key, ())
            for line in ((goal, depth), *walk(goal.id, depth + 1))
        ]

    return walk(None, 0)
