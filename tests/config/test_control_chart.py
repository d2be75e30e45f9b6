import json

import pytest

from fairfloor.config.cli import main
from fairfloor.measure.control_chart_file import TableRefused, read_observations

FLOW = "label,value\n" + "\n".join(
    f"{i},{x}" for i, x in enumerate([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1], 1)
)


def run(tmp_path, capsys, content, *arguments):
    path = tmp_path / "series.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    status = main(["control-chart", str(path), *arguments])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_the_command_prints_the_chart(tmp_path, capsys):
    status, out, err = run(tmp_path, capsys, FLOW, "--kind", "xmr", "--format", "json")
    document = json.loads(out)
    assert (status, err) == (0, "")
    assert document["centre"] == pytest.approx(50.81)
    assert [point["label"] for point in document["points"]] == [str(i) for i in range(1, 11)]
    assert set(document["points"][0]) == {"label", "value", "lower", "upper", "signals"}
    assert document["points"][0]["upper"] == pytest.approx(55.8041, abs=1e-4)
    assert document["points"][0]["signals"] == []


def test_shares_with_a_mark_from_excel_semicolons_and_a_baseline(tmp_path, capsys):
    content = "\ufefflabel;numerator;denominator;note\r\n5月;3;50;\r\n6月;4;50;x\r\n7月;30;50;\r\n"
    status, out, _err = run(tmp_path, capsys, content, "--kind", "p", "--baseline", "2", "--format", "json")
    document = json.loads(out)
    assert status == 0
    assert document["centre"] == pytest.approx(0.07)
    assert document["points"][2]["signals"] == ["BEYOND_LIMITS"]
    assert document["points"][2]["label"] == "7月"
    assert "7月" in run(tmp_path, capsys, content, "--kind", "p")[1]


def test_single_values_may_be_given_as_a_ratio():
    found = read_observations(b"label,numerator,denominator\na,1,4\n", "xmr")
    assert float(found[0].numerator) == 0.25
    assert found[0].denominator is None


HEAD = "label,numerator,denominator\n"


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("xmr", "", "is empty"),
        ("xmr", b"\xff\xfe\x00\x01", "CSV UTF-8"),
        ("xmr", "value\n1\n2\n", "no column `label`"),
        ("xmr", "label,result\na,1\n", "columns value beside label"),
        ("p", "label,value\na,1\n", "columns numerator, denominator"),
        ("p", "label,numerator\na,1\n", "columns numerator, denominator"),
        ("xmr", "label,value,value\na,1,2\n", "value is there twice"),
        ("xmr", "label,value\n", "no row below"),
        ("xmr", "label,value\na,1\na,2\n", "line 3: The label “a” is there already, in line 2"),
        ("xmr", "label,value\n,1\nb,2\n", "line 2: The label is missing"),
        ("xmr", "label,value\na,\nb,2\n", "value is empty"),
        ("xmr", "label,value\na,many\nb,2\n", "“many” in value is not a number"),
        ("xmr", "label,value\na,nan\nb,2\n", "not a number"),
        ("xmr", "label,value\na,1e999\nb,2\n", "not a number"),
        ("xmr", "label,value\na,１２\nb,2\n", "not a number"),
        ("xmr", 'label,value\na,"1,234"\nb,2\n', "marks for thousands"),
        ("xmr", "label;value\na;1 234\nb;2\n", "marks for thousands"),
        ("xmr", "label,value\na,1,234\nb,2\n", "more cells"),
        ("xmr", "label,value\na,1\n", "at least 2 points"),
        ("p", HEAD + "a,1,2\nb,3,2\n", "line 3: The numerator 3 is above the denominator 2"),
        ("p", HEAD + "a,1,2\nb,1,0\n", "line 3: The denominator is 0"),
        ("u", HEAD + "a,-1,2\nb,1,1\n", "cannot be below 0"),
        ("u", HEAD + "a,1,-2\nb,1,1\n", "cannot be below 0"),
    ],
)
def test_a_table_that_cannot_be_read_prints_nothing_but_why(tmp_path, capsys, kind, content, words):
    status, out, err = run(tmp_path, capsys, content, "--kind", kind, "--format", "json")
    assert (status, out) == (1, "")
    assert words in err


def test_a_u_chart_may_count_more_faults_than_units():
    assert len(read_observations((HEAD + "a,5,2\nb,3,2\n").encode(), "u")) == 2


@pytest.mark.parametrize("baseline", ["0", "1", "11", "-3"])
def test_a_baseline_outside_the_series(tmp_path, capsys, baseline):
    status, out, err = run(tmp_path, capsys, FLOW, "--kind", "xmr", "--baseline", baseline)
    assert (status, out) == (1, "")
    assert "between 2 and 10" in err


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["control-chart", str(tmp_path / "none.csv"), "--kind", "p"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "Check the name" in printed.err


def test_the_reason_names_the_line_behind_empty_ones():
    with pytest.raises(TableRefused) as refused:
        read_observations(b"\nlabel,value\n\na,1\n\nb,x\n", "xmr")
    assert (refused.value.code, refused.value.line) == ("NOT_A_NUMBER", 6)
