"""What anybody can do: verify that a token was signed with the key of its vote (RFC 9474 §4.5)."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding

from newcourse.tokens.keys import read_public, size
from newcourse.tokens.variants import RANDOMIZED, Variant


def verify(public: bytes, prepared: bytes, signature: bytes, variant: Variant = RANDOMIZED) -> bool:
    """Tell whether a signature over a prepared message is right.

    Parameters
    ----------
    public
        The public key as SubjectPublicKeyInfo.
    prepared
        The prepared message, with its prefix.
    signature
        The signature.
    variant
        The variant of the scheme.

    Raises
    ------
    BadInput
        If the public key is none. Anything else that is wrong is a signature that is not right.
    """
    key = read_public(public)
    if len(signature) != size(key):
        return False
    scheme = padding.PSS(padding.MGF1(hashes.SHA384()), variant.salt)
    try:
        key.verify(signature, prepared, scheme, hashes.SHA384())
    except InvalidSignature:
        return False
    return True
