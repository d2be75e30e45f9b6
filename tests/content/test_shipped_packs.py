import dataclasses
import re
from types import MappingProxyType

import pytest

from fairfloor.content import load, translate
from fairfloor.content.nodes import is_template, placeholders
from fairfloor.measure.job_ads import check

MEASURED = (
    "rework-rate",
    "first-pass-yield",
    "labour-productivity",
    "on-time-delivery",
    "customer-complaints",
    "energy-intensity",
    "water-intensity",
    "waste-share",
    "overtime-share",
    "above-overtime-cap",
    "training-hours",
    "machine-breakdowns",
    "line-efficiency",
    "machine-effectiveness",
    "material-intensity",
    "women-hired",
    "women-promoted",
    "average-pay",
    "pay-to-minimum",
    "courses-rated-good",
    "women-training-hours",
    "hiring-rate",
    "casual-share",
)
CODES = [
    "training.participants",
    "training.modules",
    "training.women_share",
    "training.front_line_share",
    "team.members",
    "team.front_line_share",
    "team.women_share",
    "team.meetings_held",
    "team.attendance",
    "team.health",
    "projects.completed",
    "projects.verified",
    "projects.in_place",
    "projects.per_100_people",
    "projects.savings_verified",
    "projects.gender_practices",
    "projects.women_facilities",
    "surveys.rounds_closed",
    "surveys.favourable",
    "surveys.favourable_min",
    "surveys.response_rate",
    "suggestions.received",
    "suggestions.front_line_share",
    "suggestions.per_100_people",
    "suggestions.implemented",
    "suggestions.decided_in_14_days",
    "suggestions.answered",
    "suggestions.accepted",
    "suggestions.accepted_share",
    "suggestions.implemented_share",
    "suggestions.days_to_answer",
    "hazards.reported",
    "hazards.closed",
    "hazards.front_line_share",
    "hazards.closed_in_time",
    "hazards.days_to_close",
    "hazards.recurred",
    "hazards.open_critical",
    "job_risks.identified",
    "job_risks.high_before",
    "job_risks.high_after",
    "job_risks.high_controlled",
    "job_risks.front_line_share",
    "job_risks.measures_overdue",
    "workforce.headcount",
    "workforce.women_in_management",
    "job_ads.clean",
    "gender_practices.recorded",
    "defect-rate",
    "absenteeism-rate",
    "turnover-rate",
    "incidents.recordable",
    "incidents.lost_time",
    "incidents.first_aid",
    "incidents.near_misses",
    "incidents.days_lost",
    "incidents.hours_worked",
    "incidents.ltifr",
    "incidents.trir",
    "incidents.severity",
    "incidents.near_misses_per_accident",
    "rework-rate",
    "first-pass-yield",
    "labour-productivity",
    "on-time-delivery",
    "customer-complaints",
    "energy-intensity",
    "water-intensity",
    "waste-share",
    "overtime-share",
    "above-overtime-cap",
    "training-hours",
    "machine-breakdowns",
    "line-efficiency",
    "machine-effectiveness",
    "material-intensity",
    "women-hired",
    "women-promoted",
    "average-pay",
    "pay-to-minimum",
    "courses-rated-good",
    "women-training-hours",
    "hiring-rate",
    "casual-share",
    "reporting.complete",
    "shift_talks.held",
    "checklists.rounds",
    "checklists.findings",
    "checklists.findings_taken_up",
    "five_s.score",
]

CLAIMS = [
    "training.participants",
    "training.modules",
    "team.members",
    "team.members_female",
    "team.members_male",
    "team.front_line_share",
    "team.meetings_held",
    "team.attendance",
    "team.health",
    "projects.completed",
    "projects.verified",
    "projects.gender_practices",
    "projects.women_facilities",
    "projects.savings_verified",
    "projects.in_place",
    "surveys.rounds_closed",
    "surveys.favourable_min",
    "surveys.response_rate",
    "suggestions.received",
    "suggestions.front_line_share",
    "suggestions.per_100_people",
    "suggestions.days_to_answer",
    "suggestions.decided_in_14_days",
    "suggestions.accepted_share",
    "suggestions.implemented_share",
    "hazards.reported",
    "hazards.front_line_share",
    "job_risks.identified",
    "job_risks.high_before",
    "job_risks.high_after",
    "job_risks.high_controlled",
    "incidents.ltifr",
    "incidents.trir",
    "incidents.near_misses_per_accident",
    "hazards.closed_in_time",
    "hazards.days_to_close",
    "checklists.rounds",
    "checklists.findings_taken_up",
    "five_s.score",
    "shift_talks.held",
    "reporting.complete",
    "defect-rate",
    "rework-rate",
    "first-pass-yield",
    "labour-productivity",
    "line-efficiency",
    "machine-effectiveness",
    "machine-breakdowns",
    "on-time-delivery",
    "customer-complaints",
    "energy-intensity",
    "water-intensity",
    "material-intensity",
    "waste-share",
    "absenteeism-rate",
    "turnover-rate",
    "overtime-share",
    "above-overtime-cap",
    "training-hours",
    "women-hired",
    "women-promoted",
    "women-training-hours",
    "courses-rated-good",
    "hiring-rate",
    "casual-share",
    "workforce.women_in_management",
    "job_ads.clean",
    "equality.areas",
]


