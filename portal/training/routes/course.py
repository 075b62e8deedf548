"""Courses and categories of hours, kept by HR."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.competencies import queries as competencies
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.forms import check_version
from portal.core.returning import flash_with_undo
from portal.training import operations, policy, queries
from portal.training.forms import CategoryForm, course_form
from portal.training.models import Course, CreditCategory
from portal.training.routes import bp
from portal.training.routes.forms import done, form_page
from portal.training.states import CourseState


@bp.get("/settings/courses")
@allowed(policy.keep_catalogue)
def courses() -> ResponseReturnValue:
    """Every course, drafts and retired ones too."""
    bar = tables.FilterBar(
        (
            tables.Filter("q", _l("Title or subject"), lambda texts: queries.found_by(texts[0])),
            tables.Filter(
                "state", _l("State"), lambda states: Course.state == states[0], CourseState
            ),
        ),
        request.args,
    )
    select = bar.narrow(queries.courses_listed())
    order = ((Course.key, False), (Course.id, False))
    return render_template(
        "training/courses.html",
        bar=bar,
        page=tables.page(select, order=order, cursor=request.args.get("cursor")),
        count=tables.count(select),
        base=url_for("training.courses"),
    )


@bp.route("/settings/courses/add", methods=["GET", "POST"])
@allowed(policy.keep_catalogue)
def add_course() -> ResponseReturnValue:
    """Put a course into the catalogue."""
    return _course_page(None)


@bp.route("/settings/courses/<int:course_id>", methods=["GET", "POST"])
@allowed(policy.keep_course, on=Course, options=queries.course_with_all())
def change_course(course: Course) -> ResponseReturnValue:
    """Change what a course is."""
    return _course_page(course)


def _course_page(course: Course | None) -> ResponseReturnValue:
    library = db.session.scalars(competencies.library()).all()
    categories = db.session.scalars(queries.categories()).all()
    others = db.session.scalars(queries.other_courses(course.id if course else None)).all()
    form = course_form(library, categories, others, course)
    made: list[Course] = []

    def save() -> None:
        terms = form.terms(library, categories, others)
        if course is None:
            made.append(operations.add_course(form.key.data, terms, by=viewer()))
        else:
            check_version(form, course)
            operations.change_course(course, terms, by=viewer())

    if done(form, save):
        flash(_("Saved."), "ok")
        saved = course or made[0]
        return redirect(url_for("training.course", course_id=saved.id), 303)
    return form_page(
        "training/course_form.html", form, course=course, library=library, categories=categories
    )


@bp.post("/settings/courses/<int:course_id>/retire")
@allowed(policy.keep_course, on=Course)
def retire_course(course: Course) -> ResponseReturnValue:
    """Take no more people."""
    operations.retire_course(course, by=viewer())
    undo = url_for("training.offer_course", course_id=course.id)
    flash_with_undo(_("The course is retired. Who is enrolled can complete it."), undo)
    return redirect(url_for("training.course", course_id=course.id), 303)


@bp.post("/settings/courses/<int:course_id>/offer")
@allowed(policy.keep_course, on=Course)
def offer_course(course: Course) -> ResponseReturnValue:
    """Open a draft or a retired course to people."""
    operations.offer_course(course, by=viewer())
    flash(_("The course is on offer."), "ok")
    return redirect(url_for("training.course", course_id=course.id), 303)


@bp.route("/settings/credit-categories", methods=["GET", "POST"])
@allowed(policy.keep_catalogue)
def categories() -> ResponseReturnValue:
    """The categories of hours, and a new one."""
    form = CategoryForm()
    if done(form, lambda: operations.add_category(form.key.data, form.name.data, by=viewer())):
        flash(_("Saved."), "ok")
        return redirect(url_for("training.categories"), 303)
    rows = db.session.scalars(queries.categories()).all()
    return form_page("training/categories.html", form, rows=rows)


@bp.route("/settings/credit-categories/<int:category_id>", methods=["GET", "POST"])
@allowed(policy.keep_category, on=CreditCategory)
def change_category(category: CreditCategory) -> ResponseReturnValue:
    """Name a category otherwise."""
    form = CategoryForm(obj=category)
    del form.key
    if done(form, lambda: operations.change_category(category, form.name.data, by=viewer())):
        flash(_("Saved."), "ok")
        return redirect(url_for("training.categories"), 303)
    return form_page("training/category_form.html", form, category=category)
