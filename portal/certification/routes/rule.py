"""Writing the rule of a certification: rows added, tried out, looked at, published."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.certification import operations, policy, queries
from portal.certification.expiry import Rule
from portal.certification.forms.definition import NewRuleForm, RuleForm, offer_courses, rule_form
from portal.certification.models import Certification, CertificationVersion
from portal.certification.routes import bp
from portal.certification.routes.definition import in_full
from portal.certification.states import CertificationState
from portal.certification.trial import Trial, try_rule
from portal.core.access import allowed
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.forms import refusal_to_field
from portal.training import queries as training
from portal.training.models import Course, CreditCategory

DAYS = ("window_days", "expiring_days", "grace_days")


class _Choices(NamedTuple):
    """What a rule is made of."""

    categories: list[CreditCategory]
    courses: list[Course]
    others: list[Certification]


@bp.route("/settings/certifications/add", methods=["GET", "POST"])
@allowed(policy.keep_definitions)
def add_certification() -> ResponseReturnValue:
    """Add a certification with its first version."""
    return _rule_page(None)


@bp.route("/settings/certifications/<int:certification_id>/edit", methods=["GET", "POST"])
@allowed(policy.keep_certification, on=Certification)
def publish_certification(certification: Certification) -> ResponseReturnValue:
    """Change a rule; publishing makes a version, and awards there are keep theirs."""
    return _rule_page(certification)


def _rule_page(certification: Certification | None) -> ResponseReturnValue:
    before = in_full(certification.current_version_id) if certification else None
    choices = _choices(certification, before)
    form = rule_form(before, **choices._asdict())
    step = request.form.get("step", "publish") if form.is_submitted() else ""
    trial = voided = None
    if step == "more":
        form.criteria.append_entry()
        offer_courses(form, choices.courses)
    elif step == "try":
        trial = _tried(form)
    elif step and form.validate_on_submit():
        voided = _to_confirm(form, certification)
        version = None if voided else _published(form, certification, choices)
        if version is not None:
            same = _("Nothing changed, so there is no new version.")
            new = _("Version %(number)s is published.", number=version.number)
            flash(same if version is before else new, "ok")
            address = url_for(
                "certification.certification", certification_id=version.certification_id
            )
            return redirect(address, 303)
    body = render_template(
        "certification/rule_form.html",
        form=form, certification=certification, before=before, trial=trial, voided=voided,
        minima=[form[f"minimum_{one.key}"] for one in choices.categories],
    )  # fmt: skip
    return body, 422 if form.errors else 200


def _choices(certification: Certification | None, before: CertificationVersion | None) -> _Choices:
    """All categories; courses and certifications in use, and those the present rule names."""
    named = {row.course_id for row in before.criteria} if before else set()
    needed = {row.required_id for row in before.prerequisites} if before else set()
    courses = training.catalogue().with_only_columns(Course)
    in_use = sa.or_(Certification.state == CertificationState.IN_USE, Certification.id.in_(needed))
    others = queries.certifications().where(in_use)
    if certification is not None:
        others = others.where(Certification.id != certification.id)
    offered = list(db.session.scalars(courses))
    missing = named - {course.id for course in offered} - {None}
    retired = sa.select(Course).where(Course.id.in_(missing))
    return _Choices(
        list(db.session.scalars(training.categories())),
        offered + (list(db.session.scalars(retired)) if missing else []),
        list(db.session.scalars(others)),
    )


def _tried(form: RuleForm) -> Trial | None:
    """What the rule typed so far makes of the days given; nothing else has to be right yet."""
    rule = Rule(
        form["mode"].data, form["period_months"].data, form["fixed_on"].data,
        form["least_months"].data or 0, form["lapse_months"].data,
    )  # fmt: skip
    names = ("mode", "period_months", "fixed_on", "least_months", "lapse_months", "trial", *DAYS)
    wrong = [name for name in names if not form[name].validate(form)]
    if wrong:
        return None
    days: dict[str, Any] = {name: form[name].data or 0 for name in DAYS} | form.trial.form.days()
    try:
        return try_rule(rule, **days)
    except ValueError:
        field = "period_months" if rule.period_months is None else "fixed_on"
        refusal_to_field(form, Refused(_("This kind of expiry needs it."), field))
        return None


def _to_confirm(form: RuleForm, certification: Certification | None) -> int:
    """How many awards the version would end, if nobody was told so yet."""
    if certification is None or not form.voids_older.data:
        return 0
    day = form["effective_from"].data
    count = db.session.scalar(queries.awards_to_void(certification.id, day)) or 0
    told, form.confirmed.data = form.confirmed.data, f"{count} {day}"
    return 0 if told == form.confirmed.data else count


def _published(
    form: RuleForm, certification: Certification | None, choices: _Choices
) -> CertificationVersion | None:
    """The version, or ``None`` after a refusal, which stands at its field."""
    key = form.key.data if isinstance(form, NewRuleForm) else ""
    required = {one.id: one for one in choices.others}
    try:
        return operations.publish_certification(
            certification or key,
            form.terms(choices.categories),
            criteria=form.wanted(choices.courses),
            prerequisites=[required[one] for one in form.prerequisites.data],
            by=viewer(),
        )
    except Refused as refused:
        refusal_to_field(form, refused)
        return None
