"""Applying on a phone, screening, and the board."""

from __future__ import annotations

from dataclasses import dataclass

from tests.journeys.paper import pdf, upload
from tests.journeys.server import Portal
from tests.journeys.walker import Walker


@dataclass(frozen=True)
class Candidate:
    """Somebody who looks for work."""

    given_name: str
    family_name: str
    email: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


def fill_in(phone: Walker, who: Candidate, *, consent: bool = True) -> None:
    """Everything the form asks for, with a CV."""
    fields = {
        "given_name": who.given_name, "family_name": who.family_name, "email": who.email,
        "phone": "+90 532 123 45 67", "headline": "İki yıl çağrı merkezinde",
        "letter": "İnsanlara yardım etmeyi seviyorum. Işıl ışıl bir ekip arıyorum.",
    }  # fmt: skip
    for name, text in fields.items():
        phone.page.fill(f"[name={name}]", text)
    for answer in phone.page.locator("[name^=must_][value=yes]").all():
        answer.check()
    phone.page.set_input_files("[name=cv]", upload("özgeçmiş.pdf", pdf("Curriculum vitae")))
    phone.page.set_checked("[name=consent]", consent)


def apply(phone: Walker, portal: Portal, slug: str, who: Candidate) -> str:
    """The candidate applies and opens the link of the confirmation; returns its path."""
    phone.go(f"/careers/{slug}?lang={phone.lang}")
    phone.follow(f'a[href*="/careers/{slug}/apply"]')
    fill_in(phone, who)
    phone.follow(".form-actions [type=submit]")
    assert phone.path.startswith(f"/careers/{slug}/applied")
    mail = portal.mail("hiring/received", who.email)
    assert mail.locale == phone.lang
    status = mail.link("/careers/applications/")
    phone.go(status)
    assert who.name in phone.text("main")
    return status


def apply_twice(phone: Walker, portal: Portal, slug: str, who: Candidate) -> None:
    """A second application to the same posting changes nothing and gives nothing away."""
    phone.go(f"/careers/{slug}/apply")
    fill_in(phone, who)
    phone.follow(".form-actions [type=submit]")
    assert phone.path.startswith(f"/careers/{slug}/applied")
    assert len(portal.mails("hiring/received", who.email)) == 1
    assert portal.value("select count(*) from application where email = ?", who.email) == 1


def screen(hr: Walker, portal: Portal, posting: int, who: Candidate) -> int:
    """HR finds the application on the board, reads it and lets it pass; returns its id."""
    application = int(portal.value("select id from application where email = ?", who.email))
    hr.go(f"/hiring/postings/{posting}/board")
    hr.follow(f'[data-lane=applied] a[href$="/hiring/applications/{application}"]')
    cv = hr.context.request.get(f"/hiring/applications/{application}/cv")
    assert cv.body().startswith(b"%PDF")
    hr.go(f"/hiring/applications/{application}/screen")
    for must in hr.page.locator("[name^=must_][value=True]").all():
        must.check()
    for weighted in hr.page.locator('[name^=weighted_][value="4"]').all():
        weighted.check()
    hr.follow("button[name=decision][value=score]")
    hr.follow("button[name=decision][value=advance]")
    assert stage(portal, application) == "screened"
    return application


def move_on_the_board(hr: Walker, portal: Portal, posting: int, application: int) -> None:
    """By the card's own form to and fro, then by dragging it with the mouse."""
    board = f"/hiring/postings/{posting}/board"
    hr.go(board)
    card = f'.cand:has(a[href$="/hiring/applications/{application}"])'
    hr.page.locator(f"{card} summary").click()
    hr.page.select_option(f"{card} [name=to]", "interview")
    hr.follow(f"{card} [data-move] [type=submit]")
    assert stage(portal, application) == "interview"
    hr.press("/undo-move")
    assert stage(portal, application) == "screened"
    hr.go(board)
    with hr.page.expect_navigation():
        hr.page.locator(card).drag_to(hr.page.locator("[data-lane=interview]"))
    hr.settle()
    assert stage(portal, application) == "interview"


def stage(portal: Portal, application: int) -> str:
    """Where the application stands in the database."""
    return str(portal.value("select stage from application where id = ?", application))
