"""Who asks for certificates and badges, and who keeps the keys that sign them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.certification import policy
from tests.factories import certification as make
from tests.factories import people

RULES = ("issue_certificate", "publish_badge", "withdraw_badge", "keep_badge_keys")
MAY = {
    "holder": ("issue_certificate", "publish_badge", "withdraw_badge"),
    "hr": ("issue_certificate", "keep_badge_keys"),
    "admin": ("keep_badge_keys",),
    "manager": (),
    "lead": (),
    "executive": (),
    "peer": (),
}


@pytest.mark.parametrize("who", MAY)
def test_each_may_exactly_what_the_table_says(db_session: Any, who: str) -> None:
    team, holder = people.team(), people.person()
    people.employment(holder, team=team)
    badge = make.badge(make.award(holder, make.certification(), date(2026, 1, 1)))
    viewers = {
        "holder": lambda: people.account(person=holder),
        "lead": lambda: people.account(leads=team),
        "peer": lambda: people.account(person=people.employment(people.person(), team=team).person),
    }
    viewer = viewers[who]() if who in viewers else people.account(roles=[who])
    asked = {
        "issue_certificate": policy.issue_certificate(viewer, badge.award),
        "publish_badge": policy.publish_badge(viewer, badge.award),
        "withdraw_badge": policy.withdraw_badge(viewer, badge),
        "keep_badge_keys": policy.keep_badge_keys(viewer),
    }
    assert asked == {rule: rule in MAY[who] for rule in RULES}
