"""Who may look over many people's certificates, as a table."""

from __future__ import annotations

import pytest

from portal.certification import policy
from tests.factories import certification as make
from tests.factories import people

pytestmark = pytest.mark.usefixtures("db_session", "clock")


def test_who_sees_matrix_queues_and_report() -> None:
    upper = people.team()
    team = people.team(parent=upper)
    below, beside = people.team(parent=team), people.team(parent=upper)
    queue = make.queue(team)
    everyone = {
        "hr": people.account(roles=["hr"]),
        "executive": people.account(roles=["executive"]),
        "above": people.account(leads=upper),
        "lead": people.account(leads=team),
        "below": people.account(leads=below),
        "beside": people.account(leads=beside),
        "manager": people.account(roles=["manager"]),
        "admin": people.account(roles=["admin"]),
        "interviewer": people.account(roles=["interviewer"]),
        "associate": people.account(),
    }
    whole = {"hr", "executive", "above", "lead"}
    expected = {
        policy.see_matrix: whole | {"below", "beside", "manager"},
        policy.see_queues: whole | {"below", "beside", "manager"},
        policy.issue_compliance_report: whole | {"below", "beside", "manager"},
    }
    for rule, allowed in expected.items():
        assert {who for who, viewer in everyone.items() if rule(viewer)} == allowed
    sees = {who for who, viewer in everyone.items() if policy.see_queue(viewer, queue)}
    assert sees == whole | {"below"}
    full = {who for who, viewer in everyone.items() if policy.sees_whole_queue(viewer, queue)}
    assert full == whole
