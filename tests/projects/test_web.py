"""The pages of projects: who sees what, and what each answer is."""

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from fairfloor.core.files import MAX_UPLOAD_BYTES, path_of
from fairfloor.core.models import StoredFile
from fairfloor.core.tenancy import scope
from fairfloor.organisations.public import (
    DataClass,
    Role,
    Worker,
    add_organisation_member,
    create_organisation,
    give_grant,
)
from fairfloor.projects import services
from fairfloor.projects.models import ImprovementProject
from fairfloor.projects.sheets import ProjectSheet
from tests.cast import NOW, TODAY
from tests.projects.builders import person, project_in, suggestion_in
from tests.projects.test_sheets import row

pytestmark = pytest.mark.django_db
ACTS = ["plan", "do", "check", "act", "photos", "finish", "stop", "correct", "withdraw"]


def photo(data=None):
    if data is None:
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "green").save(out, "JPEG")
        data = out.getvalue()
    return SimpleUploadedFile("photo.jpg", data, content_type="image/jpeg")


def page(factory, project, act=""):
    return f"/e/{factory.slug}/projects/{project.code}/" + (f"{act}/" if act else "")


@pytest.fixture
def project(river):
    with scope(river.id):
        return project_in(river, department_code="KNT", tags=["safety"], problem="Five cuts since January.")


@pytest.fixture
def lina(river, client):
    """The secretary, signed in."""
    user = river.user("lina", Role.TEAM_SECRETARY)
    client.force_login(user)
    return user


def fresh(factory, project):
    with scope(factory.id):
        return ImprovementProject.objects.get(pk=project.pk)


def test_every_page_opens_for_the_secretary(river, project, lina, client):
    for address in ["", "gallery/", "new/", *(f"{project.code}/{act}/" for act in ACTS), f"{project.code}/"]:
        response = client.get(f"/e/river/projects/{address}")
        assert response.status_code == 200, address
        assert "Guards on the knives" in response.content.decode() or address in {"gallery/", "new/"}


def test_another_factory_finds_nothing(river, hill, project, client):
    with scope(hill.id):
        own = project_in(hill, title="Only of the hill")
    client.force_login(hill.user("chen", Role.MANAGER))
    for act in ["", *ACTS]:
        foreign = f"/e/hill/projects/{project.code}/" + (f"{act}/" if act else "")
        assert client.get(foreign).status_code == 404
        assert client.post(foreign, {"version": 1}).status_code in (404, 405)
        assert client.get(page(river, project, act)).status_code == 404
    shown = client.get("/e/hill/projects/").content.decode()
    assert own.title in shown
    assert project.title not in shown
    client.logout()
    assert client.get(page(river, project)).status_code == 302
    assert fresh(river, project).version == 1


def test_who_may_only_look_does_not_write(river, project, client):
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    shown = client.get(page(river, project))
    assert shown.status_code == 200
    assert "What can be done now" not in shown.content.decode()
    assert client.get("/e/river/projects/new/").status_code == 403
    for act in ACTS:
        assert client.get(page(river, project, act)).status_code == 403
        assert client.post(page(river, project, act), {"reason": "x"}).status_code == 403
    member = river.user("wang", Role.TEAM_MEMBER)
    client.force_login(member)
    for act in ("verify", "visit", "correct", "withdraw"):
        assert client.post(page(river, project, act), {"reason": "x"}).status_code == 403
    assert fresh(river, project).version == 1


def test_a_grant_shows_the_project_but_no_worker_s_words(river, client):
    with scope(river.id):
        suggestion = suggestion_in(river, "Machine 4 cut my finger twice.")
        project = project_in(river, suggestion_ids=[suggestion.pk])
        provider = create_organisation(name="Provider", kind="PROVIDER", at=NOW)
        give_grant(
            actor=river.actor(Role.MANAGER),
            organisation_id=provider.pk,
            data_class=DataClass.IMPROVEMENT,
            from_date=date(2020, 1, 1),
            to_date=date(2099, 1, 1),
            at=NOW,
        )
    trainer = river.user("tomas")
    add_organisation_member(
        user_id=trainer.pk, organisation_id=provider.pk, role=Role.TRAINER, from_date=date(2020, 1, 1)
    )
    client.force_login(trainer)
    shown = client.get(page(river, project)).content.decode()
    assert project.title in shown
    assert "1 suggestion from workers led to this project." in shown
    assert "Machine 4" not in shown
    assert suggestion.code not in shown
    client.force_login(river.user("lina", Role.TEAM_SECRETARY))
    assert "Machine 4" in client.get(page(river, project)).content.decode()


