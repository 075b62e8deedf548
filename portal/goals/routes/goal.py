"""One goal: how far it is, what was said on the way, what was agreed when, and check-ins."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from portal.accounts.viewer import viewer
from portal.core import clock, i18n
from portal.core.access import allowed
from portal.core.charts import Point, Trend
from portal.core.db import db
from portal.core.forms import refusals_to
from portal.goals import operations, policy, queries, wording
from portal.goals.figures import figures_of
from portal.goals.forms import AnswerForm, ChangeAnswerForm, CheckInForm
from portal.goals.models import Goal, GoalChange
from portal.goals.progress import Figure, progress
from portal.goals.routes import bp
from portal.goals.states import ChangeState, Measure
from portal.goals.terms import Terms
from portal.metrics import periods
from portal.metrics.models import Metric
from portal.metrics.wording import unit_name

MOST_POINTS = 12


@bp.get("/goals/<int:goal_id>", endpoint="goal")
@allowed(policy.see_goal, on=Goal, options=queries.DETAILS)
def read_goal(goal: Goal) -> ResponseReturnValue:
    """All there is to know of a goal."""
    return goal_page(goal)


@bp.post("/goals/<int:goal_id>/check-in")
@allowed(policy.check_in, on=Goal, options=queries.DETAILS)
def check_in(goal: Goal) -> ResponseReturnValue:
    """Write down how it stands."""
    form = _check_in_form(goal)
    if form.validate_on_submit():
        with refusals_to(form):
            assert form.on_day.data is not None
            operations.check_in(
                goal,
                on_day=form.on_day.data,
                value=None if "value" not in form else _value(form),
                standing=form.standing.data,
                note=form.note.data,
                by=viewer(),
            )
            flash(_("Checked in."), "ok")
            return redirect(url_for("goals.goal", goal_id=goal.id), 303)
    return goal_page(goal, check_in_form=form), 422


def _check_in_form(goal: Goal) -> CheckInForm:
    """The form for a goal: without a value where a metric is read."""
    form = CheckInForm(data={"on_day": clock.today(viewer().time_zone)})
    if goal.measure is Measure.METRIC:
        del form.value
    elif goal.measure is Measure.STEPS:
        form.value.label.text = _("Steps done so far")
    return form


def _value(form: CheckInForm) -> Decimal | None:
    return None if form.value.data is None else Decimal(form.value.data)


def _change_form(changes: Sequence[GoalChange]) -> ChangeAnswerForm:
    waiting = next((one for one in changes if one.state is ChangeState.PROPOSED), None)
    return ChangeAnswerForm(data={"version": waiting.version if waiting else 0})


def goal_page(
    goal: Goal,
    *,
    check_in_form: CheckInForm | None = None,
    answer_form: AnswerForm | None = None,
    change_form: ChangeAnswerForm | None = None,
) -> str:
    """The page with one form as it was sent, if any."""
    me, day = viewer(), clock.today(viewer().time_zone)
    figures = figures_of([goal], day).get(goal.id, [])
    changes = db.session.scalars(queries.changes_of(goal)).all()
    children = [one for one in db.session.scalars(queries.children_of(goal))
                if policy.see_goal(me, one)]  # fmt: skip
    return render_template(
        "goals/goal.html",
        goal=goal,
        own=goal.person_id == me.person_id,
        progress=progress(goal, figures, day),
        chart=_chart(goal, figures),
        check_ins=db.session.scalars(queries.check_ins_of(goal)).all(),
        changes=[(one, _shown(one)) for one in changes],
        children=children,
        aim=wording.aim,
        amount=wording.amount,
        check_in_form=check_in_form or _check_in_form(goal),
        answer_form=answer_form or AnswerForm(data={"version": goal.version}),
        change_form=change_form or _change_form(changes),
        today=day,
    )


def _chart(goal: Goal, figures: list[Figure]) -> Trend | None:
    """The values over time; fewer than two draw no line."""
    # One point a day: of several the last.
    by_day = {one.on: one.value for one in figures}
    if len(by_day) < 2:
        return None
    monthly, version = goal.measure is Measure.METRIC, None
    unit = goal.unit or _("Steps")
    if goal.metric is not None:
        version = goal.metric.definition
        unit = unit_name(version)
    days = sorted(by_day)[-MOST_POINTS:]
    return Trend(
        title=goal.title,
        unit=unit,
        points=tuple(
            Point(
                periods.month_name(day, short=True) if monthly else i18n.date(day, "short"),
                float(by_day[day]),
            )
            for day in days
        ),
        target=float(goal.target),
    )


def _shown(change: GoalChange) -> list[wording.Difference]:
    """What a change changes, in words; the title of a goal only if the viewer may read it."""
    before, after = Terms.from_json(change.before), Terms.from_json(change.after)
    keys = {one.metric_id for one in (before, after) if one.metric_id is not None}
    metrics = {key: db.session.get_one(Metric, key) for key in keys}
    parents = {one.parent_id for one in (before, after) if one.parent_id is not None}
    titles = {}
    for key in parents:
        parent = db.session.get(Goal, key)
        if parent is not None and (parent is change.goal.parent or _readable(parent)):
            titles[key] = parent.title
    return list(wording.differences(before, after, metrics, titles))


def _readable(goal: Goal) -> bool:
    return policy.see_goal(viewer(), goal)
