"""What no recount can show (design §8.3), said in every report."""

from typing import Final

LIMITS: Final = (
    "That the log's key is the one that everybody else sees: compare it with the key that is published elsewhere.",
    "That this is the newest record, or the only one: compare the last checkpoint with witnesses and with others.",
    "That entries were lawful when they were written: newcourse record verify judges that by the statutes.",
    "That a voter's device or the server asked what the voter wanted: there is no end-to-end verifiability.",
    "That nobody was forced, bought or watched: there is no coercion resistance.",
    "That nobody saw when a member drew a token and when a ballot was cast: whoever sees both can link the two.",
    "The steps of a count as they are told in a kept outcome: only results are counted again.",
)
