"""Job advertisements and gender practices: services, figures, sheets, pages."""

from datetime import date
from decimal import Decimal

import pytest

from fairfloor.core.access import Forbidden
from fairfloor.core.edits import StaleEdit
from fairfloor.core.tenancy import scope
from fairfloor.equality import services
from fairfloor.equality.models import GenderPractice, JobAd
from fairfloor.equality.public import areas_with_evidence
from fairfloor.equality.web.views_job_ads import pieces_of
from fairfloor.indicators.public import figures, split
from fairfloor.organisations.public import Role
from tests.cast import NOW
from tests.pages import browser, queries_of
from tests.registers_rows import YEAR, bring_in, row, sheet

DAY = date(2023, 3, 2)
CLEAN = "You follow orders from sample to shipment. We train you on our systems."
TRAP = "<script>alert(1)</script> Male only. & more"


def ad(factory, text=CLEAN, title="Merchandiser"):
    return services.add_job_ad(
        actor=factory.system, title=title, text=text, language="en", posted_date=DAY, at=NOW
    )


def practice(factory, title="Nursing room", area="E"):
    return services.add_practice(
        actor=factory.system, title=title, area=area, practice_date=DAY, at=NOW, type="FACILITY"
    )


def test_an_advertisement_is_checked_when_kept_and_again_when_changed(river):
    with scope(river.id):
        flagged = ad(river, "Male only.")
        assert not flagged.is_clean
        assert flagged.rules == "job-ads-general@1"
        hr = river.actor(Role.HR_FOCAL)
        better = services.correct_job_ad(
            actor=hr, job_ad_id=flagged.pk, values={"text": CLEAN}, at=NOW, version=1
        )
        assert better.is_clean
        with pytest.raises(StaleEdit):
            services.correct_job_ad(actor=hr, job_ad_id=flagged.pk, values={"text": "x"}, at=NOW, version=1)
        with pytest.raises(services.EntryRefused):
            ad(river, "   ")
        with pytest.raises(Forbidden):
            services.correct_job_ad(
                actor=river.actor(Role.TEAM_MEMBER), job_ad_id=flagged.pk, values={}, at=NOW
            )


def test_the_country_has_its_own_rules(river):
    river.enterprise.country = "CN"
    river.enterprise.save()
    with scope(river.id):
        assert ad(river, "本岗位限男性。").rules == "job-ads-cn@1;job-ads-general@1"


def test_the_published_numbers(river, hill):
    texts = [
        "岗位职责：操作织袜机，检查产品质量。要求：服从三班倒安排，提供岗前培训。",
        "岗位职责：维护织袜机和空压机。要求：持有电工证，有维修经验。",
        CLEAN,
    ]
    with scope(hill.id):
        ad(hill, "Male only.")
    with scope(river.id):
        made = {"date": DAY, "title": "Job", "language": ""}
        rows = [row("JobAds", code=f"AD-{n}", text=text, **made) for n, text in enumerate(texts)]
        bring_in(river, "JobAds", rows)
        assert sorted(each["code"] for each in sheet("JobAds").rows()) == ["AD-0", "AD-1", "AD-2"]
        clean = figures(["job_ads.clean"], YEAR)["job_ads.clean"]
        assert (clean.numerator, clean.denominator) == (3, 3)
        changed = rows[2] | {"text": "Male only."}
        sheet("JobAds").save(river.system, [], [changed], NOW)
        assert figures(["job_ads.clean"], YEAR)["job_ads.clean"].numerator == 2
        wrong = JobAd.objects.get(code="AD-2")
        services.withdraw_job_ad(
            actor=river.system, job_ad_id=wrong.pk, reason="Never posted", day=DAY, at=NOW
        )
        assert figures(["job_ads.clean"], YEAR)["job_ads.clean"].denominator == 2
        bring_in(river, "JobAds", [rows[2]])  # its code can be used again


def test_practices_stand_in_the_six_areas(river):
    with scope(river.id):
        kept = practice(river)
        with pytest.raises(services.EntryRefused):
            practice(river)
        with pytest.raises(services.EntryRefused):
            practice(river, area="G")
        wrong = practice(river, title="Mistake", area="A")
        services.withdraw_practice(
            actor=river.system, practice_id=wrong.pk, reason="Mistake", day=DAY, at=NOW
        )
        services.correct_practice(
            actor=river.system, practice_id=kept.pk, values={"area": "F"}, at=NOW, version=1
        )
        found = areas_with_evidence()
        assert [each.area.letter for each in found] == list("ABCDEF")
        assert [len(each.practices) for each in found] == [0, 0, 0, 0, 0, 1]
        assert {
            key: each.value for key, each in split("gender_practices.recorded", YEAR, "item").items()
        } == {"F": Decimal(1)}


