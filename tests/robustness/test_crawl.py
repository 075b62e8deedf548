"""Every link a page draws leads to a sound page, for every role and in its language."""

from __future__ import annotations

import pytest

from tests.robustness.crawler import Crawl
from tests.robustness.place import ROLES

pytestmark = pytest.mark.slow

LEAST_PAGES = {"hr": 60, "manager": 30, "admin": 40, "stranger": 10}


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_to_a_sound_page(crawls: dict[str, Crawl], role: str) -> None:
    found = crawls[role]
    assert not found.faults, "\n".join(found.faults)
    assert len(found.pages) >= LEAST_PAGES.get(role, 12)


def test_a_page_that_does_not_exist_says_so(crawls: dict[str, Crawl]) -> None:
    page = crawls["stranger"].pages["/nothing-here"]
    assert page.status == 404
    assert page.h1 == "We can't find that page"
