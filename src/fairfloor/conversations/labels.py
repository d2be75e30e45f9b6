"""The words of the 64 pictures of a receipt, in the order of the sprite."""

from django.utils.translation import gettext_lazy as _

PICTURE_LABELS = (
    # Each is the name of one thing, said aloud to read a receipt to somebody: short, and unlike the others.
    *(_("apple"), _("balloon"), _("bell"), _("bicycle"), _("book"), _("bottle"), _("bread"), _("beetle")),
    *(
        _("light bulb"),
        _("bus"),
        _("butterfly"),
        _("cactus"),
        _("camera"),
        _("campfire"),
        _("candle"),
        _("car"),
    ),
    *(_("cherry"), _("clock"), _("cloud"), _("coin"), _("compass"), _("biscuit"), _("crown"), _("diamond")),
    *(_("dice"), _("water drop"), _("egg"), _("eye"), _("feather"), _("flag"), _("flower"), _("gift")),
    *(
        _("headphones"),
        _("heart"),
        _("helicopter"),
        _("house"),
        _("hourglass"),
        _("iron"),
        _("key"),
        _("leaf"),
    ),
    *(
        _("lock"),
        _("magnet"),
        _("milk"),
        _("moon"),
        _("mountain"),
        _("cup"),
        _("mushroom"),
        _("paint roller"),
    ),
    *(
        _("paw"),
        _("pencil"),
        _("telephone"),
        _("pizza"),
        _("plane"),
        _("puzzle piece"),
        _("scales"),
        _("shirt"),
    ),
    *(
        _("shopping cart"),
        _("soup"),
        _("star"),
        _("sun"),
        _("train"),
        _("lorry"),
        _("umbrella"),
        _("windmill"),
    ),
)
