"""Large numbers are grouped in Chinese too, where Django's own format leaves them in one piece."""

from django.utils import translation

from fairfloor.core.ui.formatting import format_number


def test_chinese_numbers_come_in_groups_of_three():
    with translation.override("zh-hans"):
        assert format_number(658700) == "658,700"
        assert format_number(950) == "950"
