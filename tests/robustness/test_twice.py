"""Whatever is sent twice, by two clicks or from two tabs, happens once."""

from __future__ import annotations

from typing import Any

import pytest

from tests.robustness.forms import forms_on
from tests.robustness.place import Place

ONCE: dict[str, tuple[str, str, dict[str, Any]]] = {
    "hiring.submit_requisition": ("hr", "/hiring/requisitions/{requisition_id}/submit", {}),
    "hiring.decide_step": (
        "executive",
        "/hiring/requisitions/{hiring.decide_step requisition_id}",
        {},
    ),
    "hiring.close_posting": ("hr", "/hiring/postings/{posting_id}", {}),
    "hiring.move_application": (
        "hr",
        "/hiring/applications/{application_id}/move",
        {"to": "rejected"},
    ),
    "careers.apply": ("stranger", "/careers/{slug}/apply", {}),
    "interviews.schedule": ("hr", "/interviews/schedule/{interviews.schedule application_id}", {}),
    "interviews.scorecard": ("interviewer", "/interviews/scorecards/{scorecard_id}", {}),
    "interviews.decide": ("hr", "/interviews/{interviews.panel interview_id}/panel", {}),
    "offers.make_offer": ("hr", "/offers/new/{offers.make_offer application_id}", {}),
    "offers.decide_offer": ("executive", "/offers/{offers.decide_offer offer_id}", {}),
    "offers.send_offer": ("hr", "/offers/{offers.send_offer offer_id}", {}),
    "offers.accept_offer": ("stranger", "/offer/{offers token}/accept", {}),
    "onboarding.finish_task": ("associate", "/onboarding/plans/{onboarding plan_id}", {}),
    "accounts.accept_invitation": (
        "stranger",
        "/invitation/{accounts.accept_invitation token}",
        {},
    ),
    "accounts.reset_password": ("stranger", "/reset/{accounts.reset_password token}", {}),
}
"""Each view with who sends it, the page it stands on, and what is chosen there."""


@pytest.mark.parametrize("endpoint", ONCE)
def test_what_is_sent_twice_happens_once(place: Place, endpoint: str) -> None:
    role, path, changes = ONCE[endpoint]
    for name, value in place.world.own.items():
        path = path.replace(f"{{{name}}}", str(value))
    visitor = place.visitors[role]
    page = visitor.get(path)
    form = next(one for one in forms_on(place, role, path, page) if one.endpoint == endpoint)
    data = form.data(**changes)
    if endpoint == "interviews.schedule":
        data["panel"] = page.tree.xpath("//input[@name='panel']/@value")[:2]
    with place.undone():
        if endpoint == "offers.accept_offer":
            refused = visitor.post(form.action, data)
            data["typed_name"] = refused.text.split("in the letter: ")[1].split(" Your full name")[
                0
            ]
        before = place.counts()
        first = visitor.post(form.action, data)
        once = place.counts()
        second = visitor.post(form.action, data)
        twice = place.counts()
    assert first.status == 303, first.text[:2000]
    assert once != before
    assert second.status in {303, 403, 404, 409, 410, 422}
    grown = {table: (once[table], twice[table]) for table in once if once[table] != twice[table]}
    assert not grown
