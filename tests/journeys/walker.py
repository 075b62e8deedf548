"""A person with a browser: goes from page to page, and every page is inspected on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
AXE = Axe()
AXE_TO_SANDBOX = "Failed to execute 'postMessage' on 'DOMWindow'"
"""What the browser says when axe looks into a sandboxed frame, at times on the next page only."""


class Walker:
    """One browser context; ``go`` and ``follow`` inspect the page they end on."""

    def __init__(self, context: BrowserContext, lang: str, *, axe: bool) -> None:
        self.context = context
        self.lang = lang
        self.axe = axe
        self.twin: Page | None = None
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.expected: list[str] = []
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))

    def go(self, path: str, status: int = 200) -> Walker:
        """Open an address."""
        with self.answering(status):
            answer = self.page.goto(path)
        assert answer is not None
        assert answer.status == status, f"{path} answered {answer.status}: {self.text()[:500]}"
        return self.settle()

    def follow(self, where: str | Locator, status: int = 200) -> Walker:
        """Click what leads to another page."""
        target = self.one(where)
        with self.answering(status), self.page.expect_navigation() as leads:
            target.click()
        answer = leads.value
        assert answer is None or answer.status == status, f"{answer.url}: {self.text()[:800]}"
        return self.settle()

    def press(self, form: str, button: str = "[type=submit]", status: int = 200) -> Walker:
        """Send a form, named by the end of its action."""
        return self.follow(f'form[action$="{form}"] {button}', status)

    def one(self, where: str | Locator) -> Locator:
        """The first match that is visible."""
        found = self.page.locator(where) if isinstance(where, str) else where
        return found.locator("visible=true").first

    def has(self, where: str) -> bool:
        """Whether the page has it."""
        return self.page.locator(where).count() > 0

    def text(self, where: str = "body") -> str:
        """The visible text of a part, white space folded."""
        return re.sub(r"\s+", " ", self.page.locator(where).first.inner_text()).strip()

    @property
    def path(self) -> str:
        """Where one is."""
        return re.sub(r"^https?://[^/]+", "", self.page.url)

    def number(self, pattern: str) -> int:
        """The number in the present address."""
        found = re.search(pattern, self.path)
        assert found, f"{self.path} is not like {pattern}"
        return int(found.group(1))

    @contextmanager
    def answering(self, status: int) -> Iterator[None]:
        """Expect the browser to say that a page came with an error status."""
        self.expected = [f"status of {status}"] if status >= 400 else []
        yield

    @contextmanager
    def offline(self) -> Iterator[None]:
        """Without a connection."""
        self.expected = ["ERR_INTERNET_DISCONNECTED"]
        self.context.set_offline(True)
        yield
        self.context.set_offline(False)

    def settle(self) -> Walker:
        """Inspect the present page: language, heading, width, console; with axe, barriers."""
        self.page.wait_for_load_state("load")
        found = self.page.evaluate(
            """() => ({
                lang: document.documentElement.lang,
                headings: document.querySelectorAll("h1").length,
                wide: document.documentElement.scrollWidth,
                room: document.documentElement.clientWidth,
                title: document.title,
            })"""
        )
        here = f"{self.path} ({found['title']})"
        assert found["lang"] == self.lang, f"{here} speaks {found['lang']}, not {self.lang}"
        assert found["headings"] == 1, f"{here} has {found['headings']} main headings"
        size = self.page.viewport_size
        assert size is not None
        room = min(found["room"], size["width"])
        assert found["wide"] <= room, (
            f"{here} is {found['wide']} wide in {room}: {self._widest(room)}"
        )
        self._listen(here)
        problems = self._barriers() if self.axe else []
        assert not problems, f"{here} at {room}:\n" + "\n".join(map(_described, problems))
        return self

    def _barriers(self) -> list[dict[str, Any]]:
        """What axe finds; what a bar at the foot of a form covers counts only if it stays so."""
        page = self.page if self.twin is None else self._copied(self.twin)
        problems: list[dict[str, Any]] = AXE.run(page, options=RULES).response["violations"]
        if {problem["id"] for problem in problems} == {"target-size"}:
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
            problems = AXE.run(page, options=RULES).response["violations"]
            page.evaluate("scrollTo(0, 0)")
        return problems

    def _copied(self, twin: Page) -> Page:
        """The same page where axe can run, for a browser in which no script does."""
        page = self.page.content()
        twin.route(self.page.url, lambda route: route.fulfill(body=page, content_type="text/html"))
        twin.goto(self.page.url)
        twin.unroute(self.page.url)
        return twin

    def _widest(self, room: int) -> Any:
        return self.page.evaluate(
            """(room) => [...document.querySelectorAll("body *")]
                .filter((e) => getComputedStyle(e).position !== "fixed" && !e.closest(".bottom")
                    && e.getBoundingClientRect().left + e.scrollWidth > room + 1)
                .slice(0, 5).map((e) => e.outerHTML.slice(0, 160))""",
            room,
        )

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(f"{message.type}: {message.text} {message.location.get('url')}")

    def _listen(self, here: str) -> None:
        unexpected = [
            said
            for said in self.complaints
            if not any(known in said for known in (AXE_TO_SANDBOX, *self.expected))
        ]
        self.complaints.clear()
        assert not unexpected, f"{here}: {unexpected}"


def _described(problem: dict[str, Any]) -> str:
    nodes = "\n".join(
        f"    {node['html'][:200]}\n      {node['failureSummary'][:300]}"
        for node in problem["nodes"][:4]
    )
    return f"  {problem['id']}: {problem['help']} ({len(problem['nodes'])})\n{nodes}"