@pytest.fixture(scope="module")
def content():
    return load()


def test_packs_are_read_once_and_cannot_be_changed(content):
    assert load() is content
    assert isinstance(content.indicators, MappingProxyType)
    with pytest.raises(dataclasses.FrozenInstanceError):
        content.indicators["defect-rate"].name = "x"


def test_indicators(content):
    assert list(content.indicators) == CODES
    protected = {code for code, indicator in content.indicators.items() if indicator.is_protected}
    assert protected == {"surveys.favourable", "surveys.favourable_min"}
    readings = {code for code, indicator in content.indicators.items() if indicator.is_reading}
    assert readings == {"defect-rate", "absenteeism-rate", "turnover-rate", *MEASURED}
    assert content.indicators["surveys.favourable_min"].of == "surveys.favourable"
    assert content.indicators["team.members"].pin == "core-indicators@1:team.members"
    assert {indicator.supplier for indicator in content.indicators.values()} == {
        "programme", "teams", "projects", "surveys", "suggestions", "safety", "organisations", "equality",
        "indicators", "incidents", "reporting",
        "checklists",
    }  # fmt: skip


def test_checklists(content):
    sizes = {code: len(checklist.items) for code, checklist in content.checklists.items()}
    assert sizes.pop("hunt-general") == 60
    assert sizes.pop("five-s") == 25
    assert len(sizes) == 4
    assert all(25 <= size <= 60 for size in sizes.values())
    audit = content.checklists["five-s"]
    assert [sum(item.section == part.code for item in audit.items) for part in audit.sections] == [5] * 5
    hunt = content.checklists["hunt-fire"]
    assert {item.category for item in hunt.items} <= set(content.hazard_categories)
    assert hunt.items[0].pin == "checklist-hunt-fire@1:out-1"


def test_modules_carry_the_seven_labels(content):
    labels = {
        module.code: module.default_label for module in content.modules.values() if module.default_label
    }
    assert labels == {"WPC": "1", "QM": "2", "CP": "3", "HR": "4", "OSH": "5", "BCP": "6", "GE": "7"}
    assert "LEAN" in content.modules


def test_categories(content):
    assert list(content.suggestion_categories) == [
        "SAFETY", "QUALITY", "COST", "DELIVERY", "COMFORT", "ENVIRONMENT", "GENDER", "COMMUNICATION", "OTHER"
    ]  # fmt: skip
    assert {
        "ELECTRICAL", "FIRE_EXIT", "MACHINE_GUARDING", "CHEMICAL", "SLIPS", "HEAT", "DUST", "VEHICLES",
        "ERGONOMICS", "SANITATION",
    } <= set(content.hazard_categories)  # fmt: skip
    assert {"quality", "5S", "safety", "energy", "gender_practice", "women_facility"} <= set(
        content.project_tags
    )
    assert list(content.practice_types) == [
        "POLICY", "PROCEDURE", "FACILITY", "TRAINING", "CAMPAIGN", "ACCOMMODATION", "HIRING"
    ]  # fmt: skip
    assert len(content.decline_reasons) == 8


def test_the_six_areas_have_their_fixed_names_and_order(content):
    assert [(area.letter, area.claim_name) for area in content.equality_areas.values()] == [
        ("A", "voice"), ("B", "hiring"), ("C", "pay"), ("D", "climate"), ("E", "safety and health"),
        ("F", "work–life")
    ]  # fmt: skip


def test_the_questionnaire_has_twenty_items(content):
    questionnaire = content.questionnaires["satisfaction"]
    assert [item.code for item in questionnaire.items] == [f"q{number}" for number in range(1, 21)]
    assert {item.dimension for item in questionnaire.items} == {d.code for d in questionnaire.dimensions}
    assert len(questionnaire.scale) == 5


def test_the_case_report_states_every_claim_in_order(content):
    report = content.reports["case-report"]
    assert [section.code for section in report.sections] == [
        "training", "team", "projects", "surveys", "suggestions", "safety", "shopfloor",
        "numbers", "women", "equality"
    ]  # fmt: skip
    assert [claim.id for claim in report.claims()] == CLAIMS
    assert set(report.warnings) == {
        "FRONT_LINE_ABSENT", "CEILING", "LOW_RESPONSE", "STRAIGHT_LINING", "LEVEL_UNKNOWN", "SUPPRESSED",
        "SMALL_NUMBERS",
    }  # fmt: skip