def test_every_piece_of_a_marked_text_comes_back(river):
    river.enterprise.country = ""
    text = "Male only. Female preferred."
    from fairfloor.equality.checking import check_ad

    checked = check_ad(title="", text=text, language="en", country="")
    pieces = pieces_of(text, checked.in_text)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if piece.number] == ["Male only", "Female preferred"]


def test_pages(river, hill):
    with scope(river.id):
        mine, own = ad(river, TRAP, title="Fitter <b>"), practice(river)
        bring_in(
            river,
            "Workforce",
            [
                row("Workforce", date=day, department="KNT", level="MANAGER", sex=sex, headcount=count)
                for day, women in ((date(2022, 9, 1), 31), (date(2023, 8, 1), 37))
                for sex, count in (("FEMALE", women), ("MALE", 46 - women))
            ],
        )
    with scope(hill.id):
        theirs, other = ad(hill), practice(hill)
    client = browser(river, Role.HR_FOCAL)
    for url in (
        "",
        "job-ads/",
        "job-ads/add/",
        f"job-ads/{mine.code}/",
        f"job-ads/{mine.code}/change/",
        f"job-ads/{mine.code}/withdraw/",
        "practices/add/",
        f"practices/{own.pk}/",
        f"practices/{own.pk}/correct/",
        f"practices/{own.pk}/withdraw/",
    ):
        assert client.get(f"/e/river/equality/{url}").status_code == 200, url
    for url in (f"job-ads/{theirs.code}/", f"practices/{other.pk}/", f"practices/{other.pk}/correct/"):
        assert client.get(f"/e/river/equality/{url}").status_code == 404, url
    overview = client.get("/e/river/equality/").content.decode()
    assert "from 67.4 % (31 of 46)" in overview
    assert "to 80.4 % (37 of 46)" in overview
    assert "0 of 1 advertisements" in overview
    page = client.get(f"/e/river/equality/job-ads/{mine.code}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert ">Male only</a></mark>" in page
    assert "name what the job needs" in page
    other_client = browser(river, Role.TEAM_MEMBER)
    assert other_client.get("/e/river/equality/").status_code == 200
    assert other_client.get("/e/river/equality/job-ads/add/").status_code == 403


def test_forms(river):
    client = browser(river, Role.HR_FOCAL)
    sent = {"title": "Fitter", "text": "Male only.", "language": "en", "posted_date": "2026-03-01"}
    url = "/e/river/equality/job-ads/"
    assert client.post(f"{url}add/", {"title": "x"}).status_code == 422
    assert client.post(f"{url}add/", sent).status_code == 303
    with scope(river.id):
        code = JobAd.objects.get().code
    change = sent | {"text": CLEAN, "version": 1}
    assert client.post(f"{url}{code}/change/", change).status_code == 303
    assert client.post(f"{url}{code}/change/", change).status_code == 409
    assert client.post(f"{url}{code}/withdraw/", {"version": 2}).status_code == 422
    assert client.post(f"{url}{code}/withdraw/", {"version": 2, "reason": "x"}).status_code == 303
    made = {"title": "Lift", "area": "E", "practice_date": "2026-03-01"}
    url = "/e/river/equality/practices/"
    assert client.post(f"{url}add/", made).status_code == 303
    assert client.post(f"{url}add/", made).status_code == 422
    assert client.post(f"{url}add/", made | {"practice_date": "2996-03-01"}).status_code == 422
    with scope(river.id):
        key = GenderPractice.objects.get().pk
    assert client.post(f"{url}{key}/correct/", made | {"area": "F", "version": 1}).status_code == 303
    assert client.post(f"{url}{key}/correct/", made | {"version": 1}).status_code == 409
    assert client.post(f"{url}{key}/withdraw/", {"version": 2, "reason": "x"}).status_code == 303


@pytest.mark.parametrize("url", ["", "job-ads/"])
def test_lists_cost_the_same_with_more_rows(river, url):
    client = browser(river, Role.HR_FOCAL)
    with scope(river.id):
        for number in range(2):
            ad(river), practice(river, title=f"P{number}")
    few = queries_of(client, f"/e/river/equality/{url}")
    with scope(river.id):
        for number in range(2, 30):
            ad(river), practice(river, title=f"P{number}")
    assert queries_of(client, f"/e/river/equality/{url}") == few
