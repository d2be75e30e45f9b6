"""Which features supply which figures and registers. The one place that knows them all."""

from fairfloor.indicators import sheets as indicator_sheets
from fairfloor.indicators.public import reading_flows
from fairfloor.measure.cells import Supplier
from fairfloor.organisations import figures as organisation_figures
from fairfloor.organisations import sheets as organisation_sheets
from fairfloor.suggestions import figures as suggestion_figures
from fairfloor.suggestions import sheets as suggestion_sheets
from fairfloor.teams import figures as team_figures
from fairfloor.teams import sheets as team_sheets

SUPPLIERS = (
    organisation_figures.SUPPLIER,
    Supplier(code="indicators", flows=reading_flows),
    suggestion_figures.SUPPLIER,
    team_figures.SUPPLIER,
)

# In the order in which rows must be written: what is referred to comes first.
SHEETS = (
    *organisation_sheets.SHEETS,
    *team_sheets.SHEETS,
    *suggestion_sheets.SHEETS,
    *indicator_sheets.SHEETS,
)
