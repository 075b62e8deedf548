"""Requests no page offers: forged ids, mangled arguments, wrong methods, strange headers."""

from __future__ import annotations

import io
from typing import Any
from urllib.parse import quote, urlencode

import pytest
import sqlalchemy as sa
from werkzeug.routing import Rule

import config
from portal import create_app
from portal.core.mail.models import OutgoingMail
from portal.hiring.models import Requisition
from tests.house.test_access_matrix import NO_ROW, arguments, rules
from tests.robustness.crawler import Crawl
from tests.robustness.forms import TYPED, forms_on
from tests.robustness.hostile import SHORT
from tests.robustness.place import Place

FORGED = (0, 2**31, 2**63, 10**30)
MANGLED = ("-1", "1.5", "1e3", "0x1", "%00", "²", "abc", "1%2F..", "%ff")
ARGUMENTS = (
    "cursor", "after", "page", "q", "sort", "state", "stage", "source", "wait", "tab", "next",
    "actor", "about", "from", "until", "team", "site", "role", "size", "lang", "anonymous",
)  # fmt: skip


def url_of(place: Place, rule: Rule, **changes: Any) -> str:
    values = arguments(rule, NO_ROW | place.world.own) | changes
    addresses = place.app.url_map.bind("localhost")
    return str(addresses.build(rule.endpoint, values, method=_method(rule)))


def _method(rule: Rule) -> str:
    return "GET" if "GET" in (rule.methods or ()) else "POST"


def test_an_id_nobody_has_is_not_found(place: Place) -> None:
    wrong = []
    for rule in rules(place.app):
        for name in sorted(n for n in rule.arguments if n.endswith("_id")):
            for key in FORGED:
                url = url_of(place, rule, **{name: key})
                with place.undone():
                    page = _ask(place, rule, url)
                if page.status != 404 or "Reference" not in page.text:
                    wrong.append(f"{url}: {page.status}")
    assert not wrong, "\n".join(wrong)


def test_what_is_no_number_is_not_found(place: Place) -> None:
    wrong = []
    for rule in rules(place.app):
        for name in sorted(n for n in rule.arguments if n.endswith("_id"))[:1]:
            address = url_of(place, rule, **{name: 987654321})
            for text in MANGLED:
                page = place.visitors["hr"].open(address.replace("987654321", text))
                if page.status_code != 404:
                    wrong.append(f"{address} with {text}: {page.status_code}")
                page.close()
    assert not wrong, "\n".join(wrong)


def test_a_forged_link_or_name_is_not_found(place: Place) -> None:
    wrong = []
    forged = [*SHORT.values(), "x" * 3000, "🔥", "ı"]
    for rule in rules(place.app):
        for name in sorted(rule.arguments & {"token", "status_key", "slug", "code", "language"}):
            for value in forged:
                if not value.strip() or "/" in value:
                    continue
                url = url_of(place, rule, **{name: "987654321"}).replace("987654321", quote(value))
                with place.undone():
                    page = _ask(place, rule, url)
                known = {404, 410} | ({200} if name == "code" else set())
                if page.status not in known:
                    wrong.append(f"{url[:90]}: {page.status}")
    assert not wrong, "\n".join(wrong)


def _ask(place: Place, rule: Rule, url: str) -> Any:
    visitor = place.visitors["hr"]
    if _method(rule) == "GET":
        return visitor.get(url)
    return visitor.post(
        url, {"tone": "friendly"} if rule.endpoint.endswith("recompose_posting") else {}
    )


@pytest.mark.slow
def test_no_argument_breaks_a_list(place: Place, crawls: dict[str, Crawl]) -> None:
    wrong = []
    values = [*SHORT.values(), "x" * 4000, "WzAsIjEiXQ.forged", "en-XX", "-created_at;drop"]
    paths = sorted({address.split("?")[0] for address, page in crawls["hr"].pages.items()
                    if page.html and "/static/" not in address})  # fmt: skip
    for number, path in enumerate(paths):
        for step in range(4):
            value = values[(number * 4 + step) % len(values)]
            url = f"{path}?{urlencode(dict.fromkeys(ARGUMENTS, value))}"
            page = place.visitors["hr"].get(url)
            if page.status >= 400 and page.status not in {404, 414}:
                wrong.append(f"{path} with {value[:30]!r}: {page.status}")
            if "<script>alert(1)" in page.html or "onerror=1>" in page.html:
                wrong.append(f"{path} lets script through")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "query", ["cursor=%ff%fe", "q=%00", "lang=%ff", "q=" + "%F0%9F%94%A5" * 300]
)
@pytest.mark.parametrize(
    "path", ["/people", "/hiring/candidates", "/settings/trail", "/search", "/careers"]
)
def test_bytes_that_are_no_text_do_not_break_a_list(place: Place, path: str, query: str) -> None:
    assert place.visitors["hr"].get(f"{path}?{query}").status == 200


def test_the_wrong_method_says_which_are_right(place: Place) -> None:
    wrong = []
    for rule in rules(place.app):
        # Several rules may answer at one address, each to other methods.
        right = place.app.url_map.bind("localhost").allowed_methods(url_of(place, rule))
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH"} - set(right):
            with place.undone():
                visitor = place.visitors["hr"]
                headers = {"X-CSRFToken": visitor.csrf}
                page = visitor.open(url_of(place, rule), method=method, headers=headers)
            # What is asked for by a link may be any word: "asked" is one nobody was sent.
            if rule.rule == "/reset/asked" and page.status_code == 404:
                continue
            if page.status_code != 405 or not page.headers.get("Allow"):
                wrong.append(f"{method} {rule.rule}: {page.status_code}")
            page.close()
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("token", ["", "forged", "x" * 5000, "\x00"])
def test_without_its_token_no_form_is_taken(place: Place, token: str) -> None:
    wrong = []
    for rule in rules(place.app):
        if "POST" not in (rule.methods or ()):
            continue
        before = place.counts()
        with place.undone():
            page = place.visitors["hr"].post(
                url_of(place, rule),
                {"csrf_token": token},
                headers={"X-CSRFToken": token.strip("\x00")},
            )
            after = place.counts()
        if page.status != 400 or "Reference" not in page.text or after != before:
            wrong.append(f"{rule.rule}: {page.status}")
    assert not wrong, "\n".join(wrong)


