"""The command that fills an empty database with the demo organisation."""

from __future__ import annotations

import gc
from collections.abc import Callable

import click
import sqlalchemy as sa
from flask import current_app

from portal.core import jobs
from portal.core.app import Portal
from portal.core.db import db
from portal.demo import (
    aims,
    applications,
    bench,
    bonuses,
    certificates,
    closed_reviews,
    figures,
    growth,
    hours,
    learners,
    mentoring,
    morning,
    newcomers,
    organisation,
    paths,
    postings,
    promotions,
    recent_hires,
    reviews,
    talks,
    voices,
)
from portal.demo.calendar import real_time
from portal.demo.cast import Cast
from portal.people.models import Person

STAGES: tuple[tuple[str, Callable[[Cast], None]], ...] = (
    ("Organisation, roles and competencies", organisation.found),
    ("Sixty people and their accounts", organisation.employ),
    ("Certifications and who holds them", certificates.award_all),
    ("Courses, sessions and programmes", learners.enrol_all),
    ("Hours from elsewhere", hours.claim_all),
    ("Career ladder and paths", paths.walk),
    ("Two years of figures", figures.measure_all),
    ("Reviews of last year", closed_reviews.close_last_year),
    ("Onboarding templates", organisation.prepare_onboarding),
    ("Requisitions and postings", postings.open_all),
    ("Applications and screening", applications.receive_all),
    ("Interviews and panels", applications.interview_all),
    ("Offers", applications.offer_all),
    ("Answers to offers", applications.answer_all),
    ("Onboarding", recent_hires.work_through),
    ("People in their first months", newcomers.arrive),
    ("Promotions and who is open to moves", promotions.propose_all),
    ("Answers to promotions", promotions.answer_all),
    ("Plans, assessments and feedback", growth.grow),
    ("Corrective actions and bonuses", bonuses.play),
    ("The yearly review as it runs", reviews.run),
    ("Thanks and surveys", voices.speak),
    ("Goals and check-ins", aims.agree_all),
    ("1:1s", talks.meet),
    ("Key positions and successors", bench.plan),
    ("Mentoring", mentoring.accompany),
    ("Reminders and warnings", morning.tell),
)


@click.command()
@click.option("--if-empty", is_flag=True, help="Do nothing if there are people already.")
def demo(if_empty: bool) -> None:
    """Load the demo organisation into an empty database."""
    if db.session.scalar(sa.select(sa.exists().where(Person.id > 0))):
        if if_empty:
            return
        raise click.ClickException(
            "The database is not empty: the demo would mix with real people."
        )
    # What is loaded stays: searched for garbage again and again it took a tenth of the time.
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    cast = Cast()
    with (
        real_time(),
        click.progressbar(
            STAGES,
            label="Loading the demo organisation",
            item_show_func=lambda s: s[0] if s else "",
        ) as stages,
    ):
        for _label, play in stages:
            play(cast)
            db.session.commit()
            _run_jobs()
            cast.refresh()
    click.echo("The demo organisation is ready.")


def _run_jobs() -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined] # noqa: SLF001 - Flask's way
    assert isinstance(app, Portal)
    jobs.run_pending(app)
