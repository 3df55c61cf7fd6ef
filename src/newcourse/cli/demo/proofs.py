"""What is proved of a plan, its orders and its record, each in a sentence or two."""

from collections.abc import Iterator

from newcourse.cli.demo.account import Account
from newcourse.execution.orders import Order
from newcourse.plan.sentences import and_list, number


def proofs_told(account: Account, file: str) -> Iterator[str]:
    """Yield what is proved of plan, orders and record."""
    yield _plan(account)
    yield _orders(account)
    yield _record(account, file)


def _plan(account: Account) -> str:
    proofs = account.plan.proofs
    main = next(proof for proof in proofs if proof.stage == "needs")
    return (
        f"Plan: all {len(proofs)} stages are certified by plain arithmetic, apart from the solver. The one that weighs "
        f"the needs: {main.sentence}"
    )


def _orders(account: Account) -> str:
    lines = sum(len(order.lines) for order in account.orders)
    places = {order.place for order in account.orders}
    example = max(account.orders, key=lambda order: sum(line.kind == "run" for line in order.lines))
    return (
        f"Orders: {lines} lines to {len(places)} places; they add up to the plan exactly. For instance to "
        f"{example.name}: {_runs(example)}."
    )


def _runs(order: Order) -> str:
    runs = [line for line in order.lines if line.kind == "run"][:4]
    return and_list([f"{number(line.quantity)} {line.unit} of {line.what}" for line in runs])


def _record(account: Account, file: str) -> str:
    found = account.verification
    verdict = "unbroken, every entry lawful when it was written, every vote counted again"
    if not found.ok:
        verdict = f"NOT SOUND, {len(found.faults)} faults: see newcourse record verify {file}"
    witnesses = and_list([name.replace("-", " ") for name in account.federation.record.witnesses()])
    return (
        f"Record: {found.count} entries in {file}, signed, and countersigned by {witnesses}; verified: {verdict}. It "
        f"ends at {found.count}:{found.head}"
    )
