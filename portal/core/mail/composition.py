"""Turns a kind of mail and its facts into subject, text and HTML in the recipient's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, render_template
from flask_babel import force_locale

from portal.core.brand import brand


class BlankMail(ValueError):  # noqa: N818 - says what it is
    """A template gave no subject or no body; nobody gets an empty mail."""


@dataclass(frozen=True)
class Composed:
    """What the recipient reads."""

    subject: str
    text: str
    html: str


def compose(kind: str, locale: str, context: Mapping[str, object]) -> Composed:
    """Render ``templates/mail/<kind>.{subject.txt,txt,html}``.

    Raises:
        BlankMail: if subject, text or HTML come out blank.

    """
    with force_locale(locale):
        values = {"brand": brand(), "link": link, "locale": locale, **context}
        subject = _one_line(render_template(f"mail/{kind}.subject.txt", **values))
        values["subject"] = subject
        text = render_template(f"mail/{kind}.txt", **values)
        html = render_template(f"mail/{kind}.html", **values)
    text = re.sub(r"[ \t]+\n", "\n", text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    if not (subject and text.strip() and re.sub(r"<[^>]*>|\s", "", html)):
        message = f"{kind} in {locale!r} comes out blank"
        raise BlankMail(message)
    return Composed(subject, text, html)


def link(endpoint: str, **values: object) -> str:
    """The full address of a page, also where there is no request: from BASE_URL."""
    base = urlsplit(current_app.config["BASE_URL"])
    urls = current_app.url_map.bind(base.netloc, base.path or "/", url_scheme=base.scheme)
    return urls.build(endpoint, values, force_external=True)


def _one_line(text: str) -> str:
    return " ".join(text.split())
