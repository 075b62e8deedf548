"""One portal for each database and one browser for all journeys; each test opens its people."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, StorageState, sync_playwright

from tests.databases import KINDS, chosen_kind, databases
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, Walker

Open = Callable[..., Walker]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update",
]  # fmt: skip


WANTED = (chosen_kind(),) if "PORTAL_TEST_DATABASE" in os.environ else KINDS
"""Every journey is made on each database unless one is named; pages are looked at on one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every test in this folder is a journey; those that only look take turns on the databases.

    A browser finds the same page on each, and that each can fetch it other tests prove.
    """
    numbers: dict[str, int] = {}
    left_out = []
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.journey)
            if item.path.stem.endswith("pages"):
                kind = _kind_of(item)
                number = numbers.setdefault(item.nodeid.replace(kind, ""), len(numbers))
                if kind != WANTED[number % len(WANTED)]:
                    left_out.append(item)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _kind_of(item: pytest.Item) -> str:
    assert isinstance(item, pytest.Function)
    return str(item.callspec.params["portal"])


@pytest.fixture(scope="session", params=WANTED)
def portal(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Portal]:
    """The demo organisation, served."""
    var = tmp_path_factory.mktemp("portal")
    with databases(request.param, var) as new:
        served = Portal(var, new())
        try:
            served.start()
            yield served
        finally:
            served.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = next(filter(None, map(shutil.which, names)), None)
    assert found, f"The journeys need a browser: install one of {', '.join(names)}."
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def signed_in(portal: Portal) -> dict[str, StorageState]:
    """The cookies of whoever has signed in there already."""
    return {}


@pytest.fixture
def with_axe(request: pytest.FixtureRequest) -> bool:
    """Whether axe looks as well: on one database is enough, since pages are the same on each."""
    kinds = {
        _kind_of(item)
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.function is request.function
    }
    return request.path.stem.endswith("pages") or _kind_of(request.node) == min(kinds)


@pytest.fixture
def walk(portal: Portal, browser: Browser, with_axe: bool) -> Iterator[Open]:
    """Opens a browser for a stranger: ``walk(lang="tr", size=PHONE)``."""
    opened: list[BrowserContext] = []

    def context(lang: str, size: dict[str, int], **options: Any) -> BrowserContext:
        phone = size["width"] < 600 and {"is_mobile": True, "has_touch": True}
        opened.append(
            browser.new_context(
                base_url=portal.url, viewport=size, locale=lang, reduced_motion="reduce",
                timezone_id="Europe/Istanbul", **(phone or {}), **options,
            )
        )  # fmt: skip
        opened[-1].set_default_timeout(10_000)
        return opened[-1]

    def start(
        lang: str = "en", size: dict[str, int] = DESK, *, axe: bool = with_axe, **options: Any
    ) -> Walker:
        walker = Walker(context(lang, size, **options), lang, axe=axe)
        if axe and not options.get("java_script_enabled", True):
            walker.twin = context(lang, size).new_page()
            walker.twin.route("**/*.js", lambda route: route.abort())
        return walker

    yield start
    for one in opened:
        one.close()


@pytest.fixture
def enter(walk: Open, signed_in: dict[str, StorageState]) -> Open:
    """Opens a browser for someone of the demo: ``enter("hr")``; their pages speak English."""

    def start(name: str, **options: Any) -> Walker:
        if name not in signed_in:
            signed_in[name] = _sign_in(walk(), name)
        return walk(storage_state=signed_in[name], **options)

    return start


def _sign_in(walker: Walker, name: str) -> StorageState:
    walker.go("/sign-in")
    walker.page.fill("[name=email]", f"{name}@demo.example")
    walker.page.fill("[name=password]", "demo")
    with walker.page.expect_navigation():
        walker.page.locator("form").first.locator("[type=submit]").click()
    assert walker.path == "/", walker.text()
    walker.go("/account?lang=en")
    walker.page.select_option("select[name$=language]", "en")
    walker.press("/account/preferences")
    return walker.context.storage_state()
