"""A pack's version in words."""

from django.utils import translation

from fairfloor.core.ui.pins import pin_words


def test_an_item_of_a_pack_a_pack_alone_and_an_old_bare_name_all_read_well():
    assert pin_words("core-indicators@1:defect-rate") == "core-indicators, version 1"
    assert pin_words("job-ads-cn@2") == "job-ads-cn, version 2"
    assert pin_words("job-ads") == "job-ads"
    with translation.override("zh-hans"):
        assert pin_words("job-ads-cn@2") == "job-ads-cn，第 2 版"
