"""Every enum value has a label in every language."""

from __future__ import annotations

import pytest
from flask import Flask
from flask_babel import force_locale

from portal.core.i18n import LOCALES
from portal.core.states import Labelled, State

pytestmark = pytest.mark.once("reads the enums, no database")

SAME_IN_ALL = {"LinkedIn", "Indeed"}
SAME_IN = {"es": {"Formal", "No"}, "tr": {"Mentor"}, "ja": set()}


def kinds(base: type) -> list[type]:
    return [kind for sub in base.__subclasses__() for kind in [sub, *kinds(sub)]]


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != "en"])
def test_every_label_is_translated(app: Flask, locale: str) -> None:
    missing = []
    with app.test_request_context():
        for kind in [*kinds(Labelled), *kinds(State)]:
            if not kind.__module__.startswith("portal."):
                continue  # an enum of a test
            for member in kind:
                with force_locale("en"):
                    source = str(member.label)
                with force_locale(locale):
                    if str(member.label) == source and source not in SAME_IN_ALL | SAME_IN[locale]:
                        missing.append(f"{kind.__name__}.{member.name}: {source}")
    assert not missing
