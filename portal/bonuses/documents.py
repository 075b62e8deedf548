"""The bonus statement as a paper, in the person's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.bonuses import periods, policy, wording
from portal.bonuses.inputs import Frozen
from portal.bonuses.models import BonusStatement
from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.db import db
from portal.core.documents import Document, codec

KIND = "bonus_statement"


@dataclass(frozen=True)
class BonusPaper:
    """Everything the paper shows, as text in its language."""

    title: str
    plan: str
    recipient: str
    role: str
    period: str
    amount: str
    reason: str
    rows: tuple[tuple[str, ...], ...]
    remarks: tuple[str, ...]
    conditions: tuple[tuple[str, str, str], ...]
    steps: tuple[tuple[str, str, str], ...]


def unpacked(statement: BonusStatement) -> Frozen:
    """What a statement rests on, as it was."""
    return cast("Frozen", codec.decode(statement.content))


def shown(statement: BonusStatement) -> wording.Shown:
    """A statement in words, by the definitions it was made under: one statement."""
    kept = unpacked(statement)
    return wording.shown(kept, wording.versions_by(kept.versions.values()))


def issue_paper(statement: BonusStatement, *, by: Viewer | None) -> Document:
    """Freeze the paper and have it printed once."""
    job = statement.person.employment_on(statement.run.ends_on)
    return documents.issue(
        KIND,
        paper_of(statement),
        subject=statement,
        locale=statement.person.language,
        by=by,
        country=job.site.country if job else "",
        time_zone=job.site.time_zone if job else "UTC",
    )


def paper_of(statement: BonusStatement) -> BonusPaper:
    """The paper a statement makes."""
    language = statement.person.language
    kept = unpacked(statement)
    job = statement.person.employment_on(kept.ends_on)
    with force_locale(language):
        text = shown(statement)
        return BonusPaper(
            title=_("Bonus statement"),
            plan=i18n.words(kept.name, language),
            recipient=statement.person.display_name,
            role=i18n.words(job.role.title, language) if job else "",
            period=periods.name(kept.starts_on, kept.ends_on),
            amount=text.amount,
            reason=statement.reason,
            rows=tuple(
                (row.name, row.figure, *row.marks, row.pays, row.share, row.adds)
                for row in text.rows
            ),
            remarks=tuple(
                _("%(label)s: %(message)s", label=row.name, message=row.remark)
                for row in text.rows
                if row.remark
            ),
            conditions=tuple(
                (one.label, _("Kept") if one.kept else _("Not kept"), one.text)
                for one in text.conditions
            ),
            steps=tuple((step.title, step.how, step.value) for step in text.steps),
        )


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever may see the statement."""
    statement = db.session.get(BonusStatement, document.subject_id)
    return statement is not None and policy.see_statement(viewer, statement)


documents.register_kind(KIND, _l("Bonus statement"), may_read)
