"""Whatever a form is sent with, the answer is a page that helps, and nothing is half-saved."""

from __future__ import annotations

import itertools
from urllib.parse import urlencode

import pytest

from tests.page import Page, inspect
from tests.robustness.crawler import Crawl
from tests.robustness.forms import Found, forms_of
from tests.robustness.hostile import IMAGE, SCRIPT, VALUES
from tests.robustness.place import Place

pytestmark = pytest.mark.slow

EACH = 2
"""How many values each field gets by itself; together the fields get all of them many times."""
IN_ALL = 5
"""How many values a form gets in all its fields at once."""
TYPED = {"text", "textarea", "email", "tel", "search", "password", "date", "datetime-local"}
SUMMARY = "//*[contains(@class, 'error-summary')]//li"
COUNTS_A_FAILURE = {"accounts.sign_in", "accounts.change_password", "accounts.ask_reset"}


@pytest.fixture(scope="package")
def forms(place: Place, crawls: dict[str, Crawl]) -> list[Found]:
    return forms_of(place, crawls)


def test_there_are_forms_of_every_feature_to_try(forms: list[Found]) -> None:
    features = {form.endpoint.split(".")[0] for form in forms}
    assert features >= {
        "accounts", "people", "competencies", "hiring", "careers", "interviews", "offers",
        "onboarding", "inbox", "mail",
    }  # fmt: skip
    assert len(forms) > 60
    assert [str(form) for form in forms if form.endpoint.startswith("no view")] == []


def test_every_field_bears_every_kind_of_value(place: Place, forms: list[Found]) -> None:
    values = itertools.cycle(VALUES.items())
    faults = []
    for form in forms:
        plain = Attempt(place, form, {}, "as it is")
        plain.run()
        for name in form.names():
            for label, value in itertools.islice(values, EACH):
                attempt = Attempt(place, form, {name: value}, f"{name} = {label}")
                attempt.run(blamed=name if plain.page.status < 400 else None)
                faults += attempt.faults
        faults += plain.faults
    assert not faults, "\n".join(faults)


def test_every_form_bears_every_value_in_all_fields(place: Place, forms: list[Found]) -> None:
    faults = []
    for number, form in enumerate(forms):
        some = itertools.islice(itertools.cycle(VALUES.items()), number, number + IN_ALL)
        for label, value in some:
            changes = dict.fromkeys(form.names(hidden=False), value)
            attempt = Attempt(place, form, changes, f"all = {label}")
            attempt.run()
            faults += attempt.faults
    assert not faults, "\n".join(faults)


def test_every_form_bears_missing_repeated_and_more_fields(
    place: Place, forms: list[Found]
) -> None:
    faults = []
    for form in forms:
        twice = {name: [*values, "x"] for name, values in form.data().items()}
        more = {"id": "1", "is_admin": "1", "roles": "admin", "__class__": "x", "[]": "x"}
        undecodable = urlencode(form.data(), doseq=True)
        for name in form.names()[:4]:
            undecodable += f"&{name}=%ff%fe%ed%a0%80"
        for label, data in (("nothing", {}), ("twice", twice), ("more", form.data(**more))):
            attempt = Attempt(place, form, {}, label)
            attempt.run(data=data)
            faults += attempt.faults
        attempt = Attempt(place, form, {}, "undecodable bytes")
        attempt.run(data=undecodable, content_type="application/x-www-form-urlencoded")
        faults += attempt.faults
    assert not faults, "\n".join(faults)


class Attempt:
    """One form sent with something wrong in it, undone at once."""

    def __init__(self, place: Place, form: Found, changes: dict[str, str], what: str) -> None:
        self.place, self.form, self.changes, self.what = place, form, changes, what
        self.faults: list[str] = []
        self.page: Page

    def run(self, *, blamed: str | None = None, data: object = None, **options: str) -> None:
        visitor = self.place.visitors[self.form.role]
        sent = self.form.data(**self.changes) if data is None else data
        before = self.place.counts()
        with self.place.undone():
            self.page = visitor.post(self.form.action, sent, **options)
            status = self.page.status
            after = self.place.counts() if status >= 400 else before
        if status >= 500:
            self._fault(f"answers {status}")
        if status >= 400:
            grown = {table for table in after if after[table] != before[table]}
            if grown and self.form.endpoint not in COUNTS_A_FAILURE:
                self._fault(f"answers {status}, yet changes {sorted(grown)}")
        self._check_page()
        if status == 422:
            self._check_help(blamed)

    def _check_page(self) -> None:
        page = self.page
        if not page.html or "<html" not in page.html:
            return
        try:
            inspect(page)
        except AssertionError as error:
            self._fault(str(error))
        if SCRIPT in page.html or IMAGE in page.html or "onerror=1>" in page.html:
            self._fault("lets script through")
        if page.status >= 400 and page.tree.get("lang") not in (
            self.place.visitors[self.form.role].language,
            "ja",
            "en",
        ):
            self._fault(f"speaks {page.tree.get('lang')}")

    def _check_help(self, blamed: str | None) -> None:
        tree = self.page.tree
        lines = [one.text_content().strip() for one in tree.xpath(SUMMARY)]
        typed = self._kind(blamed) in TYPED if blamed else self._is_typed()
        if not lines and typed:
            self._fault("says in no summary what is wrong")
        if not lines and "Reference" not in self.page.text and self.form.role == "hr":
            self._fault("has no reference either")
        if any(not line or line.startswith("{") for line in lines):
            self._fault(f"says nothing readable: {lines[:3]}")
        ids = {str(one) for one in tree.xpath("//@id")}
        dead = [
            link for link in tree.xpath("//*[contains(@class, 'error-summary')]//a/@href")
            if link.removeprefix("#") not in ids
        ]  # fmt: skip
        if dead:
            self._fault(f"links to no field: {dead}")
        if blamed and typed and not tree.xpath("//*[contains(@class, 'field-error')]"):
            self._fault("shows no message beside the field")
        for name, value in self.form.typed().items():
            if name not in self.changes and blamed and typed:
                self._check_kept(name, value)

    def _check_kept(self, name: str, value: str) -> None:
        shown = {
            (one.get("value") or one.text or "").strip()
            for one in self.page.tree.xpath("//*[@name=$name]", name=name)
        }
        if value.strip() not in shown:
            self._fault(f"forgets {name}: {value[:30]!r} became {[s[:30] for s in shown]}")

    def _is_typed(self) -> bool:
        """Whether a person could have got it wrong; a forged button needs no summary."""
        return any(self._kind(name) in TYPED for name in self.changes)

    def _kind(self, name: str) -> str | None:
        return next((field.kind for field in self.form.fields if field.name == name), None)

    def _fault(self, text: str) -> None:
        self.faults.append(f"{self.form} {self.what}: {text}")
