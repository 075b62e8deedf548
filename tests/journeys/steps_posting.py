"""From the wish for a colleague to a published posting."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import lxml.etree

from tests.journeys.server import Portal
from tests.journeys.walker import Walker

ATOM = "{http://www.w3.org/2005/Atom}"


def ask_for_a_colleague(hr: Walker, portal: Portal) -> int:
    """HR opens a requisition for Istanbul with the pay of the band; returns its id."""
    lead = portal.value("select person_id from account where email = 'lead@demo.example'")
    team = portal.value("select id from team where lead_id = ?", lead)
    role = portal.value("select id from role where key = 'customer_service_associate'")
    site = portal.value("select id from site where key = 'istanbul'")
    hr.go("/hiring")
    hr.follow('.main a[href$="/hiring/requisitions/new"]')
    with hr.page.expect_response("**/hiring/requisitions/pay*"):
        hr.page.select_option("[name=role]", str(role))
    with hr.page.expect_response("**/hiring/requisitions/pay*"):
        hr.page.select_option("[name=site]", str(site))
    hr.page.select_option("[name=team]", str(team))
    hr.page.select_option("[name=hiring_manager]", str(lead))
    hr.page.locator("[name=reason]").first.check()
    hr.page.fill("[name=wanted_start]", day(30))
    hr.press("/hiring/requisitions/new")
    return hr.number(r"/hiring/requisitions/(\d+)$")


def approve(hr: Walker, director: Walker, requisition: int) -> None:
    """HR sends the requisition off, the director agrees from the home page."""
    hr.follow('.main a[href$="/submit"]')
    hr.press("/submit")
    director.go("/?all=1")
    director.follow(f'.main a[href$="/hiring/requisitions/{requisition}"]')
    director.page.check("[name=agreed][value=yes]")
    director.press("/decide")


def compose(hr: Walker, requisition: int) -> int:
    """HR composes the posting in Turkish and English from the role; returns its id."""
    hr.go(f"/hiring/requisitions/{requisition}")
    hr.follow('.main a[href$="/posting"]')
    for code in ("en", "tr", "es", "ja"):
        hr.page.set_checked(f"[name=languages][value={code}]", code in {"en", "tr"})
    hr.page.locator("#composed [lang=tr] li").first.wait_for()
    hr.settle()
    hr.press("/posting", ".savebar [type=submit]")
    return hr.number(r"/hiring/postings/(\d+)")


def publish(hr: Walker, portal: Portal, posting: int) -> str:
    """HR sets the last day, fixes the criteria and publishes; returns the slug."""
    hr.go(f"/hiring/postings/{posting}/edit/tr")
    hr.go(f"/hiring/postings/{posting}/edit")
    hr.page.fill("[name=closes_on]", day(40))
    hr.press("/edit")
    hr.go(f"/hiring/postings/{posting}/criteria")
    hr.press("/criteria")
    hr.go(f"/hiring/postings/{posting}")
    hr.go(f"/hiring/postings/{posting}/preview")
    hr.go(f"/hiring/postings/{posting}")
    hr.press("/publish")
    return str(portal.value("select slug from posting where id = ?", posting))


def find_the_job(stranger: Walker, slug: str) -> None:
    """The careers site lists it; search engines and feed readers find every field."""
    stranger.go("/careers")
    stranger.follow(f'a[href*="/careers/{slug}"]')
    check_structured_data(stranger)
    feed = stranger.context.request.get("/careers/feed.atom")
    assert feed.headers["content-type"].startswith("application/atom+xml")
    entries = lxml.etree.fromstring(feed.body()).findall(f"{ATOM}entry")
    (entry,) = [one for one in entries if slug == link_of(one).rsplit("/", 1)[1].split("?")[0]]
    for name in ("id", "title", "updated", "published", "content"):
        assert entry.findtext(f"{ATOM}{name}"), name


def link_of(entry: Any) -> str:
    return str(entry.find(f"{ATOM}link").get("href"))


def check_structured_data(stranger: Walker) -> None:
    """Every field that schema.org's JobPosting asks for."""
    source = stranger.page.locator('script[type="application/ld+json"]').text_content()
    data = json.loads(source or "")
    assert data["@type"] == "JobPosting"
    assert data["title"] == stranger.text("h1")
    assert data["description"].startswith("<p>")
    assert "<li>" in data["description"]
    assert data["datePosted"]
    assert datetime.fromisoformat(data["validThrough"]) > datetime.now(UTC)
    assert data["employmentType"] == "FULL_TIME"
    assert data["identifier"]["value"]
    assert data["hiringOrganization"]["name"] == "Larkfield"
    assert data["directApply"] is True
    address = data["jobLocation"]["address"]
    assert address["@type"] == "PostalAddress"
    for part in ("streetAddress", "addressLocality", "postalCode"):
        assert address[part], part
    assert address["addressCountry"] == "TR"
    assert data["baseSalary"]["currency"] == "TRY"
    pay = data["baseSalary"]["value"]
    assert pay["@type"] == "QuantitativeValue"
    assert 0 < pay["minValue"] < pay["maxValue"]
    assert pay["unitText"] in {"HOUR", "DAY", "WEEK", "MONTH", "YEAR"}


def day(ahead: int) -> str:
    """The date in so many days, as a date box takes it."""
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()
