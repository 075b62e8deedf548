"""Who keeps certifications, mandates and queues: HR and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from portal.certification import policy
from tests.factories import certification as make
from tests.factories import people

ROLES = ("hr", "manager", "executive", "admin", "interviewer", "none")


@pytest.mark.parametrize("role", ROLES)
def test_hr_alone_keeps_definitions(db_session: Any, role: str) -> None:
    team = people.team()
    viewer = people.account(roles=[] if role == "none" else [role], leads=team)
    certification = make.certification()
    asked = {
        "keep_definitions": policy.keep_definitions(viewer),
        "keep_certification": policy.keep_certification(viewer, certification),
        "see_version": policy.see_version(viewer, certification.current),
        "end_mandate": policy.end_mandate(viewer, make.mandate(certification, team=team)),
        "change_queue": policy.change_queue(viewer, make.queue(team)),
    }
    assert asked == dict.fromkeys(asked, role == "hr")
