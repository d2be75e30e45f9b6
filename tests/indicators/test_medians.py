"""A median figure is the middle of the records of the period and group asked for, never of other medians."""

from datetime import date, timedelta

from fairfloor.core.tenancy import scope
from fairfloor.indicators.models import KeptCell
from fairfloor.indicators.public import facts_behind, figures, split
from fairfloor.measure.cells import Period
from fairfloor.organisations.public import Role
from fairfloor.safety import services
from tests.cast import NOW
from tests.pages import browser

CODE = "hazards.days_to_close"
YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))


def closed(factory, found, days, **values):
    act = {"actor": factory.system, "at": NOW}
    day = found + timedelta(days=days)
    hazard = services.report_hazard(description="Oil", day=found, **act, **values)
    services.fix_hazard(hazard_id=hazard.pk, control_type="PPE", day=day, **act)
    services.verify_hazard(hazard_id=hazard.pk, **act)
    return services.close_hazard(hazard_id=hazard.pk, day=day, **act)


def test_of_a_year_of_a_month_and_of_a_group(river, hill):
    with scope(hill.id):
        closed(hill, date(2026, 1, 5), 99)
    with scope(river.id):
        assert figures([CODE], YEAR)[CODE].value is None
        for days in (1, 2, 30):
            closed(river, date(2026, 1, 5), days, department_code="KNT")
        for days in (4, 5, 6, 7):
            closed(river, date(2026, 2, 5), days, department_code="SEW")
        services.report_hazard(actor=river.system, description="Open", day=date(2026, 2, 6), at=NOW)
        whole = figures([CODE], YEAR)[CODE]
        # Of 1 2 4 5 6 7 30; the middle of the months' own middles, 2 and 5.5, would be another number.
        assert (whole.value, whole.n, whole.numerator, whole.denominator) == (5, 7, None, None)
        assert (whole.lower, whole.upper) == (1, 30)
        months = {key: each.value for key, each in split(CODE, YEAR, "month").items()}
        assert months == {"2026-01-01": 2, "2026-02-01": 5.5}
        assert split(CODE, YEAR, "department")["KNT"].value == 2
        part = Period(date(2026, 1, 5), date(2026, 2, 4))
        assert figures([CODE], part)[CODE].value == 2
        assert len(facts_behind(CODE, YEAR)) == 7
        # Equal numbers of one group share a kept cell.
        closed(river, date(2026, 1, 9), 1, department_code="KNT")
        assert figures([CODE], YEAR)[CODE].value == 4.5
        assert KeptCell.objects.get(indicator=CODE, item="1").n == 2


def test_the_page_of_the_figure(river):
    with scope(river.id):
        for days in (3, 4, 5, 6, 7, 8):
            closed(river, date(2026, 1, 5), days, department_code="KNT" if days % 2 else "SEW")
    address = f"/e/river/figures/{CODE}/?from=2026-01-01&to=2026-12-31"
    page = browser(river, Role.SAFETY_OFFICER).get(address).content.decode()
    assert "5.5 days" in page
    assert "95 % range 3 to 8 days" in page
    assert "By kind" not in page
