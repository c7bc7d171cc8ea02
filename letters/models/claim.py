"""What a signature commits to in the ledger, and the salt that opens it (the design's section on claims).

`commitment` holds what the next seal writes into the ledger and is empty once it stands there:
then `leaf` is the place of the signature and `claim_leaf` that of its newest claim. The salt stays,
sealed, until the person is erased; without it nobody can tie the leaf to them again.
"""

from __future__ import annotations

from letters import addresses, crypto
from letters.ledger import commitments
from letters.models.signature import Signature


def claim_of(signature: Signature) -> bytes:
    """Return what a signature says, as it stands, in the form that is committed to."""
    letter = signature.letter
    address = signature.address
    identity = addresses.canonical(address, version=letter.address_rules) if address else ""
    return commitments.claim(
        name=signature.name,
        role=signature.role,
        affiliation=signature.affiliation,
        identity=identity,
        method=signature.method,
        text_hash=signature.text.h,
        origin=letter.origin,
        visibility=signature.visibility,
        consent=signature.consent_version,
    )


def commit(signature: Signature) -> None:
    """Set the commitment to what a signature says, under a fresh salt. It is not saved."""
    salt = commitments.new_salt()
    signature.commitment = commitments.commit(salt=salt, claim=claim_of(signature))
    signature.salt_sealed = crypto.seal(crypto.urlsafe(salt), context=_context(signature))


def salt_of(signature: Signature) -> bytes | None:
    """Return the salt of the newest commitment; None once the person was erased."""
    if signature.salt_sealed is None:
        return None
    return crypto.from_urlsafe(crypto.unseal(bytes(signature.salt_sealed), context=_context(signature)))


def _context(signature: Signature) -> str:
    return f"signature.salt_sealed:{signature.uid}"