def test_starting_a_project_from_a_suggestion(river, lina, client):
    with scope(river.id):
        suggestion = suggestion_in(river)
    form = client.get(f"/e/river/projects/new/?suggestion={suggestion.code}").content.decode()
    assert f'value="{suggestion.pk}"' in form
    assert "checked" in form
    asked = {
        "title": "Guards",
        "suggestion_ids": [suggestion.pk],
        "owner_name": "Lina",
        "tags": ["safety", "5S"],
    }
    response = client.post("/e/river/projects/new/", {**asked, "title": " "})
    assert response.status_code == 422
    assert "Fill this in." in response.content.decode()
    response = client.post("/e/river/projects/new/", asked)
    assert response.status_code == 303
    with scope(river.id):
        made = ImprovementProject.objects.get()
        suggestion.refresh_from_db()
    assert (made.title, made.owner_user_id, made.tags) == ("Guards", lina.pk, "safety;5S")
    assert suggestion.project_code == made.code
    assert response["Location"] == page(river, made)


def test_adding_suggestions_to_a_project(river, hill, project, lina, client):
    address = page(river, project, "suggestions")
    assert client.get(address).status_code == 302  # none waits
    with scope(hill.id):
        foreign = suggestion_in(hill, "Only of the hill.")
    with scope(river.id):
        suggestion = suggestion_in(river)
    form = client.get(address).content.decode()
    assert suggestion.code in form
    assert foreign.code not in form
    for wrong in ([], [foreign.pk], ["x"]):
        assert client.post(address, {"version": 1, "suggestion_ids": wrong}).status_code == 422
    assert client.post(address, {"version": 1, "suggestion_ids": [suggestion.pk]}).status_code == 303
    shown = client.get(page(river, project)).content.decode()
    assert "Suggestions added" in shown
    assert suggestion.text in shown
    client.force_login(river.user("rep", Role.WORKER_REPRESENTATIVE))
    assert client.get(address).status_code == 403


def test_from_the_plan_to_the_verified_result(river, project, lina, client):
    def send(act, **values):
        values["version"] = fresh(river, project).version
        return client.post(page(river, project, act), values)

    start = TODAY.isoformat()
    assert send("plan", title="Guards", problem="Cuts", target="None", start_date=start).status_code == 303
    assert send("do", measures="Twelve guards", cost="70.5").status_code == 303
    assert send("check", saving="100", check_result="No cuts").status_code == 422  # how often?
    assert send("check", saving="100", saving_type="ONE_OFF").status_code == 303
    assert send("finish", finish_date=start).status_code == 422  # no result
    early = (TODAY - timedelta(days=1)).isoformat()
    refused = send("finish", finish_date=early, check_result="No cuts")
    assert refused.status_code == 422
    assert "cannot finish before it starts" in refused.content.decode()
    assert send("finish", finish_date=start, check_result="No cuts").status_code == 303
    assert send("verify", saving="90", saving_type="ONE_OFF").status_code == 422  # her own work
    client.force_login(river.user("chen", Role.MANAGER))
    assert "Verify the result" in client.get(page(river, project)).content.decode()
    assert send("verify", saving="90", saving_type="ONE_OFF", note="Saw it.").status_code == 303
    shown = client.get(page(river, project)).content.decode()
    assert "90 once, verified" in shown
    assert "Saw it." in shown
    assert send("verify").status_code == 409  # sent twice
    assert client.get(page(river, project, "verify")).status_code == 302


