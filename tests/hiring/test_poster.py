"""The poster: what stands on it, who prints it, and the code that leads to the job page."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from portal.core import documents
from portal.core.audit import AuditEvent
from portal.core.brand import Brand
from portal.core.db import db
from portal.core.documents import Document, codec
from portal.core.errors import Refused
from portal.hiring import operations
from portal.hiring.documents.poster import LINE, poster_of, shortened
from portal.hiring.models import Posting
from portal.hiring.states import HiringFact, PostingState
from tests.factories import hiring, people
from tests.factories import postings as make


def test_it_holds_what_the_posting_says_in_the_chosen_language(db_session, clock):
    posting = make.published()
    poster = poster_of(posting, "tr")
    assert poster.title == posting.content["tr"]["title"]
    assert poster.duties == tuple(posting.content["tr"]["duties"][: len(poster.duties)])
    assert 1 <= len(poster.duties) <= 5
    assert "yıl" in poster.pay.lower()
    assert poster.url.endswith(f"/careers/{posting.slug}?lang=tr&source=poster")
    assert poster.url_shown.endswith(f"/careers/{posting.slug}")
    assert codec.decode(codec.encode(poster)) == poster


def test_work_from_home_is_said(db_session, clock):
    assert "or from home" in poster_of(make.published(remote=True), "en").place


@pytest.mark.parametrize(
    ("duties", "kept"),
    [(["a"] * 7, 5), (["a" * LINE * 9] * 3, 1), (["語" * LINE] * 5, 4), ([], 0)],
)
def test_as_many_duties_as_the_sheet_has_room_for(duties, kept):
    assert len(shortened(duties)) == kept


def test_printing_issues_a_paper_and_is_recorded(db_session, clock):
    posting, by = make.published(), make.hr()
    paper = operations.print_poster(posting, language="tr", by=by)
    assert (paper.template, paper.locale, paper.subject_id) == ("poster", "tr", posting.id)
    event = db.session.scalars(
        db.select(AuditEvent).filter_by(action=HiringFact.POSTER_PRINTED.value)
    ).one()
    assert (event.account_id, event.after["language"]) == (by.id, "tr")


@pytest.mark.parametrize("state", [PostingState.DRAFT, PostingState.CLOSED])
def test_a_posting_nobody_can_answer_gets_no_poster(db_session, clock, state):
    with pytest.raises(Refused, match="Publish the posting first"):
        operations.print_poster(make.composed(state=state), language="en", by=make.hr())


def test_a_language_the_posting_lacks_is_refused(db_session, clock):
    with pytest.raises(Refused, match="no text in this language"):
        operations.print_poster(make.published(), language="ja", by=make.hr())


@pytest.mark.parametrize("locale", ["en", "tr", "es", "ja"])
def test_it_prints_on_one_sheet_in_every_language(db_session, clock, locale):
    poster = poster_of(make.published(languages=["en", "tr", "es", "ja"]), locale)
    pdf = documents.render("poster", poster, locale=locale, brand=Brand(name="Kuzey"))
    reader = PdfReader(io.BytesIO(pdf))
    [page] = reader.pages
    text = page.extract_text().replace("\n", "").replace(" ", "")
    assert reader.trailer["/Root"]["/Lang"] == locale
    for wanted in (poster.title, poster.place, poster.pay, *poster.duties):
        assert "".join(wanted.split()) in "".join(text.split()), wanted


@pytest.fixture
def scene(saved):
    def build():
        posting = make.published()
        return {
            "url": f"/hiring/postings/{posting.id}",
            "id": posting.id,
            "hr": make.hr().id,
            "manager": hiring.hiring_manager_of(posting).id,
            "lead": people.account(leads=posting.requisition.team).id,
            "director": make.director().id,
            "stranger": people.account(roles=["manager"]).id,
        }

    return saved(build)


@pytest.mark.parametrize("who", ["hr", "manager", "lead"])
def test_whoever_works_on_the_posting_prints_it(client, scene, who):
    me = client.as_(scene[who])
    page = me.submit(me.get(scene["url"]), "/poster", language="tr")
    assert page.h1 == "Poster"


def test_others_do_not(client, scene, saved):
    for who in ("director", "stranger"):
        assert client.as_(scene[who]).post(f"{scene['url']}/poster").status == 403
    assert "Print the poster" not in client.as_(scene["director"]).get(scene["url"]).text
    assert client.as_(None).post(f"{scene['url']}/poster").status == 303
    client.as_(scene["hr"]).post(f"{scene['url']}/poster", {"language": "en"})
    paper = saved(lambda: db.session.scalars(db.select(Document)).one().id)
    assert client.as_(scene["director"]).get(f"/documents/{paper}").status == 200
    assert client.as_(scene["stranger"]).get(f"/documents/{paper}").status == 403


def test_an_unknown_language_is_not_printed(client, scene):
    me = client.as_(scene["hr"])
    assert me.post(f"{scene['url']}/poster", {"language": "xx"}).status == 422


def test_a_closed_posting_offers_no_poster(client, scene, saved):
    def close():
        db.session.get_one(Posting, scene["id"]).state = PostingState.CLOSED

    saved(close)
    me = client.as_(scene["hr"])
    assert "Print the poster" not in me.get(scene["url"]).text
    assert me.post(f"{scene['url']}/poster", {"language": "en"}).status == 409


def test_an_application_from_the_poster_keeps_its_source(client, scene, saved):
    slug = saved(lambda: db.session.get_one(Posting, scene["id"]).slug)
    page = client.get(f"/careers/{slug}?lang=tr&source=poster")
    [link] = set(page.tree.xpath("//a[contains(@href, '/apply')]/@href"))
    assert client.get(link).fields()["source"] == "poster"
