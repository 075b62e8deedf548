"""Goals of the front line: agreed, checked in on, at risk, silent, over, and some to agree on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.goals import operations as goals
from portal.goals.models import Goal
from portal.goals.states import Measure, Standing
from portal.goals.terms import Terms
from portal.metrics.models import Metric
from portal.people.models import Person, Team

SEED = 20260911
SITES = ("istanbul", "madrid", "dublin", "osaka")
BEGAN, LASTS = 84, 130
"""Days ago on which the present goals began, and how long they last."""

SILENT = 45


@cache
def words(language: str) -> dict[str, Any]:
    """What people who write this language say."""
    text = Path(__file__).with_name("goal_words.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[language]
    return found


@dataclass(frozen=True)
class Pair:
    """Somebody with their lead, the language they write, and their place in the team."""

    person: Person
    account: Account
    lead: Account
    said: dict[str, Any]
    number: int


def agree_all(cast: Cast) -> None:
    """Each team sets a goal; its people and their lead agree on theirs."""
    random = Random(SEED)
    csat, speed = (_metric(key) for key in ("csat", "first_response_time"))
    for key in SITES:
        team = cast.team(cast.site(key))
        assert team.lead is not None
        lead = cast.account_of(team.lead)
        said = words(team.site.language)
        with days_ago(BEGAN + 3):
            shared = _of_team(team, said, speed, lead)
        own = _of_lead(team.lead, said)
        for number, person in enumerate(working(cast, team)):
            if number % 6 != 4:  # somebody has none
                pair = Pair(person, cast.account_of(person), lead, said, number)
                _of_member(pair, shared, csat, random)
        if own is not None and key == "istanbul":
            _over(cast, team, said, lead)


def working(cast: Cast, team: Team) -> Iterator[Person]:
    """Who works in a team today under its lead, and began before the goals did."""
    since = clock.today() - timedelta(days=BEGAN + 5)
    for person in cast.members(team):
        job = person.employment_on(clock.today())
        here = job is not None and job.team_id == team.id and job.starts_on < since
        if here and person.id != team.lead_id:
            yield person


def _metric(key: str) -> Metric:
    return db.session.scalars(sa.select(Metric).where(Metric.key == key)).one()


def _terms(title: str, why: str, *, weight: int, lasts: int = LASTS, **values: Any) -> Terms:  # noqa: ANN401
    """Three steps from today on, unless said otherwise."""
    first = clock.today()
    base: dict[str, Any] = {"measure": Measure.STEPS, "start": Decimal(0), "target": Decimal(3)}
    return Terms(
        title=title,
        why=why,
        weight=weight,
        starts_on=first,
        ends_on=first + timedelta(days=lasts),
        **(base | values),
    )


def _of_team(team: Team, said: dict[str, Any], speed: Metric, lead: Account) -> Goal:
    title, description, why = said["team"]
    terms = replace(
        _terms(title, why, weight=0, measure=Measure.METRIC, start=Decimal(60),
               target=Decimal(30), metric_id=speed.id),
        description=description,
    )  # fmt: skip
    goal = goals.draft_goal(terms, team=team, by=lead)
    goals.propose_goal(goal, by=lead)
    return goal


def _of_lead(lead: Person, said: dict[str, Any]) -> Goal | None:
    """The lead's manager proposes, the lead agrees."""
    job = lead.employment_on(clock.today())
    boss = _account(job.manager) if job is not None and job.manager is not None else None
    mine = _account(lead)
    if boss is None or mine is None:
        return None
    title, why = said["lead"]
    with days_ago(BEGAN):
        terms = _terms(title, why, weight=50, target=Decimal(6))
        goal = goals.draft_goal(terms, person=lead, by=boss)
        goals.propose_goal(goal, by=boss)
    with days_ago(BEGAN - 2):
        goals.agree_goal(goal, by=mine)
    _check_in(goal, mine, 12, 3, said["good"][0])
    return goal


