"""A form sent twice, as by a finger that trembles or a browser that tries again, does its work once."""

import pytest
from django.apps import apps

from fairfloor.core.tenancy import scope
from tests.hostile.attack import nothing_changes, read_page


def form_at(client, url, action=None):
    """The form of a page, as a browser would send it."""
    forms = [
        each for each in read_page(f"http://testserver{url}", client.get(url))[1] if each.method == "post"
    ]
    wanted = f"http://testserver{action or url}"
    return next(each for each in forms if each.action == wanted).values()


def count(factory, model):
    with scope(factory.id):
        return apps.get_model(model).objects.count()


@pytest.mark.parametrize(
    ("page", "model", "words"),
    [
        ("projects/new/", "projects.ImprovementProject", {"title": "Fans"}),
        ("safety/report/", "safety.Hazard", {"description": "A loose cable"}),
        ("actions/add/", "actions.ActionItem", {"text": "Buy tape", "owner_name": "Li"}),
        ("team/meetings/plan/", "teams.Meeting", {}),
        ("suggestions/enter/", "suggestions.Suggestion", {"text": "More light"}),
        ("people/departments/add/", "organisations.Department", {"code": "NEW", "name": "New"}),
        ("equality/practices/add/", "equality.GenderPractice", {"title": "Crèche"}),
        ("surveys/open/", "surveys.SurveyRound", {"invited": "9"}),
    ],
)
def test_a_record_is_made_once(ours, insider, page, model, words):
    url = f"/e/river/{page}"
    sent = form_at(insider, url) | words
    before = count(ours.factory, model)
    first = insider.post(url, sent)
    assert first.status_code == 303, first.content.decode()[:3000]
    with nothing_changes():
        second = insider.post(url, sent)
    assert second.status_code in {303, 422}
    if second.status_code == 303:
        assert second["Location"] == first["Location"]
    assert count(ours.factory, model) == before + 1


def test_a_form_of_one_factory_says_nothing_in_another(ours, theirs, insider):
    """The id of a form is looked up among the factory's own."""
    url = "/e/river/projects/new/"
    sent = form_at(insider, url) | {"title": "Fans"}
    assert insider.post(url, sent).status_code == 303
    from fairfloor.organisations.public import Role
    from tests.pages import browser

    stranger = browser(theirs.factory, Role.TEAM_SECRETARY)
    before = count(theirs.factory, "projects.ImprovementProject")
    sent.pop("suggestion_ids", None)
    assert stranger.post("/e/hill/projects/new/", sent).status_code == 303
    assert count(theirs.factory, "projects.ImprovementProject") == before + 1


def test_a_workers_idea_is_kept_once_and_another_text_is_409(ours, client):
    url = f"/w/{ours.token}/idea/"
    sent = {"client_id": "0f8fad5b-d9cb-469f-a165-708677289501", "text": "More light"}
    first = client.post(url, sent)
    with nothing_changes():
        assert client.post(url, sent)["Location"] == first["Location"]
        assert client.post(url, sent | {"text": "Other words"}).status_code == 409


def test_a_workers_danger_is_kept_once_and_another_is_409(ours, client):
    url = f"/w/{ours.token}/danger/"
    sent = {"client_id": "0f8fad5b-d9cb-469f-a165-708677289502", "category": "SLIPS", "urgent": "yes"}
    first = client.post(url, sent)
    with nothing_changes():
        assert client.post(url, sent)["Location"] == first["Location"]
        for other in ({"text": "Oil"}, {"category": "NOISE"}, {"urgent": ""}):
            assert client.post(url, sent | other).status_code == 409


def test_an_answer_to_a_finder_is_given_once(ours, insider):
    page = f"/e/river/safety/hazards/{ours.keys['danger']}/"
    sent = form_at(insider, page, f"{page}answer/") | {"answer": "We are on our way."}
    before = count(ours.factory, "conversations.Message")
    for _turn in range(2):
        assert insider.post(f"{page}answer/", sent).status_code == 303
    assert count(ours.factory, "conversations.Message") == before + 1


def test_a_decision_of_the_meeting_is_taken_once(ours, insider):
    url = f"/e/river/team/meetings/EIT/{ours.keys['meeting']}/"
    page = insider.get(f"{url}?item=1")
    forms = read_page(f"http://testserver{url}", page)[1]
    kinds = {each.action.rstrip("/").rpartition("/")[2]: each for each in forms if "/decide/" in each.action}
    form = kinds["add-action"]
    sent = form.values() | {"add_action-text": "Buy tape", "add_action-owner_name": "Li"}
    path = form.action.removeprefix("http://testserver")
    assert insider.post(path, sent).status_code == 303
    with nothing_changes():
        assert insider.post(path, sent).status_code == 409


def test_a_project_is_finished_once(ours, insider):
    url = f"/e/river/projects/{ours.keys['project']}/finish/"
    sent = form_at(insider, url) | {"check_result": "Cooler by four degrees"}
    assert insider.post(url, sent).status_code == 303
    with nothing_changes():
        assert insider.post(url, sent).status_code == 409


def test_an_import_confirmed_twice_is_done_once(ours, insider, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    from tests.registers.workbooks import suggestion, suggestions, workbook

    file = workbook(tmp_path / "a.xlsx", {"Suggestions": suggestions(suggestion("S-N1"))})
    upload = SimpleUploadedFile("a.xlsx", file.read_bytes())
    preview = insider.post("/e/river/registers/upload/", {"file": upload})
    assert preview.status_code == 303
    assert insider.post(f"{preview.url}confirm/").status_code == 303
    with nothing_changes():
        assert insider.post(f"{preview.url}confirm/").status_code == 303
