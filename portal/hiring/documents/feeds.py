"""Open postings as entries of the feeds: Atom for people, Indeed's XML for the job board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _
from markupsafe import Markup

from portal.core import i18n
from portal.core.db import Json
from portal.hiring.documents.job_posting import description_html, posting_url, reference
from portal.hiring.models import Posting

INDEED_TYPES = {
    "full_time": "fulltime", "part_time": "parttime", "temporary": "temporary",
    "intern": "internship",
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One posting as a feed shows it, in the language of ``text``."""

    posting: Posting
    text: Json
    url: str
    reference: str
    pay: str

    @property
    def html(self) -> str:
        """The whole text; lists of titles don't ask for it."""
        return description_html(self.text)

    @property
    def published(self) -> datetime:
        """When it was first shown."""
        return self.posting.published_at or self.posting.created_at

    @property
    def updated(self) -> datetime:
        """When it last changed, not before it was shown."""
        return max(self.published, self.posting.changed_at)

    @property
    def job_type(self) -> str:
        """Indeed's word for the kind of employment."""
        return INDEED_TYPES[str(self.posting.employment_type)]


def entry(posting: Posting, locale: str) -> Entry:
    """A posting as an entry, in the best language for ``locale``."""
    text = posting.text(locale)
    return Entry(
        posting=posting, text=text, url=posting_url(posting), reference=reference(posting),
        pay=pay_text(posting),
    )  # fmt: skip


def pay_text(posting: Posting) -> str:
    """``₺480,000.00 – ₺720,000.00 a year`` in the reader's language."""
    requisition = posting.requisition
    return _(
        "%(low)s – %(high)s %(period)s",
        low=i18n.money(requisition.pay_minimum, requisition.pay_currency),
        high=i18n.money(requisition.pay_maximum, requisition.pay_currency),
        period=requisition.pay_period.label,
    )


def cdata(text: object) -> Markup:
    """A CDATA section; an end mark inside the text is cut in two."""
    safe = str(text).replace("]]>", "]]]]><![CDATA[>")
    return Markup("<![CDATA[{}]]>").format(Markup(safe))  # noqa: S704 - CDATA is not markup
