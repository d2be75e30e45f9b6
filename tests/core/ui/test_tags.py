"""Icons, form fields, states and figures as the pages show them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from fairfloor.core.charts import sparkline
from fairfloor.core.templatetags import ui
from fairfloor.core.ui.theme import set_theme


def render(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


class ExampleForm(forms.Form):
    title = forms.CharField(help_text="One <b>sentence</b>.")
    when = forms.DateField(required=False)
    kind = forms.ChoiceField(choices=[("a", "First"), ("b", "Second")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(required=False)
    token = forms.CharField(widget=forms.HiddenInput)


def test_an_icon_is_drawn_from_the_sprite_and_hidden_from_screen_readers():
    html = render('{% icon "bulb" %}')
    assert 'href="/static/core/icons.svg#bulb"' in html
    assert 'aria-hidden="true"' in html
    assert "icon-turns" in render('{% icon "arrow-left" turns=True %}')


def test_an_unknown_icon_is_refused_aloud():
    with pytest.raises(ValueError, match=r"scripts/icons\.txt"):
        render('{% icon "no-such-icon" %}')


def test_a_state_is_dot_and_word_and_its_word_is_escaped():
    assert render('{% state_chip "good" "Closed" %}') == '<span class="state state-good">Closed</span>'
    assert "&lt;b&gt;" in render("{% state_chip kind word %}", kind='"><b>', word="<b>")
    assert "state-plain" in render("{% state_chip kind word %}", kind='"><b>', word="x")


def test_a_field_ties_label_help_and_problem_together():
    html = render("{% field form.title %}", form=ExampleForm({"token": "1"}))
    control = re.search(r"<input[^>]*>", html)[0]
    assert '<label for="id_title">' in html
    assert 'id="id_title"' in control
    assert 'aria-describedby="id_title_helptext id_title_error"' in control
    assert 'aria-invalid="true"' in control
    assert 'class="form-control"' in control
    for name in ("id_title_helptext", "id_title_error"):
        assert html.count(f'id="{name}"') == 1
    assert "&lt;b&gt;" in html, "help that is not marked safe stays text"


def test_a_sound_field_says_nothing_of_problems():
    html = render("{% field form.when %}", form=ExampleForm({"when": "2026-02-28"}))
    assert "aria-invalid" not in html
    assert "form-problem" not in html
    assert "(optional)" in html


def test_of_two_fields_one_is_wanted_so_neither_is_called_optional():
    class Either(ExampleForm):
        together = ("when", "agreed")

    assert "(optional)" not in render("{% field form.when %}", form=Either())


def test_radio_buttons_form_a_named_group_and_hidden_fields_stay_bare():
    form = ExampleForm({})
    html = render("{% field form.kind %}", form=form)
    assert "<fieldset" in html
    assert "<legend>" in html
    assert html.count('type="radio"') == 2
    assert 'id="id_kind"' in html
    assert render("{% field form.token %}", form=form).strip().startswith('<input type="hidden"')


def test_the_summary_leads_to_every_field_that_needs_attention():
    html = render("{% form_errors form %}", form=ExampleForm({"when": "2026-02-31"}))
    for name in ("title", "when", "kind"):
        assert f'href="#id_{name}"' in html
    assert 'role="alert"' in html
    assert 'href="#id_token"' not in html
    whole = {"title": "x", "kind": "a", "token": "1"}
    assert render("{% form_errors form %}", form=ExampleForm(whole)).strip() == ""


@pytest.mark.parametrize(
    ("value", "places", "language", "shown"),
    [
        (12345.65, 1, "en", "12,345.7"),
        (Decimal("2.5"), 0, "en", "3"),
        (-2.5, 0, "en", "-3"),
        (None, 0, "en", "–"),
        (float("nan"), 1, "en", "–"),
        (1234.5, 1, "es", "1 234,5"),
    ],
)
def test_numbers_follow_the_language_and_round_half_up(value, places, language, shown):
    with translation.override(language):
        assert render("{{ value|number:places }}", value=value, places=places).replace("\xa0", " ") == shown


def test_shares_are_exact_before_they_are_rounded():
    with translation.override("en"):
        assert render("{{ value|share }}", value=0.285).startswith("29")
        assert render("{{ value|share:1 }}", value=Decimal("0.7404")).startswith("74.0")
        assert render("{{ value|share }}", value=None) == "–"


def test_only_a_chart_passes_as_markup():
    assert render("{{ value|svg }}", value=sparkline("a", "t", [1, 2])).startswith("<svg ")
    assert render("{{ value|svg }}", value="<b>words</b>") == "&lt;b&gt;words&lt;/b&gt;"


def test_partials_draw_what_they_are_given_and_escape_it():
    evil = "<script>"
    pages = {
        "stat_card": {
            "label": evil,
            "value": "3",
            "basis": evil,
            "sentence": evil,
            "state": "good",
            "state_label": evil,
        },
        "facts": {"facts": [(evil, evil), {"label": "L", "value": evil, "url": "/x"}]},
        "timeline": {"entries": [{"when": None, "who": evil, "what": evil, "detail": evil}]},
        "empty_state": {"sentence": evil, "hint": evil, "action_url": "/x", "action_label": evil},
        "light": {"level": "watch", "label": evil},
        "tabs": {"tabs": [{"url": "/x", "label": evil, "count": 3, "is_current": True}]},
        "progress": {"doing": evil, "remaining": evil, "value": 1, "total": 3, "progress_url": "/p"},
        "chart_figure": {"sentence": evil, "svg": "", "table": {"headings": [evil], "rows": [[evil, None]]}},
        "photo_pair": {"before": {"url": "/a.jpg", "alt": evil, "caption": evil}, "after": None},
        "page_head": {"title": evil, "lead": evil, "back_url": "/", "back_label": evil},
    }
    for name, context in pages.items():
        html = render_to_string(f"core/includes/{name}.html", context)
        assert "&lt;script&gt;" in html, name
        assert evil not in html, name


def test_long_work_asks_again_until_it_is_done():
    running = render_to_string("core/includes/progress.html", {"progress_url": "/p", "doing": "Reading"})
    done = render_to_string(
        "core/includes/progress.html",
        {"progress_url": "/p", "doing": "Read", "is_done": True, "done_url": "/d", "done_label": "Look"},
    )
    assert 'hx-get="/p"' in running
    assert "hx-get" not in done
    assert 'href="/d"' in done
    assert "http-equiv" in render_to_string("core/includes/progress_refresh.html", {"is_done": False})
    assert "http-equiv" not in render_to_string("core/includes/progress_refresh.html", {"is_done": True})


@pytest.mark.parametrize(
    ("theme", "next_page", "kept", "target"),
    [
        ("dark", "/e/river/", "dark", "/e/river/"),
        ("purple", "/e/river/", "", "/e/river/"),
        ("light", "https://elsewhere.example/", "light", "/"),
    ],
)
def test_the_colours_are_kept_and_the_way_back_stays_here(theme, next_page, kept, target):
    response = set_theme(RequestFactory().post("/theme/", {"theme": theme, "next": next_page}))
    assert response.status_code == 303
    assert response["Location"] == target
    assert response.cookies["theme"].value == kept


def test_the_colours_are_not_changed_by_looking():
    assert set_theme(RequestFactory().get("/theme/")).status_code == 405


def test_the_page_of_last_resort_needs_nothing():
    html = render_to_string("500.html", {})
    assert "<h1>" in html
    assert "/static/core/css/tokens.css" in html


def test_only_a_word_no_column_has_room_for_is_broken():
    broken = ["Arbeitssicherheitsverantwortlichkeit", "New " + "x" * 25]
    whole = [
        "",
        None,
        "Toe closing and packing together with the warehouse",
        "针织一车间与包装车间共同改进物料摆放和通道管理以及安全出口",
    ]
    assert [ui.has_long_word(text) for text in broken] == [True, True]
    assert [ui.has_long_word(text) for text in whole] == [False] * 4
