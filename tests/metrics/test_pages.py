"""Pages of metrics: the report, a person's figures, definitions, imports, corrections."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.factories import metrics as make
from tests.factories import people
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]


def scene(others: int = 2) -> dict[str, int]:
    """A team of three with figures of October, a stranger with figures, and who looks at them."""
    lead = people.person("Lale")
    team = people.team(lead=lead)
    metric = make.metric("csat")
    make.target(metric, 85, maximum=Decimal(95))
    ada = people.employment(people.person("Ada", "Able"), team=team).person
    make.value(ada, metric, 87)
    for number in range(others):
        peer = people.employment(people.person("Bo", f"Bell{number}"), team=team).person
        make.value(peer, metric, 60, sample=20)
    stranger = people.employment(people.person("Zoe", "Zander")).person
    make.value(stranger, metric, 99)
    return {
        "ada": people.account(person=ada).id,
        "lead": people.account(person=lead, leads=team).id,
        "hr": people.account(roles=["hr"]).id,
        "person": ada.id,
        "stranger": stranger.id,
        "metric": metric.id,
        "team": team.id,
    }


def download(client: PageClient, url: str) -> bytes:
    with client.http.get(url) as response:
        assert response.status_code == 200
        return response.get_data()


def test_the_report_judges_each_figure_in_words_and_weighs_the_team(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    page = client.as_(ids["lead"]).get("/metrics")
    assert "87% Reached" in page.text
    assert "60% n under 30: not judged" in page.text
    # (87 · 100 + 60 · 20 + 60 · 20) / 140
    assert "79% Missed" in page.text
    assert "Zander" not in page.text
    assert "99%" not in page.text


def test_the_report_is_narrowed_and_exported(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    client = client.as_(ids["hr"])
    assert "Zander" in client.get("/metrics").text
    page = client.get(f"/metrics?team={ids['team']}&month=2026-10&months=3&metric={ids['metric']}")
    assert "Zander" not in page.text
    assert "87% Reached" in page.text
    assert "No" not in client.get("/metrics?month=2026-09").h1
    sheet = download(client, f"/metrics/export/csv?team={ids['team']}")
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][0] == "Ada Able"
    assert rows[1][6:] == ["87", "Per cent", "100", "85%", "Reached"]
    assert download(client, "/metrics/export/xlsx")


def test_a_leader_s_export_has_nobody_else(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    sheet = download(client.as_(ids["lead"]), "/metrics/export/csv")
    assert b"Able" in sheet
    assert b"Zander" not in sheet


@pytest.mark.parametrize(
    ("url", "queries"),
    [("/metrics", 16), ("/my/metrics", 9), ("/metrics/definitions/{metric}", 10)],
)
def test_more_people_cost_no_more_queries(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], url: str, queries: int
) -> None:
    ids = saved(scene)
    lead = client.as_(ids["lead"])
    lead.get(url.format(**ids))
    count_queries()
    lead.get(url.format(**ids))
    first = count_queries()

    def grow() -> None:
        from portal.core.db import db
        from portal.metrics.models import Metric
        from portal.people.models import Team

        team = db.session.get_one(Team, ids["team"])
        for number in range(3):
            person = people.employment(people.person("Cy", f"Cole{number}"), team=team).person
            make.value(person, db.session.get_one(Metric, ids["metric"]), 70)

    saved(grow)
    count_queries()
    lead.get(url.format(**ids))
    assert count_queries() == first
    assert first <= queries


def test_a_person_sees_their_trend_with_its_table_and_corrections(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    page = client.as_(ids["ada"]).get("/my/metrics")
    assert page.h1 == "My metrics"
    assert page.tree.xpath("//svg//title")
    assert "October 2026" in page.text
    assert "Reached" in page.text
    link = page.tree.xpath("//a[contains(@href, '/metrics/values/')]/@href")[0]
    assert client.as_(ids["ada"]).get(f"{link}/correct").status == 403
    hr = client.as_(ids["hr"])
    assert hr.post(f"{link}/correct", {"value": "0.9", "sample": "90", "reason": "x"}).status == 422
    sent = {"value": "91.5", "sample": "90", "reason": "Late answers"}
    assert hr.post(f"{link}/correct", sent).status == 303
    mine = client.as_(ids["ada"])
    assert "corrected" in mine.get("/my/metrics").text
    history = mine.get(link).text
    assert "Late answers" in history
    assert "87%" in history
    newest = hr.get(link).tree.xpath("//a[contains(@href, '/correct')]/@href")[0]
    page = hr.post(newest, {"take_back": "y", "reason": "Wrong person"})
    assert page.status == 303
    assert "No figures yet" in mine.get("/my/metrics").text


def test_figures_stand_on_the_record_page_of_a_person(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    page = client.as_(ids["lead"]).get(f"/people/{ids['person']}")
    assert "87%" in page.text
    assert page.tree.xpath(f"//a[@href='/metrics/people/{ids['person']}']")
    assert client.as_(ids["ada"]).get(f"/metrics/people/{ids['stranger']}").status == 403


def test_a_person_sees_who_opened_their_figures(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    client.as_(ids["hr"]).get(f"/metrics/people/{ids['person']}")
    assert "Figures opened" in client.as_(ids["ada"]).get(f"/people/{ids['person']}").text


def test_a_metric_is_added_changed_aimed_at_and_retired(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    hr = client.as_(ids["hr"])
    form = {
        "key": "sales", "name-en": "Sales", "formula-en": "Contracts closed.", "unit": "count",
        "direction": "higher", "combining": "sum", "decimals": "0", "minimum_sample": "10",
        "lowest": "0", "highest": "500", "source-en": "CRM", "currency": "",
    }  # fmt: skip
    assert hr.post("/settings/metrics/add", form | {"highest": "0"}).status == 422
    url = hr.post("/settings/metrics/add", form).location
    assert "Contracts closed." in hr.get(url).text
    key = url.rsplit("/", 1)[1]
    edit = f"/settings/metrics/{key}"
    fields = hr.get(edit).fields()
    assert hr.post(edit, fields | {"formula-en": "Contracts kept.", "version": "9"}).status == 422
    assert hr.post(edit, fields | {"formula-en": "Contracts kept."}).status == 303
    aim = {"target": "30", "threshold": "20", "maximum": "", "starts_on": "2026-11-01",
           "role": "", "team": ""}  # fmt: skip
    assert hr.post(f"{edit}/targets/add", aim | {"threshold": "40"}).status == 422
    assert hr.post(f"{edit}/targets/add", aim).status == 303
    page = hr.get(url)
    assert "Contracts kept." in page.text
    end = page.tree.xpath("//a[contains(@href, '/end')]/@href")[0]
    assert hr.post(end, {"last_day": "2026-12-31"}).status == 303
    assert hr.post(f"{edit}/retire").status == 303
    assert "Retired" in hr.get("/settings/metrics").text
    assert hr.post(f"{edit}/resume").status == 303
    assert client.as_(ids["ada"]).get(url).status == 200


def table(*lines: str) -> dict[str, Any]:
    text = "\n".join(("person,metric,month,value,sample", *lines))
    return {"file": (io.BytesIO(text.encode()), "figures.csv")}


def test_a_table_is_sent_mended_imported_and_undone(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    hr = client.as_(ids["hr"])
    assert download(hr, "/metrics/import/template/xlsx")
    wrong = hr.post("/metrics/import", table(f"{ids['person']},csat,2026-09,0.87,40"))
    assert "Is 87 meant?" in hr.get(wrong.location).text
    assert hr.post(wrong.location).status == 409
    lines = (f"{ids['person']},csat,2026-09,85,40", f"{ids['person']},csat,2026-10,90,100")
    right = hr.post("/metrics/import", table(*lines)).location
    assert "Corrects 87%" in hr.get(right).text
    page = hr.post(right)
    assert page.status == 422
    assert "Say why" in page.text
    assert hr.post(right, {"reason": "Late answers"}).status == 303
    assert "figures.csv" in hr.get("/metrics/import").text
    assert hr.post(f"{right}/undo", {"reason": ""}).status == 422
    assert hr.post(f"{right}/undo", {"reason": "Wrong file"}).status == 303
    assert "undone on" in hr.get(right).text
    text = client.as_(ids["ada"]).get("/my/metrics").text
    assert "87%" in text
    assert "September 2026" not in text


@pytest.mark.parametrize("locale", ["tr", "es", "ja"])
def test_pages_read_in_every_language(client: PageClient, saved: Saved, locale: str) -> None:
    ids = saved(scene)
    for url in ("/metrics", f"/metrics/people/{ids['person']}", "/metrics/import"):
        assert client.as_(ids["hr"]).get(f"{url}?lang={locale}", follow=True).status == 200


def test_the_month_is_the_last_there_are_figures_of(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    page = client.as_(ids["hr"]).get("/metrics")
    assert "October 2026" in page.text
