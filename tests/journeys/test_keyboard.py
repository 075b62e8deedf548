"""The portal without a mouse."""

from __future__ import annotations

from tests.journeys.conftest import Open
from tests.journeys.walker import Walker

FOCUS = "document.activeElement"
LOOK = """
const look = (element) => [element, element.parentElement, element.closest("label")]
    .map((part) => part && getComputedStyle(part))
    .map((style) => style && [style.outline, style.boxShadow, style.borderColor].join())
    .join();
"""


def test_slash_searches_and_letters_go(enter: Open) -> None:
    hr = enter("hr")
    hr.go("/")
    hr.page.keyboard.press("/")
    assert hr.page.evaluate(f"{FOCUS}.name") == "q"
    hr.page.keyboard.type("Müşteri")
    with hr.page.expect_navigation():
        hr.page.keyboard.press("Enter")
    hr.settle()
    assert hr.path.startswith("/search?q=")
    hr.page.locator("body").press("Escape")
    hr.page.evaluate(f"{FOCUS}.blur()")
    with hr.page.expect_navigation():
        hr.page.keyboard.press("g")
        hr.page.keyboard.press("r")
    hr.settle()
    assert hr.path == "/hiring"


def test_a_question_mark_lists_the_keys(enter: Open) -> None:
    hr = enter("hr")
    hr.go("/")
    hr.page.keyboard.press("?")
    assert hr.page.locator("#keys").is_visible()
    hr.settle()
    hr.page.keyboard.press("Escape")
    assert not hr.page.locator("#keys").is_visible()


def test_skipping_to_the_content_leads_to_the_main_action(enter: Open) -> None:
    hr = enter("hr")
    hr.go("/")
    remember_looks(hr)
    hr.page.keyboard.press("Tab")
    assert hr.page.evaluate(f"{FOCUS}.className") == "skip"
    assert visible_focus(hr)
    hr.page.keyboard.press("Enter")
    for _stop in range(4):
        hr.page.keyboard.press("Tab")
        assert visible_focus(hr)
        if (hr.page.evaluate(f"{FOCUS}.href") or "").endswith("/hiring/requisitions/new"):
            break
    with hr.page.expect_navigation():
        hr.page.keyboard.press("Enter")
    hr.settle()
    assert hr.path == "/hiring/requisitions/new"


def test_every_stop_of_a_form_shows_its_focus(enter: Open) -> None:
    hr = enter("hr")
    hr.go("/hiring/requisitions/new")
    remember_looks(hr)
    hr.page.locator("[name=role]").focus()
    for _stop in range(40):
        # The day, the month, the year and the calendar of a date box draw their focus themselves.
        inside = hr.page.evaluate(f"{FOCUS}.matches('[type=date]')")
        assert inside or visible_focus(hr), hr.page.evaluate(f"{FOCUS}.outerHTML")
        if hr.page.evaluate(f"{FOCUS}.matches('.savebar .btn-primary')"):
            return
        hr.page.keyboard.press("Tab")
    message = "the keyboard did not reach the button that saves"
    raise AssertionError(message)


def test_a_card_moves_by_keyboard(enter: Open) -> None:
    hr = enter("hr")
    hr.go("/hiring/postings/1/board")
    remember_looks(hr)
    hr.page.locator(".cand summary").first.focus()
    hr.page.keyboard.press("Enter")
    hr.page.keyboard.press("Tab")
    assert hr.page.evaluate(f"{FOCUS}.name") == "to"
    assert visible_focus(hr)


def visible_focus(walker: Walker) -> bool:
    """Whether what has the focus is on the screen and drawn differently than at the start."""
    return bool(
        walker.page.evaluate(
            f"""() => {{
                {LOOK}
                const focused = document.activeElement;
                const box = focused.getBoundingClientRect();
                return box.width > 0 && box.bottom > 0 && box.top < innerHeight
                    && look(focused) !== window.looks.get(focused);
            }}"""
        )
    )


def remember_looks(walker: Walker) -> None:
    """How everything looks that has no focus."""
    walker.page.evaluate(
        f"""() => {{
            {LOOK}
            const all = document.querySelectorAll("a, button, input, select, textarea, summary");
            window.looks = new Map([...all].map((element) => [element, look(element)]));
        }}"""
    )
