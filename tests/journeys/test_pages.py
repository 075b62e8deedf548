"""Every page that shows or asks, on desk and phone; the chief ones in four languages."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

ROLES = ("hr", "lead", "manager", "associate", "director", "admin")
LANGUAGES = ("en", "tr", "es", "ja")
SIZES = {"desk": DESK, "phone": PHONE}
both_sizes = pytest.mark.parametrize("size", SIZES)

IDS = {
    "open": "select id from posting where state = 'open' order by id",
    "draft": "select id from posting where state = 'draft' order by id",
    "wanted": "select id from requisition where state = 'draft' order by id",
    "requisition": "select requisition_id from posting where state = 'open' order by id",
    "applied": "select id from application where stage = 'applied' order by id",
    "screened": "select id from application where stage = 'screened' order by id",
    "undecided": "select id from application where stage = 'decision' and id not in"
                 " (select application_id from offer) order by id",
    "hired": "select id from application where stage = 'hired' order by id",
    "coming": "select id from interview where state = 'scheduled' and starts_at > CURRENT_TIMESTAMP"
              " order by id",
    "panel": "select interview_id from panel_decision order by interview_id",
    "undecided_panel": "select id from interview where state = 'complete' and id not in"
                       " (select interview_id from panel_decision) order by id",
    "plan": "select id from interview_plan where state = 'published' order by id",
    "two_rounds": 'select plan_id from plan_round where "order" = 2 order by plan_id',
    "next_round": "select a.id from application a join posting p on p.id = a.posting_id"
                  " join interview_plan n on n.requisition_id = p.requisition_id"
                  ' join plan_round r on r.plan_id = n.id and r."order" = 2'
                  " where a.stage = 'screened' order by a.id",
    "question": "select id from question order by id",
    "offer": "select id from offer where state = 'sent' order by id",
    "offer_draft": "select id from offer where state = 'draft' order by id",
    "onboarding": "select id from onboarding_plan order by id",
    "template": "select id from onboarding_template order by id",
    "person": "select person_id from account where email = 'associate@demo.example'",
    "employment": "select id from employment where ends_on is null order by id desc",
    "account": "select id from account where email = 'associate@demo.example'",
    "competency": "select id from competency order by id",
    "version": "select id from competency_version order by id",
    "role": "select id from role order by id",
    "band": "select id from pay_band order by id",
    "site": "select id from site order by id",
    "team": "select id from team where parent_id is not null order by id",
    "mail": "select id from outgoing_mail where kind = 'interviews/invitation' order by id",
    "paper": "select id from document where state = 'ready' order by id",
}  # fmt: skip

HIRING = """
/hiring/requisitions /hiring/requisitions/new /hiring/requisitions/{requisition}
/hiring/requisitions/{wanted}/edit /hiring/requisitions/{wanted}/submit
/hiring/requisitions/{wanted}/posting /hiring/postings/{open} /hiring/postings/{draft}
/hiring/postings/{draft}/edit /hiring/postings/{draft}/edit/en /hiring/postings/{open}/preview
/hiring/postings/{open}/criteria /hiring/postings/{open}/board /hiring/postings/{open}/table
/hiring/applications/{applied} /hiring/applications/{hired} /hiring/applications/{applied}/screen
/hiring/applications/{applied}/move /hiring/candidates /offers /offers/{offer}
/offers/{offer_draft}/edit /offers/new/{undecided} /settings/letters
/settings/letters/standard /settings/letters/promotion /settings/letters/probation-end
"""
AFTER = """
/interviews /interviews/schedule/{screened} /interviews/{coming} /interviews/{coming}/reschedule
/interviews/{undecided_panel}/panel /interviews/{panel}/panel /interviews/plans/{plan}
/interviews/plans/{two_rounds} /interviews/schedule/{next_round}
/settings/questions /settings/questions/{question} /settings/questions/new
/onboarding/plans/{onboarding} /settings/onboarding /settings/onboarding/{template}
"""
PEOPLE = """
/people/{person} /people/add /people/{person}/edit /people/{person}/employ /people/{person}/evidence
/people/employments/{employment}/end /settings/competencies /settings/competencies/{competency}
/settings/competencies/{competency}/edit /settings/competencies/versions/{version}
/settings/roles /settings/roles/{role} /settings/roles/{role}/requirements
/settings/roles/{role}/edit /settings/roles/{role}/pay /settings/roles/add
"""
ADMIN = """
/account /search?q=a /settings/organisation /settings/sites /settings/sites/{site}
/settings/sites/add /settings/teams /settings/teams/{team} /settings/teams/add /settings/trail
/settings/accounts /settings/accounts/{account} /settings/outbox /settings/outbox/{mail}
/settings/health
"""
PARTS = {"hiring": ("hr", HIRING), "after": ("hr", AFTER), "people": ("hr", PEOPLE),
         "admin": ("admin", ADMIN)}  # fmt: skip


def paths(portal: Portal, table: str) -> list[str]:
    """The addresses of a table with ids of the demo in them."""
    used = {name: key for name, key in IDS.items() if f"{{{name}}}" in table}
    ids = {name: portal.value(f"{query} limit 1") for name, query in used.items()}
    return table.format(**ids).split()


@both_sizes
@pytest.mark.parametrize("role", ROLES)
def test_the_navigation(enter: Open, role: str, size: str) -> None:
    walker = enter(role, size=SIZES[size])
    walker.go("/")
    found = walker.page.locator(".nav-list a").evaluate_all("links => links.map(a => a.pathname)")
    assert len(found) > 1
    for path in found[1:]:
        walker.go(path)
        assert walker.has(".nav-list a[aria-current=page]"), path


@both_sizes
@pytest.mark.parametrize("part", PARTS)
def test_every_page_inside(portal: Portal, enter: Open, part: str, size: str) -> None:
    role, table = PARTS[part]
    walker = enter(role, size=SIZES[size])
    for path in paths(portal, table):
        walker.go(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_public_pages_in_every_language(portal: Portal, walk: Open, lang: str) -> None:
    walker = walk(lang=lang, size=PHONE)
    status = portal.mails("hiring/received", someone(portal, "applied"))[0]
    offer = portal.mails("offers/offer", someone(portal, "offer"))[0].link("/offer/")
    slug = portal.value("select slug from posting where state = 'open' order by id limit 1")
    closed = portal.value("select slug from posting where state = 'closed' order by id limit 1")
    for path in (
        "/careers", f"/careers/{slug}", f"/careers/{slug}/apply", "/sign-in", "/reset", "/verify",
        status.link("/careers/applications/"), offer, f"{offer}/accept", f"{offer}/decline",
    ):  # fmt: skip
        walker.go(f"{path}?lang={lang}")
    walker.go(f"/careers/{closed}?lang={lang}", status=410)


def someone(portal: Portal, stage: str) -> str:
    """The address of the first candidate of the demo at a stage; with an offer, a sent one."""
    query = "select email from application where stage = ? order by id limit 1"
    if stage == "offer":
        query = (
            "select a.email from application a join offer o on o.application_id = a.id"
            " where a.stage = ? and o.state = 'sent' order by o.id desc limit 1"
        )
    return str(portal.value(query, stage))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_chief_pages_inside_in_every_language(portal: Portal, enter: Open, lang: str) -> None:
    hr = enter("hr", size=PHONE)
    hr.lang = lang
    chief = "/ /hiring/postings/{open}/board /hiring/applications/{applied}/screen /offers/{offer}"
    for path in paths(portal, f"{chief} /interviews/{{panel}}/panel /onboarding"):
        hr.go(f"{path}?lang={lang}")
    card = portal.value(
        "select s.id from scorecard s join account a on a.id = s.account_id"
        " join interview i on i.id = s.interview_id where s.state = 'draft'"
        " and i.state = 'scheduled' and a.email = 'interviewer1@demo.example'"
        " order by s.id limit 1"
    )
    interviewer = enter("interviewer1", size=PHONE)
    interviewer.lang = lang
    interviewer.go(f"/interviews/scorecards/{card}?lang={lang}")


def test_the_dark_theme(portal: Portal, enter: Open, walk: Open) -> None:
    hr = enter("hr", color_scheme="dark")
    for path in paths(portal, "/ /hiring /hiring/postings/{open}/board /hiring/applications/{hired}"
                              " /interviews/{panel}/panel /offers/{offer} /people"):  # fmt: skip
        hr.go(path)
    stranger = walk(color_scheme="dark", size=PHONE)
    slug = portal.value("select slug from posting where state = 'open' order by id limit 1")
    stranger.go(f"/careers/{slug}/apply")
