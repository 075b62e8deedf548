"""Signing by the Open Badges library; the only module that knows it, and loads it on first use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from portal.certification.badges import public

if TYPE_CHECKING:
    from openbadgeslib.ob3 import OpenBadgeCredential

ALGORITHM = "EdDSA"
LIST_LASTS = timedelta(days=1)
"""A kept copy of a status list older than this is no longer believed."""


@dataclass(frozen=True)
class Key:
    """A key opened to sign: its private part as PEM."""

    kid: str
    private: bytes


@dataclass(frozen=True)
class Claim:
    """All that a badge says; the address is hashed with the salt, never written."""

    uid: str
    status_index: int
    issuer_name: str
    issuer_email: str
    achievement: dict[str, Any]
    email: str
    salt: str
    valid_from: datetime
    valid_until: datetime | None
    note: str = ""


@dataclass(frozen=True)
class NewKey:
    """A key just made; ``kid`` is its public part as a multikey."""

    kid: str
    public_jwk: dict[str, Any]
    private: bytes


def make_key() -> NewKey:
    """A fresh Ed25519 key."""
    from openbadgeslib.keys import KeyEd25519, public_jwk_from_pem
    from openbadgeslib.ob3 import multikey_from_pem

    private, published = KeyEd25519().generate_keypair()
    return NewKey(multikey_from_pem(published), public_jwk_from_pem(published), private)


def sign(claim: Claim, key: Key, *, at: datetime) -> tuple[dict[str, Any], str]:
    """The credential with an embedded proof (eddsa-rdfc-2022), and the same as a signed token.

    Takes a sixth of a second, and the first time in a process a whole one: call it from workers.
    """
    from openbadgeslib.ob3 import OB3LdpSigner

    credential = _credential(claim)
    signer = OB3LdpSigner(key.private, public.proof_method(key.kid))
    return signer.sign(credential, created=at), _token(credential.to_jwt_payload(), key)


def status_list(
    number: int, places: Iterable[int], key: Key, *, at: datetime, as_token: bool
) -> dict[str, Any] | str:
    """A signed status list with these places set, as a token or with an embedded proof."""
    from openbadgeslib.ob3 import add_data_integrity_proof, build_status_list_credential

    url = public.status_list_url((number - 1) * public.LIST_SIZE)
    at = at.replace(microsecond=0)
    unsigned = build_status_list_credential(
        public.issuer_did(), url, "revocation", places, public.LIST_SIZE,
        issued=at, valid_until=at + LIST_LASTS,
    )  # fmt: skip
    if not as_token:
        method = public.proof_method(key.kid)
        return add_data_integrity_proof(unsigned, key.private, method, created=at)
    registered = {
        "iss": unsigned["issuer"],
        "jti": url,
        "nbf": int(at.timestamp()),
        "exp": int((at + LIST_LASTS).timestamp()),
    }
    return _token(unsigned | registered, key)


def bake(image: bytes, token: str) -> bytes:
    """The SVG image with the signed badge inside."""
    from openbadgeslib import baking

    return baking.bake_svg(
        image, token, element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3
    )


def _credential(claim: Claim) -> OpenBadgeCredential:
    from openbadgeslib import ob3

    what = claim.achievement
    issuer = ob3.Issuer(
        id=public.issuer_did(),
        name=claim.issuer_name,
        url=f"{public.base_url()}/badges/issuer",
        email=claim.issuer_email or None,
    )
    achievement = ob3.Achievement(
        id=what["id"],
        name=what["name"],
        description=what["description"],
        criteria_narrative=what["criteria"]["narrative"],
        image_url=what["image"]["id"],
        achievement_type=what["achievementType"],
    )
    place = claim.status_index % public.LIST_SIZE
    status = ob3.status_entry(public.status_list_url(claim.status_index), "revocation", place)
    return ob3.OpenBadgeCredential(
        id=public.badge_url(claim.uid),
        issuer=issuer,
        recipient_id=None,
        achievement=achievement,
        issuance_date=claim.valid_from,
        expiration_date=claim.valid_until,
        identifiers=[ob3.IdentityObject.create(claim.email, salt=claim.salt)],
        credential_status=[status],
        evidence=[ob3.Evidence(narrative=claim.note)] if claim.note else [],
    )


def _token(payload: dict[str, Any], key: Key) -> str:
    """A compact token whose header names the key, so that no verifier trusts one sent along."""
    import jwt

    headers = {"kid": public.token_method(key.kid)}
    return jwt.encode(payload, key.private, algorithm=ALGORITHM, headers=headers)
