"""The poster of a posting: what a passer-by reads, and a code that leads to the job page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.db import Json, db
from portal.core.documents import Document
from portal.core.documents.codes import qr_svg
from portal.hiring import policy
from portal.hiring.documents.feeds import pay_text
from portal.hiring.documents.job_posting import posting_url
from portal.hiring.models import Posting
from portal.hiring.states import ApplicationSource

KIND = "poster"
MOST_DUTIES = 5
LINES = 8
"""How many lines of duties stand on the sheet beside everything else."""

LINE = 52
"""How many letters stand on a line; a kanji takes two."""


@dataclass(frozen=True)
class Poster:
    """Everything the poster shows, as text in its language."""

    title: str
    place: str
    pay: str
    employment: str
    duties: tuple[str, ...]
    closes_on: date | None
    url: str

    @property
    def url_shown(self) -> str:
        """The address as people type it: without scheme, language and source."""
        return self.url.partition("://")[2].partition("?")[0]

    @property
    def qr(self) -> str:
        """The address as a QR code, in SVG."""
        return qr_svg(self.url, title=_("QR code with the address of the job page"))


def poster_of(posting: Posting, language: str) -> Poster:
    """The poster a posting makes, in one of its languages."""
    text: Json = posting.text(language)
    site = posting.requisition.site
    with force_locale(language):
        remote = str(_("%(site)s, or from home", site=i18n.words(site.name, language)))
        return Poster(
            title=text["title"],
            place=remote if posting.remote else i18n.words(site.name, language),
            pay=pay_text(posting),
            employment=str(posting.employment_type.label),
            duties=shortened(text["duties"]),
            closes_on=posting.closes_on,
            url=f"{posting_url(posting, language)}&source={ApplicationSource.POSTER.value}",
        )


def shortened(duties: list[str]) -> tuple[str, ...]:
    """The first duties, as many as the sheet has room for and one in any case."""
    kept: list[str] = []
    left = LINES
    for duty in duties[:MOST_DUTIES]:
        left -= ceil(sum(2 if letter > "\u2e80" else 1 for letter in duty) / LINE)
        if kept and left < 0:
            break
        kept.append(duty)
    return tuple(kept)


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever may read the posting."""
    posting = db.session.get(Posting, document.subject_id)
    return posting is not None and policy.read_posting(viewer, posting)


def register() -> None:
    """Make the paper and the rule who may open it known."""
    documents.register_kind(KIND, _l("Poster"), may_read)
