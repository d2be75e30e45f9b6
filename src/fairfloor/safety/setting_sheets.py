"""What a factory chose for its safety work, as a sheet: days to fix, the base of the rate, how risks are rated."""

from __future__ import annotations

from fairfloor.core.sheets import Column, Problem, Sheet
from fairfloor.measure.rates import HOUR_BASES
from fairfloor.safety.models import HazardSetting, RateSetting, RiskSetting
from fairfloor.safety.selectors import fix_days
from fairfloor.safety.services.hazard_care import set_fix_days
from fairfloor.safety.services.hours import choose_base
from fairfloor.safety.services.job_care import choose_method
from fairfloor.safety.workflow import LONGEST_DAYS, USUAL_DAYS, Method, days_are_fit

DAYS = {f"{band}_DAYS": band for band in USUAL_DAYS}
BASE, METHOD = "HOUR_BASE", "RISK_METHOD"


class SafetySettingSheet(Sheet):
    """Settings by name; those nobody ever chose do not stand in it."""

    name = "SafetySettings"
    key = ("setting",)
    import_permission = "safety.correct"
    export_permission = "safety.view"
    columns = (
        Column("setting", required=True, choices=(*DAYS, BASE, METHOD)),
        Column("value", required=True, max_length=20),
    )

    def rows(self, keys=None):
        chosen: dict[str, object] = {}
        if HazardSetting.objects.exists():
            days = fix_days()
            chosen = {name: days[band] for name, band in DAYS.items()}
        for name, model, field in ((BASE, RateSetting, "hour_base"), (METHOD, RiskSetting, "method")):
            if setting := model.objects.first():
                chosen[name] = getattr(setting, field)
        for name in sorted(chosen):
            yield {"setting": name, "value": str(chosen[name])}

    def problems_in(self, row):
        name, value = row["setting"], row["value"]
        known = (
            [str(base) for base in HOUR_BASES]
            if name == BASE
            else [each.value for each in Method]
            if name == METHOD
            else []
        )
        if known and value not in known:
            yield Problem("value", "NOT_ONE_OF", {"values": ", ".join(known)})
        elif not known and not (value.isascii() and value.isdigit() and len(value) < 4):
            yield Problem("value", "NOT_ONE_OF", {"values": f"0 … {LONGEST_DAYS}"})

    def problems_across(self, rows, whole):
        found = {row["setting"]: row["value"] for row in whole(self.name)}
        days = USUAL_DAYS | {band: int(found[name]) for name, band in DAYS.items() if name in found}
        if not days_are_fit(days):
            for index, row in enumerate(rows):
                if row["setting"] in DAYS:
                    yield index, Problem("value", "DAYS_UNFIT", {})

    def save(self, actor, created, updated, at):
        values = {row["setting"]: row["value"] for row in (*created, *updated)}
        days = {band: int(values[name]) for name, band in DAYS.items() if name in values}
        if days:
            set_fix_days(actor=actor, days=fix_days() | days, at=at)
        if BASE in values:
            choose_base(actor=actor, base=int(values[BASE]), at=at)
        if METHOD in values:
            choose_method(actor=actor, method=values[METHOD], at=at)


SHEETS = (SafetySettingSheet(),)
