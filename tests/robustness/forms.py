"""The forms of the crawled pages, and how to fill one in so that it could be accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement
from werkzeug.exceptions import HTTPException

from tests.page import Page
from tests.robustness.crawler import Crawl
from tests.robustness.place import Place

PASSWORD = "a long enough pass phrase 7"
TYPED = {
    "email": "deniz.su@example.com", "password": PASSWORD, "date": "2026-12-01", "number": "1",
    "datetime-local": "2026-12-01T10:00", "tel": "+905321234567", "time": "10:00",
}  # fmt: skip
NOT_TYPED = {"hidden", "submit", "button", "file", "image", "reset"}


@dataclass(frozen=True)
class Field:
    """One name a form sends, with what it would send and whether a person types it."""

    name: str
    kind: str
    value: str


@dataclass(frozen=True)
class Found:
    """A form on a page somebody opened."""

    role: str
    page: str
    action: str
    endpoint: str
    fields: tuple[Field, ...]

    def __str__(self) -> str:
        return f"{self.role} {self.page} -> {self.action}"

    def data(self, **changes: Any) -> dict[str, Any]:
        sent: dict[str, Any] = {}
        for field in self.fields:
            sent.setdefault(field.name, []).append(field.value)
        return sent | changes

    def names(self, *, hidden: bool = True) -> list[str]:
        names = (field.name for field in self.fields if hidden or field.kind != "hidden")
        return [name for name in dict.fromkeys(names) if name != "csrf_token"]

    def typed(self) -> dict[str, str]:
        """The text fields, which must come back as they were sent."""
        kinds = {"text", "textarea", "email", "tel", "search"}
        return {field.name: field.value for field in self.fields if field.kind in kinds}


def forms_of(place: Place, crawls: dict[str, Crawl]) -> list[Found]:
    """Every form that is sent by POST, once for each view and shape."""
    found: dict[tuple[str, frozenset[str]], Found] = {}
    for crawl in crawls.values():
        for address, page in crawl.pages.items():
            for one in forms_on(place, crawl.role, address, page):
                shape = frozenset(name.rstrip("0123456789") for name in one.names())
                found.setdefault((one.endpoint, shape), one)
    return list(found.values())


def forms_on(place: Place, role: str, address: str, page: Page) -> Iterator[Found]:
    for form in page.tree.iter("form"):
        if (form.get("method") or "get").lower() != "post":
            continue
        action = form.get("action") or urlsplit(address).path
        action = action.removeprefix("http://localhost")
        buttons = [*form.xpath(".//button[@name]")]
        extra = [Field(b.get("name"), "hidden", b.get("value", "")) for b in buttons[:1]]
        outside = page.tree.xpath("//*[@form=$id and @name]", id=form.get("id") or "-")
        fields = [*_fields(form), *(_field(one) for one in outside), *extra]
        yield Found(role, address, action, endpoint_of(place, action), tuple(
            field for field in fields if field is not None
        ))  # fmt: skip


def endpoint_of(place: Place, action: str) -> str:
    adapter = place.app.url_map.bind("localhost")
    try:
        return str(adapter.match(urlsplit(action).path, method="POST")[0])
    except HTTPException:
        return f"no view: {action}"


def _fields(form: HtmlElement) -> Iterator[Field | None]:
    groups = set()
    for element in form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]"):
        kind = element.get("type", "text") if element.tag == "input" else element.tag
        if kind in {"radio", "checkbox"}:
            if element.get("name") in groups:
                continue
            groups.add(element.get("name"))
        yield _field(element)


def _field(element: HtmlElement) -> Field | None:
    name, kind = element.get("name"), element.tag
    if kind == "input":
        kind = element.get("type", "text")
    if kind in {"submit", "button", "image"} or name == "website":
        return None  # the last is the trap for robots
    if kind == "select":
        chosen = element.xpath(".//option[@selected]/@value") + element.xpath(".//option/@value")
        return Field(name, kind, next((value for value in chosen if value), ""))
    if kind == "textarea":
        return Field(name, kind, (element.text or "").strip() or "Written by Deniz.")
    if kind in {"radio", "checkbox"}:
        return Field(name, kind, element.get("value", "on"))
    if kind in NOT_TYPED:
        return Field(name, kind, element.get("value", ""))
    plain = TYPED.get(kind) or ("1" if element.get("inputmode") else "Deniz Su")
    return Field(name, kind, element.get("value") or plain)
