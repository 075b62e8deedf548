"""Composing, editing, publishing and closing a posting."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from portal.core.errors import Refused
from portal.core.inbox import Notice
from portal.hiring.operations import (
    change_posting,
    change_posting_text,
    checklist,
    close_posting,
    close_postings_over,
    compose_posting,
    compose_text,
    exclusive_wording,
    publish_posting,
    recompose_posting,
    reopen_posting,
)
from portal.hiring.states import EmploymentType, PostingState, RequisitionState, Tonality
from tests.factories import hiring, people
from tests.factories import postings as make

FACTS = {
    "languages": ["en", "tr"], "employment_type": EmploymentType.FULL_TIME, "remote": False,
    "opens_on": None, "closes_on": None, "answer_days": 5,
}  # fmt: skip


@pytest.mark.parametrize("tone", list(Tonality))
@pytest.mark.parametrize("language", ["en", "tr", "es", "ja"])
def test_a_text_is_composed_of_the_profile_in_each_language_and_tone(db_session, tone, language):
    text = compose_text(make.profile(), make.place(), tone=tone, language=language)
    assert text["title"].startswith("Customer Service Associate")
    assert text["title"] in text["opening"] + text["how_to_apply"]
    assert "{" not in str(list(text.values())).replace("{'text'", "")
    assert text["qualifications"][0]["must"] is True
    assert text["qualifications"][1]["must"] is False
    assert all(text[part] for part in ("duties", "benefits", "how_to_apply", "closing"))


def test_friendly_and_formal_differ(db_session):
    role, site = make.profile(), make.place()
    friendly = compose_text(role, site, tone=Tonality.FRIENDLY, language="en")
    assert friendly != compose_text(role, site, tone=Tonality.FORMAL, language="en")


def test_the_starter_texts_trip_no_hint(db_session):
    role, site = make.profile(), make.place()
    for tone in Tonality:
        for language in ("en", "tr", "es", "ja"):
            text = compose_text(role, site, tone=tone, language=language)
            assert exclusive_wording(text, language) == []


def test_a_posting_gets_a_readable_slug_that_is_free(db_session, clock):
    role = make.profile()
    row = hiring.requisition(role=role)
    slugs = [
        compose_posting(row, tone=Tonality.FORMAL, languages=["en"], by=make.hr()).slug
        for _number in range(3)
    ]
    assert slugs == [
        "customer-service-associate-istanbul", "customer-service-associate-istanbul-2",
        "customer-service-associate-istanbul-3",
    ]  # fmt: skip


def test_a_slug_of_turkish_letters_is_plain(db_session, clock):
    role = people.role()
    role.title = {"en": "Müşteri Hizmetleri Şefi"}
    site = people.site(city="İzmir")
    row = hiring.requisition(role=role, team=people.team(site=site))
    posting = compose_posting(row, tone=Tonality.FORMAL, languages=["en"], by=make.hr())
    assert posting.slug == "musteri-hizmetleri-sefi-izmir"


def test_a_slug_without_latin_letters_falls_back_on_the_roles_key(db_session, clock):
    role = people.role(key="support_agent")
    role.title = {"ja": "担当者"}
    row = hiring.requisition(role=role, team=people.team(site=people.site(city="大阪")))
    assert make.composed(requisition=row, languages=["ja"]).slug == "support-agent"


def test_a_posting_needs_a_language(db_session, clock):
    with pytest.raises(Refused) as refused:
        make.composed(languages=["xx"])
    assert refused.value.field == "languages"


@pytest.mark.parametrize("state", [RequisitionState.FILLED, RequisitionState.CANCELLED])
def test_a_requisition_that_is_over_gets_no_posting(db_session, clock, state):
    with pytest.raises(Refused):
        make.composed(requisition=make.draft(state=state))


def test_a_new_language_is_composed_and_the_others_stay(db_session, clock):
    posting = make.composed()
    change_posting_text(
        posting, "en", text=posting.content["en"] | {"title": "My own"}, by=make.hr()
    )
    change_posting(posting, **(FACTS | {"languages": ["en", "ja"]}), by=make.hr())
    assert posting.languages == ["en", "ja"]
    assert posting.content["en"]["title"] == "My own"
    assert posting.content["ja"]["duties"] == ["Answer customers (ja)"]


def test_the_last_day_is_not_before_the_first(db_session, clock):
    days = {"opens_on": date(2026, 12, 2), "closes_on": date(2026, 12, 1)}
    with pytest.raises(Refused) as refused:
        change_posting(make.composed(), **(FACTS | days), by=make.hr())
    assert refused.value.field == "closes_on"


def test_a_language_it_has_not_cannot_be_edited(db_session, clock):
    with pytest.raises(Refused):
        change_posting_text(make.composed(), "ja", text={}, by=make.hr())


def test_composing_again_replaces_one_language(db_session, clock):
    posting = make.composed()
    turkish = posting.content["tr"]
    recompose_posting(posting, "en", tone=Tonality.FORMAL, by=make.hr())
    assert "invites applications" in posting.content["en"]["opening"]
    assert posting.content["tr"] == turkish


def test_an_open_posting_cannot_lose_what_it_needs(db_session, clock):
    posting = make.published()
    with pytest.raises(Refused, match="Türkçe"):
        change_posting_text(posting, "tr", text=posting.text("tr") | {"duties": []}, by=make.hr())


def test_the_checklist_names_what_is_missing_and_where(db_session, clock):
    posting = make.composed(requisition=make.draft())
    posting.content = posting.content | {"tr": posting.content["tr"] | {"how_to_apply": ""}}
    missing = {check.key: check for check in checklist(posting) if not check.done}
    assert set(missing) == {"how_to_apply", "criteria", "approval"}
    assert missing["how_to_apply"].language == "tr"
    assert "Draft" in missing["approval"].missing


@pytest.mark.parametrize("part", ["title", "duties", "qualifications", "how_to_apply"])
def test_publishing_without_a_part_is_refused(db_session, clock, part):
    posting = make.composed()
    make.fix(posting)
    posting.content = posting.content | {"en": posting.content["en"] | {part: ""}}
    with pytest.raises(Refused, match="English"):
        publish_posting(posting, by=make.hr())


def test_publishing_without_criteria_is_refused(db_session, clock):
    with pytest.raises(Refused):
        publish_posting(make.composed(), by=make.hr())


def test_publishing_without_a_pay_range_is_refused(db_session, clock):
    posting = make.composed()
    make.fix(posting)
    posting.requisition.pay_minimum = posting.requisition.pay_maximum = 0
    with pytest.raises(Refused, match="pay range"):
        publish_posting(posting, by=make.hr())


@pytest.mark.parametrize(
    "state", [state for state in RequisitionState if state is not RequisitionState.APPROVED]
)
def test_publishing_needs_an_approved_requisition(db_session, clock, state):
    posting = make.composed()
    make.fix(posting)
    posting.requisition.state = state
    with pytest.raises(Refused):
        publish_posting(posting, by=make.hr())


def test_publishing_opens_it_today_at_its_site(db_session, clock):
    clock(datetime(2026, 11, 24, 22, 30, tzinfo=UTC))
    posting = make.published()
    assert posting.state is PostingState.OPEN
    assert posting.opens_on == date(2026, 11, 25)  # it is past midnight in İstanbul
    assert posting.is_open


def test_publishing_twice_or_after_its_last_day_is_refused(db_session, clock):
    posting = make.published()
    with pytest.raises(Refused):
        publish_posting(posting, by=make.hr())
    late = make.composed(closes_on=date(2026, 11, 23))
    make.fix(late)
    with pytest.raises(Refused) as refused:
        publish_posting(late, by=make.hr())
    assert refused.value.field == "closes_on"


def test_a_first_day_to_come_keeps_it_off_the_site(db_session, clock):
    posting = make.published(opens_on=date(2026, 12, 1))
    assert posting.state is PostingState.OPEN
    assert not posting.is_open
    clock(datetime(2026, 12, 1, 9, tzinfo=UTC))
    assert posting.is_open


def test_closing_and_opening_again(db_session, clock):
    posting = make.published()
    close_posting(posting, by=make.hr())
    assert (posting.state, posting.is_open) == (PostingState.CLOSED, False)
    with pytest.raises(Refused):
        close_posting(posting, by=make.hr())
    with pytest.raises(Refused):
        reopen_posting(posting, closes_on=date(2026, 1, 1), by=make.hr())
    reopen_posting(posting, closes_on=date(2026, 12, 31), by=make.hr())
    assert posting.is_open
    assert posting.closed_at is None
    with pytest.raises(Refused):
        reopen_posting(posting, closes_on=None, by=make.hr())


def test_the_last_day_counts_and_the_day_after_it_closes_by_itself(db_session, clock):
    posting = make.published(closes_on=date(2026, 11, 30))
    forever = make.published()
    clock(datetime(2026, 11, 30, 20, 59, tzinfo=UTC))
    assert close_postings_over() == 0
    clock(datetime(2026, 11, 30, 21, 1, tzinfo=UTC))  # 1 December in İstanbul
    assert close_postings_over() == 1
    assert (posting.state, forever.state) == (PostingState.CLOSED, PostingState.OPEN)
    assert close_postings_over() == 0
    asked = posting.requisition.created_by_id
    assert db_session.scalars(sa.select(Notice.kind).where(Notice.account_id == asked)).all() == [
        "hiring.posting_closed"
    ]


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("en", "We want a Rockstar!", "rockstar"),
        ("en", "He answers.", "he"),
        ("en", "The other theme helps them.", None),
        ("tr", "GENÇ ve dinamik", "genç"),
        ("tr", "KADIN eleman", "kadın"),
        ("tr", "Bayan eleman", "bayan"),
        ("tr", "Bayrağı taşı", None),
        ("es", "Buscamos un JOVEN", "joven"),
        ("ja", "経験のある若い方を募集", "若い方"),
        ("ja", "経験のある方を募集", None),
    ],
)
def test_exclusive_wording_is_found_as_whole_words(db_session, language, text, word):
    hints = exclusive_wording({"opening": "", "duties": [text]}, language)
    assert (word in {hint.word for hint in hints}) if word else hints == []
    assert all(hint.field == "duties" and hint.text for hint in hints)
