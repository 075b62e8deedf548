"""HR keeps courses and categories of hours."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from portal.core.db import db
from portal.training.models import Course, CreditCategory
from portal.training.states import CourseState
from tests.factories import competencies, people
from tests.factories import training as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def scene() -> dict[str, int]:
    return {
        "hr": people.account(roles=["hr"]).id,
        "other": people.account(roles=["executive", "admin"]).id,
        "competency": competencies.competency("empathy").id,
        "category": make.category("ethics").id,
        "basics": make.course("Basics").id,
    }


def sent(ids: dict[str, int], **values: str) -> dict[str, str]:
    return {
        "key": "listening", "title-en": "Listening", "title-ja": "傾聴", "summary-en": "To hear.",
        "kind": "session", "minutes": "90", "self_enrol": "y",
        f"level_{ids['competency']}": "3", f"minutes_{ids['category']}": "60",
        "prerequisites": str(ids["basics"]),
    } | values  # fmt: skip


def test_a_course_is_added_changed_retired_and_offered(
    client: PageClient, saved: Saved, app: Any
) -> None:
    ids = saved(scene)
    client = client.as_(ids["hr"])
    client.get("/settings/courses/add")
    page = client.post("/settings/courses/add", sent(ids))
    assert page.status == 303
    course = page.location.rsplit("/", 1)[1]
    url = f"/settings/courses/{course}"
    fields = client.get(url).fields()
    assert fields["title-ja"] == "傾聴"
    assert fields[f"level_{ids['competency']}"] == "3"
    assert fields["prerequisites"] == str(ids["basics"])
    assert client.post(url, fields | {"pass_mark": "80", "version": "0"}).status == 422
    assert client.post(url, fields | {"pass_mark": "80"}).status == 303
    assert client.post(f"{url}/retire").status == 303
    assert "Retired" in client.get("/settings/courses?state=retired").text
    assert client.post(f"{url}/retire").status == 409
    assert client.post(f"{url}/offer").status == 303
    with app.app_context():
        row = db.session.get_one(Course, int(course))
        assert (row.pass_mark, row.state) == (80, CourseState.OFFERED)
        assert [one.minutes for one in row.credits] == [60]
        assert [one.required_id for one in row.prerequisites] == [ids["basics"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "99999999999999"}, "minutes"),
        ({"pass_mark": "101"}, "pass_mark"),
        ({"most_attempts": "0"}, "most_attempts"),
        ({"key": "Big Key"}, "key"),
        ({"kind": "forged"}, "kind"),
        ({"address": "javascript:alert(1)"}, "address"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(
    client: PageClient, saved: Saved, change: dict[str, str], field: str
) -> None:
    ids = saved(scene)
    page = client.as_(ids["hr"]).post("/settings/courses/add", sent(ids, **change))
    assert page.status == 422
    assert page.tree.get_element_by_id(field).get("aria-invalid") == "true"


def test_a_circle_is_named_at_the_prerequisites(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    client = client.as_(ids["hr"])
    made = client.post("/settings/courses/add", sent(ids)).location.rsplit("/", 1)[1]
    url = f"/settings/courses/{ids['basics']}"
    page = client.post(url, client.get(url).fields() | {"prerequisites": made})
    assert page.status == 422
    assert "This would be a circle: “Basics” → “Listening” → “Basics”." in page.text


def test_categories_are_added_and_renamed(client: PageClient, saved: Saved, app: Any) -> None:
    ids = saved(scene)
    client = client.as_(ids["hr"])
    url = "/settings/credit-categories"
    assert client.post(url, {"key": "ethics", "name-en": "Again"}).status == 422
    assert client.post(url, {"key": "craft", "name-en": "Craft"}).status == 303
    assert "Craft" in client.get(url).text
    assert client.post(f"{url}/{ids['category']}", {"name-en": "Conduct"}).status == 303
    with app.app_context():
        assert db.session.get_one(CreditCategory, ids["category"]).name == {"en": "Conduct"}


def test_nobody_but_hr_keeps_courses(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    client = client.as_(ids["other"])
    for url in ("", "/add", f"/{ids['basics']}"):
        assert client.get(f"/settings/courses{url}").status == 403
