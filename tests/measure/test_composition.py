import pytest

from fairfloor.measure.composition import Light, Member, WorkforceShares, assess, missing_shifts

FACTORY = WorkforceShares(women=60, total=100, production_departments=frozenset({"KNT", "SEW"}))


def team(front_line, managers, *, women, department="KNT"):
    levels = ["FRONT_LINE"] * front_line + ["MANAGER"] * managers
    return [
        Member("FEMALE" if place < women else "MALE", level, department) for place, level in enumerate(levels)
    ]


def light(members, code, workforce=FACTORY):
    return next(light for light in assess(members, workforce) if light.code == code)


def test_the_five_lights_come_in_order():
    codes = ["worker_share", "women_share", "size", "departments", "shifts"]
    assert [x.code for x in assess([], FACTORY)] == codes


@pytest.mark.parametrize(
    ("front_line", "managers", "colour"),
    [(5, 5, "GREEN"), (4, 5, "AMBER"), (3, 7, "AMBER"), (2, 8, "RED"), (0, 13, "RED")],
)
def test_worker_share(front_line, managers, colour):
    found = light(team(front_line, managers, women=5), "worker_share")
    assert found == Light("worker_share", colour, front_line, front_line + managers)


def test_members_of_unknown_level_or_sex_do_not_count():
    members = [*team(5, 5, women=5), Member("NOT_REPORTED", "", "SEW")]
    assert light(members, "worker_share").denominator == 10
    assert light(members, "women_share").denominator == 10
    unknown = [Member("NOT_REPORTED", "", "KNT")]
    assert light(unknown, "worker_share").colour == "UNKNOWN"
    assert light(unknown, "women_share").colour == "UNKNOWN"


@pytest.mark.parametrize(("women", "colour"), [(6, "GREEN"), (5, "GREEN"), (4, "AMBER"), (0, "RED")])
def test_women_share_beside_sixty_per_cent_women(women, colour):
    assert light(team(5, 5, women=women), "women_share") == Light("women_share", colour, women, 10)


def test_one_woman_is_wanted_where_any_are_employed():
    few = WorkforceShares(women=3, total=100, production_departments=frozenset())
    none = WorkforceShares(women=0, total=100, production_departments=frozenset())
    assert light(team(5, 5, women=0), "women_share", few).colour == "RED"
    assert light(team(5, 5, women=0), "women_share", none).colour == "GREEN"


def test_no_workforce_figures_no_judgement():
    empty = WorkforceShares(women=0, total=0, production_departments=frozenset())
    assert light(team(5, 5, women=5), "women_share", empty).colour == "UNKNOWN"
    assert light(team(5, 5, women=5), "departments", empty).colour == "UNKNOWN"


@pytest.mark.parametrize(("size", "colour"), [(4, "AMBER"), (5, "GREEN"), (15, "GREEN"), (16, "AMBER")])
def test_size(size, colour):
    assert light(team(size, 0, women=1), "size") == Light("size", colour, size, None)


def test_a_missing_production_department_is_amber():
    members = team(3, 3, women=3)
    assert light(members, "departments") == Light("departments", "AMBER", 1, 2)
    members.append(Member("FEMALE", "FRONT_LINE", "SEW"))
    assert light(members, "departments") == Light("departments", "GREEN", 2, 2)


def test_an_impossible_workforce_is_refused():
    with pytest.raises(ValueError, match="women"):
        assess([], WorkforceShares(women=2, total=1, production_departments=frozenset()))


@pytest.mark.parametrize(
    ("shifts", "codes", "expected"),
    [
        (3, ["DAY", "AFTERNOON", "NIGHT"], ("GREEN", 3, 3)),
        (3, ["DAY", "MORNING", "NIGHT", ""], ("AMBER", 2, 3)),
        (3, ["NIGHT"], ("RED", 1, 3)),
        (4, ["MORNING", "AFTERNOON", "NIGHT"], ("GREEN", 3, 3)),
        (2, ["MORNING", "NIGHT"], ("GREEN", 2, 2)),
        (2, ["AFTERNOON", "NIGHT"], ("AMBER", 1, 2)),
        (2, ["", ""], ("UNKNOWN", 0, 2)),
        (1, [""], ("GREEN", 1, 1)),
        (1, [], ("UNKNOWN", 0, 1)),
        (None, ["DAY"], ("UNKNOWN", 0, 0)),
        (0, ["DAY"], ("UNKNOWN", 0, 0)),
    ],
)
def test_shifts(shifts, codes, expected):
    factory = WorkforceShares(60, 100, frozenset({"KNT"}), shifts)
    members = [Member("FEMALE", "FRONT_LINE", "KNT", code) for code in codes]
    assert light(members, "shifts", factory) == Light("shifts", *expected)


def test_the_missing_shifts_are_named_in_the_order_of_the_day():
    members = [Member("FEMALE", "FRONT_LINE", "KNT", "AFTERNOON")]
    assert missing_shifts(members, 3) == (frozenset({"DAY", "MORNING"}), frozenset({"NIGHT"}))
    assert missing_shifts(members, 2) == (frozenset({"DAY", "MORNING"}),)
    assert missing_shifts(members, 1) == missing_shifts(members, None) == ()
