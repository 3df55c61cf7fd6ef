"""The four variants of RFC 9474 §5: with or without a salt, with or without a random prefix.

>>> RANDOMIZED.name, RANDOMIZED.salt, RANDOMIZED.prefix
('RSABSSA-SHA384-PSS-Randomized', 48, 32)
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of making a blind signature.

    Parameters
    ----------
    name
        The name in RFC 9474 §5.
    salt
        Length of the salt of EMSA-PSS, in bytes: that of the digest, or none.
    prefix
        Length of the random prefix that PrepareRandomize puts before the message, in bytes; 0 for PrepareIdentity.
    """

    name: str
    salt: int
    prefix: int


RANDOMIZED: Final = Variant("RSABSSA-SHA384-PSS-Randomized", 48, 32)
"""Random prefix and random salt: the variant that New Course uses, and the one RFC 9474 §5 recommends."""

ZERO_RANDOMIZED: Final = Variant("RSABSSA-SHA384-PSSZERO-Randomized", 0, 32)
"""Random prefix, no salt."""

DETERMINISTIC: Final = Variant("RSABSSA-SHA384-PSS-Deterministic", 48, 0)
"""No prefix: only for messages that nobody could guess."""

ZERO_DETERMINISTIC: Final = Variant("RSABSSA-SHA384-PSSZERO-Deterministic", 0, 0)
"""Neither prefix nor salt: only for messages that nobody could guess; one message has one signature."""

VARIANTS: Final = (RANDOMIZED, ZERO_RANDOMIZED, DETERMINISTIC, ZERO_DETERMINISTIC)
"""All of RFC 9474 §5."""
