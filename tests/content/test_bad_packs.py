"""A bad pack is refused with the file, the line and the reason; the same folder unspoilt loads."""

import shutil

import pytest

from fairfloor.content import PACKS, ContentError, load_from

INDICATORS = "indicators/core.yaml"
MODULES = "modules/score.yaml"
AREAS = "categories/equality_areas.yaml"
SURVEY = "questionnaires/satisfaction.yaml"
ADS = "law/job_ads_general.yaml"
ADS_CN = "law/job_ads_cn.yaml"
REPORT = "reports/case_report.yaml"
HUNT = "checklists/hunt_fire.yaml"
AUDIT = "checklists/five_s.yaml"
PO = "locale/zh_Hans/packs.po"


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(PACKS, tmp_path / "packs")


def line_of(path, mark):
    return path.read_text(encoding="utf-8").split(mark)[0].count("\n") + 1


def refusal(folder):
    with pytest.raises(ContentError) as caught:
        load_from(folder)
    return caught.value


def test_the_untouched_copy_loads(folder):
    assert load_from(folder).indicators


# What is replaced in a file by what, how many lines below the replaced text the refusal points, and why.
SPOILT = [
    (HUNT, "    section: out\n", "    section: roof\n", 0, "'roof' is not one of"),
    (
        HUNT,
        "    likelihood: 3\n    severity: 5\n",
        "    likelihood: 3\n    severity: 6\n",
        1,
        "greater than 5",
    ),
    (HUNT, "    likelihood: 3\n    severity: 5\n", "    likelihood: 0\n    severity: 5\n", 0, "from 1 to 5"),
    (HUNT, "    category: FIRE_EXIT\n", "    category: DRAGONS\n", 0, "'DRAGONS' is not one of"),
    (HUNT, "- code: out-2\n", "- code: out-1\n", 0, "'out-1' is given twice"),
    (HUNT, "    category: FIRE_EXIT\n", "", -4, "'category' is missing"),
    (AUDIT, "kind: FIVE_S", "kind: SIX_S", 0, "'SIX_S' is not one of"),
    (AUDIT, "    section: sort\n", "    section: sort\n    severity: 3\n", 1, "has no rating"),
    (INDICATORS, "unit: LIST", "unit: LIST\n    colour: red", 1, "'colour' is not known"),
    (INDICATORS, "    unit: LIST\n", "", -3, "'unit' is missing"),
    (INDICATORS, "unit: LIST", "unit: LIST\n    unit: COUNT", 1, "'unit' is given twice"),
    (
        INDICATORS,
        "unit: LIST",
        "unit: HEAP",
        0,
        "'HEAP' is not one of COUNT, DAYS, INDEX, LIST, MONEY, RATE, SHARE",
    ),
    (INDICATORS, "decimals: 2", "decimals: two", 0, "whole number"),
    (INDICATORS, "decimals: 2", "decimals: 9", 0, "greater than 4"),
    (INDICATORS, "is_reading: true", "is_reading: 'yes'", 0, "true or false"),
    (INDICATORS, "    is_reading: true\n", "", -8, "a reading has"),
    (INDICATORS, "of: surveys.favourable", "of: surveys.none", 0, "no indicator"),
    (INDICATORS, "    of: surveys.favourable\n", "", -5, "MIN_ITEM and PER_PEOPLE need it"),
    (INDICATORS, "of: projects.completed", "of: workforce.headcount", 0, "a COUNT that adds up"),
    (INDICATORS, "code: team.members", "code: Team Members", 0, "expected form"),
    (INDICATORS, "code: team.members", "code: training.modules", 0, "given twice"),
    (INDICATORS, 'version: "1"', "version: 1", 0, "put it in quotes"),
    (INDICATORS, "name: Team members", 'name: ""', 0, "expected form"),
    (INDICATORS, "name: Team members", "name: NO", 0, "must be a text"),
    (INDICATORS, "name: Team members", "name: [Team]", 0, "must be a text"),
    (INDICATORS, "name: Team members", "name: @Team", 0, "not readable as YAML"),
    (INDICATORS, "source: ", "origin: ", 0, "'origin' is not known"),
    (MODULES, "pack: score-modules", "pack: core-indicators", 0, "another file"),
    (MODULES, 'default_label: "7"', 'default_label: "1"', 0, "'1' is given twice"),
    (MODULES, "code: LEAN", "code: GE", 0, "'GE' is given twice"),
    (MODULES, "{code: LEAN, name: Lean manufacturing}", "lean", 0, "keys with values"),
    (AREAS, "letter: B", "letter: C", 0, "order of their letters"),
    (SURVEY, "value: 3", "value: 4", 0, "from 1 to 5"),
    (SURVEY, "  - {value: 5, label: I fully agree}\n", "", -4, "five points"),
    (SURVEY, "dimension: pride", "dimension: joy", 0, "'joy' is not one of"),
    (ADS, r"- '\b(?:males?", r"- '\b((?:males?", 0, "search pattern"),
    (ADS, 'flags: ["Male only."', 'flags: ["People only."', 0, "does not catch"),
    (ADS, 'passes: ["Women', 'passes: ["Men only", "Women', 0, "should let pass"),
    (ADS, "    suggestion: Leave the sex out", "    text: Leave the sex out", 0, "'text' is not known"),
    (ADS, "    level: WORDING\n", "", -1, "'level' is missing"),
    (ADS_CN, "like: sex-only-zh", "like: sex-any-zh", 0, "not a rule of the general pack"),
    (ADS_CN, "    like: sex-only-zh\n", "", -1, "'language' is missing"),
    (ADS_CN, "like: sex-only-zh", "like: sex-only-zh\n    language: zh", 1, "cannot be given here"),
    (REPORT, "indicator: projects.verified", "indicator: projects.none", 0, "is not one of"),
    (REPORT, "(%(numerator)s of %(denominator)s).", "(%(numerator)s).", 0, "%(denominator)s is missing"),
    (REPORT, "%(value)s people from", "%(number)s %(value)s people from", 0, "%(number)s is not known here"),
    (REPORT, "More than 97 %%", "More than 97 %", -1, "write a per cent sign as %%"),
    (REPORT, "id: team.members_male", "id: team.members_female", 0, "given twice"),
    (
        REPORT,
        "indicator: hazards.reported",
        "indicator: hazards.front_line_share",
        1,
        "does not fit the unit",
    ),
    (REPORT, "kind: MODULES", "kind: MODULES\n        text_one: One.", 1, "only a COUNT"),
    (PO, 'msgstr "完成了 %(value)s 个', 'msgstr "完成了若干', -1, "placeholders differ"),
    (PO, 'msgid "Team members"', 'word "Team members"', 0, "not readable as a PO file"),
]


