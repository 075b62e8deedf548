"""What machines read of the careers site: Atom, Indeed's XML, sitemap and robots.txt."""

from __future__ import annotations

from flask import Response, current_app, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.core import clock, i18n, mail
from portal.core.access import public
from portal.hiring import documents
from portal.hiring.documents import Entry
from portal.hiring.routes.caching import cached
from portal.hiring.routes.careers import bp, open_postings


def _entries() -> list[Entry]:
    locale = i18n.current_locale()
    return [documents.entry(posting, locale) for posting in open_postings()]


@bp.get("/careers/feed.atom")
@public
def feed() -> ResponseReturnValue:
    """Open postings as Atom (RFC 4287), in the reader's language where there is a text in it."""
    entries = _entries()
    updated = max((entry.updated for entry in entries), default=None)
    return cached(
        lambda: render_template(
            "careers/feed.xml",
            entries=entries,
            # An empty feed still needs a moment; midnight keeps it the same all day.
            updated=updated or clock.now().replace(hour=0, minute=0, second=0, microsecond=0),
            url=mail.link("careers.feed", lang=i18n.current_locale()),
            site_url=mail.link("careers.postings", lang=i18n.current_locale()),
        ),
        "application/atom+xml",
    )


@bp.get("/careers/indeed.xml")
@public
def indeed() -> ResponseReturnValue:
    """Open postings as Indeed's job feed, each in the language of its site."""
    entries = [
        documents.entry(posting, posting.requisition.site.language) for posting in open_postings()
    ]
    return cached(
        lambda: render_template(
            "careers/indeed.xml", entries=entries, cdata=documents.cdata,
            site_url=mail.link("careers.postings"),
        ),
        "application/xml",
    )  # fmt: skip


@bp.get("/sitemap.xml")
@public
def sitemap() -> ResponseReturnValue:
    """The list of postings and each open one, with its languages."""
    return cached(
        lambda: render_template(
            "careers/sitemap.xml", entries=_entries(), site_url=mail.link("careers.postings"),
            locales=i18n.LOCALES,
        ),
        "application/xml",
    )  # fmt: skip


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Search engines may read the careers site and nothing else."""
    lines = (
        "User-agent: *",
        f"Disallow: {url_for('careers.postings')}/applications/",
        f"Allow: {url_for('careers.postings')}",
        f"Allow: {url_for('static', filename='')}",
        "Disallow: /",
        f"Sitemap: {mail.link('careers.sitemap')}",
        "",
    )
    response = Response("\n".join(lines), mimetype="text/plain")
    response.cache_control.max_age = 3600 if not current_app.debug else 0
    return response
