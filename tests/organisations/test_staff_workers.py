"""Which person of the roster a login is."""

from datetime import timedelta

import pytest

from fairfloor.accounts.public import User
from fairfloor.core.access import Actor, Forbidden
from fairfloor.core.tenancy import scope
from fairfloor.organisations.models import StaffWorker, Worker
from fairfloor.organisations.public import (
    Role,
    WorkerJoined,
    WorkerUnknown,
    end_membership,
    is_own_name,
    join_worker,
    joined_workers,
    login_names,
    memberships,
    own_worker_code,
    suggested_workers,
)
from tests.cast import NOW, TODAY, Factory
from tests.pages import browser


def acting(factory: Factory, user: User) -> Actor:
    return Actor(kind="user", enterprise_id=factory.id, user_id=user.pk, name=user.name)


def join(factory, user, code, *roles):
    actor = factory.actor(*(roles or (Role.MANAGER,)))
    return join_worker(actor=actor, user_id=user.pk, worker_code=code, day=TODAY, at=NOW)


@pytest.fixture
def people(river, hill):
    """Two logins of one factory, and people of the same codes and names on both rosters."""
    for factory in (river, hill):
        with scope(factory.id):
            for code, name in (("W1", "Li  Na"), ("W2", "Chen Bo"), ("W3", "Chen Bo"), ("W4", "Zhou Min")):
                Worker.objects.create(code=code, name=name)
    li, chen = river.user("li na", Role.TEAM_MEMBER), river.user("chen bo", Role.TEAM_MEMBER)
    with scope(river.id):
        yield li, chen


def test_the_only_one_of_that_name_is_guessed_and_what_was_said_counts_before(river, hill, people):
    li, chen = people
    assert suggested_workers([li, chen]).keys() == {li.pk}
    assert [own_worker_code(acting(river, each)) for each in people] == ["W1", ""]
    assert own_worker_code(river.worker) == own_worker_code(river.system) == ""
    assert join(river, li, " W4 ") == "W4"
    assert own_worker_code(acting(river, li)) == "W4"
    # Chen's guess is gone when the person of that name is another login's.
    Worker.objects.filter(code="W3").update(name="Other")
    assert own_worker_code(acting(river, chen)) == "W2"
    join(river, li, "W2")
    assert own_worker_code(acting(river, chen)) == ""
    assert suggested_workers([chen]) == {}
    assert joined_workers() == {li.pk: "W2"}
    with scope(hill.id):
        assert joined_workers() == {}


def test_one_person_belongs_to_one_login_in_use(river, hill, people):
    li, chen = people
    join(river, li, "W4")
    with pytest.raises(WorkerJoined) as refused:
        join(river, chen, "W4")
    assert refused.value.name == "Li Na"
    with pytest.raises(WorkerUnknown):
        join(river, chen, "W9")
    with pytest.raises(Forbidden):
        join(river, chen, "W2", Role.TEAM_SECRETARY)
    assert joined_workers() == {li.pk: "W4"}
    stranger = hill.user("stranger", Role.MANAGER)
    with pytest.raises(User.DoesNotExist):
        join(river, stranger, "W2")
    # A login that ended lets go of the person.
    own = next(each for each in memberships(TODAY) if each.user_id == li.pk)
    end_membership(actor=river.system, membership_id=own.pk, to_date=TODAY - timedelta(days=1), at=NOW)
    assert join(river, chen, "W4") == "W4"
    assert joined_workers() == {chen.pk: "W4"}
    assert join(river, chen, "") == ""
    assert not StaffWorker.objects.exists()


def test_the_name_on_the_roster_is_ones_own_too(river, people):
    li, chen = people
    assert is_own_name(acting(river, li), " li na ")
    assert not is_own_name(acting(river, li), "Zhou Min")
    assert not is_own_name(acting(river, li), " ")
    join(river, li, "W4")
    join(river, chen, "W2")
    assert is_own_name(acting(river, li), "Zhou Min")
    assert is_own_name(acting(river, li), "Li Na")
    assert not is_own_name(acting(river, chen), "Zhou Min")
    assert login_names() == {"Zhou Min": li.pk}  # two people are called Chen Bo


def test_the_manager_says_who_a_login_is(river, people):
    li, chen = people
    manager = browser(river, Role.MANAGER)
    url = f"/e/river/settings/people/{li.pk}/worker/"
    text = manager.get("/e/river/settings/people/").content.decode()
    assert "Is this Li  Na, W1 on the roster?" in text
    assert manager.post(url, {"worker_code": "W1"}).status_code == 303
    text = manager.get("/e/river/settings/people/").content.decode()
    assert "On the roster:" in text
    assert "Is this" not in text
    other = f"/e/river/settings/people/{chen.pk}/worker/"
    answer = manager.post(other, {"worker_code": "W1"})
    assert answer.status_code == 422
    assert "This person signs in as Li Na already" in answer.content.decode()
    answer = manager.post(other, {"worker_code": "W9"})
    assert answer.status_code == 422
    assert "Nobody on the roster has this code" in answer.content.decode()
    assert manager.post(url, {"worker_code": ""}).status_code == 303
    assert browser(river, Role.TEAM_SECRETARY).post(url, {"worker_code": "W1"}).status_code == 403
    assert manager.post("/e/river/settings/people/12345/worker/", {"worker_code": "W1"}).status_code == 404
    assert not StaffWorker.objects.exists()
