"""What anyone may ask about badges: the badge, what it stands for, issuer, keys, status list."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from portal.certification import operations, queries
from portal.certification.badges import public, signing
from portal.certification.documents.certificate import brought_along, standing_in_words
from portal.certification.forms.badge import AddressForm
from portal.certification.models import Badge, BadgeKey, CertificationVersion
from portal.certification.routes import bp
from portal.core import access
from portal.core.db import db
from portal.core.errors import Gone, NotFound
from portal.core.i18n import current_locale
from portal.core.web import limiter

LINKED = "application/ld+json"
PLAIN = "application/json"
TOKEN = "application/vc+jwt"  # noqa: S105 - a media type
MINUTES_5 = 300
HIGHEST_ID = 2**31
CHECKS = "120 per minute"
"""Signing a status list takes milliseconds; this only keeps machines from asking for fun."""


@bp.route("/badges/<string:uid>", methods=["GET", "POST"])
@access.public
@limiter.limit(CHECKS)
def badge(uid: str) -> ResponseReturnValue:
    """The badge: a page for people, the credential for programs that ask for JSON."""
    row = _badge(uid)
    if _wants_json():
        return _json(row.credential, LINKED)
    form, belongs = AddressForm(), None
    if form.validate_on_submit():
        identifier = row.credential["credentialSubject"]["identifier"][0]
        belongs = public.is_of(identifier, (form.address.data or "").strip().lower())
    award = db.session.scalars(queries.award_with_facts(row.award_id)).one()
    page = render_template(
        "certification/badge.html",
        badge=row,
        award=award,
        credential=row.credential,
        brought_along=brought_along(award),
        criteria=public.criteria(award.certification_version),
        present=standing_in_words(award),
        form=form,
        belongs=belongs,
    )
    return page, 422 if form.errors else 200, {"X-Robots-Tag": "noindex", "Vary": "Accept"}


@bp.get("/badges/<string:uid>/credential.json")
@access.public
@limiter.limit(CHECKS)
def badge_json(uid: str) -> Response:
    """The credential with its embedded proof."""
    return _json(_badge(uid).credential, LINKED)


@bp.get("/badges/<string:uid>/credential.jwt")
@access.public
@limiter.limit(CHECKS)
def badge_token(uid: str) -> Response:
    """The credential as a signed token."""
    return _open(Response(_badge(uid).token, mimetype=TOKEN))


@bp.get("/badges/<string:uid>/badge.svg")
@access.public
@limiter.limit(CHECKS)
def badge_image(uid: str) -> Response:
    """The picture with the signed token inside, to keep and to pass on."""
    row = _badge(uid)
    picture = _picture(row.award.certification_version.short)
    answer = Response(signing.bake(picture, row.token), mimetype="image/svg+xml")
    answer.headers["Content-Disposition"] = 'attachment; filename="badge.svg"'
    return answer


@bp.get("/badges/issuer")
@access.public
def issuer() -> ResponseReturnValue:
    """The organisation as an issuer."""
    profile = public.issuer_profile()
    if _wants_json():
        return _json(profile, LINKED)
    return render_template("certification/issuer.html", profile=profile), 200, {"Vary": "Accept"}


@bp.get("/badges/achievements/<int:version_id>")
@access.public
def achievement(version_id: int) -> ResponseReturnValue:
    """What a badge stands for, once there is one."""
    version = _published(version_id)
    said = public.achievement(version)
    if _wants_json():
        document = {"@context": public.CONTEXT} | said
        return _json(document, LINKED, language=current_locale())
    page = render_template("certification/achievement.html", said=said, version=version)
    return page, 200, {"Vary": "Accept"}


def _published(version_id: int) -> CertificationVersion:
    """The version, if there is a badge of it; a number no database can hold is not found either."""
    known = version_id < HIGHEST_ID
    version = db.session.scalar(queries.published_version(version_id)) if known else None
    if version is None:
        raise NotFound
    return version


@bp.get("/badges/achievements/<int:version_id>/image.svg")
@access.public
def achievement_image(version_id: int) -> Response:
    """The picture of a badge, without a badge inside."""
    version = _published(version_id)
    return _open(Response(_picture(version.short), mimetype="image/svg+xml"))


@bp.get("/badges/status/<int:list_number>")
@access.public
@limiter.limit(CHECKS)
def status_list(list_number: int) -> Response:
    """Which badges no longer count: a signed token, or JSON with a proof for who asks for it."""
    as_token = not _wants_json()
    found = operations.status_list(list_number, as_token=as_token)
    if found is None:
        raise NotFound
    if isinstance(found, str):
        return _open(Response(found, mimetype=TOKEN))
    return _json(found, LINKED)


@bp.get("/.well-known/jwks.json")
@access.public
def key_set() -> Response:
    """The public keys of all badges."""
    return _json(public.key_set(_keys()), PLAIN)


@bp.get("/.well-known/did.json")
@access.public
def did_document() -> Response:
    """The issuer's identifier with the same keys."""
    return _json(public.did_document(_keys()), "application/did+json")


def _badge(uid: str) -> Badge:
    row = db.session.scalar(queries.badge_with_uid(uid))
    if row is None:
        raise NotFound
    if row.withdrawn_at is not None:
        raise Gone
    return row


def _keys() -> list[BadgeKey]:
    found = list(db.session.scalars(queries.keys()))
    if not found:
        abort(404)
    return found


def _wants_json() -> bool:
    """Whether a program asks: browsers take HTML first, and who names nothing is one of them."""
    types = ["text/html", PLAIN, LINKED, "application/vc+ld+json", "application/vc"]
    return request.accept_mimetypes.best_match(types, "text/html") != "text/html"


def _json(document: dict[str, Any], mimetype: str, language: str = "") -> Response:
    text = json.dumps(document, ensure_ascii=False, indent=1)
    answer = _open(Response(text, mimetype=mimetype))
    if language:
        answer.headers["Content-Language"] = language
    return answer


def _open(answer: Response) -> Response:
    """Let verifiers on other sites read it, and keep it for five minutes."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.vary.update(("Accept", "Accept-Language"))
    answer.cache_control.public = True
    answer.cache_control.max_age = MINUTES_5
    return answer


def _picture(short: str) -> bytes:
    return render_template("certification/badge.svg", short=short).encode()
