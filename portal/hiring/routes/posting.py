"""Pages of one posting: composing, editing, publishing, and fixing its screening criteria."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import audit
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version, form_page, refusals_to
from portal.core.i18n import NATIVE_NAMES, current_locale
from portal.core.tables import count
from portal.hiring import documents, operations, parts, policy, queries
from portal.hiring.forms import (
    ComposeForm,
    PosterForm,
    PostingForm,
    PostingTextForm,
    ReopenForm,
    ToneForm,
)
from portal.hiring.models import Posting, Requisition
from portal.hiring.routes import bp
from portal.hiring.routes.overview import names_by_id, spoken
from portal.hiring.states import ApplicationSource, PostingState, Tonality

TRAIL = 50
SHARED = (
    ApplicationSource.LINKEDIN, ApplicationSource.INDEED, ApplicationSource.SOCIAL,
    ApplicationSource.REFERRAL,
)  # fmt: skip


@bp.route("/requisitions/<int:requisition_id>/posting", methods=["GET", "POST"])
@allowed(policy.compose_posting, on=Requisition)
def compose_posting(requisition: Requisition) -> ResponseReturnValue:
    """Choose languages and tone; the text appears beside the choice."""
    asked = request.args if "tone" in request.args and request.method == "GET" else None
    site = requisition.site
    form = (
        ComposeForm(formdata=asked, languages=[site.language])
        if asked
        else ComposeForm(languages=list(dict.fromkeys((site.language, "en"))))
    )
    if form.validate_on_submit():
        with refusals_to(form):
            posting = operations.compose_posting(
                requisition, tone=form.tone.data, languages=form.languages.data, by=viewer()
            )
            flash(_("Posting composed. Read it through, then fix the screening criteria."), "ok")
            return redirect(_url(posting), 303)
    tone = form.tone.data or Tonality.FRIENDLY
    texts = {
        tag: operations.compose_text(requisition.role, site, tone=tone, language=tag)
        for tag in form.languages.data or ()
    }
    return form_page(
        "hiring/posting_compose.html",
        form,
        requisition=requisition,
        texts=[(tag, text, _headings(tag)) for tag, text in texts.items()],
    )


@bp.get("/postings/<int:posting_id>")
@allowed(policy.read_posting, on=Posting)
def posting(posting: Posting) -> str:
    """The record: state, next action, checklist, links to share, criteria and trail."""
    db.session.scalars(queries.posting_page(posting.id)).one()
    events = db.session.scalars(audit.of(posting).limit(TRAIL)).all()
    makers = {event.account_id for event in events if event.account_id}
    makers |= {version.fixed_by_id for version in posting.criteria}
    published = posting.state is PostingState.OPEN
    return render_template(
        "hiring/posting.html",
        posting=posting,
        action=parts.posting_actions.first(posting, viewer()) if published else None,
        links=parts.posting_links.shown(posting, viewer()),
        requisition=posting.requisition,
        checks=operations.checklist(posting),
        counts=db.session.execute(queries.stage_counts(posting.id)).all(),
        names=names_by_id(makers),
        trail=events,
        spoken=spoken(posting.languages),
        pay=documents.pay_text(posting),
        shared=[(one, _shared(posting, one)) for one in SHARED],
        public_url=documents.posting_url(posting),
        poster=poster_form(posting),
        rescreen=count(queries.applications_to_rescreen(posting.id)),
    )


@bp.route("/postings/<int:posting_id>/edit", methods=["GET", "POST"])
@allowed(policy.change_posting, on=Posting)
def change_posting(posting: Posting) -> ResponseReturnValue:
    """Languages, dates and other facts that are the same in each language."""
    form = PostingForm(obj=posting)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, posting)
            operations.change_posting(posting, **form.facts(), by=viewer())
            flash(_("Changes saved."), "ok")
            return redirect(url_for("hiring.change_posting", posting_id=posting.id), 303)
    return form_page(
        "hiring/posting_edit.html",
        form,
        posting=posting,
        language=None,
        hints=[],
        native_names=NATIVE_NAMES,
    )


@bp.route("/postings/<int:posting_id>/edit/<string:language>", methods=["GET", "POST"])
@allowed(policy.change_posting, on=Posting)
def change_posting_text(posting: Posting, language: str) -> ResponseReturnValue:
    """The text of one language, with hints on wording that keeps people away."""
    if language not in posting.languages:
        abort(404)
    form = PostingTextForm.of(posting, language)
    if form.validate_on_submit():
        with refusals_to(form):
            check_version(form, posting)
            operations.change_posting_text(posting, language, text=form.text(), by=viewer())
            flash(_("The text in %(language)s is saved.", language=NATIVE_NAMES[language]), "ok")
            return redirect(_edit_url(posting, language), 303)
    return form_page(
        "hiring/posting_edit.html",
        form,
        posting=posting,
        language=language,
        hints=operations.exclusive_wording(form.text(), language),
        tone_form=ToneForm(obj=posting),
        native_names=NATIVE_NAMES,
    )


@bp.post("/postings/<int:posting_id>/edit/<string:language>/compose")
@allowed(policy.change_posting, on=Posting)
def recompose_posting(posting: Posting, language: str) -> ResponseReturnValue:
    """Compose one language again from the role profile."""
    if language not in posting.languages:
        abort(404)
    form = ToneForm()
    if not form.validate():
        abort(422)
    operations.recompose_posting(posting, language, tone=form.tone.data, by=viewer())
    flash(_("Composed again from the role profile."), "ok")
    return redirect(_edit_url(posting, language), 303)


@bp.post("/postings/<int:posting_id>/publish")
@allowed(policy.change_posting, on=Posting)
def publish_posting(posting: Posting) -> ResponseReturnValue:
    """Show it on the careers site."""
    operations.publish_posting(posting, by=viewer())
    if posting.is_open:
        flash(_("Published. It is on the careers site now."), "ok")
    else:
        flash(_("Published. It shows on the careers site from its first day."), "ok")
    return redirect(_url(posting), 303)


@bp.post("/postings/<int:posting_id>/poster")
@allowed(policy.print_poster, on=Posting)
def print_poster(posting: Posting) -> ResponseReturnValue:
    """Have the poster printed in one of the posting's languages."""
    form = poster_form(posting)
    if not form.validate_on_submit():
        abort(422)
    document = operations.print_poster(posting, language=form.language.data, by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


def poster_form(posting: Posting) -> PosterForm:
    """The form with the languages of this posting to choose from."""
    form = PosterForm(data={"language": posting.language_for(current_locale())})
    form.language.offer = [(tag, NATIVE_NAMES[tag]) for tag in posting.languages]
    return form


@bp.post("/postings/<int:posting_id>/close")
@allowed(policy.change_posting, on=Posting)
def close_posting(posting: Posting) -> ResponseReturnValue:
    """Take it off the careers site."""
    operations.close_posting(posting, by=viewer())
    flash(_("Closed. Nobody can apply any more."), "ok")
    return redirect(_url(posting), 303)


@bp.route("/postings/<int:posting_id>/reopen", methods=["GET", "POST"])
@allowed(policy.change_posting, on=Posting)
def reopen_posting(posting: Posting) -> ResponseReturnValue:
    """Show a closed posting again."""
    form = ReopenForm()
    if form.validate_on_submit():
        with refusals_to(form):
            operations.reopen_posting(posting, closes_on=form.closes_on.data, by=viewer())
            flash(_("Opened again."), "ok")
            return redirect(_url(posting), 303)
    return form_page("hiring/posting_reopen.html", form, posting=posting)


def _url(posting: Posting) -> str:
    return url_for("hiring.posting", posting_id=posting.id)


def _headings(language: str) -> tuple[str, ...]:
    """Over duties, what is needed, what is welcome and benefits, as candidates read them."""
    with force_locale(language):
        return _("What you do"), _("What you bring"), _("What is welcome"), _("What we offer")


def _edit_url(posting: Posting, language: str) -> str:
    return url_for("hiring.change_posting_text", posting_id=posting.id, language=language)


def _shared(posting: Posting, source: ApplicationSource) -> str:
    return f"{documents.posting_url(posting)}?source={source.value}"
