"""Sending the forms of a page's main part, whatever forms the layout around it has."""

from __future__ import annotations

from typing import Any

from tests.page import Page, PageClient


def main_form(page: Page, action: str = "") -> Any:
    """The first form of the main part that is sent by POST to an address ending with ``action``."""
    for form in page.tree.xpath("//main//form"):
        if form.method.upper() == "POST" and (form.action or "").endswith(action):
            return form
    message = f"no form for {action!r} on {page.response.request.path}"
    raise AssertionError(message)


def typed(page: Page, action: str = "") -> dict[str, str]:
    """What stands in the form's fields."""
    return {name: value or "" for name, value in main_form(page, action).form_values()}


def send(client: PageClient, page: Page, action: str = "", **changes: Any) -> Page:
    """Fill in the form and send it where it goes, following the answer."""
    url = main_form(page, action).action or page.response.request.path
    return client.post(url, typed(page, action) | changes, follow=True)
