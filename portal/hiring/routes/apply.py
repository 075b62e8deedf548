"""Applying: no account, no script, and nothing typed is ever lost."""

from __future__ import annotations

from typing import cast

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from portal.accounts.viewer import viewer_if_any
from portal.core import files
from portal.core.access import public
from portal.core.brand import brand
from portal.core.db import db
from portal.core.errors import Gone, NotFound, Refused
from portal.core.files import Upload
from portal.core.forms import refusal_to_field
from portal.core.i18n import current_locale
from portal.core.web import limiter
from portal.hiring import operations as op
from portal.hiring import queries
from portal.hiring.forms.apply import CV_KINDS, ApplyForm, apply_form
from portal.hiring.forms.consent import Consent, consent_for
from portal.hiring.models import Posting
from portal.hiring.operations import pending_cv
from portal.hiring.routes.careers import bp
from portal.hiring.states import ApplicationSource
from portal.people.models import Person

CV_BYTES = 8 * 1024 * 1024


@bp.route("/careers/<slug>/apply", methods=["GET", "POST"])
@public
@limiter.limit("10 per minute; 60 per hour", methods=["POST"])
def apply(slug: str) -> ResponseReturnValue:
    """The form, and its answer: one more application or the same page with what to put right."""
    posting = open_posting(slug)
    form = apply_form(
        posting,
        data={
            "language": posting.language_for(current_locale()),
            "source": request.args.get("source"),
        }
        | _known(request.args.get("source")),
    )
    consent = consent_for(posting.requisition.site.country, brand().name)
    # A program that fills in every field is answered like a person, and nothing is kept.
    if form.is_submitted() and (form.website.data or _received(form, posting, consent)):
        return sent(posting)
    return render_template(
        "careers/apply.html",
        form=form,
        posting=posting,
        consent=consent,
        text=posting.text(current_locale()),
        kept=pending_cv.kept_name(form.cv_kept.data),
    ), 422 if form.is_submitted() else 200


@bp.get("/careers/<slug>/applied")
@public
def applied(slug: str) -> ResponseReturnValue:
    """Look in your mail: the same page for the first application and for the second."""
    posting = posting_of(slug)
    return render_template(
        "careers/apply_sent.html", posting=posting, text=posting.text(current_locale())
    )


def sent(posting: Posting) -> ResponseReturnValue:
    """Away from the form, so that a reload sends nothing."""
    return redirect(url_for("careers.applied", slug=posting.slug), 303)


def posting_of(slug: str) -> Posting:
    """The posting of an address, once it was published.

    Raises:
        NotFound: if there is none.
    """
    posting: Posting | None = db.session.scalar(queries.posting_by_slug(slug))
    if posting is None or posting.published_at is None:
        raise NotFound
    return posting


def open_posting(slug: str) -> Posting:
    """The posting, if it takes applications today.

    Raises:
        NotFound: if there is none.
        Gone: if it has closed.
    """
    posting = posting_of(slug)
    if not posting.is_open:
        raise Gone
    return posting


def _known(source: str | None) -> dict[str, str]:
    """What the portal knows of a colleague who comes by the link for those inside."""
    me = viewer_if_any()
    if me is None or source != str(ApplicationSource.INTERNAL):
        return {}
    person = db.session.get_one(Person, me.person_id)
    names = ("given_name", "family_name", "reading", "email", "phone")
    known = {name: str(getattr(person, name)) for name in names}
    return known | {"headline": me.subtitle[:120], "language": person.language}


def _received(form: ApplyForm, posting: Posting, consent: Consent) -> bool:
    """Take the application in; a second one by the same person is answered in the same way."""
    valid = form.validate()
    cv = _cv(form)
    if not valid or form.errors:
        if cv is not None:
            form.cv_kept.data = pending_cv.keep(cv)
            form.cv_kept.raw_data = None
        return False
    try:
        _receive(form, posting, consent, cv)
    except op.AppliedAlready as refused:
        op.remind_of_application(refused.application)
    except Refused as refused:
        refusal_to_field(form, refused)
        return False
    return True


def _receive(form: ApplyForm, posting: Posting, consent: Consent, cv: Upload | None) -> None:
    op.receive_application(
        posting,
        given_name=form.given_name.data,
        family_name=form.family_name.data,
        reading=form.reading.data or "",
        email=form.email.data,
        phone=form.phone.data or "",
        headline=form.headline.data or "",
        letter=form.letter.data or "",
        language=form.language.data,
        source=_source(form.source.data),
        consent_country=posting.requisition.site.country,
        consent_text=consent.text,
        cv=cv,
        answers=form.answers(),
        demographics=form.demographics(),
    )


def _cv(form: ApplyForm) -> Upload | None:
    """The file sent now, else the one kept from the time before."""
    if form.cv.errors:
        return None
    if not form.cv.data:
        return pending_cv.bring_back(form.cv_kept.data)
    try:
        return files.accept(cast("FileStorage", form.cv.data), CV_KINDS, CV_BYTES)
    except Refused as refused:
        form.cv.errors = [*form.cv.errors, refused.message]
        return None


def _source(text: str | None) -> ApplicationSource:
    """Where a share link says the candidate comes from; a name we don't know is elsewhere."""
    if not text:
        return ApplicationSource.CAREERS
    known = {str(source): source for source in ApplicationSource}
    return known.get(text.lower(), ApplicationSource.OTHER)
