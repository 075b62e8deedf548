"""The inspection itself: a fault on a page does not slip through."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import Open

FAULTS = {
    "image-alt": "document.querySelector('main').append(new Image())",
    "wide in": "document.querySelector('main').innerHTML += '<div class=\"w\">x</div>';"
               "document.querySelector('.w').style.width = '3000px'",
    "main headings": "document.querySelector('h1').remove()",
    "broke": "console.error('broke')",
    "Content Security Policy": "document.body.append(Object.assign("
                               "document.createElement('script'), {textContent: '1'}))",
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(walk: Open, fault: str) -> None:
    walker = walk(axe=True)
    walker.go("/sign-in")
    walker.page.evaluate(FAULTS[fault])
    with pytest.raises(AssertionError, match=fault):
        walker.settle()
