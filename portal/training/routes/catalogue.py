"""The catalogue, and one course of it."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from portal.core.access import allowed, signed_in
from portal.training import policy
from portal.training.models import Course
from portal.training.routes import bp


@bp.get("/training")
@signed_in
def catalogue() -> ResponseReturnValue:
    """The courses on offer, and where the reader stands with each."""
    return render_template("training/catalogue.html")


@bp.get("/training/courses/<int:course_id>")
@allowed(policy.see_course, on=Course)
def course(course: Course) -> ResponseReturnValue:
    """One course: what one learns, its sessions, and where the reader stands."""
    return render_template("training/course.html", course=course)
