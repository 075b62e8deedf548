"""Pages of one posting: composing, editing, checklist, publishing, criteria."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core.db import db
from portal.hiring.models import Posting, ScreeningResult
from portal.hiring.states import PostingState, RequisitionState
from tests.factories import hiring, people
from tests.factories import postings as make


@pytest.fixture
def hr(saved):
    return saved(lambda: make.hr().id)


def state_of(saved, key):
    return saved(lambda: db.session.get_one(Posting, key).state)


def test_composing_shows_the_text_while_one_chooses(client, hr, saved):
    key = saved(lambda: hiring.requisition(role=make.profile()).id)
    url = f"/hiring/requisitions/{key}/posting"
    me = client.as_(hr)
    page = me.get(url)
    assert set(page.tree.xpath("//*[@id='composed']/section/@lang")) == {"en", "tr"}
    page = me.get(f"{url}?languages=ja&tone=formal")
    assert [node.get("lang") for node in page.tree.xpath("//*[@id='composed']/section")] == ["ja"]
    assert "募集いたします" in page.text
    done = me.post(url, {"languages": ["en", "ja"], "tone": "formal"})
    assert done.status == 303
    assert done.location.startswith("/hiring/postings/")


@pytest.mark.parametrize("sent", [{}, {"tone": "loud", "languages": "en"}, {"tone": "formal"}])
def test_composing_needs_a_language_and_a_tone(client, hr, saved, sent):
    key = saved(lambda: hiring.requisition(role=make.profile()).id)
    assert client.as_(hr).post(f"/hiring/requisitions/{key}/posting", sent).status == 422


def test_the_way_from_draft_to_the_careers_site_and_back(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}"
    page = me.get(url)
    assert "Fix what applications are screened by." in page.text
    assert not page.tree.xpath("//form[contains(@action, '/publish')]")
    page = me.submit(me.get(f"{url}/criteria"), "/criteria")
    assert "Screening criteria fixed" in page.text
    page = me.submit(page, "/publish")
    assert "It is on the careers site now" in page.text
    slug = saved(lambda: db.session.get_one(Posting, key).slug)
    assert f"/careers/{slug}?source=linkedin" in page.html
    assert client.get(f"/careers/{slug}").status == 200
    page = me.submit(page, "/close")
    assert client.get(f"/careers/{slug}").status == 410
    page = me.submit(me.get(f"{url}/reopen"), "/reopen")
    assert client.get(f"/careers/{slug}").status == 200


def test_publishing_too_early_is_a_message(client, hr, saved):
    key = saved(lambda: make.composed().id)
    page = client.as_(hr).post(f"/hiring/postings/{key}/publish")
    assert page.status == 409
    assert "Fix what applications are screened by." in page.text
    assert state_of(saved, key) is PostingState.DRAFT


def test_the_checklist_says_why_it_cannot_be_published(client, hr, saved):
    def scene():
        posting = make.composed(requisition=make.draft())
        make.fix(posting)
        return posting.id

    page = client.as_(hr).get(f"/hiring/postings/{saved(scene)}")
    assert "The requisition must be approved. It is now: Draft." in page.text
    assert not page.tree.xpath("//form[contains(@action, '/publish')]")


def test_editing_one_language_takes_one_entry_a_line(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/edit/tr"
    page = me.submit(
        me.get(url), "/edit/tr", title="Uzman", duties="- Yanıtla\n\n• Kaydet  \n",
        needed="Türkçe", welcome="İngilizce",
    )  # fmt: skip
    assert "saved" in page.text
    text = saved(lambda: db.session.get_one(Posting, key).content["tr"])
    assert text["duties"] == ["Yanıtla", "Kaydet"]
    assert text["qualifications"] == [
        {"text": "Türkçe", "must": True}, {"text": "İngilizce", "must": False},
    ]  # fmt: skip


def test_exclusive_wording_is_pointed_out_but_does_not_block(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/edit/en"
    page = me.submit(me.get(url), "/edit/en", opening="Join us, rockstar ninja!")
    assert "2 wordings may keep people away" in page.text
    assert "skilled colleague" in page.text


@pytest.mark.parametrize(
    ("field", "sent"),
    [("title", ""), ("title", "x" * 161), ("opening", "x" * 10_001), ("title", "a\u202eb")],
)
def test_bad_text_is_refused_at_its_field(client, hr, saved, field, sent):
    key = saved(lambda: make.composed().id)
    me = client.as_(hr)
    data = me.get(f"/hiring/postings/{key}/edit/en").fields("/edit/en") | {field: sent}
    page = me.post(f"/hiring/postings/{key}/edit/en", data)
    assert page.status == 422
    assert page.tree.get_element_by_id(f"{field}-error") is not None


def test_a_stale_text_is_refused_and_kept(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/edit/en"
    form = me.get(url)
    me.submit(form, "/edit/en", title="First")
    page = me.submit(form, "/edit/en", title="Second", follow=False)
    assert page.status == 422
    assert page.fields("/edit/en")["title"] == "Second"


def test_dates_the_wrong_way_round_are_refused_at_the_field(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/edit"
    data = me.get(url).fields("/edit") | {"opens_on": "2026-12-02", "closes_on": "2026-12-01"}
    data["languages"] = ["en", "tr"]
    page = me.post(url, data)
    assert page.status == 422
    assert page.tree.get_element_by_id("closes_on-error") is not None


def test_a_language_it_has_not_is_not_found(client, hr, saved):
    key = saved(lambda: make.composed().id)
    for tag in ("ja", "xx"):
        assert client.as_(hr).get(f"/hiring/postings/{key}/edit/{tag}").status == 404


def test_composing_again(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me = client.as_(hr)
    page = me.get(f"/hiring/postings/{key}/edit/en")
    page = me.submit(page, "/compose", tone="formal")
    assert "invites applications" in page.html
    assert me.post(f"/hiring/postings/{key}/edit/en/compose", {"tone": "x"}).status == 422


def test_the_preview_is_the_public_page_without_markup_for_machines(client, hr, saved):
    key = saved(lambda: make.composed().id)
    page = client.as_(hr).get(f"/hiring/postings/{key}/preview")
    assert "This is a preview" in page.text
    assert "ld+json" not in page.html
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]


def criteria_data(page, **changes):
    return page.fields("/criteria") | changes


def test_criteria_are_prefilled_and_weights_must_add_up(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/criteria"
    page = me.get(url)
    assert page.fields("/criteria")["must_haves-0-text"] == "Clear expression"
    assert page.fields("/criteria")["weighted-0-weight"] == "60"
    bad = me.post(url, criteria_data(page, **{"weighted-0-weight": "50"}))
    assert bad.status == 422
    assert "add up to 90" in bad.text
    bad = me.post(url, criteria_data(page, **{"weighted-2-text": "Only a text"}))
    assert bad.status == 422
    assert "Give each criterion a text and a weight" in bad.text


def test_a_criterion_left_as_it_was_keeps_its_other_languages(client, hr, saved):
    key = saved(lambda: make.composed().id)
    me, url = client.as_(hr), f"/hiring/postings/{key}/criteria"
    me.post(url, criteria_data(me.get(url), **{"must_haves-1-text": "Works evenings"}))
    must = saved(lambda: db.session.get_one(Posting, key).criteria[0].must_haves)
    assert must[0]["text"]["ja"] == "Clear expression (ja)"
    assert must[1] == {"key": "must-2", "text": {"en": "Works evenings"}}


def test_a_second_version_says_how_many_must_be_screened_again(client, hr, saved):
    def scene():
        posting = make.published()
        application = hiring.application(posting)
        version = posting.latest_criteria
        people.added(ScreeningResult(
            application_id=application.id, criteria_id=version.id, answers={}, score=70,
            must_haves_met=True, passes=True, advanced=True, screened_at=version.fixed_at,
            screened_by_id=version.fixed_by_id,
        ))  # fmt: skip
        return posting.id

    key = saved(scene)
    me, url = client.as_(hr), f"/hiring/postings/{key}/criteria"
    page = me.get(url)
    assert "1 application has been screened by version 1" in page.text
    page = me.submit(page, "/criteria", cut="70")
    assert "1 application must be screened again" in page.text
    assert "Version 2" in page.text


def test_the_record_costs_the_same_with_one_version_and_with_three(
    client, hr, saved, count_queries
):
    key = saved(lambda: make.published().id)
    me = client.as_(hr)
    me.get(f"/hiring/postings/{key}")
    count_queries()
    me.get(f"/hiring/postings/{key}")
    once = count_queries()
    assert once <= 12
    for cut in (61, 62):
        saved(lambda cut=cut: make.fix(db.session.get_one(Posting, key), cut=cut).id)
    count_queries()
    me.get(f"/hiring/postings/{key}")
    assert count_queries() == once


PARTS = {"": 200, "/edit": 403, "/edit/en": 403, "/criteria": 403, "/preview": 200, "/reopen": 403}


def test_who_may_open_what(client, saved):
    def scene():
        posting = make.published()
        boss = people.account(person=posting.requisition.hiring_manager, roles=["manager"])
        return posting.id, boss.id, people.account(roles=["manager"]).id

    key, boss, other = saved(scene)
    for part, status in PARTS.items():
        assert client.as_(boss).get(f"/hiring/postings/{key}{part}").status == status
        assert client.as_(other).get(f"/hiring/postings/{key}{part}").status == 403
        assert client.get(f"/hiring/postings/{key}{part}").status == 303
    for part in ("/publish", "/close", "/edit/en/compose"):
        assert client.as_(boss).post(f"/hiring/postings/{key}{part}").status == 403


def test_a_cancelled_requisition_offers_no_posting(client, hr, saved):
    key = saved(lambda: make.draft(state=RequisitionState.CANCELLED).id)
    page = client.as_(hr).post(
        f"/hiring/requisitions/{key}/posting", {"languages": "en", "tone": "formal"}
    )
    assert page.status == 422
    assert "over" in page.text
    assert saved(lambda: db.session.scalar(sa.select(sa.func.count(Posting.id)))) == 0
