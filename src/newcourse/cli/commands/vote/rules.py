"""``newcourse vote rules``: the rules there are."""

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson
from newcourse.cli.output import give, say, table


@answering
def rules(as_json: AsJson = False) -> None:
    """List the rules of counting: what each counts, what it gives, its options and its source.

    ```
    newcourse vote rules
    ```
    """
    from newcourse.vote.plain import plain
    from newcourse.vote.rule import RULES

    listed = [
        {
            "rule": rule.name,
            "ballots": rule.form,
            "gives": rule.kind,
            "options": [{"option": o.name, "meaning": o.meaning, "default": plain(o.default)} for o in rule.options],
            "source": rule.reference,
        }
        for rule in RULES.values()
    ]
    if as_json:
        give({"rules": listed})
        return
    rows = [
        (rule.name, rule.form, rule.kind, ", ".join(o.name for o in rule.options), rule.reference)
        for rule in RULES.values()
    ]
    say(table(("rule", "ballots", "gives", "options", "source"), rows))
