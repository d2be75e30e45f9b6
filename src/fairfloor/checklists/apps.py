"""The feature `checklists`."""

from django.apps import AppConfig


class ChecklistsConfig(AppConfig):
    """The feature `checklists`."""

    name = "fairfloor.checklists"
    label = "checklists"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Rounds count as taking part in the work for safety; findings lead to projects."""
        from fairfloor.checklists.origins import FINDINGS
        from fairfloor.checklists.selectors import walked_by
        from fairfloor.projects.public import also_behind
        from fairfloor.safety.public import also_walked

        also_walked(walked_by)
        also_behind(FINDINGS)
