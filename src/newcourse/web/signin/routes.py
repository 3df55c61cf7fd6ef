"""Every address of signing in."""

from fastapi import FastAPI
from starlette.routing import Route

from newcourse.web.answers import Answers
from newcourse.web.signin.account import AccountPages
from newcourse.web.signin.entering import Entering
from newcourse.web.signin.entrance import Entrance
from newcourse.web.signin.inviting import Inviting
from newcourse.web.signin.providing import BACK, Providing
from newcourse.web.signin.quiet import keep_quiet


def add_sign_in(app: FastAPI, answers: Answers, entrance: Entrance) -> None:
    """Add the pages and ceremonies by which people sign in.

    Parameters
    ----------
    app
        The application.
    answers
        Makes pages.
    entrance
        Accounts, address, providers, limits.
    """
    app.state.entrance = entrance
    app.state.people = entrance.people
    keep_quiet()
    entering, inviting = Entering(entrance, answers), Inviting(entrance, answers)
    providing, account = Providing(entrance, answers, inviting), AccountPages(entrance, answers)
    form = account.posting
    app.router.routes.extend(
        [
            Route("/sign-in", entering.page, methods=["GET"]),
            Route("/sign-in/passkey/options", entering.ask, methods=["POST"]),
            Route("/sign-in/passkey", entering.prove, methods=["POST"]),
            Route("/sign-in/link/{code}", entering.link, methods=["GET"]),
            Route("/sign-in/link/{code}", entering.follow, methods=["POST"]),
            Route("/sign-in/oidc", providing.leave, methods=["GET"]),
            Route(BACK, providing.back, methods=["GET"]),
            Route("/sign-out", entering.leave, methods=["POST"]),
            Route("/invitation/{code}", inviting.page, methods=["GET"]),
            Route("/invitation/{code}", inviting.prove, methods=["POST"]),
            Route("/invitation/{code}/options", inviting.ask, methods=["POST"]),
            Route("/invitation/{code}/oidc", providing.sign_up, methods=["POST"]),
            Route("/account", account.page, methods=["GET"]),
            Route("/account/export.json", account.export, methods=["GET"]),
            Route("/account/about", form(AccountPages.about), methods=["POST"]),
            Route("/account/passkeys/options", account.ask_passkey, methods=["POST"]),
            Route("/account/passkeys", account.add_passkey, methods=["POST"]),
            Route("/account/passkeys/remove", form(AccountPages.remove_passkey), methods=["POST"]),
            Route("/account/identities/remove", form(AccountPages.remove_identity), methods=["POST"]),
            Route("/account/sessions/end", form(AccountPages.end_session), methods=["POST"]),
            Route("/account/tokens", form(AccountPages.make_token), methods=["POST"]),
            Route("/account/tokens/revoke", form(AccountPages.revoke_token), methods=["POST"]),
            Route("/account/invitations", form(AccountPages.invite), methods=["POST"]),
            Route("/account/erase", form(AccountPages.erase), methods=["POST"]),
        ]
    )
