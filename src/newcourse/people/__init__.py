"""Who signs in: accounts, invitations, passkeys, sessions; personal data, apart from the record and erasable.

The record knows members by a code and says what they may do. This room knows how somebody proves to be that member,
and what they want to be called; it knows no roles. It has a database of its own, so that everything personal can be
erased while every entry of the record still verifies.

- :mod:`newcourse.people.people`: everything about people in one database.
- :mod:`newcourse.people.passkeys`: the ceremonies of WebAuthn.
- :mod:`newcourse.people.oidc`: signing in through an OpenID provider.
- :mod:`newcourse.people.sessions`: who is signed in, and for how long.
"""
