"""Every page of the navigation, for every role, on a desk and on a phone, and in four languages."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open
from tests.journeys.server import Portal
from tests.journeys.walker import DESK, PHONE

ROLES = ("hr", "lead", "manager", "associate", "director", "admin")
SIZES = {"desk": DESK, "phone": PHONE}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("role", ROLES)
def test_every_page_of_the_navigation_is_sound(enter: Open, role: str, size: str) -> None:
    walker = enter(role, size=SIZES[size])
    walker.go("/")
    found = walker.page.locator(".nav-list a").evaluate_all("links => links.map(a => a.pathname)")
    for path in found:
        walker.go(path)
        assert walker.has(".nav-list a[aria-current=page]"), path


@pytest.mark.parametrize("lang", ["en", "tr", "es", "ja"])
def test_careers_pages_speak_every_language(walk: Open, lang: str) -> None:
    walker = walk(lang=lang, size=PHONE)
    walker.go("/careers")
