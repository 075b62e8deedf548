"""Who is told what about mentoring; what the two write to each other is never in it."""

from __future__ import annotations

from datetime import date

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.core import i18n, inbox, invitations, mail
from portal.core.db import Words
from portal.mentoring import policy
from portal.mentoring.calendar import event, zones_shown
from portal.mentoring.models import MentoringPair, MentoringProgramme, MentoringSession
from portal.mentoring.states import FeedbackPart, PairState
from portal.people.discretion import smallest_group
from portal.people.models import Person


class MentoringNotice(inbox.NoticeKind):
    """Notices of mentoring."""

    ASKED = "mentoring.asked", _l("%(who)s asks you to be their mentor")
    ASKED_TO = "mentoring.asked_to", _l("%(by)s asks you to be the mentor of %(who)s")
    ASKED_FOR = "mentoring.asked_for", _l("%(by)s has asked %(who)s to be your mentor")
    DECLINED = "mentoring.declined", _l("%(who)s can’t be your mentor now")
    SAID_YES = "mentoring.said_yes", _l("%(mentor)s is the mentor of %(who)s now, as you asked")
    SAID_NO = "mentoring.said_no", _l("%(mentor)s can’t be the mentor of %(who)s now")
    WITHDRAWN = (
        "mentoring.withdrawn", _l("%(by)s took back the request to %(mentor)s to mentor %(who)s")
    )  # fmt: skip
    BEGUN = "mentoring.begun", _l("Mentoring: you and %(who)s are a pair now")
    NOBODY = "mentoring.nobody", _l("No mentor was found for you in “%(programme)s” yet")
    PAUSED = "mentoring.paused", _l("Mentoring with %(who)s pauses")
    RESUMED = "mentoring.resumed", _l("Mentoring with %(who)s goes on")
    ENDED = "mentoring.ended", _l("Mentoring with %(who)s has ended")
    PLANNED = "mentoring.session_planned", _l("Mentoring session with %(who)s on %(day)s")
    MOVED = "mentoring.session_moved", _l("The mentoring session with %(who)s is on %(day)s now")
    OFF = "mentoring.session_off", _l("The mentoring session with %(who)s on %(day)s is called off")
    FEEDBACK = "mentoring.feedback_due", _l("How is mentoring with %(who)s going? Please say")


def asked(pair: MentoringPair) -> None:
    """Tell the mentor, who also gets a mail, and the mentee somebody else has asked for."""
    url, by = f"/mentoring/pairs/{pair.id}", pair.asked_by.display_name if pair.asked_by else ""
    own = account_in_use(pair.mentee_id) if by else None
    if own is not None:
        who = pair.mentor.display_name
        inbox.tell(own.id, MentoringNotice.ASKED_FOR, url, by=by, who=who)
    account = account_in_use(pair.mentor_id)
    if account is None:
        return
    kind = MentoringNotice.ASKED_TO if by else MentoringNotice.ASKED
    inbox.tell(account.id, kind, url, who=pair.mentee.display_name, **({"by": by} if by else {}))
    write_to(account, "mentoring/asked", key=f"mentoring:asked:{pair.id}", pair=pair)


def declined(pair: MentoringPair) -> None:
    """Tell the mentee, and who asked for them."""
    if account := account_in_use(pair.mentee_id):
        _tell(account, MentoringNotice.DECLINED, pair)
    _tell_asker(pair, MentoringNotice.SAID_NO)


def withdrawn(pair: MentoringPair, by: Account) -> None:
    """Where somebody asked for the mentee, tell the one of these two who did not take it back."""
    if pair.asked_by is None:
        return
    more = {"by": by.display_name}
    if by.person_id == pair.mentee_id:
        _tell_asker(pair, MentoringNotice.WITHDRAWN, **more)
    elif own := account_in_use(pair.mentee_id):
        url = f"/mentoring/pairs/{pair.id}"
        inbox.tell(own.id, MentoringNotice.WITHDRAWN, url, **_names(pair), **more)


def pair_begun(pair: MentoringPair) -> None:
    """Tell both who the other is, inside and by mail, and who asked for the mentee."""
    _tell_asker(pair, MentoringNotice.SAID_YES)
    for key in pair.both:
        if account := account_in_use(key):
            _tell(account, MentoringNotice.BEGUN, pair)
            write_to(
                account, "mentoring/begun", key=f"mentoring:begun:{pair.id}:{account.id}",
                pair=pair, other=pair.other_of(key), as_mentor=key == pair.mentor_id,
            )  # fmt: skip


