"""The application form as candidates use it: without a script, on any device, in their language."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa

import config
from portal import create_app
from portal.core import files
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.core.web import limiter
from portal.hiring.models import Application, DemographicAnswer, Posting
from portal.hiring.states import ApplicationSource, PostingState
from tests.factories import hiring
from tests.page import PageClient
from tests.schema import migrate

MY_CV = b"Ten years of answering customers.\n"


@pytest.fixture
def posting(app, isolated, clock):
    with app.app_context():
        hiring.posting(slug="associate")
        db.session.commit()


def typed(**changes):
    data = {
        "given_name": "Zeynep",
        "family_name": "Şahin",
        "email": "zeynep@example.com",
        "phone": "+90 532 123 45 67",
        "headline": "Hotel desk",
        "letter": "I like to help.",
        "must_0": "yes",
        "must_1": "no",
        "language": "tr",
        "source": "indeed",
        "consent": "y",
    }
    return {key: value for key, value in (data | changes).items() if value is not None}


def upload(data=MY_CV, name="cv.txt"):
    return (io.BytesIO(data), name)


def apply(client, **changes):
    page = client.post("/careers/associate/apply", typed(**changes))
    # The test client leaves the spooled body of a large upload open.
    page.response.request.environ["wsgi.input"].close()
    return page


def applications(app):
    with app.app_context():
        return list(db.session.scalars(sa.select(Application).order_by(Application.id)))


def test_the_form_asks_for_what_is_needed_and_no_salary(client, posting):
    page = client.get("/careers/associate/apply?lang=en")
    assert page.status == 200
    assert page.h1 == "Apply"
    assert "Speaks English" in page.text
    assert "KVKK" in page.text
    assert "salary" not in page.text.lower()
    assert page.tree.xpath("//form[@enctype='multipart/form-data']")
    assert not page.tree.xpath("//*[@name='must_0'][@checked]")


def test_sending_it_makes_one_application_and_says_look_in_your_mail(app, client, posting):
    page = apply(client, cv=upload())
    assert (page.status, page.location) == (303, "/careers/associate/applied")
    assert "look in your mail" in client.get(page.location).h1
    [row] = applications(app)
    assert (row.given_name, row.family_name, row.email) == ("Zeynep", "Şahin", "zeynep@example.com")
    assert row.phone == "+905321234567"
    assert row.answers == {"english": True, "evenings": False}
    assert row.source is ApplicationSource.INDEED
    assert (row.consent_country, "KVKK" in row.consent_text) == ("TR", True)
    with app.app_context():
        assert files.read(db.session.merge(row).cv_file) == MY_CV


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("given_name", "", "given name"),
        ("family_name", "  ", "family name"),
        ("email", "zeynep", "name@example.com"),
        ("email", "", "e-mail address"),
        ("phone", "12", "telephone number"),
        ("consent", None, "agreement"),
        ("must_0", None, "yes or no"),
        ("must_0", "maybe", "options"),
        ("language", "xx", "list"),
        ("letter", "x" * 4001, "4000"),
        ("headline", "x" * 121, "120"),
        ("given_name", "Zey\u202enep", "hidden characters"),
    ],
)
def test_a_wrong_field_is_named_and_the_rest_is_kept(app, client, posting, field, value, words):
    page = apply(client, **{field: value})
    assert page.status == 422
    assert page.tree.xpath("//*[@class='error-summary']")
    assert words in page.text
    if field != "headline":
        assert page.tree.xpath("//input[@name='headline']/@value") == ["Hotel desk"]
    if field != "must_0":
        assert page.tree.xpath("//input[@name='must_0'][@value='yes'][@checked]")
    assert applications(app) == []


def test_the_cv_survives_an_error_in_another_field(app, client, posting):
    page = apply(client, email="", cv=upload(name="özgeçmişim.txt"))
    assert page.status == 422
    assert "özgeçmişim.txt" in page.text
    again = client.submit(page, email="zeynep@example.com", follow=False, cv=None)
    assert again.status == 303
    [row] = applications(app)
    with app.app_context():
        stored = db.session.merge(row).cv_file
        assert (stored.name, files.read(stored)) == ("özgeçmişim.txt", MY_CV)


def test_a_new_file_replaces_the_kept_one(app, client, posting):
    page = apply(client, email="", cv=upload())
    kept = page.fields()["cv_kept"]
    apply(client, cv_kept=kept, cv=upload(b"better", "better.txt"))
    [row] = applications(app)
    with app.app_context():
        assert db.session.merge(row).cv_file.name == "better.txt"


@pytest.mark.parametrize("token", ["nonsense", "eyJrZXkiOiAiLi4vLi4vZXRjIn0.x.y", "x" * 5000])
def test_a_forged_file_token_brings_nothing(app, client, posting, token):
    assert apply(client, cv_kept=token).status == 303
    assert applications(app)[0].cv_file_id is None


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "cv.pdf", "empty"),
        (b"MZ\x90\x00 program", "cv.pdf", "can't be read"),
        (b"%PDF-1.7 broken", "cv.pdf", "damaged"),
        (b"plain words", "cv.pdf", "another ending"),
        (b"x" * (8 * 1024 * 1024 + 1), "cv.txt", "too large"),
        (b"<script>", "cv.html", "cannot be used"),
        (b"\x89PNG\r\n\x1a\n0000", "cv.png", "cannot be used"),
    ],
)
def test_a_bad_file_is_refused_kindly_at_its_field(app, client, posting, data, name, words):
    page = apply(client, cv=upload(data, name))
    assert page.status == 422
    assert words in page.tree.get_element_by_id("cv-error").text_content()
    assert page.tree.xpath("//input[@name='given_name']/@value") == ["Zeynep"]
    assert applications(app) == []


def test_a_body_too_large_is_answered_with_a_page(app, client, posting):
    page = apply(client, cv=upload(b"x" * (13 * 1024 * 1024)))
    assert page.status == 413
    assert applications(app) == []


def test_a_double_click_makes_one_application_one_mail_and_the_same_page(app, client, posting):
    first, second = apply(client), apply(client)
    assert (first.status, first.location) == (second.status, second.location)
    assert len(applications(app)) == 1
    with app.app_context():
        assert db.session.scalar(sa.select(sa.func.count()).select_from(OutgoingMail)) == 1


def test_the_answer_does_not_tell_whether_an_address_is_known(client, posting):
    first = apply(client)
    known = apply(client, given_name="Someone", email="ZEYNEP@example.com")
    fresh = apply(client, email="new@example.com")
    assert {first.location, known.location, fresh.location} == {"/careers/associate/applied"}
    pages = [client.get(page.location).text for page in (known, fresh)]
    assert pages[0] == pages[1]


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(app, client, posting):
    page = apply(client, website="https://spam.example")
    assert (page.status, page.location) == (303, "/careers/associate/applied")
    assert applications(app) == []


def test_names_in_any_script_and_markup_come_out_as_typed(app, client, posting):
    page = apply(
        client,
        given_name="<script>alert(1)</script>",
        family_name="عبد الرحمن 😀𠮷",
        letter="مرحبا\n\nHello <b>you</b>",
        email="",
    )
    assert not page.tree.xpath("//main//script")
    assert page.tree.xpath("//input[@name='given_name']/@value") == ["<script>alert(1)</script>"]
    assert client.submit(page, email="a@example.com", follow=False).status == 303
    [row] = applications(app)
    assert row.family_name == "عبد الرحمن 😀𠮷"


def test_in_japanese_the_family_name_comes_first_with_its_reading(app, client, posting):
    page = client.get("/careers/associate/apply?lang=ja")
    names = [
        name
        for name in page.tree.xpath("//form//input/@name")
        if name in {"given_name", "family_name", "reading"}
    ]
    assert names == ["family_name", "given_name", "reading"]
    assert page.fields()["language"] == "ja"
    apply(client, family_name="髙橋", given_name="花子", reading="たかはし はなこ", language="ja")
    [row] = applications(app)
    assert row.display_name == "髙橋 花子"
    with app.app_context():
        assert db.session.merge(row).person.reading == "たかはし はなこ"


def test_other_languages_have_no_reading_field(client, posting):
    page = client.get("/careers/associate/apply?lang=es")
    assert not page.tree.xpath("//input[@name='reading']")


def test_demographic_answers_are_voluntary_and_kept_apart(app, client, posting):
    apply(client, gender="woman", disability="no")
    with app.app_context():
        answer = db.session.scalars(sa.select(DemographicAnswer)).one()
        assert answer.answers == {"gender": "woman", "disability": "no"}


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("", ApplicationSource.CAREERS),
        ("linkedin", ApplicationSource.LINKEDIN),
        ("LinkedIn", ApplicationSource.LINKEDIN),
        ("newsletter", ApplicationSource.OTHER),
        ("'; drop table", ApplicationSource.OTHER),
    ],
)
def test_the_source_of_a_share_link_is_kept(app, client, posting, sent, kept):
    page = client.get("/careers/associate/apply", query_string={"source": sent})
    apply(client, source=page.fields()["source"])
    assert applications(app)[0].source is kept


def test_a_closed_posting_is_gone_and_an_unknown_one_not_found(app, client, posting):
    assert client.get("/careers/nothing/apply").status == 404
    with app.app_context():
        db.session.scalars(sa.select(Posting)).one().state = PostingState.CLOSED
        db.session.commit()
    assert client.get("/careers/associate/apply").status == 410
    assert apply(client).status == 410
    assert client.get("/careers/associate/applied").status == 200


def test_a_draft_does_not_exist_for_the_world(app, client, isolated, clock):
    with app.app_context():
        hiring.posting(slug="draft", state=PostingState.DRAFT, published_at=None)
        db.session.commit()
    assert client.get("/careers/draft/apply").status == 404
    assert client.get("/careers/draft/applied").status == 404


def test_without_the_csrf_token_nothing_is_taken(app, client, posting):
    client.get("/careers/associate/apply")
    response = client.http.post("/careers/associate/apply", data=typed())
    assert response.status_code == 400
    wrong = client.http.post("/careers/associate/apply", data=typed(csrf_token="wrong"))
    assert wrong.status_code == 400
    assert applications(app) == []


def test_too_many_tries_are_held_off(new_database, tmp_path, clock):
    built = create_app(
        config.Testing(),
        RATELIMIT_ENABLED=True,
        VAR=tmp_path,
        FILES_URL=f"file://{tmp_path}",
        SQLALCHEMY_DATABASE_URI=new_database(),
    )
    with built.app_context():
        migrate(db.engine)
    limiter.reset()
    try:
        client = PageClient(built)
        answers = [client.post("/careers/nothing/apply").status for _ in range(11)]
    finally:
        limiter.reset()
        limiter.enabled = False
        with built.app_context():
            db.engine.dispose()
    assert answers == [404] * 10 + [429]


def test_no_search_engine_keeps_the_form(client, posting):
    page = client.get("/careers/associate/apply")
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
