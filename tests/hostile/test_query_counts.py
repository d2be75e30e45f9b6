"""A list costs the same number of queries with two rows and with thirty."""

from datetime import date, timedelta

import pytest

from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import Role
from fairfloor.teams.services import schedule_meeting
from tests.cast import NOW, TODAY
from tests.pages import browser, queries_of
from tests.registers_rows import bring_in, row

GROUP = {"sex": "FEMALE", "level": "FRONT_LINE", "department": "KNT"}


def _projects(n):
    texts = {"title": f"Project {n}", "department": "KNT", "module": "WPC", "tags": ("quality",)}
    return row("Projects", code=f"IP-{n}", status="IN_PROGRESS", start_date=TODAY, due_date=TODAY, **texts)


def _suggestions(n):
    texts = {"title": f"Idea {n}", "text": f"Text {n}", "category": "SAFETY"}
    return row("Suggestions", code=f"S-{n}", date=TODAY, channel="BOX", status="NEW", **texts, **GROUP)


def _hazards(n):
    rated = {"likelihood": 4, "severity": 4, "category": "ELECTRICAL", "status": "OPEN", "due_date": TODAY}
    return row("Hazards", code=f"H-{n}", date=TODAY, description=f"Danger {n}", **rated, **GROUP)


def _risks(n):
    rated = {"method": "MATRIX", "likelihood": 3, "severity": 3, "department": "KNT"}
    return row("JobRisks", date=TODAY, job=f"Job {n}", step="Step", hazard="Risk", **rated)


def _training(n):
    values = {"module": "WPC", "start_date": TODAY, "participant": "P1", "hours_attended": 8}
    return row("Training", delivery=f"D{n}", **values, **GROUP)


def _readings(n):
    month = date(2020 + n // 12, n % 12 + 1, 1)
    return row("Readings", indicator="defect-rate", month=month, numerator=3, denominator=100, quality="A")


ROWS = {
    "Projects": _projects,
    "Suggestions": _suggestions,
    "Hazards": _hazards,
    "JobRisks": _risks,
    "Training": _training,
    "Readings": _readings,
    "People": lambda n: row("People", code=f"P{n}", name=f"Person {n}", job="Knitter", **GROUP),
    "Departments": lambda n: row("Departments", code=f"D{n}", name=f"Department {n}", kind="production"),
    "Workforce": lambda n: row(
        "Workforce", date=TODAY - timedelta(days=n), contract="", headcount=9, **GROUP
    ),
    "JobAds": lambda n: row(
        "JobAds", code=f"AD-{n}", date=TODAY, language="en", title=f"Ad {n}", text="Sewer"
    ),
    "GenderPractices": lambda n: row("GenderPractices", title=f"Practice {n}", area="A", date=TODAY),
    "SurveyRounds": lambda n: row(
        "SurveyRounds", round=n + 1, opened=TODAY, closed=TODAY, invited=9, status="CLOSED"
    ),
}
# Address → the sheets that fill it.
PAGES = {
    "projects/": ["Projects"],
    "projects/gallery/": ["Projects"],
    "suggestions/": ["Suggestions"],
    "suggestions/?view=all": ["Suggestions"],
    "suggestions/sort/": ["Suggestions"],
    "safety/": ["Hazards"],
    "safety/job-risks/": ["JobRisks"],
    "training/": ["Training"],
    "readings/": ["Readings"],
    "people/": ["People"],
    "people/departments/": ["Departments"],
    "people/workforce/": ["Workforce"],
    "equality/": ["GenderPractices", "JobAds"],
    "equality/job-ads/": ["JobAds"],
    "surveys/": ["SurveyRounds"],
    "settings/record/": ["Suggestions", "Projects"],
    "": ["Suggestions", "Hazards", "Projects"],
}


@pytest.mark.parametrize("page", PAGES)
def test_a_list_costs_as_many_queries_at_two_rows_as_at_thirty(river, page):
    client = browser(river, Role.MANAGER, Role.TEAM_SECRETARY)

    def cost(numbers):
        with scope(river.id):
            for name in PAGES[page]:
                bring_in(river, name, [ROWS[name](n) for n in numbers])
        return queries_of(client, f"/e/river/{page}")

    assert cost(range(2)) == cost(range(2, 30))


def test_meetings_actions_and_reports_too(river):
    from fairfloor.actions.public import add_action
    from fairfloor.reports.models import ReportSnapshot
    from fairfloor.reports.services import make_snapshot
    from fairfloor.teams.services import create_team
    from tests.registers_rows import YEAR

    client = browser(river, Role.MANAGER, Role.TEAM_SECRETARY)
    actor = river.system
    with scope(river.id):
        team = create_team(actor=actor, code="EIT", name="Team", at=NOW)
        first = make_snapshot(actor=actor, enterprise=river.enterprise, period=YEAR, at=NOW)

    def costs(numbers):
        with scope(river.id):
            for n in numbers:
                schedule_meeting(actor=actor, team_id=team.pk, meeting_date=TODAY, at=NOW)
                about = {"about_feature": "teams", "about_code": "EIT-1"}
                add_action(
                    actor=actor, text=f"Do {n}", owner_name="Li", due_date=TODAY, day=TODAY, at=NOW, **about
                )
                values = {"report": first.report, "document": first.document, "digest": first.digest}
                ReportSnapshot.objects.create(
                    code=f"R-{n}", from_date=TODAY, to_date=TODAY, created_at=NOW, **values
                )
        return [
            queries_of(client, f"/e/river/{page}")
            for page in ("team/meetings/", "actions/", "reports/", "team/")
        ]

    assert costs(range(2)) == costs(range(2, 30))
