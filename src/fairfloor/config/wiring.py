"""Which features supply which figures and registers. The one place that knows them all."""

from fairfloor.actions import sheets as action_sheets
from fairfloor.checklists import figures as checklist_figures
from fairfloor.checklists import sheets as checklist_sheets
from fairfloor.desk import sheets as desk_sheets
from fairfloor.equality import figures as equality_figures
from fairfloor.equality import sheets as equality_sheets
from fairfloor.indicators import sheets as indicator_sheets
from fairfloor.indicators.public import reading_flows, readings_aging, reporting_aging, reporting_flows
from fairfloor.measure.cells import Supplier
from fairfloor.organisations import figures as organisation_figures
from fairfloor.organisations import sheets as organisation_sheets
from fairfloor.programme import figures as programme_figures
from fairfloor.programme import sheets as programme_sheets
from fairfloor.projects import figures as project_figures
from fairfloor.projects import link_sheets as project_link_sheets
from fairfloor.projects import sheets as project_sheets
from fairfloor.projects import work_sheets as project_work_sheets
from fairfloor.projects.public import milestones as project_milestones
from fairfloor.safety import figures as safety_figures
from fairfloor.safety import incident_figures, incident_sheets
from fairfloor.safety import sheets as safety_sheets
from fairfloor.suggestions import figures as suggestion_figures
from fairfloor.suggestions import sheets as suggestion_sheets
from fairfloor.surveys import figures as survey_figures
from fairfloor.surveys import sheets as survey_sheets
from fairfloor.teams import figures as team_figures
from fairfloor.teams import sheets as team_sheets

SUPPLIERS = (
    organisation_figures.SUPPLIER,
    Supplier(code="indicators", flows=reading_flows, aging=readings_aging),
    Supplier(code="reporting", flows=reporting_flows, aging=reporting_aging),
    suggestion_figures.SUPPLIER,
    safety_figures.SUPPLIER,
    incident_figures.SUPPLIER,
    checklist_figures.SUPPLIER,
    survey_figures.SUPPLIER,
    equality_figures.SUPPLIER,
    programme_figures.SUPPLIER,
    project_figures.SUPPLIER,
    team_figures.SUPPLIER,
)

# Who knows what was done on a day, for the charts of the months around it.
MILESTONES = (project_milestones,)

# In the order in which rows must be written: what is referred to comes first.
SHEETS = (
    *organisation_sheets.SHEETS,
    *programme_sheets.SHEETS,
    *project_sheets.SHEETS,
    *team_sheets.SHEETS,
    *suggestion_sheets.SHEETS,
    *project_work_sheets.SHEETS,
    *safety_sheets.SHEETS,
    *incident_sheets.SHEETS,
    *project_link_sheets.SHEETS,
    *checklist_sheets.SHEETS,
    *survey_sheets.SHEETS,
    *equality_sheets.SHEETS,
    *indicator_sheets.SHEETS,
    *action_sheets.SHEETS,
    *desk_sheets.SHEETS,
)
