"""Signing in through the pages: who asks, their account, invitations; what they may do the record alone says."""
