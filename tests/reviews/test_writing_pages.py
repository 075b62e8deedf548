"""Pages of reviews being written: parts, peers, lists, cycles; nobody sees early or by name."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from portal.core import search
from portal.core.db import db
from portal.people.operations import SEARCH_KIND
from portal.reviews.models import ReviewPart
from portal.reviews.states import CycleState, PartKind, PartState
from tests.factories import people
from tests.factories import reviews as make
from tests.page import PageClient

pytestmark = pytest.mark.usefixtures("clock")
Saved = Callable[[Callable[[], Any]], Any]

SOON = {
    "parts_due_on": date(2026, 12, 1),
    "manager_due_on": date(2026, 12, 8),
    "calibration_due_on": date(2026, 12, 20),
    "signing_due_on": date(2026, 12, 31),
}


def scene() -> dict[str, Any]:
    """Ayşe's review: her part and the manager's are open, three peers have written."""
    one = make.review(cycle=make.cycle(**SOON))
    own = make.part(one.review, PartKind.SELF, one.self)
    boss = make.part(one.review, PartKind.MANAGER, one.manager)
    peers = [people.account(person=people.person(f"Peer{n}", "Quiet")) for n in range(3)]
    written = [
        make.submitted(one.review, PartKind.PEER, peer, text=f"CANARY-PEER-{n}", note="CANARY-NOTE")
        for n, peer in enumerate(peers)
    ]
    return {
        "review": one.review.id,
        "cycle": one.cycle.id,
        "own": own.id,
        "boss": boss.id,
        "peer": written[0].id,
        "self": one.self.id,
        "manager": one.manager.id,
        "director": one.director.id,
        "hr": one.hr.id,
        "author": peers[0].id,
        "stranger": people.account().id,
        "subject": f"c{one.competency.id}",
        "team": one.review.team_id,
    }


def fill(ids: dict[str, Any], **more: Any) -> dict[str, Any]:
    subject = ids["subject"]
    return {f"level-{subject}": "4", f"note-{subject}": "", "text-strengths": "Mine"} | more


def test_a_part_shows_all_five_sentences_and_what_is_asked(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    page = client.as_(ids["self"]).get(f"/reviews/parts/{ids['own']}")
    assert page.h1 == "Your self-review"
    assert all(f"at level {level}." in page.text for level in range(1, 6))


def test_handing_in_needs_a_level_and_an_answer_and_keeps_what_was_typed(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    me, url = client.as_(ids["self"]), f"/reviews/parts/{ids['own']}"
    sent = {f"level-{ids['subject']}": "5", "text-strengths": "Typed words", "version": "1"}
    page = me.post(url, data=sent)
    assert page.status == 422
    assert "A 1, 2 or 5 needs a note" in page.text
    assert "Typed words" in page.text
    done = me.post(url, data=fill(ids, version="1"))
    assert (done.status, done.location) == (303, "/my/reviews")
    assert "Handed in by" in me.get(url).text


def test_autosave_answers_scripts_with_the_new_version(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    me = client.as_(ids["self"])
    headers = {"Accept": "application/json"}
    url = f"/reviews/parts/{ids['own']}/draft"
    sent = fill(ids, version="1", csrf_token=me.csrf())
    with me.http.post(url, data=sent, headers=headers) as response:
        assert response.get_json() == {"version": 2}
    with me.http.post(url, data=sent | {"text-strengths": "Other"}, headers=headers) as response:
        assert response.status_code == 409


def test_the_slower_of_two_browsers_keeps_what_was_typed(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    me, url = client.as_(ids["self"]), f"/reviews/parts/{ids['own']}"
    me.post(f"{url}/draft", data=fill(ids, version="1"))
    page = me.post(url, data=fill(ids, version="1") | {"text-strengths": "Second browser"})
    assert page.status == 409
    assert "Someone was faster" in page.text
    assert "Second browser" in page.text


def test_the_manager_reads_the_self_review_only_once_it_is_in(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    me, boss = f"/reviews/parts/{ids['own']}", f"/reviews/parts/{ids['boss']}"
    client.as_(ids["self"]).post(
        f"{me}/draft", data=fill(ids, version="1") | {"text-strengths": "CANARY-SELF"}
    )
    page = client.as_(ids["manager"]).get(boss)
    assert "CANARY-SELF" not in page.html
    assert client.as_(ids["manager"]).get(me).status == 403
    client.as_(ids["self"]).post(
        me, data=fill(ids, version="2") | {"text-strengths": "CANARY-SELF"}
    )
    assert "CANARY-SELF" in client.as_(ids["manager"]).get(boss).html


@pytest.mark.parametrize("who", ["self", "manager", "director", "hr", "stranger"])
def test_nameless_words_are_nowhere_while_parts_are_written(
    client: PageClient, saved: Saved, who: str
) -> None:
    ids = saved(scene)
    viewer = client.as_(ids[who])
    urls = (
        f"/reviews/parts/{ids['peer']}", f"/reviews/{ids['review']}/peers", "/my/reviews",
        "/reviews/team", f"/reviews/parts/{ids['boss']}", f"/reviews/parts/{ids['own']}", "/",
        f"/reviews/{ids['review']}", "/inbox",
    )  # fmt: skip
    for url in urls:
        assert "CANARY" not in viewer.get(url).html
    assert viewer.get(f"/reviews/parts/{ids['peer']}").status == 403


def test_the_author_of_a_nameless_part_reads_it_again(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    assert "CANARY-PEER-0" in client.as_(ids["author"]).get(f"/reviews/parts/{ids['peer']}").text


def test_peers_see_nothing_of_the_persons_figures(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)

    def reopened() -> None:
        part = db.session.get_one(ReviewPart, ids["peer"])
        part.state, part.submitted_at, part.score = PartState.OPEN, None, None

    saved(reopened)
    page = client.as_(ids["author"]).get(f"/reviews/parts/{ids['peer']}")
    assert "What happened in the period" not in page.text
    assert "Your name is not shown" in page.text


def test_a_colleague_is_found_proposed_and_agreed_to(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)

    def colleague() -> int:
        person = people.person("Zeynep", "Ünal")
        people.account(person=person)
        people.employment(person)
        search.index(SEARCH_KIND, person.id, person.display_name)
        return person.id

    peer = saved(colleague)
    url = f"/reviews/{ids['review']}/peers"
    me = client.as_(ids["self"])
    assert "Zeynep" in me.get(f"{url}?q=unal").text
    assert me.post(url, data={"peer": str(peer)}).status == 303
    page = client.as_(ids["manager"]).get(url)
    assert "Zeynep Ünal" in page.text
    waiting = sa.select(ReviewPart.id).where(ReviewPart.author_id == peer)
    part = saved(lambda: db.session.scalar(waiting))
    assert client.as_(ids["self"]).post(f"/reviews/parts/{part}/agree").status == 403
    assert client.as_(ids["manager"]).post(f"/reviews/parts/{part}/agree").status == 303


def test_a_refused_proposal_says_why_beside_the_search(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    own = saved(lambda: db.session.get_one(ReviewPart, ids["own"]).author_id)
    page = client.as_(ids["self"]).post(
        f"/reviews/{ids['review']}/peers", data={"peer": str(own), "q": "ay"}
    )
    assert (page.status, "own peer" in page.text) == (422, True)
    assert 'value="ay"' in page.html


def test_the_team_list_counts_nameless_parts_and_names_nobody(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)
    page = client.as_(ids["manager"]).get("/reviews/team")
    assert "Ayşe" in page.text
    assert "3 of 3" in page.text
    assert "Quiet" not in page.text
    with client.as_(ids["manager"]).http.get("/reviews/team/export/csv") as response:
        rows = list(csv.reader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff"))))
    assert len(rows) == 2
    assert "Quiet" not in str(rows)


@pytest.mark.parametrize("number", [1, 3])
def test_the_team_list_costs_the_same_for_one_review_and_for_three(
    client: PageClient, saved: Saved, count_queries: Callable[[], int], number: int
) -> None:
    def several() -> list[int]:
        first = make.review()
        for _one in range(number - 1):
            make.review(cycle=first.cycle, team=first.review.team, manager=first.manager)
        return [first.hr.id, first.manager.id]

    for account in saved(several):
        viewer = client.as_(account)
        viewer.get("/inbox")
        count_queries()
        page = viewer.get("/reviews/team")
        assert (page.status, len(page.tree.xpath("//tbody/tr"))) == (200, number)
        assert count_queries() == 8


def test_the_team_list_goes_on_where_its_page_ends(
    client: PageClient, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    def several() -> int:
        first = make.review(person=people.person("Ada", "Brown"))
        for given, family in (("Cem", "Demir"), ("Can", "Acar")):
            make.review(
                cycle=first.cycle, team=first.review.team, manager=first.manager,
                person=people.person(given, family),
            )  # fmt: skip
        return first.manager.id

    monkeypatch.setattr("portal.reviews.routes.team.SIZE", 2)
    viewer = client.as_(saved(several))
    page = viewer.get("/reviews/team")
    names = page.tree.xpath("//tbody/tr/td[1]//b/text()")
    [further] = set(page.tree.xpath("//a[contains(@href, 'cursor=')]/@href"))
    last = viewer.get(further).tree.xpath("//tbody/tr/td[1]//b/text()")
    assert (names, last) == (["Can Acar", "Ada Brown"], ["Cem Demir"])


def test_everybody_sees_only_the_reviews_they_answer_for(client: PageClient, saved: Saved) -> None:
    ids, other = saved(lambda: (scene(), scene()))
    assert len(client.as_(ids["manager"]).get("/reviews/team").tree.xpath("//tbody/tr")) == 1
    assert len(client.as_(ids["hr"]).get("/reviews/team").tree.xpath("//tbody/tr")) == 2
    assert client.as_(ids["self"]).get("/reviews/team").status == 403
    narrowed = client.as_(ids["hr"]).get(f"/reviews/team?cycle={other['cycle']}")
    assert len(narrowed.tree.xpath("//tbody/tr")) == 1


@contextmanager
def counted() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            seen.append(statement)

    sa.event.listen(sa.Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", note)


@pytest.mark.parametrize("url", ["/reviews/team", "/reviews/cycles"])
def test_a_list_costs_as_many_queries_with_one_row_as_with_three(
    client: PageClient, saved: Saved, url: str
) -> None:
    ids = saved(scene)
    hr = client.as_(ids["hr"])
    hr.get(url)
    with counted() as first:
        hr.get(url)
    saved(lambda: [scene() for _number in range(2)] and None)
    with counted() as second:
        hr.get(url)
    assert len(first) == len(second)
    assert len(first) <= 12


def test_a_cycle_is_prepared_looked_at_and_begun(client: PageClient, saved: Saved) -> None:
    def office() -> dict[str, int]:
        template = make.template()
        lead = people.person("Leyla")
        team = people.team("Cards", lead=lead)
        people.employment(lead, team=team)
        member = people.person("Mina")
        people.employment(member, team=team, manager=lead)
        return {
            "hr": people.account(roles=["hr"]).id, "template": template.id, "team": team.id,
        }  # fmt: skip

    ids = saved(office)
    hr = client.as_(ids["hr"])
    form = hr.get("/reviews/cycles/new").fields()
    sent = form | {f"name-{code}": "Review 2026" for code in ("en", "tr", "es", "ja")}
    sent |= {"template": str(ids["template"]), "teams": str(ids["team"])}
    sent |= {"weight_self": "40", "weight_manager": "50", "weight_peer": "0"}
    wrong = hr.post("/reviews/cycles/new", data=sent | {"weight_upward": "0"})
    assert wrong.status == 422
    assert "The weights sum to 90" in wrong.text
    assert "Review 2026" in wrong.html
    made = hr.post("/reviews/cycles/new", data=sent | {"weight_upward": "10"})
    assert made.status == 303
    page = hr.get(made.location)
    assert "Mina" in page.text
    assert "nobody who answers for them" in page.text
    assert hr.post(f"{made.location}/launch").status == 303
    assert "Parts are being written" in hr.get(made.location).text


def test_a_cycle_changed_by_somebody_else_in_between_is_not_overwritten(
    client: PageClient, saved: Saved
) -> None:
    def draft() -> tuple[int, int]:
        cycle = make.cycle(state=CycleState.DRAFT, launched_at=None)
        return people.account(roles=["hr"]).id, cycle.id

    hr_id, cycle = saved(draft)
    hr, url = client.as_(hr_id), f"/reviews/cycles/{cycle}/edit"
    form = hr.get(url).fields()
    assert hr.post(url, data=form | {"peers_wanted": "4"}).status == 303
    page = hr.post(url, data=form | {"peers_wanted": "5"})
    assert "Someone changed this" in page.text
    assert 'value="5"' in page.html


def test_a_running_cycle_moves_its_days_though_its_template_is_out_of_use(
    client: PageClient, saved: Saved
) -> None:
    def running() -> tuple[int, int]:
        retired = make.template(state=make.TemplateState.RETIRED)
        return people.account(roles=["hr"]).id, make.cycle(template=retired).id

    hr_id, cycle = saved(running)
    hr, url = client.as_(hr_id), f"/reviews/cycles/{cycle}/edit"
    form = hr.get(url).fields()
    assert hr.post(url, data=form | {"signing_due_on": "2026-12-22"}).status == 303
    assert "December 22, 2026" in hr.get(f"/reviews/cycles/{cycle}").text


def test_what_is_missing_in_a_part_is_called_by_its_name(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    me = client.as_(ids["self"])
    page = me.post(f"/reviews/parts/{ids['own']}", data={"version": "1"})
    listed = page.tree.xpath(f"//a[@href='#level-{ids['subject']}']")[0].text_content()
    name = page.tree.xpath(f"//*[@id='subject-{ids['subject']}-name']")[0].text_content()
    assert listed.startswith(f"{name}: ")


def test_a_draft_with_wrong_weights_shows_the_sum_when_published(
    client: PageClient, saved: Saved
) -> None:
    def draft() -> tuple[int, int]:
        template = make.template(
            state=make.TemplateState.DRAFT,
            sections=[make.section("skills", "competencies", 60), make.section("why")],
        )
        return people.account(roles=["hr"]).id, template.id

    hr_id, key = saved(draft)
    hr = client.as_(hr_id)
    page = hr.post(f"/settings/reviews/{key}/publish")
    assert (page.status, "The weights sum to 60" in page.text) == (422, True)
    form = hr.get(f"/settings/reviews/{key}/edit").fields(f"/settings/reviews/{key}/edit")
    saved_ = hr.post(f"/settings/reviews/{key}/edit", data=form | {"section_skills": "100"})
    assert saved_.status == 303
    assert hr.post(f"/settings/reviews/{key}/publish").status == 303


def test_what_waits_stands_on_the_home_page(client: PageClient, saved: Saved) -> None:
    ids = saved(scene)
    page = client.as_(ids["self"]).get("/")
    assert "Your self-review" in page.text
    assert "your part of the review" in client.as_(ids["manager"]).get("/").text


def test_hr_finds_reviews_without_a_manager_on_the_home_page(
    client: PageClient, saved: Saved
) -> None:
    ids = saved(scene)

    def alone() -> None:
        review = db.session.get_one(make.Review, ids["review"])
        review.manager, review.manager_id = None, None

    saved(alone)
    assert "nobody answers for the review" in client.as_(ids["hr"]).get("/").text