def test_a_stale_form_comes_back_with_both_texts(river, project, lina, client):
    with scope(river.id):
        services.plan_project(
            actor=person(river, user_id=2, name="Wang Wei"),
            project_id=project.pk,
            title="Guards on machine 4",
            day=TODAY,
            at=NOW,
        )
    response = client.post(page(river, project, "plan"), {"version": 1, "title": "Covers for the knives"})
    shown = response.content.decode()
    assert response.status_code == 409
    for words in (
        "Wang Wei",
        "Plan changed",
        "Guards on machine 4",
        "Covers for the knives",
        "Changed: title.",
    ):
        assert words in shown
    assert fresh(river, project).title == "Guards on machine 4"
    again = client.post(page(river, project, "plan"), {"version": 2, "title": "Covers for the knives"})
    assert again.status_code == 303
    assert fresh(river, project).title == "Covers for the knives"


def test_photos_are_taken_replaced_and_taken_away(river, project, lina, client):
    address = page(river, project, "photos")
    assert client.post(address, {"place": "before", "photo": photo(), "version": 1}).status_code == 303
    with scope(river.id):
        first = StoredFile.objects.get()
    assert first.permission == "projects.view"
    assert client.get(f"/e/river/files/{first.pk}.jpg").status_code == 200
    assert f"/e/river/files/{first.pk}.jpg" in client.get(page(river, project)).content.decode()
    assert client.post(address, {"place": "before", "photo": photo(), "version": 2}).status_code == 303
    with scope(river.id):
        second = StoredFile.objects.get()
    assert second.pk != first.pk
    assert client.post(address, {"place": "before", "remove": "1", "version": 3}).status_code == 303
    with scope(river.id):
        assert not StoredFile.objects.exists()
    assert fresh(river, project).photo_before_id is None


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422, "not a photo we can read"),
        (b"%PDF-1.7", 422, "not a photo we can read"),
        (b"MZ" + b"\x00" * 99, 422, "not a photo we can read"),
        (b"", 422, "Choose a photo first."),
        (b"\xff\xd8" + b"0" * MAX_UPLOAD_BYTES, 413, "larger than 15 MB"),
    ],
)
def test_what_is_not_a_photo_is_refused(river, project, lina, client, data, status, words):
    response = client.post(
        page(river, project, "photos"), {"place": "after", "photo": photo(data), "version": 1}
    )
    assert response.status_code == status
    assert words in response.content.decode()
    with scope(river.id):
        assert not StoredFile.objects.exists()
    assert fresh(river, project).version == 1


def test_a_photo_for_a_stale_page_is_not_kept(river, project, lina, client):
    with scope(river.id):
        services.plan_project(actor=person(river), project_id=project.pk, title="New", day=TODAY, at=NOW)
    response = client.post(page(river, project, "photos"), {"place": "after", "photo": photo(), "version": 1})
    assert response.status_code == 409
    with scope(river.id):
        assert not StoredFile.objects.exists()


def test_the_gallery_shows_finished_projects_with_photos(river, hill, project, lina, client):
    with scope(hill.id):
        foreign = project_in(hill, title="Foreign")
        services.add_photo(
            actor=person(hill), project_id=foreign.pk, place="after", upload=photo(), day=TODAY, at=NOW
        )
        services.finish_project(
            actor=person(hill), project_id=foreign.pk, check_result="x", day=TODAY, at=NOW
        )
    assert project.title not in client.get("/e/river/projects/gallery/").content.decode()
    with scope(river.id):
        services.add_photo(
            actor=person(river), project_id=project.pk, place="after", upload=photo(), day=TODAY, at=NOW
        )
        services.finish_project(
            actor=person(river), project_id=project.pk, check_result="No cuts.", day=TODAY, at=NOW
        )
        stored = StoredFile.objects.get()
    assert project.title not in client.get("/e/river/projects/gallery/").content.decode()
    with scope(river.id):
        services.add_photo(
            actor=person(river), project_id=project.pk, place="before", upload=photo(), day=TODAY, at=NOW
        )
        services.say_where_else(
            actor=person(river), project_id=project.pk, department_code="PAK", day=TODAY, at=NOW
        )
        later = TODAY + timedelta(days=100)
        services.record_visit(
            actor=person(river, Role.MANAGER, user_id=5, name="Chen"),
            project_id=project.pk,
            state="PARTLY",
            words="One guard is off.",
            day=later,
            at=NOW,
        )
        assert path_of(stored).exists()
    shown = client.get("/e/river/projects/gallery/").content.decode()
    assert f"/e/river/files/{stored.pk}.jpg" in shown
    assert "could work there" in shown
    assert "One guard is off." in shown
    assert "Foreign" not in shown


