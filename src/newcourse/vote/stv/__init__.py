"""The single transferable vote: papers as arrays, stages of a count, guards for the quotas of groups (design §8.1)."""
