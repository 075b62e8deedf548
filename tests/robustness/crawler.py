"""Walks through the portal breadth first as one person, by the links and forms its pages draw."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from portal.core.i18n import LOCALES
from tests.page import Page, inspect
from tests.robustness.place import Place, Visitor

MOST_PAGES = 1200
SAMPLES = 3
"""How many addresses of one rule are opened."""
LEAST_EACH = 2
"""How many combinations of arguments of one rule are opened besides."""
NOT_TEXT = re.compile(
    r"(?<!“)\bNone\b(?! (?:of|held)\b)"
    r"|\bundefined\b|\{\{|\}\}|%\(\w*\)|<bound method|\bnan\b|Undefined"
)
TEMPLATES_SHOWN = re.compile(r"\{\{ ?\w*( \}\}| ?\}?…)")
"""How letters, their settings and their trail name what is filled in later."""
HOST = "http://localhost"


@dataclass
class Crawl:
    """The pages met, in order, and what was wrong with them."""

    role: str
    pages: dict[str, Page] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def crawl(place: Place, role: str) -> Crawl:
    visitor, found = place.visitors[role], Crawl(role)
    starts = ["/careers", "/sign-in", "/reset", "/verify", *_secret_starts(place, role)]
    waiting = deque((url, "the start") for url in ("/", *starts))
    seen, rules = set(), Counter[str]()
    while waiting and len(found.pages) < MOST_PAGES:
        url, source = waiting.popleft()
        address = _address(url)
        if address is None or address in seen:
            continue
        seen.add(address)
        rule = _rule_of(place, address)
        rules[rule] += 1
        if rules[rule] > SAMPLES:
            continue
        with place.undone():
            _open(visitor, address, source, found, waiting)
    return found


def _secret_starts(place: Place, role: str) -> list[str]:
    """Pages no page links to: their addresses come by mail."""
    if role != "stranger":
        return []
    own = place.world.own
    return [
        f"/offer/{own['offers token']}", f"/careers/applications/{own['status_key']}",
        f"/invitation/{own['accounts.accept_invitation token']}",
        f"/reset/{own['accounts.reset_password token']}", f"/verify/{own['code']}",
        "/nothing-here",
    ]  # fmt: skip


def _open(
    visitor: Visitor, address: str, source: str, found: Crawl, waiting: deque[tuple[str, str]]
) -> None:
    page = visitor.get(address)
    hops = [address]
    while 300 <= page.status < 400:
        target = _address(urljoin(hops[-1], page.location))
        if target is None or target in hops:
            found.faults.append(f"{' > '.join([*hops, page.location])} leads nowhere")
            return
        hops.append(target)
        page = visitor.get(target)
    found.pages[address] = page
    if page.status >= 400:
        if source != "the start":
            found.faults.append(f"{address} (from {source}): {page.status}")
        return
    found.faults += [f"{address}: {fault}" for fault in faults_of(page, visitor)]
    waiting.extend((link, address) for link in links_of(page, hops[-1]))


def faults_of(page: Page, visitor: Visitor) -> list[str]:
    """What no page may have."""
    if "<html" not in page.html or page.response.request.path.endswith("/html"):
        return []  # a fragment, a file, or a mail in its frame
    faults = []
    try:
        inspect(page)
    except AssertionError as error:
        faults.append(str(error))
    lang = page.tree.get("lang")
    if lang not in _languages_wanted(page, visitor):
        faults.append(f"speaks {lang}")
    if page.tree.find(".//h1") is None or not page.h1:
        faults.append("has no words in its h1")
    text = TEMPLATES_SHOWN.sub("", visible_text(page))
    faults += [
        f"shows {text[max(0, m.start() - 40) : m.end() + 40]!r}" for m in NOT_TEXT.finditer(text)
    ]
    return faults


def _languages_wanted(page: Page, visitor: Visitor) -> tuple[str, ...]:
    """What the address asks for; a link from a mail speaks with whom the mail was for."""
    request = page.response.request
    if asked := request.args.get("lang"):
        return (asked,)
    mailed = request.path.startswith(("/offer/", "/reset/", "/invitation/"))
    return LOCALES if mailed else (visitor.language,)


def visible_text(page: Page) -> str:
    # The choice of nothing may be called “None”.
    hidden = "ancestor::script or ancestor::style or parent::option[@value='']"
    parts = page.tree.xpath(f"//body//text()[not({hidden})]")
    told = page.tree.xpath("//@title | //@aria-label | //@placeholder | //@alt | //option/@label")
    return " ".join([*parts, *told, page.tree.findtext(".//title") or ""])


def links_of(page: Page, base: str) -> list[str]:
    """Every address the page offers: links, pictures, frames, and forms that only ask."""
    tree = page.tree
    found = [
        str(url) for url in tree.xpath("//a/@href | //img/@src | //iframe/@src | //link/@href")
    ]
    found += [
        str(url)
        for url in tree.xpath("//script/@src | //@hx-get | //@formaction[../@formmethod='get']")
    ]
    for form in tree.xpath("//form[not(@method) or translate(@method, 'GET', 'get') = 'get']"):
        values = [(name, value or "") for name, value in form.form_values()]
        action = (form.get("action") or "").split("?")[0] or urlsplit(base).path
        found.append(f"{action}?{urlencode(values)}")
        for select in form.xpath(".//select[@name]"):
            options = [value for value in select.xpath(".//option/@value") if value]
            found += [f"{action}?{urlencode({select.get('name'): value})}" for value in options[:2]]
    return [urljoin(base, url) for url in found]


def _address(url: str) -> str | None:
    """The path and arguments of an address here; ``None`` elsewhere."""
    parts = urlsplit(url.removeprefix(HOST))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _rule_of(place: Place, address: str) -> str:
    """The URL rule with the names of the arguments, so that each combination is tried."""
    parts = urlsplit(address)
    adapter = place.app.url_map.bind("localhost")
    try:
        rule, _values = adapter.match(parts.path, return_rule=True)
    except (HTTPException, RequestRedirect):
        return parts.path
    if rule.endpoint == "static":
        return address
    return f"{rule.rule} {','.join(sorted(parse_qs(parts.query)))}"
