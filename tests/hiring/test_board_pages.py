"""Board and table: what they show, what they cost, and moving several at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.core import clock as portal_clock
from portal.core.db import db
from portal.core.mail.models import OutgoingMail
from portal.hiring.models import Application
from portal.hiring.states import ApplicationSource, RejectionReason, Stage
from tests.factories import hiring
from tests.factories import people as make


@pytest.fixture
def world(app, isolated, clock):
    with app.app_context():
        posting = hiring.posting()
        found = {
            "posting": posting.id,
            "hr": make.account(roles=["hr"]).id,
            "manager": hiring.hiring_manager_of(posting).id,
            "strangers": [
                make.account().id,
                make.account(roles=["manager"]).id,
                make.account(roles=["executive"]).id,
                make.account(roles=["admin"]).id,
                make.account(roles=["interviewer"]).id,
            ],
        }
        db.session.commit()
        return found


@pytest.fixture
def hr(client, world):
    return client.as_(world["hr"])


@pytest.fixture
def fill(app, world):
    """Add applications to the posting."""

    def add(number=1, **values):
        with app.app_context():
            from portal.hiring.models import Posting

            posting = db.session.get(Posting, world["posting"])
            ids = [hiring.application(posting, **values).id for _ in range(number)]
            db.session.commit()
            return ids

    return add


def at(world, page, **args):
    query = "&".join(f"{key}={value}" for key, value in args.items())
    return f"/hiring/postings/{world['posting']}/{page}" + (f"?{query}" if query else "")


def names(page):
    links = page.tree.xpath("//main//a[contains(@class,'plain')]")
    return [a.text_content() for a in links if a.get("href").startswith("/hiring/applications/")]


@pytest.mark.parametrize("page", ["board", "table", "screen-next"])
def test_hr_and_the_hiring_manager_only(client, world, fill, page):
    fill()
    for account in (world["hr"], world["manager"]):
        assert client.as_(account).get(at(world, page), follow=True).status == 200
    for account in world["strangers"]:
        assert client.as_(account).get(at(world, page)).status == 403
    assert client.get(at(world, page)).status in {302, 303}


def test_nobody_else_moves_anything(client, world, fill):
    [one] = fill(stage=Stage.SCREENED)
    for account in world["strangers"]:
        answer = client.as_(account).post(at(world, "move"), {"id": one, "to": "interview"})
        assert answer.status == 403


@pytest.mark.parametrize(
    ("page", "said"), [("board", "Nobody here"), ("table", "as soon as somebody applies")]
)
def test_an_empty_posting_says_what_will_appear(hr, world, page, said):
    assert said in hr.get(at(world, page)).text


def test_the_board_shows_each_stage_with_its_count_and_the_longest_waiting_first(hr, world, fill):
    now = portal_clock.now()
    fill(1, given_name="Young", family_name="One", applied_at=now)
    fill(1, given_name="Old", family_name="One", applied_at=now - timedelta(days=9))
    fill(2, stage=Stage.OFFER)
    page = hr.get(at(world, "board"))
    assert names(page)[:2] == ["Old One", "Young One"]
    heads = [" ".join(h.text_content().split()) for h in page.tree.xpath("//*[@class='col-head']")]
    assert heads[0].startswith("Applied2")
    assert heads[4].startswith("Offer2")
    assert "Everyone4" in page.text.replace(" ", "")
    assert "Screen 2 next" in page.text


def test_a_long_column_ends_in_a_link_to_the_table(hr, world, fill):
    fill(11)
    page = hr.get(at(world, "board"))
    assert len(names(page)) == 6
    [link] = page.tree.xpath("//a[@class='lane-more']")
    assert link.text_content() == "5 more"
    assert len(names(hr.get(link.get("href")))) == 11


def test_a_card_moves_by_its_own_form(app, hr, world, fill):
    [one] = fill(stage=Stage.SCREENED)
    page = hr.get(at(world, "board"))
    after = hr.submit(
        page,
        f"/hiring/applications/{one}/move",
        to="interview",
    )
    assert after.status == 200
    with app.app_context():
        assert db.session.get(Application, one).stage is Stage.INTERVIEW


@pytest.mark.parametrize("page", ["board", "table"])
def test_the_cost_does_not_grow(hr, world, fill, count_queries, page):
    fill(1)
    hr.get(at(world, page))
    costs = []
    for more in (0, 2, 297):
        fill(more)
        count_queries()
        assert hr.get(at(world, page)).status == 200
        costs.append(count_queries())
    assert len(set(costs)) == 1, costs
    assert costs[0] <= 12


def test_filters_narrow_board_and_table_with_their_counts(hr, world, fill):
    fill(1, given_name="Umut", family_name="Öztürk", source=ApplicationSource.INDEED)
    old = portal_clock.now() - timedelta(days=6)
    fill(1, given_name="Ece", letter="I speak Arabic", applied_at=old)
    for page in ("board", "table"):
        assert names(hr.get(at(world, page, q="ozturk"))) == ["Umut Öztürk"]
        assert len(names(hr.get(at(world, page, q="arabic")))) == 1
        assert names(hr.get(at(world, page, source="indeed"))) == ["Umut Öztürk"]
        assert len(names(hr.get(at(world, page, wait="5")))) == 1
        assert names(hr.get(at(world, page, q="nobody"))) == []
        assert hr.get(at(world, page, source="nonsense", wait="'", q="%22*%00")).status == 200


def test_the_tabs_count_and_show_what_they_say(hr, world, fill):
    old = portal_clock.now() - timedelta(days=6)
    fill(2)
    fill(1, stage=Stage.INTERVIEW, applied_at=old, given_name="Late")
    fill(3, stage=Stage.REJECTED, rejection_reason=RejectionReason.FILLED)
    fill(1, stage=Stage.WITHDRAWN)
    page = hr.get(at(world, "table"))
    links = page.tree.xpath("//nav[@class='views']/a")
    tabs = {a.text: int(a.xpath("span")[0].text) for a in links}
    assert tabs == {
        "Everyone": 3,
        "Needs me": 2,
        "Waiting over 5 days": 1,
        "Rejected": 3,
        "Withdrawn": 1,
    }
    for tab, number in (("needs-me", 2), ("waiting", 1), ("rejected", 3), ("withdrawn", 1)):
        assert len(names(hr.get(at(world, "table", tab=tab)))) == number


def test_the_table_goes_on_by_cursor_and_each_row_comes_once(hr, world, fill):
    fill(120)
    page, seen = hr.get(at(world, "table")), []
    while True:
        seen += page.tree.xpath("//input[@name='id']/@value")
        following = page.tree.xpath("//a[@rel='next']/@href")
        if not following:
            break
        page = hr.get(following[0])
    assert len(seen) == len(set(seen)) == 120


def test_a_forged_cursor_gives_the_first_page(hr, world, fill):
    fill(2)
    assert len(names(hr.get(at(world, "table", cursor="abc.def")))) == 2


def test_names_are_text_in_any_script(hr, world, fill):
    fill(1, given_name="<b>x</b>", family_name="محمد 😀", headline="<script>1</script>")
    for name in ("board", "table"):
        page = hr.get(at(world, name))
        assert "<b>x</b> محمد 😀" in page.text
        assert not page.tree.xpath("//main//script")


# --- several at once ---


def preview(hr, world, ids, **data):
    return hr.post(at(world, "move"), {"id": ids, **data})


def test_several_move_after_a_preview_and_come_back_together(app, hr, world, fill):
    ids = fill(3, stage=Stage.SCREENED)
    page = preview(hr, world, ids, to="interview")
    assert page.status == 200
    assert "Move 3 applications" in page.text
    with app.app_context():
        assert {row.stage for row in db.session.scalars(sa.select(Application))} == {Stage.SCREENED}
    done = preview(hr, world, ids, to="interview", confirmed="1")
    page = hr.get(done.location)
    assert "3 applications moved to “Interview”" in page.text
    [undo] = [f.action for f in page.tree.forms if "undo-moves" in (f.action or "")]
    assert "3 applications are back" in hr.post(undo, follow=True).text
    with app.app_context():
        assert {row.stage for row in db.session.scalars(sa.select(Application))} == {Stage.SCREENED}


def test_cards_are_selected_on_the_board_and_move_together(app, hr, world, fill):
    one, two = fill(2, stage=Stage.SCREENED)
    page = hr.get(at(world, "board"))
    assert page.tree.xpath("//article//input[@name='id' and @form='bulk']/@value") == [
        str(one),
        str(two),
    ]
    [action] = page.tree.xpath("//form[@id='bulk']/@action")
    assert action == at(world, "move")
    headers = {"Referer": f"http://localhost{at(world, 'board')}"}
    asked = hr.post(action, {"id": [one, two], "to": "interview"}, headers=headers)
    sent = {"id": [one, two], "to": "interview", "confirmed": "1"}
    done = hr.post(action, sent | {"back": asked.fields("/move")["back"]}, follow=True)
    assert "2 applications moved to “Interview”" in done.text
    assert done.tree.xpath("//div[@class='board']")


def test_an_empty_board_has_nothing_to_select(hr, world):
    assert not hr.get(at(world, "board")).tree.xpath("//form[@id='bulk']")


def test_rejecting_several_needs_a_reason_and_mails_each_later(app, hr, world, fill):
    ids = fill(2)
    assert "Choose why" in preview(hr, world, ids, to="rejected").text
    done = preview(hr, world, ids, to="rejected", reason="filled", confirmed="1")
    assert done.status == 303
    with app.app_context():
        mails = db.session.scalars(sa.select(OutgoingMail)).all()
        assert len({mail.to_address for mail in mails}) == 2
        assert {mail.send_after for mail in mails} == {portal_clock.now() + timedelta(minutes=10)}


def test_what_cannot_move_stays_and_says_why(app, hr, world, fill):
    [ready], [unready] = fill(stage=Stage.SCREENED), fill(stage=Stage.OFFER)
    page = preview(hr, world, [ready, unready], to="interview")
    assert "Stays" in page.text
    assert "Move 1 application" in page.text
    preview(hr, world, [ready, unready], to="interview", confirmed="1")
    with app.app_context():
        assert db.session.get(Application, ready).stage is Stage.INTERVIEW
        assert db.session.get(Application, unready).stage is Stage.OFFER


@pytest.mark.parametrize(
    "data",
    [
        {"id": []},
        {"id": ["x", "-1", "9" * 30]},
        {"id": "999999"},
    ],
)
def test_nothing_selected_leads_back(hr, world, data):
    assert hr.post(at(world, "move"), {**data, "to": "interview", "confirmed": "1"}).status == 303


@pytest.mark.parametrize("to", ["", "hired", "withdrawn", "nonsense"])
def test_only_stages_on_offer_are_taken(app, hr, world, fill, to):
    [one] = fill(stage=Stage.OFFER)
    assert preview(hr, world, [one], to=to, confirmed="1").status == 422
    with app.app_context():
        assert db.session.get(Application, one).stage is Stage.OFFER


def test_applications_of_another_posting_are_left_alone(app, hr, world):
    with app.app_context():
        other = hiring.application(stage=Stage.SCREENED).id
        db.session.commit()
    preview(hr, world, [other], to="interview", confirmed="1")
    with app.app_context():
        assert db.session.get(Application, other).stage is Stage.SCREENED


def test_a_made_up_moment_undoes_nothing(hr, world, fill):
    fill()
    for moment in ("0", "9" * 15, "9" * 40):
        assert hr.post(at(world, f"undo-moves/{moment}")).status == 409