@pytest.mark.parametrize(("file", "old", "new", "offset", "reason"), SPOILT)
def test_a_spoilt_file_is_refused_with_file_line_and_reason(folder, file, old, new, offset, reason):
    path = folder / file
    line = line_of(path, old) + offset
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problem = refusal(folder)
    assert (problem.file, problem.line) == (file, line)
    assert reason in problem.reason
    assert str(problem) == f"{file}:{line}: {problem.reason}"


@pytest.mark.parametrize(("old", "new"), [("97%%", "97%"), ("占 %(percent)s。", "占 100% %(percent)s。")])
def test_a_bare_per_cent_sign_in_a_translated_template_is_refused(folder, old, new):
    path = folder / PO
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert "write a per cent sign as %%" in refusal(folder).reason


def test_a_file_that_is_missing_empty_or_no_text_is_refused(folder):
    path = folder / MODULES
    path.write_bytes(b"\xff\xfe\x00")
    assert "UTF-8" in refusal(folder).reason
    path.write_text("# nothing\n", encoding="utf-8")
    assert "empty" in refusal(folder).reason
    path.unlink()
    assert "holds no pack" in refusal(folder).reason
    shutil.copy(PACKS / MODULES, path)
    (folder / AREAS).unlink()
    assert (refusal(folder).file, refusal(folder).reason) == (AREAS, "the file is missing")


def test_a_control_character_is_refused(folder):
    path = folder / MODULES
    path.write_text(path.read_text(encoding="utf-8").replace("Lean", "Le\x07an"), encoding="utf-8")
    assert "not readable as YAML" in refusal(folder).reason


def test_an_empty_list_is_refused(folder):
    path = folder / MODULES
    head = path.read_text(encoding="utf-8").split("modules:\n")[0]
    path.write_text(head + "modules: []\n", encoding="utf-8")
    assert "the list is empty" in refusal(folder).reason
    path.write_text(head + "modules: WPC\n", encoding="utf-8")
    assert "must be a list" in refusal(folder).reason


def test_a_file_nothing_reads_is_refused(folder):
    (folder / "categories" / "colours.yaml").write_text("pack: colours\n", encoding="utf-8")
    assert "nothing reads this file" in refusal(folder).reason
