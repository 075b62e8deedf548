"""Who is told what about recognition."""

from __future__ import annotations

from datetime import date

from babel.dates import format_skeleton
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.core import i18n, inbox
from portal.core.db import Words
from portal.people.models import Person
from portal.recognition.models import Thanks


class RecognitionNotice(inbox.NoticeKind):
    """Notices of recognition."""

    THANKED = "recognition.thanked", _l("%(who)s thanks you")
    HIDDEN = "recognition.thanks_hidden", _l("HR has hidden a thanks you wrote: %(reason)s")
    DIGEST = (
        "recognition.digest",
        _l("Recognition in %(month)s: what was said to you and your team"),
    )


def thanked(thanks: Thanks, receiver: Person) -> None:
    """Tell one of those thanked; what is said they read on the page."""
    account = account_in_use(receiver.id)
    if account is not None:
        who = thanks.writer.display_name
        inbox.tell(account.id, RecognitionNotice.THANKED, f"/recognition/{thanks.id}", who=who)


def hidden(thanks: Thanks) -> None:
    """Tell the writer why."""
    account = account_in_use(thanks.writer_id)
    if account is not None:
        url, reason = f"/recognition/{thanks.id}", thanks.hidden_reason
        inbox.tell(account.id, RecognitionNotice.HIDDEN, url, reason=reason)


def digest(account: Account, month: date, *, received: list[Thanks], given: int, team: int) -> None:
    """What the month brought, inside and by mail; what is private only counts in the mail.

    Administrators and HR can read mails in the outbox.
    """
    inbox.tell(
        account.id, RecognitionNotice.DIGEST, "/recognition/mine", month=_month_in_words(month)
    )
    write_to(
        account,
        "recognition/digest",
        key=f"recognition:{month}:{account.person_id}",
        month=month_name(month, account.language),
        received=[one for one in received if one.is_public],
        private=sum(not one.is_public for one in received),
        given=given,
        team=team,
    )


def month_name(month: date, locale: str | None = None) -> str:
    """A month with its year, as a language writes it."""
    return str(format_skeleton("yMMMM", month, locale=locale or i18n.current_locale()))


def _month_in_words(month: date) -> Words:
    return {locale: month_name(month, locale) for locale in i18n.LOCALES}
