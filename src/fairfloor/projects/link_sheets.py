"""Which hazards stand behind which project, as a sheet; it is read once both are there."""

from __future__ import annotations

from fairfloor.core.sheets import Column
from fairfloor.projects.models import ImprovementProject, ProjectHazard
from fairfloor.projects.plan_sheets import Linked
from fairfloor.safety.public import Hazard


class ProjectHazardSheet(Linked):
    """The hazards projects shall remove."""

    name = "ProjectHazards"
    model = ProjectHazard
    verb = "project_hazard"
    key = ("project", "hazard")
    named = ("project", "hazard")
    prepared_fields = ("project", "hazard")
    columns = (
        Column("project", required=True, max_length=20, ref=("Projects", "code")),
        Column("hazard", required=True, max_length=20, ref=("Hazards", "code")),
    )

    def queryset(self):
        return super().queryset().select_related("project", "hazard")

    def rows(self, keys=None):
        for obj in self.queryset().order_by("project__code", "hazard__code", "id").iterator(chunk_size=2000):
            yield self.row_of(obj)

    def names_of(self, obj):
        return {"project": obj.project.code, "hazard": obj.hazard.code}

    def prepare(self, objs, rows):
        projects = {
            p.code: p for p in ImprovementProject.objects.filter(code__in={r["project"] for r in rows})
        }
        hazards = {h.code: h for h in Hazard.objects.filter(code__in={r["hazard"] for r in rows})}
        for obj, row in zip(objs, rows, strict=True):
            obj.project, obj.hazard = projects[row["project"]], hazards[row["hazard"]]


SHEETS = (ProjectHazardSheet(),)
