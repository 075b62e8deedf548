"""Who may do what with requisitions and postings: the whole table."""

from __future__ import annotations

import pytest

from portal.hiring import policy
from tests.factories import people
from tests.factories import postings as make

WHO = ("stranger", "interviewer", "requester", "approver", "manager", "hiring_manager", "lead",
       "lead_above", "lead_beside", "hr", "executive", "admin")  # fmt: skip

TABLE = {
    "see_hiring": {"manager", "hiring_manager", "lead", "lead_above", "lead_beside", "hr",
                   "executive", "admin"},
    "open_requisition": {"manager", "hiring_manager", "lead", "lead_above", "lead_beside", "hr"},
    "read_requisition": {"requester", "approver", "hiring_manager", "lead", "lead_above", "hr",
                         "executive", "admin"},
    "change_requisition": {"requester", "hr"},
    "decide_step": {"approver"},
    "compose_posting": {"hr"},
    "work_on_requisition": {"hiring_manager", "lead", "lead_above", "hr"},
}  # fmt: skip
POSTING_TABLE = {
    "read_posting": {"hiring_manager", "lead", "lead_above", "hr", "executive", "admin"},
    "change_posting": {"hr"},
}


@pytest.fixture
def cast(db_session, clock):
    """One requisition and everyone who may stand around it."""
    above = people.team("Service")
    team = people.team("Istanbul", parent=above)
    beside = people.team("Madrid", parent=above)
    boss = people.person("Mete")
    approver = people.account()
    requester = people.account()
    row = make.in_approval(
        ([approver], 1), team=team, site=team.site, hiring_manager=boss,
        created_by_id=requester.id,
    )  # fmt: skip
    return row, {
        "stranger": people.account(),
        "interviewer": people.account(roles=["interviewer"]),
        "requester": requester,
        "approver": approver,
        "manager": people.account(roles=["manager"]),
        "hiring_manager": people.account(person=boss, roles=["manager"]),
        "lead": people.account(leads=team),
        "lead_above": people.account(leads=above),
        "lead_beside": people.account(leads=beside),
        "hr": make.hr(),
        "executive": make.director(),
        "admin": people.account(roles=["admin"]),
    }


@pytest.mark.parametrize("rule", TABLE)
def test_rules_of_requisitions(cast, rule):
    row, accounts = cast
    ask = getattr(policy, rule)
    rows = () if rule in {"see_hiring", "open_requisition"} else (row,)
    assert {who for who in WHO if ask(accounts[who], *rows)} == TABLE[rule]


@pytest.mark.parametrize("rule", POSTING_TABLE)
def test_rules_of_postings(cast, rule):
    row, accounts = cast
    posting = make.composed(requisition=row)
    allowed = {who for who in WHO if getattr(policy, rule)(accounts[who], posting)}
    assert allowed == POSTING_TABLE[rule]
