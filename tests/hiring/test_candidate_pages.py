"""The search over all candidates."""

from __future__ import annotations

import pytest

from portal.core.db import db
from portal.hiring.operations import erase_application, withdraw_application
from portal.hiring.states import Stage
from tests.factories import hiring
from tests.factories import people as make


@pytest.fixture
def people(app, isolated, clock):
    with app.app_context():
        hiring.application(given_name="Umut", family_name="Öztürk", email="umut@example.com")
        hiring.application(
            given_name="花子",
            family_name="髙橋",
            language="ja",
            person=make.person("花子", "髙橋", language="ja"),
        )
        hiring.application(given_name="عبد", family_name="الرحمن")
        gone = hiring.application(given_name="Ada", family_name="Gone")
        withdraw_application(gone)
        erase_application(gone)
        make.person("Nobody", "Applied")
        found = {
            "hr": make.account(roles=["hr"]).id,
            "others": [
                make.account(roles=roles).id
                for roles in (["executive"], ["admin"], ["manager"], ["interviewer"], [])
            ],
        }
        db.session.commit()
        return found


@pytest.fixture
def hr(client, people):
    return client.as_(people["hr"])


def rows(page):
    return [row.xpath("td")[0].text_content() for row in page.tree.xpath("//table/tbody/tr")]


@pytest.mark.parametrize("path", ["/hiring/candidates", "/hiring/candidates/export/csv"])
def test_only_hr_searches_candidates(client, people, path):
    for account in people["others"]:
        assert client.as_(account).get(path).status == 403
    assert client.get(path).status in {302, 303}
    assert client.as_(people["hr"]).get(path, buffered=True).status == 200


def test_everybody_who_applied_is_listed_but_nobody_else(hr):
    assert set(rows(hr.get("/hiring/candidates"))) == {"Umut Öztürk", "髙橋 花子", "عبد الرحمن"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ozturk", ["Umut Öztürk"]),
        ("ÖZT", ["Umut Öztürk"]),
        ("umut@example.com", ["Umut Öztürk"]),
        ("高", []),
        ("髙橋", ["髙橋 花子"]),
        ("橋", ["髙橋 花子"]),
        ("الرح", ["عبد الرحمن"]),
        ("nobody", []),
        ("gone", []),
        ("%", []),
        ("'\"*", []),
    ],
)
def test_part_of_a_name_or_address_in_any_script_is_enough(hr, query, found):
    page = hr.get("/hiring/candidates", query_string={"q": query})
    assert rows(page) == found


def test_each_shows_what_they_applied_for(hr):
    page = hr.get("/hiring/candidates?q=umut")
    assert "Customer Service Associate" in page.text
    assert "Applied" in page.text
    assert page.tree.xpath("//tbody//a[starts-with(@href, '/hiring/applications/')]")


def test_the_list_costs_the_same_for_one_and_for_many(app, hr, count_queries):
    hr.get("/hiring/candidates")
    count_queries()
    hr.get("/hiring/candidates?q=umut")
    one = count_queries()
    with app.app_context():
        posting = hiring.posting()
        for _ in range(60):
            hiring.application(posting, given_name="Umut", stage=Stage.SCREENED)
        db.session.commit()
    count_queries()
    page = hr.get("/hiring/candidates?q=umut")
    assert count_queries() == one
    assert len(rows(page)) == 50
    assert len(rows(hr.get(page.tree.xpath("//a[@rel='next']/@href")[0]))) == 11


def test_the_export_holds_the_found_ones(hr):
    answer = hr.get("/hiring/candidates/export/csv?q=umut", buffered=True).response
    lines = answer.get_data().decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert "Öztürk" in lines[1]
    assert hr.get("/hiring/candidates/export/xlsx", buffered=True).status == 200
    assert hr.get("/hiring/candidates/export/exe").status == 404
