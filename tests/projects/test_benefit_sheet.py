"""Benefits as a sheet: what an import may not do to an amount somebody verified, and whose currency it is."""

from decimal import Decimal

import pytest

from fairfloor.config.wiring import SHEETS
from fairfloor.core.tenancy import scope
from fairfloor.indicators.public import figure
from fairfloor.measure.cells import month_of
from fairfloor.organisations.models import Enterprise
from fairfloor.organisations.public import Role
from fairfloor.projects import services
from fairfloor.projects.changes import Refused
from fairfloor.projects.models import Benefit
from fairfloor.projects.public import has_amounts
from fairfloor.projects.sheets import BenefitSheet
from tests.cast import NOW, TODAY
from tests.projects.builders import person
from tests.projects.test_benefits import WHEN, chen, finished, stated, verified

pytestmark = pytest.mark.django_db
SHEET = BenefitSheet()


def rows_of_file(**changed):
    return [{**row, **changed.get(row["title"], {})} for row in SHEET.rows()]


def across(**changed):
    rows = rows_of_file(**changed)
    return [(p.column, p.code) for _index, p in SHEET.problems_across(rows, lambda _name: rows)]


def test_an_import_does_not_touch_what_was_verified(river):
    with scope(river.id):
        Enterprise.objects.filter(pk=river.id).update(currency="CNY")
        verified(river, finished(river), title="yarn")
        assert across() == []
        assert across(yarn={"target": Decimal(7)}) == []
        for name, value in (("actual", Decimal(9999)), ("months", 1), ("rate", Decimal(9)), ("unit", "kg")):
            assert ("actual", "VERIFIED_AMOUNT") in across(yarn={name: value})
        taken_back = {"actual": Decimal(9), "verified_by": "", "verified_date": None}
        assert across(yarn=taken_back) == []
        [row] = rows_of_file(yarn={"verified_by": ""})
        assert [(p.column, p.code) for p in SHEET.problems_in(row)] == [("verified_by", "MISSING_FOR_STATUS")]
        [row] = rows_of_file(yarn={"verified_date": None})
        assert [(p.column, p.code) for p in SHEET.problems_in(row)] == [
            ("verified_date", "MISSING_FOR_STATUS")
        ]


def test_an_amount_no_figure_can_hold_is_refused(river):
    huge = {"currency": "USD", "rate": Decimal(10) ** 7, "rate_date": TODAY, "months": 1}
    with scope(river.id):
        project = finished(river)
        with pytest.raises(Refused, match="AMOUNT_TOO_LARGE"):
            stated(river, project, actual=Decimal(10) ** 11, **huge)
        stated(river, project, title="yarn")
        [row] = rows_of_file(yarn={"actual": Decimal(10) ** 11, **huge})
        assert [(p.column, p.code) for p in SHEET.problems_in(row)] == [("actual", "AMOUNT_TOO_LARGE")]
        large = verified(river, project, actual=Decimal(10) ** 12 - 1, months=12)
        assert large.verified_date
        assert figure("projects.savings_verified", month_of(TODAY)).value == Decimal(10) ** 12 - 1


def test_an_imported_look_that_found_it_gone_shortens_its_year(river):
    visits = next(sheet for sheet in SHEETS if sheet.name == "Visits")
    with scope(river.id):
        project = finished(river)
        verified(river, project)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 1800
        look = {"project": project.code, "after_months": 6, "date": TODAY, "state": "NO", "words": "Gone."}
        visits.save(person(river), [{**look, "checked_by": "Chen"}], [], NOW)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 900


def test_what_was_made_once_is_not_brought_to_a_year(river):
    with scope(river.id):
        project = finished(river)
        stated(river, project, title="machine", kind="ONE_OFF", actual=Decimal(500))
        SHEET.save(person(river), [], rows_of_file(machine={"months": 1}), NOW)
        services.verify_benefit(actor=chen(river), benefit_id=Benefit.objects.get().pk, **WHEN)
        assert figure("projects.savings_verified", month_of(TODAY)).value == 500


def test_another_currency_needs_the_day_of_its_rate(river):
    with scope(river.id):
        Enterprise.objects.filter(pk=river.id).update(currency="CNY")
        stated(river, finished(river), title="yarn")
        assert across(yarn={"currency": "USD"}) == [("rate_date", "RATE_DATE_MISSING")]
        assert across(yarn={"currency": "USD", "rate_date": TODAY}) == []
        assert across(yarn={"currency": "", "unit": "kg"}) == []


def test_a_part_of_a_part_or_of_itself_or_of_another_measure_is_refused(river):
    with scope(river.id):
        Enterprise.objects.filter(pk=river.id).update(currency="CNY")
        project = finished(river)
        whole = stated(river, project, title="whole")
        part = stated(river, project, title="part", part_of_id=whole.pk)
        noise = stated(river, project, title="noise", unit="dB", kind="ONE_OFF")
        assert across() == []
        for wrong in (
            {"whole": {"part_of": part.code}},
            {"part": {"part_of": part.code}},
            {"part": {"part_of": noise.code}},
            {"noise": {"part_of": whole.code}},
        ):
            assert ("part_of", "PART_OF_WRONG") in across(**wrong)


def test_who_imported_an_amount_does_not_verify_it(river):
    with scope(river.id):
        project = finished(river)
        stated(river, project, title="yarn", actual=None, target=Decimal(5))
        wu = person(river, Role.MANAGER, user_id=5, name="Wu")
        SHEET.save(wu, [], rows_of_file(yarn={"actual": Decimal(600)}), NOW)
        benefit = Benefit.objects.get()
        with pytest.raises(Refused, match="OWN_BENEFIT"):
            services.verify_benefit(actor=wu, benefit_id=benefit.pk, **WHEN)
        assert services.verify_benefit(actor=chen(river), benefit_id=benefit.pk, **WHEN).verified_date


def test_the_currency_stays_while_amounts_stand_in_it(river, hill, client):
    from tests.desk.test_settings import PROFILE

    for factory in (river, hill):
        Enterprise.objects.filter(pk=factory.id).update(currency="CNY")
    with scope(river.id):
        stated(river, finished(river))
        assert has_amounts()
    client.force_login(river.user("lina", Role.MANAGER))
    refused = client.post("/e/river/settings/", {**PROFILE, "currency": "USD"})
    assert refused.status_code == 422
    assert "state costs or savings in CNY" in refused.content.decode()
    assert client.post("/e/river/settings/", {**PROFILE, "currency": "cny"}).status_code == 303
    with scope(hill.id):
        assert not has_amounts()
    client.force_login(hill.user("wu", Role.MANAGER))
    assert client.post("/e/hill/settings/", {**PROFILE, "currency": "USD"}).status_code == 303
