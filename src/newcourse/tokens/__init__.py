"""Blind signatures over RSA (RFC 9474): a token says that its holder may vote, not who the holder is (design §8.3).

The signer knows whom it signs for, but not what; whoever sees the token later sees that the signer signed it, but not
for whom. Pure: keys, messages and randomness go in as bytes, bytes come out. What this gives and what it does not is
in ``docs/reasons/secret-ballots.md``.

- :mod:`newcourse.tokens.variants`: the four ways of RFC 9474 §5, and the one that is used here.
- :mod:`newcourse.tokens.keys`: a key pair for each vote, as DER bytes, checked when read.
- :mod:`newcourse.tokens.encoding`: EMSA-PSS with SHA-384 (RFC 8017 §9.1).
- :mod:`newcourse.tokens.holder`: what the voter's device does: prepare, blind, finalize.
- :mod:`newcourse.tokens.signer`: what the signer does: sign what it cannot see.
- :mod:`newcourse.tokens.verifying`: what anybody can do: verify.
"""
