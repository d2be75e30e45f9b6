"""The words shown for training modules."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fairfloor.content import load as load_content
from fairfloor.content import translate


def module_label(module: str, label: str) -> str:
    """A module by its number in the programme and its name in the page's language."""
    known = load_content().modules.get(module)
    name = translate(known.name, get_language() or "en") if known else module
    if not label:
        return name
    return _("Module %(number)s: %(name)s") % {"number": label, "name": name}