def _account(person: Person) -> Account | None:
    return db.session.scalar(sa.select(Account).where(Account.person_id == person.id))


def _of_member(pair: Pair, shared: Goal, csat: Metric, random: Random) -> None:
    """Three goals: a metric, steps towards the team's goal, and a number that falls."""
    said = pair.said
    with days_ago(BEGAN):
        wanted = (
            _terms(*said["satisfied"], weight=40, measure=Measure.METRIC, start=None,
                   target=Decimal(random.choice((88, 90, 92))), metric_id=csat.id),
            _terms(*said["articles"], weight=30, parent_id=shared.id),
            _terms(said["callbacks"][0], said["callbacks"][2], weight=20, unit=said["callbacks"][1],
                   measure=Measure.NUMBER, start=Decimal(20), target=Decimal(10)),
        )  # fmt: skip
        drafts = [_proposed(pair, one, by=pair.account) for one in wanted]
    with days_ago(BEGAN - 4):
        for one in drafts:
            goals.agree_goal(one, by=pair.lead)
    _come_along(pair, drafts, random)
    _open_ends(pair, drafts[2])


def _proposed(pair: Pair, terms: Terms, *, by: Account) -> Goal:
    goal = goals.draft_goal(terms, person=pair.person, by=by)
    goals.propose_goal(goal, by=by)
    return goal


def _come_along(pair: Pair, drafts: list[Goal], random: Random) -> None:
    """Check-ins every few weeks; some say nothing, some are in trouble."""
    measured, steps, falls = drafts
    silent, said = pair.number % 6 == 3, pair.said
    for days, done, left in ((60, 1, 17), (SILENT, 1, 16), (18, 2, 13)):
        if silent and days < SILENT:
            return
        good = random.choice(said["good"])
        trouble = pair.number % 5 == 1 and days == 18
        _check_in(steps, pair.account, days, done, good)
        if trouble:
            _check_in(falls, pair.account, days, left + 6, said["bad"], Standing.AT_RISK)
        else:
            _check_in(falls, pair.account, days, left, good)
    _check_in(measured, pair.account, 18, None, said["good"][2])


def _open_ends(pair: Pair, falls: Goal) -> None:
    """Some wait for the lead, some for the person."""
    said, kind = pair.said, pair.number % 4
    with days_ago(2 + kind):
        more = _terms(said["past"][0], said["callbacks"][2], weight=10, target=Decimal(4), lasts=60)
        if kind == 0:
            _proposed(pair, more, by=pair.lead)
        elif kind == 1:
            changed = replace(Terms.of(falls), title=said["change"][0], weight=25)
            goals.propose_change(falls, changed, reason=said["change"][1], by=pair.account)
        elif kind == 2:
            _proposed(pair, more, by=pair.account)


def _over(cast: Cast, team: Team, said: dict[str, Any], lead: Account) -> None:
    """Goals of the time before: one has its result, one waits for it."""
    title, outcome = said["past"]
    for number, person in enumerate(list(working(cast, team))[:2]):
        account = cast.account_of(person)
        with days_ago(BEGAN + 100):
            terms = _terms(title, said["callbacks"][2], weight=50, target=Decimal(4), lasts=90)
            goal = goals.draft_goal(terms, person=person, by=lead)
            goals.propose_goal(goal, by=lead)
            goals.agree_goal(goal, by=account)
        _check_in(goal, account, BEGAN + 20, 3, said["good"][1])
        if number == 0:
            with days_ago(BEGAN + 5):
                goals.close_goal(goal, result=85, outcome=outcome, by=lead)


def _check_in(  # noqa: PLR0917 - one check-in in one line
    goal: Goal,
    by: Account,
    days: int,
    value: int | None,
    note: str,
    standing: Standing = Standing.ON_TRACK,
) -> None:
    with days_ago(days):
        goals.check_in(
            goal,
            on_day=clock.today(by.time_zone),
            value=None if value is None else Decimal(value),
            standing=standing,
            note=note,
            by=by,
        )
