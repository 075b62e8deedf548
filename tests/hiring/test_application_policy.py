"""Who may work on applications: a literal table, and the same narrowed in the query."""

from __future__ import annotations

import pytest

from portal.hiring import policy
from tests.factories import hiring
from tests.factories import people as make

#            who                 own    foreign  searches candidates
TABLE = {
    "associate":                (False, False, False),
    "interviewer":              (False, False, False),
    "lead of the team":         (True,  False, False),
    "lead of the team above":   (True,  False, False),
    "lead of a team below":     (False, False, False),
    "hiring manager":           (True,  False, False),
    "another manager":          (False, False, False),
    "executive":                (False, False, False),
    "admin":                    (False, False, False),
    "hr":                       (True,  True,  True),
    "the candidate":            (False, False, False),
}  # fmt: skip


@pytest.fixture
def world(db_session, clock):
    above = make.team()
    team = make.team(parent=above)
    below = make.team(parent=team)
    posting = hiring.posting(requisition=hiring.requisition(team=team))
    own = hiring.application(posting)
    accounts = {
        "associate": make.account(),
        "interviewer": make.account(roles=["interviewer"]),
        "lead of the team": make.account(leads=team),
        "lead of the team above": make.account(leads=above),
        "lead of a team below": make.account(leads=below),
        "hiring manager": hiring.hiring_manager_of(posting),
        "another manager": make.account(roles=["manager"]),
        "executive": make.account(roles=["executive"]),
        "admin": make.account(roles=["admin"]),
        "hr": make.account(roles=["hr"]),
        "the candidate": make.account(person=own.person),
    }
    return accounts, own, hiring.application()


@pytest.mark.parametrize("who", list(TABLE))
def test_the_rules_say_what_the_table_says(world, who):
    accounts, own, foreign = world
    viewer = accounts[who]
    assert (
        policy.work_on(viewer, own),
        policy.work_on(viewer, foreign),
        policy.search_candidates(viewer),
    ) == TABLE[who]
    assert policy.work_on_posting(viewer, own.posting) is TABLE[who][0]


def test_hr_neither_sees_nor_works_on_their_own_application(db_session, world):
    accounts, own, foreign = world
    candidate = accounts["the candidate"]
    candidate.roles = ["hr"]
    assert not policy.work_on(candidate, own)
    assert policy.work_on(candidate, foreign)
