"""How people read which version of a content pack something rests on."""

from django.utils.translation import gettext as _


def pin_words(pin: str) -> str:
    """``core-indicators@1:defect-rate`` as "core-indicators, version 1"; the item goes without saying."""
    pack, _at, rest = pin.partition("@")
    version = rest.partition(":")[0]
    return _("%(pack)s, version %(version)s") % {"pack": pack, "version": version} if version else pack
