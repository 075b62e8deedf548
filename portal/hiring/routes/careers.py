"""The careers site: open postings for everyone, without an account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from portal.core import i18n
from portal.core.access import allowed, public
from portal.core.db import db
from portal.hiring import documents, policy, queries
from portal.hiring.models import Posting
from portal.hiring.routes import bp as hiring
from portal.hiring.routes.caching import cached
from portal.hiring.states import PostingState
from portal.people.brand import shown
from portal.people.forms.choices import country_name

bp = Blueprint("careers", __name__)


@bp.get("/careers")
@public
def postings() -> ResponseReturnValue:
    """Open postings, narrowed to a site if asked."""
    found = [row for row in db.session.execute(queries.titles_listed()) if row.Posting.is_open]
    sites = {row.Posting.requisition.site.key: row.Posting.requisition.site for row in found}
    chosen = request.args.get("site", "")
    if chosen in sites:
        found = [row for row in found if row.Posting.requisition.site.key == chosen]
    locale = i18n.current_locale()
    names = sorted(
        ((key, i18n.words(site.name)) for key, site in sites.items()),
        key=lambda one: i18n.sort_key(one[1]),
    )
    return cached(
        lambda: render_template(
            "careers/postings.html",
            entries=[_listed(row, locale) for row in found],
            sites=names,
            chosen=chosen if chosen in sites else "",
        )
    )


def _listed(row: Any, locale: str) -> dict[str, Any]:  # noqa: ANN401 - a row
    """What the list shows of one, in the best language for the reader."""
    language = row.Posting.language_for(locale)
    return {
        "posting": row.Posting,
        "language": language,
        "title": getattr(row, language) or "",
        "pay": documents.pay_text(row.Posting),
    }


@bp.get("/careers/<slug>")
@public
def posting(slug: str) -> ResponseReturnValue:
    """One posting; a closed one is a 410 page that search engines drop."""
    found = db.session.scalars(queries.posting_by_slug(slug)).first()
    if found is None or found.state is PostingState.DRAFT:
        abort(404)
    if found.is_open:
        return cached(lambda: page_of(found))
    if found.state is PostingState.OPEN and not found.has_begun:
        abort(404)
    body = render_template("careers/closed.html", text=found.text(i18n.current_locale()))
    return body, 410, {"X-Robots-Tag": "noindex"}


@hiring.get("/postings/<int:posting_id>/preview")
@allowed(policy.read_posting, on=Posting)
def preview_posting(posting: Posting) -> str:
    """The public page as it will be."""
    return page_of(posting, preview=True)


def open_postings() -> list[Posting]:
    """The postings that are open now, newest first."""
    return [one for one in db.session.scalars(queries.public_postings()) if one.is_open]


def page_of(posting: Posting, *, preview: bool = False) -> str:
    """The public page in the reader's language."""
    entry = documents.entry(posting, i18n.current_locale())
    languages = posting.languages
    return render_template(
        "careers/posting.html",
        posting=posting,
        site=posting.requisition.site,
        country=country_name(posting.requisition.site.country),
        text=entry.text,
        pay=entry.pay,
        url=entry.url,
        alternate_urls={tag: f"{entry.url}?lang={tag}" for tag in languages},
        structured_data=Markup(  # noqa: S704 - escaped for a script element
            documents.as_script(documents.structured_data(posting, entry.text, shown()))
        ),
        preview=preview,
    )
