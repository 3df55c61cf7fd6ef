"""``newcourse projects``: which projects a plan begins, and why."""

from newcourse.cli.guard import answering
from newcourse.cli.options import AsJson, PlanPath
from newcourse.cli.output import bullets, give, say, table
from newcourse.cli.planning import PeriodsOfPlan, planned
from newcourse.cli.progress import progress


@answering
def projects(
    path: PlanPath,
    periods: PeriodsOfPlan = None,
    as_json: AsJson = False,
) -> None:
    """Say which projects a plan begins and when, and why: what the voted goal gains or loses by each.

    Beside the plan stands the best plan of the opposite choice, made for each project.

        newcourse projects dam --periods 8
        newcourse projects plan.json
    """
    from newcourse.plan.project_schedule import project_schedule
    from newcourse.plan.projects import explain_projects

    plan = planned(path, periods)
    with progress("Explaining") as tell:
        tell("the opposite choices", 0.2)
        reasons = explain_projects(plan)
    schedule = project_schedule(plan)
    if as_json:
        give({"projects": [reason.as_data() for reason in reasons], "schedule": schedule.to_dict("records")})
        return
    if not reasons:
        say("This economy has no projects to choose from.")
        return
    say(bullets(reason.words() for reason in reasons))
    if len(schedule):
        from newcourse.plan.sentences import number

        rows = [
            [row["name"], str(row["period"]), row["way"], row["what"], number(row["quantity"]), row["unit"]]
            for row in schedule.to_dict("records")
        ]
        columns = ("project", "year", "", "what", "quantity", "unit")
        say("", table(columns, rows, title="What the projects begun take and give", right=(4,), whole=(5,)))
