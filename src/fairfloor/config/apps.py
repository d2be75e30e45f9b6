"""Ties the features together at start."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Last app: hands the suppliers of figures to ``indicators`` and the sheets to ``registers``."""

    name = "fairfloor.config"
    label = "config"

    def ready(self):
        from fairfloor.config import wiring
        from fairfloor.content import load
        from fairfloor.core.schedule import set_places
        from fairfloor.indicators.public import set_milestones, set_suppliers
        from fairfloor.organisations.public import local_clocks
        from fairfloor.registers.public import set_sheets

        load()  # a bad pack stops the start here, with file, line and reason
        set_places(local_clocks)
        set_suppliers(wiring.SUPPLIERS)
        set_milestones(*wiring.MILESTONES)
        set_sheets(wiring.SHEETS)