def test_filters_search_export_and_codes_with_a_slash(river, lina, client):
    with scope(river.id):
        ProjectSheet().save(
            river.system,
            [
                row(code="2026/04", title="Rest room", tags=("5S", "women_facility")),
                row(code="IP-2", title="Lamps", tags=("safety",), status="IN_PROGRESS", finish_date=None),
                row(code="IP-3", title="Twice", tags=(), status="WITHDRAWN"),
            ],
            [],
            NOW,
        )

    def titles(query):
        shown = client.get(f"/e/river/projects/{query}").content.decode()
        return {title for title in ("Rest room", "Lamps", "Twice") if f">{title}</a>" in shown}

    assert titles("") == {"Rest room", "Lamps"}
    assert titles("?status=open") == {"Lamps"}
    assert titles("?status=finished") == {"Rest room"}
    assert titles("?status=WITHDRAWN") == {"Twice"}
    assert titles("?tag=women_facility") == titles("?tag=5S") == {"Rest room"}
    assert titles("?department=PAK") == set()
    assert titles("?q=lam") == {"Lamps"}
    assert titles("?sort=due") == {"Rest room", "Lamps"}
    assert client.get("/e/river/projects/2026%252F04/").status_code == 200
    assert client.get("/e/river/projects/2026%252F04/correct/").status_code == 200
    export = client.get("/e/river/projects/?export=xlsx")
    assert export.content[:2] == b"PK"


def test_the_list_asks_the_database_as_often_for_thirty_as_for_two(river, lina, client):
    def queries(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    with scope(river.id):
        for number in range(2):
            project_in(river, title=f"P{number}", owner_name=f"O{number}")
    few = queries("/e/river/projects/")
    with scope(river.id):
        for number in range(2, 30):
            project_in(river, title=f"P{number}", owner_name=f"O{number}")
    assert queries("/e/river/projects/") == few


@pytest.mark.parametrize("act", ["do", "check", "act", "causes"])
def test_an_empty_step_is_not_saved_as_if_it_said_something(river, lina, client, act):
    with scope(river.id):
        project = project_in(river)
    answer = client.post(page(river, project, act), {"version": project.version})
    assert answer.status_code == 422
    assert "Nothing is written yet." in answer.content.decode()
    assert fresh(river, project).version == project.version


def test_people_of_one_name_are_told_apart_and_who_is_on_a_project_is_always_listed(
    river, lina, client, monkeypatch
):
    monkeypatch.setattr("fairfloor.projects.web.forms_finding.LISTED", 3)
    with scope(river.id):
        for code, name, place in (
            ("W1", "Luo Yan", "KNT"),
            ("W2", "Luo Yan", "KNT"),
            ("W3", "Luo Yan", "DYE"),
            ("W9", "Zhu Li", "DYE"),
        ):
            Worker.objects.create(code=code, name=name, department_code=place)
        project = project_in(river, department_code="KNT")
        services.set_members(
            actor=person(river), project_id=project.pk, worker_codes=["W9"], day=TODAY, at=NOW
        )
    form = client.get(page(river, project, "members")).context["form"]
    labels = [str(label) for _code, label in form.fields["worker_codes"].choices]
    assert [code for code, _label in form.fields["worker_codes"].choices] == ["W9", "W1", "W2"]
    assert labels[1].endswith(" · W1")
    assert "The roster is long" in str(form.fields["worker_codes"].help_text)
