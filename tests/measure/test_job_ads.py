from fairfloor.measure.job_ads import Hit, Rule, check

ONLY_MEN = Rule("only-men", "zh", (r"限男性?", r"只招男工?"), (r"不限男女?",))
YOUNG = Rule("young", "en", (r"\byoung\b",), (r"\byoung company\b",))
AGE = Rule("age", "zh", (r"\d{2}岁以下",))
JOVEN = Rule("joven", "es", (r"\bjoven\b",))


def test_a_hit_says_where_and_what():
    assert check("本岗位限男性。", "zh-hans", [ONLY_MEN]) == (Hit("only-men", 3, 6, "限男性"),)


def test_an_excuse_that_touches_the_catch_drops_it():
    assert check("不限男女。", "zh-hans", [ONLY_MEN]) == ()
    assert [hit.start for hit in check("不限男女,但夜班限男性", "zh", [ONLY_MEN])] == [8]


def test_case_and_full_width_forms_do_not_matter_and_places_stay_true():
    text = "ＹＯＵＮＧ people, ３５岁以下"
    assert check(text, "", [AGE, YOUNG]) == (
        Hit("young", 0, 5, "ＹＯＵＮＧ"),
        Hit("age", 14, 19, "３５岁以下"),
    )


def test_overlapping_catches_of_one_rule_are_one_hit():
    rule = Rule("r", "en", (r"male", r"male only", r"only"))
    assert [hit.text for hit in check("Male only, male", "en", [rule])] == ["Male only", "male"]


def test_rules_of_another_latin_language_rest_and_chinese_and_latin_mix():
    assert check("Se busca joven", "en", [JOVEN]) == ()
    assert len(check("Se busca joven", "es", [JOVEN])) == 1
    assert len(check("young 限男性", "en", [ONLY_MEN, YOUNG])) == 2
    assert len(check("young 限男性", "zh-hans", [ONLY_MEN, YOUNG])) == 2


def test_an_empty_catch_is_no_hit():
    assert check("abc", "en", [Rule("r", "en", (r"x*",))]) == ()
