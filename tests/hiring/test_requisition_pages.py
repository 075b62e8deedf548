"""Pages of requisitions: the form, the record, the approval, and the lists."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from portal.core import search
from portal.core.db import db
from portal.hiring.models import Requisition
from portal.hiring.states import RequisitionState
from tests.factories import people
from tests.factories import postings as make


@pytest.fixture
def hr(saved):
    return saved(lambda: make.hr().id)


@pytest.fixture
def place(saved):
    """A role, a team and a manager to choose from."""

    def scene():
        team, role, boss = people.team(), make.profile(), people.account(roles=["manager"])
        return {
            "role": role.id, "site": team.site_id, "team": team.id,
            "hiring_manager": boss.person_id, "openings": "2", "reason": "growth",
        }  # fmt: skip

    return saved(scene)


def draft_of(account_id):
    """A draft whose hiring manager can be chosen again."""
    row = make.draft(created_by_id=account_id)
    people.account(person=row.hiring_manager, roles=["manager"])
    return row.id


def waiting_for(approver, requester=None):
    values = {"created_by_id": requester} if requester else {}
    return make.in_approval(([approver], 1), **values).id


def test_opening_a_role_makes_a_draft_with_the_band(client, hr, place, saved):
    page = client.as_(hr).get("/hiring/requisitions/new")
    assert page.h1 == "Open a role"
    done = client.as_(hr).post("/hiring/requisitions/new", place)
    assert done.status == 303

    def look():
        row = db.session.scalars(sa.select(Requisition)).one()
        return row.id, row.state, row.pay_minimum

    key, state, pay = saved(look)
    assert (state, pay) == (RequisitionState.DRAFT, 48_000_000)
    assert done.location.endswith(f"/hiring/requisitions/{key}")


@pytest.mark.parametrize(
    ("field", "sent"),
    [("openings", "0"), ("openings", "9" * 40), ("openings", "two"), ("role", "999999"),
     ("site", ""), ("reason", "x"), ("pay_minimum", "abc"), ("wanted_start", "2026-02-30"),
     ("wanted_start", "2020-01-01"), ("note", "x" * 2001)],
)  # fmt: skip
def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(client, hr, place, field, sent):
    page = client.as_(hr).post(
        "/hiring/requisitions/new", {"note": "Please keep <b>this</b>"} | place | {field: sent}
    )
    assert page.status == 422
    assert page.tree.get_element_by_id(f"{field}-error") is not None
    if field != "note":
        assert page.fields("/new")["note"].strip() == "Please keep <b>this</b>"


def test_pay_fields_fill_themselves_in_from_the_band(client, hr, place):
    page = client.as_(hr).get(
        "/hiring/requisitions/pay", query_string={"role": place["role"], "site": place["site"]}
    )
    assert page.tree.get_element_by_id("pay_minimum").value == "480,000.00"
    assert "TRY" in page.text


def test_a_stale_form_is_refused_and_keeps_its_text(client, hr, saved):
    key = saved(lambda: draft_of(hr))
    me = client.as_(hr)
    form = me.get(f"/hiring/requisitions/{key}/edit")
    assert me.submit(form, "/edit", follow=False, note="First").status == 303
    stale = me.submit(form, "/edit", follow=False, note="Second")
    assert stale.status == 422
    assert "changed this while" in stale.text
    assert stale.fields("/edit")["note"].strip() == "Second"


def test_what_was_sent_cannot_be_edited(client, hr, saved):
    key = saved(lambda: waiting_for(make.director(), hr))
    assert client.as_(hr).get(f"/hiring/requisitions/{key}/edit").status == 409


def test_from_draft_to_approved(client, hr, saved):
    boss = saved(lambda: make.director().id)
    key = saved(lambda: draft_of(hr))
    url = f"/hiring/requisitions/{key}"
    me, director = client.as_(hr), client.as_(boss)
    page = me.submit(me.get(f"{url}/submit"), "/submit")
    assert "In approval" in page.text
    page = director.get(url)
    assert "This waits for you" in page.text
    page = director.submit(page, "/decide", agreed="yes")
    assert "Approved" in page.text
    assert "Compose a posting" in me.get(url).text


@pytest.mark.parametrize("sent", [{}, {"agreed": "no"}, {"agreed": "maybe"}])
def test_a_decision_is_whole(client, saved, sent):
    def scene():
        boss = make.director()
        return boss.id, waiting_for(boss)

    boss, key = saved(scene)
    page = client.as_(boss).post(f"/hiring/requisitions/{key}/decide", sent)
    assert page.status == 422
    assert page.tree.xpath("//*[@id='note-error' or @id='agreed-error']")


def test_deciding_twice_is_a_message_not_a_fault(client, saved):
    def scene():
        boss = make.director()
        return boss.id, waiting_for(boss)

    boss, key = saved(scene)
    me = client.as_(boss)
    url = f"/hiring/requisitions/{key}/decide"
    assert me.post(url, {"agreed": "yes"}).status == 303
    assert me.post(url, {"agreed": "yes"}).status == 409


def test_two_approvers_with_the_page_open_both_count(client, saved):
    def scene():
        panel = [make.director(), make.director()]
        return [one.id for one in panel], make.in_approval((panel, 2)).id

    panel, key = saved(scene)
    clients = [client.as_(one) for one in panel]
    pages = [one.get(f"/hiring/requisitions/{key}") for one in clients]
    for one, page in zip(clients, pages, strict=True):
        assert one.submit(page, "/decide", agreed="yes", follow=False).status == 303
    assert saved(lambda: db.session.get_one(Requisition, key).state) is RequisitionState.APPROVED


def test_who_asked_is_not_offered_as_approver_when_others_are(client, hr, saved):
    saved(lambda: make.director().id)
    key = saved(lambda: draft_of(hr))
    page = client.as_(hr).get(f"/hiring/requisitions/{key}/submit")
    values = page.tree.xpath("//input[@name='approvers_1']/@value")
    assert values
    assert str(hr) not in values


def test_sending_without_an_approver_is_refused(client, hr, saved):
    key = saved(lambda: draft_of(hr))
    page = client.as_(hr).post(
        f"/hiring/requisitions/{key}/submit", {"needed_1": "1", "version": "1"}
    )
    assert page.status == 422
    assert "Name at least one approver" in page.text


def test_cancelling(client, hr, saved):
    key = saved(lambda: draft_of(hr))
    page = client.as_(hr).post(f"/hiring/requisitions/{key}/cancel", follow=True)
    assert "Cancelled" in page.text
    assert client.as_(hr).post(f"/hiring/requisitions/{key}/cancel").status == 409


@pytest.mark.parametrize("address", ["", "/requisitions", "/requisitions/new"])
def test_a_stranger_is_sent_to_sign_in_and_an_associate_away(client, saved, address):
    nobody = saved(lambda: people.account().id)
    assert client.get(f"/hiring{address}").status == 303
    assert client.as_(nobody).get(f"/hiring{address}").status == 403


def test_another_managers_requisition_is_closed_to_a_manager(client, hr, saved):
    key = saved(lambda: draft_of(hr))
    other = saved(lambda: people.account(roles=["manager"]).id)
    for part in ("", "/edit", "/submit", "/posting"):
        assert client.as_(other).get(f"/hiring/requisitions/{key}{part}").status == 403
    for part in ("/decide", "/cancel"):
        assert client.as_(other).post(f"/hiring/requisitions/{key}{part}").status == 403


def test_forged_ids_are_not_found(client, hr):
    assert client.as_(hr).get("/hiring/requisitions/999999").status == 404
    assert client.as_(hr).get(f"/hiring/requisitions/{'9' * 30}").status == 404


def links(client, account, address="/hiring/requisitions"):
    return client.as_(account).get(address).tree.xpath("//tbody/tr/td[1]/a/@href")


def test_lists_show_only_what_is_ones_own(client, hr, saved):
    def scene():
        boss, approver = people.account(roles=["manager"]), people.account(roles=["manager"])
        mine = make.draft()
        mine.hiring_manager_id = boss.person_id
        return boss.id, approver.id, mine.id, waiting_for(approver)

    boss, approver, mine, asked = saved(scene)
    assert links(client, boss) == [f"/hiring/requisitions/{mine}"]
    assert links(client, approver) == [f"/hiring/requisitions/{asked}"]
    assert len(links(client, hr)) == 2


def test_an_approver_with_id_1_does_not_see_what_waits_for_11(client, saved):
    def scene():
        accounts = [people.account(roles=["manager"]) for _number in range(12)]
        waiting_for(accounts[-1])
        return [one.id for one in accounts]

    accounts = saved(scene)
    assert [one for one in accounts if links(client, one)] == [accounts[-1]]


@pytest.mark.parametrize(("address", "cost"), [("/hiring", 4), ("/hiring/requisitions", 8)])
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, hr, saved, count_queries, address, cost
):
    me = client.as_(hr)
    saved(lambda: make.published().id)
    me.get(address)
    count_queries()
    assert len(me.get(address).tree.xpath("//tbody/tr")) == 1
    # Account, counts, rows, organisation; saved views, roles, sites and people to choose from.
    assert count_queries() == cost
    saved(lambda: [make.published().id, make.published().id])
    count_queries()
    assert len(me.get(address).tree.xpath("//tbody/tr")) == 3
    assert count_queries() == cost


def test_lists_narrow_to_a_state(client, hr, saved):
    saved(lambda: [make.published().id, make.draft().id])
    assert len(links(client, hr, "/hiring/requisitions?state=draft")) == 1
    assert len(links(client, hr, "/hiring/requisitions?state=nonsense")) == 2


def test_the_list_narrows_to_role_site_and_the_people_behind_it(client, hr, saved):
    def scene():
        lead = people.person("Lena", "Ledger")
        first = make.draft(team=people.team(lead=lead))
        second = make.draft()
        make.draft()
        return {
            "role": (first.id, first.role_id), "site": (second.id, second.site_id),
            "person": (second.id, second.hiring_manager_id), "lead": (first.id, lead.id),
        }  # fmt: skip

    for name, (key, value) in saved(scene).items():
        asked = "person" if name == "lead" else name
        found = links(client, hr, f"/hiring/requisitions?{asked}={value}")
        assert found == [f"/hiring/requisitions/{key}"], name


@pytest.mark.parametrize("text", ["nightingale", "NİGHT", "gale"])
def test_the_list_is_searched_by_the_name_of_role_site_or_team(client, hr, saved, text):
    def scene():
        named = people.site(name={"en": "Nightingale Hall"})
        return make.draft(site=named).id, make.draft().id

    wanted, _other = saved(scene)
    assert links(client, hr, f"/hiring/requisitions?q={text}") == [f"/hiring/requisitions/{wanted}"]


def test_the_list_is_searched_by_the_name_of_the_manager(client, hr, saved):
    def scene():
        boss = people.person("Işıl", "Öztürk")
        search.index("person", boss.id, "Işıl Öztürk")
        return make.draft(hiring_manager=boss).id, make.draft().id

    wanted, _other = saved(scene)
    found = links(client, hr, "/hiring/requisitions?q=ozturk isil")
    assert found == [f"/hiring/requisitions/{wanted}"]


def test_states_keep_the_filters_and_count_what_fits(client, hr, saved):
    def scene():
        first = make.draft()
        make.published()
        return first.role_id

    page = client.as_(hr).get(f"/hiring/requisitions?role={saved(scene)}&q=")
    tabs = page.tree.xpath("//nav[contains(@class, 'views')]/a")
    assert {" ".join(tab.text_content().split()) for tab in tabs} <= {"All1", "Draft1"}
    narrowed = client.as_(hr).get("/hiring/requisitions?q=nobody&state=draft")
    assert "No requisition fits" in narrowed.text
    kept = narrowed.tree.xpath("//form[@role='search']//input[@name='state']/@value")
    assert kept == ["draft"]
    assert "q=nobody" in "".join(narrowed.tree.xpath("//nav[contains(@class, 'views')]/a/@href"))


def test_an_empty_list_offers_the_first_step(client, hr):
    page = client.as_(hr).get("/hiring")
    assert "Open a role" in page.text
    assert page.tree.xpath("//*[@class='empty']")
