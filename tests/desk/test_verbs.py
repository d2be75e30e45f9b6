"""Every act the program records has words on the record's page."""

import ast
from pathlib import Path

import fairfloor
from fairfloor.config.wiring import SHEETS
from fairfloor.core.access import permissions
from fairfloor.desk.verbs import VERBS, verb_words
from fairfloor.reports.workflow import Status as ReportStatus
from fairfloor.safety.incident_workflow import Stage as IncidentStage
from fairfloor.safety.workflow import Status as HazardStatus
from fairfloor.suggestions.public import Status as SuggestionStatus
from fairfloor.surveys.workflow import Status as RoundStatus

SOURCE = Path(fairfloor.__file__).parent
# Verbs named after the state they lead to: what stands before the state, the states.
STATES = {
    "suggestion": SuggestionStatus,
    "hazard": HazardStatus,
    "survey_round": RoundStatus,
    "report": ReportStatus,
    "incident": IncidentStage,
}
# Functions that take the last part of a verb and record it for their feature.
PASSED_ON = {"project": ("change", "_edit"), "action": ("_move", "_change")}
# What goes to the record of the installation, which no factory's page shows.
SYSTEM = {"record_system"}


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


def words_in(node):
    """Texts in an expression; also those of both sides of a choice."""
    return [
        each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and type(each.value) is str
    ]


def collected():
    """(verbs spelled out in the source, f-strings whose end is filled in)."""
    verbs, open_ended, trees = set(), set(), {}
    for path in sorted(SOURCE.rglob("*.py")):
        trees[path] = ast.parse(path.read_text(encoding="utf-8"))
    system = set()
    for tree in trees.values():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or len(node.args) < 2:
                continue
            if called(node) in SYSTEM:
                system.update(words_in(node.args[1]))
            if called(node) not in {"record", "record_many"} or "audit" not in ast.dump(node.func):
                continue
            verb = node.args[1]
            if isinstance(verb, ast.JoinedStr):
                open_ended.add(
                    words_in(verb.values[0])[0] if isinstance(verb.values[0], ast.Constant) else ""
                )
            else:
                verbs.update(words_in(verb))
    nouns = {verb.split(".")[0] for verb in verbs}
    for path, tree in trees.items():
        feature = path.relative_to(SOURCE).parts[0]
        for node in ast.walk(tree):
            # Verbs kept in a name first.
            if isinstance(node, ast.Constant) and type(node.value) is str and path.name == "services.py":
                noun, dot, rest = node.value.partition(".")
                if dot and noun in nouns and rest.replace("_", "").isalpha():
                    verbs.add(node.value)
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "verb":
                noun = feature.removesuffix("s")
                if noun in PASSED_ON and isinstance(node.value, ast.Subscript):
                    verbs.update(f"{noun}.{text}" for text in words_in(node.value.value))
            if isinstance(node, ast.Call):
                for noun, functions in PASSED_ON.items():
                    if called(node) in functions and feature == f"{noun}s":
                        texts = [each.value for each in node.args if isinstance(each, ast.Constant)]
                        verbs.update(f"{noun}.{text}" for text in texts if isinstance(text, str))
    # The first state is where a thing begins, which has a verb of its own (reported, opened).
    for noun, states in STATES.items():
        verbs.update(f"{noun}.{state.lower()}" for state in list(states)[1:])
    for sheet in SHEETS:
        if noun := getattr(sheet, "verb", ""):
            verbs |= {f"{noun}.imported", f"{noun}.changed_by_import"}
    return verbs - system - set(permissions()), open_ended


def test_every_recorded_act_has_words():
    verbs, open_ended = collected()
    assert len(verbs) > 100
    assert {"project.finished", "action.completed", "hazard.verified", "meeting.held"} <= verbs
    # A new verb put together from parts needs its parts above.
    assert open_ended <= {f"{noun}." for noun in (*STATES, *PASSED_ON)} | {""}
    assert sorted(verbs - set(VERBS)) == []


def test_words_begin_large_and_hold_no_code():
    for verb, words in VERBS.items():
        assert str(words)[0].isupper(), verb
        assert "_" not in str(words), verb
    assert verb_words("something.nobody_named") == "something: nobody named"
