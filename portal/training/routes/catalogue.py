"""The catalogue, and one course of it."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.training import policy, queries
from portal.training.calendar import zones_shown
from portal.training.models import Course
from portal.training.routes import bp
from portal.training.states import CourseKind, CourseState, EnrolmentState


def _filters() -> tuple[tables.Filter, ...]:
    competencies = [
        (one.id, i18n.words(one.current.name))
        for one in db.session.scalars(queries.competencies_taught())
        if one.current
    ]
    categories = [
        (one.id, i18n.words(one.name)) for one in db.session.scalars(queries.categories())
    ]
    return (
        tables.Filter("q", _l("Title or subject"), lambda texts: queries.found_by(texts[0])),
        tables.Filter(
            "kind", _l("How it is taken"), lambda kinds: Course.kind == kinds[0], CourseKind
        ),
        tables.Filter(
            "competency", _l("Competency"), lambda keys: queries.teaching(keys[0]), competencies
        ),
        tables.Filter(
            "category", _l("Hours"), lambda keys: queries.worth_hours_in(keys[0]), categories
        ),
    )


@bp.get("/training")
@signed_in
def catalogue() -> ResponseReturnValue:
    """The courses on offer, and where the reader stands with each."""
    bar = tables.FilterBar(_filters(), request.args)
    select = bar.narrow(queries.courses_listed().where(Course.state == CourseState.OFFERED))
    order = ((Course.key, False), (Course.id, False))
    page = tables.page(select, order=order, cursor=request.args.get("cursor"))
    keys = [row.id for row in page.rows]
    me = viewer().person_id
    standing = db.session.execute(queries.standing_in(me, keys))
    return render_template(
        "training/catalogue.html",
        bar=bar,
        page=page,
        count=tables.count(select),
        base=url_for("training.catalogue"),
        standing={row.course_id: row for row in standing},
        done=_pairs(queries.done_in(me, keys)),
        coming=_pairs(queries.next_sessions(keys)),
    )


def _pairs(select: Any) -> dict[int, Any]:  # noqa: ANN401 - a select of two columns
    return {key: value for key, value in db.session.execute(select)}  # noqa: C416 - rows are no pairs


@bp.get("/training/courses/<int:course_id>")
@allowed(policy.see_course, on=Course, options=queries.course_with_all())
def course(course: Course) -> ResponseReturnValue:
    """One course: what one learns, its sessions, and where the reader stands."""
    me = viewer()
    mine = db.session.scalar(queries.live_enrolment(me.person_id, course.id))
    waits = mine is not None and mine.state is EnrolmentState.WAITING
    return render_template(
        "training/course.html",
        course=course,
        mine=mine,
        place=db.session.scalar(queries.place_in_line(mine)) if mine and waits else None,
        done_on=_pairs(queries.done_in(me.person_id, [course.id])).get(course.id),
        missing=set(db.session.scalars(queries.missing_prerequisites(me.person_id, course.id))),
        sessions=db.session.execute(queries.coming_sessions(course.id)).all(),
        zones_shown=zones_shown,
    )