def nobody_found(programme: MentoringProgramme, person_id: int) -> None:
    """Tell a mentee that the round found nobody for them."""
    if account := account_in_use(person_id):
        url = f"/mentoring/programmes/{programme.id}"
        inbox.tell(account.id, MentoringNotice.NOBODY, url, programme=programme.title)


def pair_moved(pair: MentoringPair, by: Account) -> None:
    """Tell whoever did not do it that they pause or go on."""
    paused = pair.state is PairState.PAUSED
    _tell_others(pair, MentoringNotice.PAUSED if paused else MentoringNotice.RESUMED, by)


def pair_ended(pair: MentoringPair, by: Account | None) -> None:
    """Tell whoever did not do it that it has ended."""
    _tell_others(pair, MentoringNotice.ENDED, by)


def session_planned(session: MentoringSession) -> None:
    """Tell both, with the entry for their calendars."""
    _tell_of_session(session, MentoringNotice.PLANNED, "session")


def session_moved(session: MentoringSession) -> None:
    """Tell both of the new time."""
    _tell_of_session(session, MentoringNotice.MOVED, "session")


def session_off(session: MentoringSession) -> None:
    """Tell both, and take it out of their calendars."""
    _tell_of_session(session, MentoringNotice.OFF, "session_off")


def feedback_due(pair: MentoringPair, person: Person, part: FeedbackPart) -> None:
    """Ask one of the two how it goes."""
    account = account_in_use(person.id)
    if account is None:
        return
    key = f"mentoring:feedback:{part}:{pair.id}:{account.id}"
    url = f"/mentoring/pairs/{pair.id}/feedback/{part}"
    who = pair.other_of(person.id).display_name
    inbox.tell(account.id, MentoringNotice.FEEDBACK, url, who=who)
    write_to(
        account, "mentoring/feedback", key=key, pair=pair, part=part,
        other=pair.other_of(person.id), least=smallest_group(),
    )  # fmt: skip


def _tell_others(pair: MentoringPair, kind: MentoringNotice, by: Account | None) -> None:
    for key in pair.both:
        account = account_in_use(key)
        if account is not None and (by is None or account.id != by.id):
            _tell(account, kind, pair)


def _tell_asker(pair: MentoringPair, kind: MentoringNotice, **more: str) -> None:
    """Tell who asked for the mentee, if they still answer for them."""
    asker = pair.asked_by
    if asker is None or account_in_use(asker.person_id) is not asker:
        return
    if policy.has_asked(asker, pair):
        inbox.tell(asker.id, kind, f"/people/{pair.mentee_id}", **_names(pair), **more)


def _names(pair: MentoringPair) -> dict[str, str]:
    return {"mentor": pair.mentor.display_name, "who": pair.mentee.display_name}


def _tell(account: Account, kind: MentoringNotice, pair: MentoringPair) -> None:
    other = pair.other_of(account.person_id)
    inbox.tell(account.id, kind, f"/mentoring/pairs/{pair.id}", who=other.display_name)


def _tell_of_session(session: MentoringSession, kind: MentoringNotice, template: str) -> None:
    day = _in_words(session.starts_at.date())
    for person in (session.pair.mentor, session.pair.mentee):
        account = account_in_use(person.id)
        if account is None:
            continue
        other = session.pair.other_of(person.id)
        url = f"/mentoring/sessions/{session.id}"
        inbox.tell(account.id, kind, url, who=other.display_name, day=day)
        with force_locale(account.language):
            entry = event(session, person)
        ics = invitations.calendar_object(entry, email=account.email, name=account.display_name)
        write_to(
            account,
            f"mentoring/{template}",
            key=f"mentoring:{template}:{session.id}:{session.sequence}:{account.id}",
            attachments=[mail.Attachment.calendar(ics, method=entry.method)],
            session=session,
            other=other,
            zones=zones_shown(session, account.time_zone),
        )


def _in_words(day: date) -> Words:
    """The day as each language writes it: the notice is read later, in the reader's."""
    return i18n.in_each_language(lambda: i18n.date(day))
