"""Pages from the result to the papers: what each says, refuses, keeps, and costs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pypdf
import pytest
import sqlalchemy as sa
from flask import Flask

from portal.core import jobs
from portal.core.app import Portal
from portal.core.db import db
from portal.reviews.models import Review, ReviewBatch
from portal.reviews.states import BatchState, ReviewState
from tests.factories import reviews as make
from tests.page import PageClient

Saved = Callable[[Callable[[], Any]], Any]
pytestmark = pytest.mark.usefixtures("clock")


def ids_of(scene: make.Scene) -> dict[str, int]:
    return {
        "self": scene.self.id, "manager": scene.manager.id, "hr": scene.hr.id,
        "director": scene.director.id, "review": scene.review.id, "cycle": scene.review.cycle_id,
    }  # fmt: skip


def state_of(app: Flask, key: int) -> Review:
    with app.app_context():
        return db.session.get_one(Review, key)


def test_the_result_is_explained_step_by_step(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: ids_of(make.rated(own=4, boss=3, peer=5)))
    page = client.as_(ids["hr"]).get(f"/reviews/{ids['review']}")
    assert "380.0 ÷ 100 = 3.80" in page.text
    assert "mean of 3" in page.text
    assert "4.0 of 5" in page.text


def test_hr_makes_results_changes_one_and_releases_it(
    client: PageClient, saved: Saved, app: Flask
) -> None:
    ids = saved(lambda: ids_of(make.written()))
    hr = client.as_(ids["hr"])
    url = f"/reviews/cycles/{ids['cycle']}/calibration"
    page = hr.post(f"/reviews/cycles/{ids['cycle']}/results", follow=True)
    assert "One result was made." in page.text
    assert "3.80" in page.text
    form = hr.get(f"/reviews/{ids['review']}/rating")
    wrong = hr.submit(form, rating="3.5", reason="")
    assert wrong.status == 422
    assert hr.submit(form, rating="3.5", reason="Beside two others.").text.count("3.5")
    assert "changed once" in hr.get(url).text
    page = hr.post(f"/reviews/cycles/{ids['cycle']}/release", {"id": ids["review"]}, follow=True)
    assert "One review was released" in page.text
    assert state_of(app, ids["review"]).state is ReviewState.RELEASED


def test_a_result_changes_in_its_row(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: ids_of(make.rated()))
    hr, script = client.as_(ids["hr"]), {"HX-Request": "true"}
    url = f"/reviews/{ids['review']}/rating"
    row = hr.http.get(url, headers=script).get_data(as_text=True)
    assert row.lstrip().startswith("<tr")
    done = hr.http.post(
        url, headers={**script, "X-CSRFToken": hr.csrf()},
        data={"rating": "3.0", "reason": "So.", "version": version_in(row)},
    )  # fmt: skip
    assert done.status_code == 200
    assert "changed once" in done.get_data(as_text=True)


def version_in(html: str) -> str:
    return html.split('name="version"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_two_who_change_one_result_lose_nothing(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: ids_of(make.rated()))
    first, second = client.as_(ids["hr"]), client.as_(ids["director"])
    url = f"/reviews/{ids['review']}/rating"
    form, late = first.get(url), second.get(url)
    first.submit(form, rating="3.5", reason="First.")
    page = second.submit(late, rating="3.0", reason="Typed with care.")
    assert page.status == 409
    assert "Typed with care." in page.html
    assert second.submit(page, rating="3.0", reason="Typed with care.").status == 200


def test_both_talk_sign_and_open_the_paper(client: PageClient, saved: Saved, app: Flask) -> None:
    ids = saved(lambda: ids_of(make.released()))
    own, boss = client.as_(ids["self"]), client.as_(ids["manager"])
    url = f"/reviews/{ids['review']}"
    form = boss.get(f"{url}/talk")
    changes = {"summary": "A good year.", "steps-0-what": "Run a meeting"}
    assert "Run a meeting" in boss.submit(form, **changes).text
    stale = boss.submit(form, **(changes | {"summary": "Another tab."}))
    assert stale.status == 409
    assert "Another tab." in stale.html
    page = own.get(f"{url}/sign")
    refused = own.submit(page, agrees="no", comment="")
    assert refused.status == 422
    assert "Say what you see differently." in refused.text
    assert "Signed." in own.submit(page, agrees="no", comment="I see it differently.").text
    assert own.get(f"{url}/talk").status == 403, "one has signed: the plan stays"
    assert "Signed by both" in boss.submit(boss.get(f"{url}/sign"), agrees="yes").text
    assert "PDF" in own.get(url).text
    print_all(app)
    with own.http.get("/documents/1/file") as response:
        assert response.status_code in {200, 404}


def print_all(app: Flask) -> None:
    assert isinstance(app, Portal)
    jobs.run_pending(app)


def test_only_results_that_wait_can_be_picked(client: PageClient, saved: Saved) -> None:
    waiting, over = saved(lambda: (ids_of(make.rated()), ids_of(make.signed())))
    boxes = {
        ids["cycle"]: client.as_(ids["hr"])
        .get(f"/reviews/cycles/{ids['cycle']}/calibration")
        .tree.xpath("//input[@data-pick-all]")
        for ids in (waiting, over)
    }
    assert [len(boxes[ids["cycle"]]) for ids in (waiting, over)] == [1, 0]


def test_reopening_shows_both_editions(client: PageClient, saved: Saved) -> None:
    ids = saved(lambda: ids_of(make.signed()))
    hr, url = client.as_(ids["hr"]), f"/reviews/{ids['review']}"
    page = hr.submit(hr.get(f"{url}/reopen"), reason="A goal was forgotten.")
    assert "Reopened: A goal was forgotten." in page.text
    assert "Edition 2" in page.text
    own = client.as_(ids["self"])
    first = own.get(url)
    assert "Edition 1" in first.text
    assert "3.80" not in first.text, "the new result is not released"
    link = next(a.get("href") for a in first.tree.iter("a") if "editions" in (a.get("href") or ""))
    assert "3.80" in own.get(link).text


@pytest.mark.parametrize(("number", "cost"), [(1, 8), (3, 8)])
def test_the_comparison_costs_the_same_however_many_there_are(
    number: int, cost: int, client: PageClient, saved: Saved, count_queries: Callable[[], int]
) -> None:
    def scene() -> dict[str, int]:
        first = make.rated()
        for _other in range(number - 1):
            make.rated(cycle=first.cycle)
        return ids_of(first)

    ids = saved(scene)
    hr = client.as_(ids["hr"])
    hr.get("/account")
    count_queries()
    page = hr.get(f"/reviews/cycles/{ids['cycle']}/calibration")
    assert count_queries() == cost
    assert page.text.count("Result is being compared") >= number


def test_a_lead_above_compares_but_not_what_they_wrote_themselves(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(lambda: ids_of(make.rated()))
    url = f"/reviews/cycles/{ids['cycle']}/calibration"
    assert f"/reviews/{ids['review']}/rating" in client.as_(ids["director"]).get(url).html
    assert f"/reviews/{ids['review']}/rating" not in client.as_(ids["manager"]).get(url).html
    with client.as_(ids["hr"]).http.get(f"{url}/export/csv") as response:
        assert "3.8" in response.get_data(as_text=True)


@pytest.mark.parametrize("kind", ["zip", "print"])
def test_papers_of_several_are_put_together(
    kind: str, client: PageClient, saved: Saved, app: Flask
) -> None:
    def scene() -> dict[str, int]:
        first = make.signed()
        make.signed(cycle=first.cycle)
        return ids_of(first)

    ids = saved(scene)
    hr = client.as_(ids["hr"])
    page = hr.post(f"/reviews/cycles/{ids['cycle']}/papers", {"kind": kind}, follow=True)
    assert "0 of 2 are printed." in page.text
    print_all(app)
    with app.app_context():
        batch = db.session.scalars(sa.select(ReviewBatch)).one()
        again = batch.state is not BatchState.READY
        key = batch.id
        if again:
            from portal.reviews.jobs import put_together

            put_together(key)
            db.session.commit()
    assert "2 papers are in it." in hr.get(f"/reviews/batches/{key}").text
    with hr.http.get(f"/reviews/batches/{key}/file") as response:
        body = response.get_data()
    if kind == "zip":
        assert len(zipfile.ZipFile(io.BytesIO(body)).namelist()) == 2
    else:
        assert len(pypdf.PdfReader(io.BytesIO(body)).pages) % 2 == 0
    assert client.as_(ids["director"]).get(f"/reviews/batches/{key}").status == 403


def test_without_signed_reviews_there_is_nothing_to_put_together(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(lambda: ids_of(make.released()))
    page = client.as_(ids["hr"]).get(f"/reviews/cycles/{ids['cycle']}/papers")
    assert "No signed reviews here" in page.text
