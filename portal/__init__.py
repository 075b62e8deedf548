"""The portal: the working life of customer-service people, from posting to successor."""

from __future__ import annotations

import gc

from config import Settings, from_environment
from portal import (
    accounts,
    bonuses,
    careers,
    certification,
    competencies,
    conduct,
    demo,
    development,
    goals,
    hiring,
    home,
    interviews,
    meetings,
    mentoring,
    metrics,
    offers,
    onboarding,
    people,
    promotions,
    recognition,
    reviews,
    succession,
    surveys,
    training,
)
from portal.core import (
    access,
    cli,
    documents,
    error_pages,
    forms,
    health,
    i18n,
    inbox,
    jobs,
    mail,
    web,
)
from portal.core import (
    app as kernel,
)

KERNEL = (kernel, error_pages, access, i18n, forms, web, jobs, mail, inbox, documents, health, cli)
FEATURES = (
    accounts,
    people,
    competencies,
    hiring,
    training,
    metrics,
    certification,
    interviews,
    offers,
    onboarding,
    goals,
    meetings,
    recognition,
    surveys,
    conduct,
    reviews,
    bonuses,
    careers,
    development,
    promotions,
    mentoring,
    succession,
    home,
    demo,
)


def create_app(settings: Settings | None = None, **overrides: object) -> kernel.Portal:
    """Build the application: settings, kernel, features."""
    app = kernel.Portal()
    kernel.load_settings(app, settings or from_environment(), **overrides)
    for part in (*KERNEL, *FEATURES):
        part.register(app)
    if not app.testing:
        # What is loaded now stays. Walking over it took the collector a tenth of a second at times.
        gc.freeze()
    return app