def test_a_body_that_is_too_large_is_a_page(place: Place) -> None:
    url = f"/careers/{place.world.own['slug']}/apply"
    large = {"cv": (io.BytesIO(b"x" * (13 * 1024 * 1024)), "cv.txt")}
    page = place.visitors["stranger"].post(url, large)
    page.response.request.environ["wsgi.input"].close()
    assert page.status == 413
    assert page.h1 == "That is too large"
    assert "Reference" in page.text


@pytest.mark.parametrize("data", [
    {f"field-{number}": "x" for number in range(600)} | {"f": (io.BytesIO(b"x"), "x.txt")},
    {"letter": "x" * (3 * 1024 * 1024)},
])  # fmt: skip
def test_too_many_or_too_long_parts_are_a_page(place: Place, data: dict[str, Any]) -> None:
    url = f"/careers/{place.world.own['slug']}/apply"
    page = place.visitors["stranger"].post(url, data)
    assert page.status in {413, 422}
    assert page.h1


@pytest.mark.parametrize("kind", [
    "application/json", "text/plain", "multipart/form-data", 'multipart/form-data; boundary="',
    "application/x-www-form-urlencoded; charset=utf-99", "x" * 2000, "application/xml",
])  # fmt: skip
def test_a_body_of_another_kind_is_an_empty_form(place: Place, kind: str) -> None:
    for path, role in (
        ("/sign-in", "stranger"),
        ("/people/add", "hr"),
        ("/account/password", "hr"),
    ):
        with place.undone():
            body = b'{"email": ["x"], "nested": {"a": 1}}'
            page = place.visitors[role].post(path, body, content_type=kind)
        assert page.status in {400, 415, 422}, (path, page.status)
        assert page.h1


def test_links_in_mail_come_from_the_settings_and_not_from_the_request(place: Place) -> None:
    visitor = place.visitors["stranger"]
    path = f"/careers/{place.world.own['slug']}/apply"
    [form] = [f for f in forms_on(place, "stranger", path, visitor.get(path))
              if f.endpoint == "careers.apply"]  # fmt: skip
    with place.undone():
        page = visitor.post(
            path, form.data(), headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
        )
        [mail] = place.rows(sa.select(OutgoingMail.text, OutgoingMail.html)
                            .where(OutgoingMail.to_address == TYPED["email"]))  # fmt: skip
    assert page.status == 303
    assert "evil.example" not in page.location
    assert "http://localhost/careers/applications/" in mail.text
    assert "evil.example" not in mail.text + mail.html


def test_forwarded_headers_count_only_behind_known_proxies(place: Place) -> None:
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example",
               "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Prefix": "/evil"}  # fmt: skip
    page = place.visitors["hr"].get("/", headers=headers)
    assert "evil" not in page.html
    assert "Strict-Transport-Security" not in page.response.headers
    behind = create_app(config.Testing(), TRUSTED_PROXIES=1)
    answer = behind.test_client().get("/health/live", headers=headers)
    assert "Strict-Transport-Security" in answer.headers


@pytest.mark.parametrize("target", [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example",
    "/\t/evil.example", "/x\r\nSet-Cookie: a=b", "javascript:alert(1)", "http:evil.example",
    "%2f%2fevil.example", "/" + "x" * 5000,
])  # fmt: skip
def test_no_redirect_leaves_the_portal(place: Place, target: str) -> None:
    visitor = place.visitors["hr"]
    referrer = {"Referer": target.replace("\r\n", "").replace("\t", "")}
    answers = [visitor.get("/sign-in", query_string={"next": target})]
    with place.undone():
        answers.append(visitor.post("/account/language", {"language": "en"}, headers=referrer))
    with place.undone():
        url = f"/hiring/applications/{place.world.own['application_id']}/move"
        answers.append(visitor.post(url, {"to": "screening", "back": target}, headers=referrer))
    answers.append(place.visitors["stranger"].post("/hiring/requisitions/new", headers=referrer))
    for answer in answers:
        assert answer.status < 500
        assert "\n" not in answer.location
        assert answer.location == "" or (
            answer.location.startswith("/") and answer.location[1:2] not in {"/", "\\"}
        ), answer.location
        assert "Set-Cookie: a=b" not in str(answer.response.headers)


def test_a_stale_form_is_told_and_changes_nothing(place: Place) -> None:
    key = place.world.own["requisition_id"]
    url = f"/hiring/requisitions/{key}/edit"
    visitor = place.visitors["hr"]
    sent = visitor.get(url).fields("/edit")
    with place.undone():
        assert visitor.post(url, sent | {"note": "From the first tab."}).status == 303
        late = visitor.post(url, sent | {"note": "From the second tab."})
        [note] = place.rows(sa.select(Requisition.note).where(Requisition.id == key))
    assert late.status in {409, 422}
    assert "Someone changed this" in late.text
    assert "From the second tab." in late.html
    assert note[0] == "From the first tab."
