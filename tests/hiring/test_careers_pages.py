"""The careers site: what candidates see and what machines read."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import lxml.etree
import pytest

from portal.core.db import db
from portal.hiring.documents import description_html
from portal.hiring.models import Posting
from tests.factories import hiring, people
from tests.factories import postings as make

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ALL = ["en", "tr", "es", "ja"]


@pytest.fixture
def job(saved):
    """An open posting in four languages; its slug."""
    return saved(lambda: make.published(languages=ALL, closes_on=date(2026, 12, 31)).slug)


def json_ld(page):
    (script,) = page.tree.xpath("//script[@type='application/ld+json']")
    return json.loads(script.text)


def test_the_job_page_tells_a_candidate_everything(client, job):
    page = client.get(f"/careers/{job}")
    assert page.h1 == "Customer Service Associate"
    for text in (
        "İstanbul, Türkiye",
        "TRY 480,000",
        "Full time",
        "December 31, 2026",
        "Answer customers",
        "Clear expression",
        "Second language",
        "Training",
        "within 5 working days",
    ):
        assert text in page.text.replace("\xa0", " "), text
    applies = page.tree.xpath("//a[contains(@href, '/apply')]/@href")
    assert set(applies) == {f"/careers/{job}/apply"}


def test_a_share_link_hands_its_source_on(client, job):
    page = client.get(f"/careers/{job}?source=linkedin")
    assert f"/careers/{job}/apply?source=linkedin" in page.tree.xpath("//a/@href")
    page = client.get(f"/careers/{job}?source=%22%3E%3Cscript%3E")
    assert "<script>" not in page.html.replace('<script type="application/ld+json">', "")


@pytest.mark.parametrize("language", ALL)
def test_the_page_speaks_the_language_asked_for(client, job, language):
    by_link = client.get(f"/careers/{job}?lang={language}")
    by_browser = client.get(f"/careers/{job}", headers={"Accept-Language": f"{language}-XX"})
    for page in (by_link, by_browser):
        assert page.tree.get("lang") == language
        mark = "" if language == "en" else f" ({language})"
        assert page.h1 == f"Customer Service Associate{mark}"
        assert f"Answer customers{mark}" in page.text
        assert json_ld(page)["title"] == page.h1


def test_a_language_the_posting_lacks_falls_back_and_is_marked(client, saved):
    slug = saved(lambda: make.published(languages=["tr"]).slug)
    page = client.get(f"/careers/{slug}?lang=en")
    assert page.tree.xpath("//h1/@lang") == ["tr"]
    assert page.h1 == "Customer Service Associate (tr)"


def test_each_language_has_its_address_for_search_engines(client, job):
    page = client.get(f"/careers/{job}?lang=tr")
    links = {
        node.get("hreflang"): node.get("href")
        for node in page.tree.xpath("//head/link[@rel='alternate'][@hreflang]")
    }
    assert set(links) == {*ALL, "x-default"}
    assert links["ja"].endswith(f"/careers/{job}?lang=ja")
    (canonical,) = page.tree.xpath("//link[@rel='canonical']/@href")
    assert canonical == links["tr"]
    graph = {
        node.get("property"): node.get("content") for node in page.tree.xpath("//meta[@property]")
    }
    assert graph["og:title"].startswith("Customer Service Associate (tr)")
    assert graph["og:url"].endswith(f"/careers/{job}")
    assert graph["og:description"]


def test_the_json_ld_has_every_field(client, job, saved):
    data = json_ld(client.get(f"/careers/{job}"))
    key = saved(lambda: db.session.query(Posting).one().id)
    assert data["@context"] == "https://schema.org/"
    assert data["@type"] == "JobPosting"
    assert data["title"] == "Customer Service Associate"
    assert data["description"].startswith("<p>Would you like to join us?")
    assert "<li>Answer customers</li>" in data["description"]
    assert data["datePosted"] == "2026-11-24"
    assert data["validThrough"] == "2026-12-31T23:59:59+03:00"
    assert data["hiringOrganization"]["@type"] == "Organization"
    assert data["hiringOrganization"]["name"]
    assert data["hiringOrganization"]["sameAs"].endswith("/careers")
    assert data["jobLocation"] == {
        "@type": "Place",
        "address": {
            "@type": "PostalAddress", "streetAddress": "Büyükdere Caddesi 1",
            "addressLocality": "İstanbul", "postalCode": "34394", "addressCountry": "TR",
        },
    }  # fmt: skip
    assert data["identifier"]["@type"] == "PropertyValue"
    assert data["identifier"]["value"] == f"P-{key}"
    assert data["employmentType"] == "FULL_TIME"
    assert data["baseSalary"] == {
        "@type": "MonetaryAmount", "currency": "TRY",
        "value": {
            "@type": "QuantitativeValue", "minValue": 480000, "maxValue": 600000,
            "unitText": "YEAR",
        },
    }  # fmt: skip
    assert data["directApply"] is True
    assert data["totalJobOpenings"] == 2
    assert data["url"].endswith(f"/careers/{job}?lang=en")
    assert "jobLocationType" not in data


def test_work_from_home_is_said_in_the_json_ld(client, saved):
    slug = saved(lambda: make.published(remote=True).slug)
    data = json_ld(client.get(f"/careers/{slug}"))
    assert data["jobLocationType"] == "TELECOMMUTE"
    assert data["applicantLocationRequirements"] == {"@type": "Country", "name": "TR"}
    assert "validThrough" not in data


EVIL = '</script><script>alert(1)</script> & "quotes" \u2028 𝒳 مرحبا ]]>'


@pytest.fixture
def evil(saved):
    def scene():
        posting = make.published()
        posting.content = {
            tag: text | {"title": EVIL, "opening": EVIL, "duties": [EVIL], "closing": EVIL}
            for tag, text in posting.content.items()
        }
        return posting.slug

    return saved(scene)


def test_text_cannot_end_the_script_element(client, evil):
    page = client.get(f"/careers/{evil}")
    assert not page.tree.xpath("//script[contains(text(), 'alert')][not(@type)]")
    data = json_ld(page)
    assert data["title"] == EVIL
    assert "<script" not in data["description"]
    assert "&lt;/script&gt;" in data["description"]
    raw = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.html, re.DOTALL)
    assert raw
    assert "<" not in raw[1]
    assert "\u2028" not in raw[1]


@pytest.mark.parametrize("address", ["/careers/feed.atom", "/careers/indeed.xml", "/sitemap.xml"])
def test_feeds_stay_well_formed_whatever_is_written(client, evil, address):
    lxml.etree.fromstring(client.get(address).response.data)


def test_paragraphs_and_lists_make_the_description(db_session):
    text = {"opening": "One\n\nTwo", "duties": ["A"], "qualifications": [], "benefits": [],
            "how_to_apply": "", "closing": ""}  # fmt: skip
    assert description_html(text) == "<p>One</p><p>Two</p><ul><li>A</li></ul>"


def test_a_closed_posting_is_gone_and_says_where_to_look(client, saved):
    def scene():
        from portal.hiring.operations import close_posting

        posting = make.published()
        close_posting(posting, by=None)
        return posting.slug

    page = client.get(f"/careers/{saved(scene)}")
    assert page.status == 410
    assert page.response.headers["X-Robots-Tag"] == "noindex"
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "ld+json" not in page.html
    assert "/careers" in page.tree.xpath("//main//a/@href")


def test_a_posting_whose_last_day_is_over_is_gone_before_the_job_runs(client, job, clock):
    clock(datetime(2026, 12, 31, 20, 59, tzinfo=UTC))
    assert client.get(f"/careers/{job}").status == 200
    clock(datetime(2026, 12, 31, 21, 1, tzinfo=UTC))
    assert client.get(f"/careers/{job}").status == 410
    assert job not in client.get("/careers").html


def test_drafts_and_postings_to_come_are_not_found(client, saved):
    slugs = saved(lambda: [make.composed().slug, make.published(opens_on=date(2026, 12, 1)).slug])
    for slug in slugs:
        assert client.get(f"/careers/{slug}").status == 404
        assert slug not in client.get("/careers").html
    assert client.get("/careers/no-such-job").status == 404


def test_the_list_narrows_to_a_site(client, saved):
    def scene():
        madrid = people.site(name=people.in_words("Madrid"), city="Madrid", key="madrid")
        make.published()
        row = hiring.requisition(role=make.profile(), team=people.team(site=madrid))
        return make.published(requisition=row).slug

    slug = saved(scene)
    assert len(client.get("/careers").tree.xpath("//main//li")) == 2
    rows = client.get("/careers?site=madrid").tree.xpath("//main//li//a/@href")
    assert rows == [f"/careers/{slug}"]
    assert len(client.get("/careers?site=nowhere").tree.xpath("//main//li")) == 2


def test_an_empty_site_says_so(client, saved):
    assert "No open jobs at the moment" in client.get("/careers").text
    feed = lxml.etree.fromstring(client.get("/careers/feed.atom").response.data)
    assert feed.findall(f"{ATOM}entry") == []
    assert feed.findtext(f"{ATOM}updated")


def test_the_feed_is_atom_in_the_language_asked_for(client, job):
    answer = client.get("/careers/feed.atom?lang=tr").response
    assert answer.mimetype == "application/atom+xml"
    feed = lxml.etree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    for parent, names in (
        (feed, ("id", "title", "updated", "author")),
        (feed.find(f"{ATOM}entry"), ("id", "title", "updated", "published", "content", "summary")),
    ):
        for name in names:
            assert len(parent.findall(f"{ATOM}{name}")) == 1, name
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "Customer Service Associate (tr)"
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == "tr"
    assert entry.findtext(f"{ATOM}updated") == "2026-11-24T09:00:00Z"
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.findtext(f"{ATOM}id").endswith(f"/careers/{job}")
    rels = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert rels["self"].endswith("/careers/feed.atom?lang=tr")
    assert rels["self"] == feed.findtext(f"{ATOM}id")


def test_indeed_gets_every_field_as_cdata(client, job):
    raw = client.get("/careers/indeed.xml").response.get_data(as_text=True)
    source = lxml.etree.fromstring(raw.encode())
    (found,) = source.findall("job")
    values = {node.tag: node.text for node in found}
    assert set(values) == {
        "title", "date", "referencenumber", "requisitionid", "url", "company", "city", "state",
        "country", "postalcode", "description", "salary", "jobtype",
    }  # fmt: skip
    assert values["title"] == "Customer Service Associate (tr)"  # the language of the site
    assert values["url"].endswith(f"/careers/{job}?source=indeed")
    assert values["jobtype"] == "fulltime"
    assert raw.count("<![CDATA[") == len(values) + 2


def test_the_sitemap_lists_open_postings_with_their_languages(client, job):
    tree = lxml.etree.fromstring(client.get("/sitemap.xml").response.data)
    places = [node.text for node in tree.iter(f"{MAP}loc")]
    assert [place.rpartition("/")[2] for place in places] == ["careers", job]
    assert len(tree.findall(f"{MAP}url")[1].findall("{http://www.w3.org/1999/xhtml}link")) == 4


def test_robots_may_read_the_careers_site_alone(client, saved):
    text = client.get("/robots.txt").response.get_data(as_text=True)
    assert "Allow: /careers\n" in text
    assert "Disallow: /\n" in text
    assert "/sitemap.xml" in text


@pytest.mark.parametrize(
    "address", ["/careers", "/careers/{}", "/careers/feed.atom", "/sitemap.xml"]
)
def test_an_unchanged_page_is_not_sent_twice(client, job, address):
    address = address.format(job)
    first = client.http.get(address)
    assert "public" in first.headers["Cache-Control"]
    varies = {part.strip() for part in first.headers["Vary"].split(",")}
    assert {"Accept-Language", "Cookie"} <= varies
    again = client.http.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_kept_page_still_fits_its_security_policy(client, job):
    first = client.http.get(f"/careers/{job}")
    again = client.http.get(f"/careers/{job}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_change_gives_another_etag(client, job, saved):
    def change():
        posting = db.session.query(Posting).one()
        posting.answer_days = 9

    first = client.http.get(f"/careers/{job}").headers["ETag"]
    saved(change)
    assert client.http.get(f"/careers/{job}").headers["ETag"] != first


def test_choosing_a_language_is_not_kept_by_proxies(client, job):
    assert client.http.get("/careers?lang=tr").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("address", "most"),
    [("/careers", 2), ("/careers/feed.atom", 2), ("/careers/indeed.xml", 2), ("/sitemap.xml", 2)],
)
def test_a_list_costs_the_same_with_one_row_and_with_three(
    client, saved, count_queries, address, most
):
    saved(lambda: make.published().id)
    client.get(address)
    count_queries()
    client.get(address)
    assert count_queries() <= most
    saved(lambda: [make.published().id, make.published().id])
    count_queries()
    client.get(address)
    assert count_queries() <= most


def test_the_job_page_costs_two_queries(client, job, count_queries):
    client.get(f"/careers/{job}")
    count_queries()
    client.get(f"/careers/{job}")
    assert count_queries() == 2  # the organisation and the posting