def test_a_claim_of_one_reads_right(content):
    claims = {claim.id: claim for claim in content.reports["case-report"].claims()}
    received = claims["suggestions.received"]
    assert received.sentence(104) % {"value": 104} == "104 suggestions were received."
    assert received.sentence(1) % {"value": 1} == "1 suggestion was received."
    assert claims["equality.areas"].sentence(1) == claims["equality.areas"].text


# --- job advertisements

CLEAN_ADS = [
    ("zh-hans", "挡车工", "岗位职责：操作织袜机，检查产品质量。要求：服从三班倒安排，提供岗前培训。"),
    ("zh-hans", "设备维修工", "岗位职责：维护织袜机和空压机。要求：持有电工证，有维修经验。"),
    ("en", "Merchandiser", "You follow orders from sample to shipment. You write and speak English. "
     "We train you on our systems."),
]  # fmt: skip


@pytest.mark.parametrize(("language", "title", "text"), CLEAN_ADS)
@pytest.mark.parametrize("country", ["CN", "VN", ""])
def test_no_rule_hits_the_clean_advertisements(content, country, language, title, text):
    rules = [rule.rule for rule in content.job_ad_rules_for(country)]
    assert check(f"{title}\n{text}", language, rules) == ()
    assert check(f"{title}\n{text}", "", rules) == ()


def test_every_rule_has_examples_of_both_sorts_and_they_hold(content):
    for rule in content.job_ad_rules.values():
        assert rule.flags, rule.id
        assert rule.passes, rule.id
        assert all(check(text, rule.rule.language, [rule.rule]) for text in rule.flags), rule.id
        assert not any(check(text, rule.rule.language, [rule.rule]) for text in rule.passes), rule.id


def test_patterns_bound_their_blanks(content):
    """A long row of blanks in an advertisement would otherwise keep the server busy for minutes."""
    for rule in content.job_ad_rules.values():
        for pattern in (*rule.rule.patterns, *rule.rule.unless):
            assert r"\s*" not in pattern, rule.id
            assert r"\s+" not in pattern, rule.id


@pytest.mark.parametrize("country", ["CN", ""])
def test_what_one_rule_lets_pass_no_rule_of_its_kind_catches(content, country):
    rules = [rule for rule in content.job_ad_rules_for(country) if rule.level == "UNLAWFUL"]
    for rule in rules:
        for text in rule.passes:
            assert check(text, "", [other.rule for other in rules]) == (), (rule.id, text)


@pytest.mark.parametrize(
    "text", ["限男性", "男士优先", "女性优先", "未婚", "已婚已育", "入职需孕检", "male only"]
)
def test_in_china_these_are_unlawful(content, text):
    levels = {rule.id: rule.level for rule in content.job_ad_rules_for("CN")}
    rules = [rule.rule for rule in content.job_ad_rules_for("CN")]
    assert "UNLAWFUL" in {levels[hit.rule_id] for hit in check(text, "", rules)}


@pytest.mark.parametrize(
    "text",
    [
        "限男性",
        "形象好",
        "35岁以下",
        "male only",
        "female preferred",
        "young",
        "unmarried",
        "salesman",
        "waitress",
    ],
)
def test_elsewhere_the_wording_is_flagged(content, text):
    rules = content.job_ad_rules_for("")
    assert {rule.level for rule in rules} == {"WORDING"}
    assert check(text, "", [rule.rule for rule in rules])


def test_a_country_rule_takes_the_place_of_the_general_one(content):
    ids = [rule.id for rule in content.job_ad_rules_for("CN")]
    assert "cn-sex-only-zh" in ids
    assert "sex-only-zh" not in ids
    assert "age-zh" in ids
    hits = check("限男性", "zh", [rule.rule for rule in content.job_ad_rules_for("CN")])
    assert [hit.rule_id for hit in hits] == ["cn-sex-only-zh"]


# --- translations


def test_simplified_chinese_is_complete_and_holds_nothing_else(content):
    catalogue = content.catalogues["zh_hans"]
    assert [text for text in content.texts if text not in catalogue] == []
    assert [text for text in catalogue if text not in content.texts] == []


def test_chinese_placeholders_and_per_cent_signs_agree(content):
    report = content.reports["case-report"]
    templates = {*report.warnings.values(), *(claim.text for claim in report.claims())}
    for text, chinese in content.catalogues["zh_hans"].items():
        assert placeholders(text) == placeholders(chinese)
        if text in templates:
            assert is_template(chinese), chinese


def test_chinese_uses_its_own_punctuation(content):
    for chinese in content.catalogues["zh_hans"].values():
        assert not re.search(r"[\u4e00-\u9fff][,.;:?!()]|[,;:?!()][\u4e00-\u9fff]", chinese), chinese


def test_translate_falls_back_to_english():
    assert translate("Suggestions", "zh-hans") == "建议"
    assert translate("Suggestions", "zh_Hans_CN") == "建议"
    assert translate("Suggestions", "vi") == "Suggestions"
    assert translate("Not in any pack", "zh-hans") == "Not in any pack"
    assert translate("Suggestions", "") == "Suggestions"
