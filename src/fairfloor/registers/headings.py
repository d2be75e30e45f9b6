"""What factories call their sheets and columns, in English and Chinese, and how a heading is recognised."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from fairfloor.registers.headings_of_work import COLUMNS as LATER_COLUMNS

# In the order of an exported workbook. First name: the Chinese one that blank workbooks use.
SHEET_NAMES: dict[str, tuple[str, ...]] = {
    "Enterprise": ("企业", "企业信息", "工厂", "公司", "Company", "Factory"),
    "People": ("人员", "员工", "员工名册", "花名册", "Workers", "Employees", "Staff", "Roster"),
    "Departments": ("部门", "车间", "Department", "Sections"),
    "Workforce": ("员工人数", "人员结构", "劳动力", "Headcount", "Workforce snapshots"),
    "Training": ("培训", "培训记录", "Trainings", "Training records"),
    "Teams": ("团队", "改善小组", "改善团队", "Team list", "Improvement teams"),
    "TeamMembers": ("团队成员", "改善小组成员", "小组成员", "Members", "EIT members"),
    "TeamChecks": ("团队回访", "Team checks"),
    "HandOvers": ("职务交接", "交接记录", "Hand-overs"),
    "Visions": ("愿景", "年度愿景", "Vision"),
    "Goals": ("目标", "年度目标", "Goal"),
    "Meetings": ("会议", "会议记录", "Meeting", "Meeting records"),
    "AgendaItems": ("会议议程", "议程", "Agenda"),
    "Decisions": ("会议决定", "决定", "Decision"),
    "ShiftTalks": ("班前会", "班组会", "Shift talk", "Toolbox talks"),
    "TalkIssues": ("班前会问题", "班前会提出的问题", "Raised issues"),
    "Projects": ("改善项目", "项目", "Project", "Improvement projects", "EIP"),
    "Benefits": ("改善收益", "收益", "Project benefits", "Savings"),
    "ProjectSuggestions": ("项目相关建议", "Project suggestions"),
    "ProjectMembers": ("项目成员", "Project team"),
    "Causes": ("原因分析", "项目原因分析", "Cause analysis"),
    "Trials": ("小试验", "项目试验", "Experiments"),
    "Visits": ("成果回访", "项目回访", "Follow-up visits"),
    "Spreads": ("推广", "项目推广", "Where else"),
    "Plans": ("改善计划", "Improvement plans", "EIP plans"),
    "PlanRows": ("改善计划内容", "计划内容", "Plan rows"),
    "PlanLooks": ("改善计划检查", "计划检查", "Plan looks"),
    "ProjectHazards": ("项目相关隐患", "Project hazards"),
    "ProjectFindings": ("项目相关巡查发现", "Project findings"),
    "Suggestions": ("建议", "合理化建议", "员工建议", "Suggestion", "Ideas"),
    "AnswerTemplates": ("答复模板", "回复模板", "Answer drafts"),
    "Hazards": ("隐患", "安全隐患", "隐患登记", "Hazard", "Hazard register"),
    "JobRisks": ("岗位风险", "岗位风险评估", "风险评估", "Job risk", "Risk assessment"),
    "Areas": ("区域", "责任区", "Area", "Zones"),
    "WalkRounds": ("巡查", "巡查记录", "Walk-rounds", "Audits"),
    "Findings": ("巡查发现", "发现问题", "Finding"),
    "RedTags": ("红牌", "红牌登记", "Red tags"),
    "OwnChecklists": ("自编检查表", "本厂检查表", "Own checklists"),
    "Routines": ("巡查周期", "巡查安排", "Walk plan"),
    "Jobs": ("岗位", "岗位清单", "Job", "Job list"),
    "JobSteps": ("岗位作业步骤", "岗位步骤", "Steps of jobs"),
    "JobReviews": ("岗位风险复评", "复评记录", "Job risk reviews"),
    "Consultations": ("征求意见", "员工意见征询", "Worker consultations"),
    "OwnHazards": ("本厂危险源清单", "自编危险源", "Own hazard list"),
    "JobRiskPeople": ("风险涉及人员", "Exposed people", "People exposed"),
    "Controls": ("控制措施", "风险控制措施", "Measures", "Control measures"),
    "Incidents": ("事故与未遂事件", "事故登记", "Accidents", "Incident log"),
    "IncidentHealth": ("事故健康信息", "Injury details"),
    "Investigations": ("事故调查", "Investigation"),
    "InvestigationMembers": ("事故调查参与人", "调查参与人", "Investigators"),
    "HoursWorked": ("实际工时", "工时", "Man-hours"),
    "Ratings": ("风险评级", "评级记录", "Risk ratings", "Rating history"),
    "SurveyRounds": ("调查轮次", "问卷轮次", "Rounds"),
    "SurveyAnswers": ("调查答卷", "问卷结果", "调查结果", "Answers", "Survey responses"),
    "JobAds": ("招聘广告", "招聘启事", "Job ad", "Job advertisements"),
    "GenderPractices": ("性别平等措施", "性别平等实践", "Gender practice", "Practices"),
    "Readings": ("指标数据", "指标", "Reading", "KPI", "Indicators"),
    "SafetySettings": ("安全设置", "Safety choices"),
    "IndicatorPlans": ("指标计划", "指标目标", "Indicator plans", "KPI targets"),
    "Actions": ("行动", "行动项", "待办事项", "Action list", "Action items"),
    "BoardItems": ("公告栏", "看板内容", "Board", "Notice board"),
}

# Sheets of the blank workbook that hold explanations, not rows.
EXPLAINING_SHEETS = ("Notes", "说明", "Lists", "选项")

# Column → names, whatever the sheet. First: the Chinese heading of blank workbooks.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "field": ("字段", "项目名称"),
    "value": ("值", "内容"),
    "code": ("编号", "代码", "编码", "序号", "工号", "No", "ID", "Number", "Reference"),
    "name": ("名称", "姓名", "Full name"),
    "name_zh": ("中文名称", "中文名", "Chinese name", "Name (Chinese)"),
    "kind": ("类别", "部门类别", "性质"),
    "shifts": ("班次", "班次数", "Number of shifts"),
    "shift": ("班次", "所在班次", "Work shift"),
    "sex": ("性别", "Gender"),
    "level": ("职级", "级别", "层级", "职位级别", "Job level", "Position level", "Grade"),
    "department": ("部门", "车间", "所属部门", "Dept", "Section", "Workshop", "Line"),
    "job": ("岗位", "工种", "职务", "Job title", "Position", "Occupation"),
    "date": ("日期", "时间", "Day"),
    "contract": ("合同类型", "用工类型", "Contract type"),
    "headcount": ("人数", "Number of people", "Count"),
    "delivery": ("培训编号", "培训班", "Training code", "Session"),
    "module": ("模块", "培训模块", "Module code"),
    "module_label": ("模块序号", "模块名称", "Module number"),
    "start_date": ("开始日期", "起始日期", "Start", "Started"),
    "hours": ("课时", "学时", "培训课时", "Duration"),
    "participant": ("学员", "参加人", "参训人员", "Trainee"),
    "hours_attended": ("出席课时", "实际课时", "Attended hours"),
    "pre_test": ("训前测试", "前测", "Pre test score"),
    "post_test": ("训后测试", "后测", "Post test score"),
    "overall_satisfaction": ("总体满意度", "满意度", "Satisfaction"),
    "team": ("团队", "小组", "EIT"),
    "member": ("成员", "成员编号", "Team member"),
    "role": ("角色", "职责", "Function"),
    "from_date": ("加入日期", "任期开始", "From", "Since"),
    "to_date": ("离开日期", "任期结束", "To", "Until"),
    "number": ("会议编号", "次数", "第几次", "No", "Meeting number"),
    "status": ("状态", "进度", "State"),
    "present": ("出席人员", "出席", "参会人员", "Attendees", "Participants"),
    "minutes": ("会议纪要", "纪要", "Notes"),
    "title": ("标题", "主题", "Subject"),
    "tags": ("标签", "Labels", "Keywords"),
    "due_date": ("截止日期", "期限", "整改期限", "Due", "Deadline"),
    "finish_date": ("完成日期", "结束日期", "Finished", "Completed"),
    "cost": ("成本", "投入", "费用", "Costs"),
    "saving": ("节约", "节约金额", "收益", "Savings", "Benefit"),
    "saving_type": ("节约类型", "收益类型", "Type of saving"),
    "channel": ("渠道", "来源", "提交方式", "Source"),
    "proposer": ("提出人", "建议人", "提案人", "Proposed by", "Submitted by"),
    "category": ("类别", "分类", "类型", "Type"),
    "text": ("内容", "正文", "建议内容", "Details"),
    "decided_date": ("答复日期", "决定日期", "处理日期", "Decided", "Decision date"),
    "reason": ("原因", "理由", "未采纳原因", "Reason for decline"),
    "project": ("改善项目", "项目编号", "项目", "Project code"),
    "description": ("描述", "隐患描述", "说明", "Details"),
    "likelihood": ("可能性", "发生可能性", "L", "Probability"),
    "exposure": ("暴露频率", "暴露程度", "E", "Frequency"),
    "severity": ("严重性", "后果严重性", "S", "C", "Consequence"),
    "fixed_date": ("整改日期", "整改完成日期", "Fixed", "Closed"),
    "control_type": ("控制类型", "措施类型", "Type of control"),
    "control": ("控制措施", "措施", "整改措施", "Measure"),
    "step": ("作业步骤", "步骤", "工序", "Task"),
    "hazard": ("危险源", "危害", "危害因素", "Danger"),
    "finder_level": ("发现人职级", "发现人级别", "Level of finder", "Found by"),
    "method": ("评估方法", "方法"),
    "women": ("女性人数", "女", "Female"),
    "men": ("男性人数", "男", "Male"),
    "reviewed_date": ("上次复评日期", "Last review"),
    "review_date": ("下次复评日期", "Next review"),
    "pregnancy": ("孕期相关", "Matters in pregnancy"),
    "breastfeeding": ("哺乳期相关", "Matters while nursing"),
    "owner": ("负责人", "Responsible", "Who does it"),
    "done_date": ("完成日期", "落实日期", "Done", "In place since"),
    "stage": ("评估阶段", "Before or after"),
    "rated_by": ("评估人", "Rated by"),
    "round": ("轮次", "第几轮", "调查轮次", "Survey round"),
    "opened": ("开始日期", "开放日期", "Opening date", "Open"),
    "closed": ("结束日期", "关闭日期", "Closing date"),
    "invited": ("邀请人数", "发放份数", "Invitations"),
    "language": ("语言", "语种"),
    "area": ("领域", "方面"),
    "type": ("类型", "措施类型", "Kind"),
    "indicator": ("指标", "指标代码", "KPI"),
    "month": ("月份", "年月", "Period"),
    "numerator": ("分子", "Top number"),
    "denominator": ("分母", "Base"),
    "quality": ("数据质量", "质量", "Grade"),
    "problem": ("问题", "Problem"),
    "measures": ("改善做法", "做法"),
    "check_result": ("检查结果", "效果检查"),
    "no_check_reason": ("未检查原因",),
    "learned": ("经验教训", "经验", "Lessons"),
    "standard": ("新标准", "标准化"),
    "saving_effect": ("其他效果", "非金额效果"),
    "finished_by": ("完成确认人", "Finished by"),
    "verified_by": ("核实人", "Verified by"),
    "verified_date": ("核实日期", "Verified on"),
    "answer": ("答复", "回复", "Reply"),
    "translation": ("译文", "翻译"),
    "acknowledged_date": ("受理日期", "已读日期"),
    "merged_into": ("合并到", "并入建议"),
    "held": ("待核查", "是否待核查"),
    "urgent": ("是否紧急", "紧急"),
    "work_stopped_date": ("停工日期",),
    "recurrence_of": ("重复隐患编号", "再次发生"),
    "source": ("来源编号",),
    "responsible": ("整改负责人", "责任人", "Responsible person"),
    "said": ("填报人判断", "判断"),
    "explanation": ("说明", "解释"),
    "words": ("说明", "Words"),
    "person": ("人员编号", "工号", "Person code"),
    "checked_by": ("检查人", "Checked by"),
    "after_months": ("第几个月后", "Months after"),
    "place": ("地点", "Location"),
    "time": ("开会时间", "开始时间", "Hour"),
    "leader": ("负责人", "带班人", "Led by"),
    "released_date": ("公布日期", "发布日期", "Released"),
    "on_board": ("上看板", "是否上看板", "On the board"),
    "target": ("目标值", "目标"),
    "baseline": ("基线值", "基线"),
    "baseline_from": ("基线开始", "Baseline start"),
    "baseline_to": ("基线结束", "Baseline end"),
    "projects": ("相关项目", "Project codes"),
    "definition": ("指标定义", "定义"),
    "in_use": ("是否使用", "In use"),
}

# Where a sheet says it differently.
_OWN_COLUMNS: dict[str, dict[str, tuple[str, ...]]] = {
    "People": {
        "code": ("工号", "编号", "代码", "员工编号", "No", "ID"),
        "name": ("姓名", "名字", "Full name"),
    },
    "Departments": {"code": ("代码", "编号", "部门代码", "No", "ID"), "name": ("名称", "部门", "部门名称")},
    "Suggestions": {"date": ("提交日期", "日期", "提出日期", "建议日期", "Submitted", "Received")},
    "WalkRounds": {
        "checklist": ("检查表",),
        "pack_item": ("内容包条目",),
        "auditor": ("检查人",),
        "started_date": ("开始日期",),
        "finished_date": ("结束日期", "完成日期"),
        "points": ("得分",),
        "points_possible": ("满分",),
    },
    "Findings": {
        "item": ("条目",),
        "question": ("检查内容", "问题"),
        "words": ("发现的情况",),
        "outcome": ("处理结果编号",),
    },
    "RedTags": {"item": ("物品",), "tagged_by": ("挂签人",), "decision": ("处理决定",)},
    "Hazards": {"closed_date": ("关闭日期",), "date": ("发现日期", "日期", "Found", "Reported")},
    "Projects": {
        "code": ("项目编号", "编号", "代码", "No", "ID"),
        "title": ("项目名称", "标题", "名称", "Name"),
    },
    "Benefits": {
        "title": ("收益名称", "名称"),
        "unit": ("计量单位", "单位"),
        "kind": ("频次", "次数类型"),
        "months": ("统计月数", "月数"),
        "target": ("目标值", "目标"),
        "forecast": ("预计值", "预计"),
        "actual": ("实际值", "实际"),
        "currency": ("币种", "货币"),
        "rate": ("汇率",),
        "rate_date": ("汇率日期",),
        "part_of": ("所属收益",),
        "verified_by": ("核实人",),
        "verified_date": ("核实日期",),
    },
    "Plans": {"drafted_date": ("制定日期", "Drafted"), "revision": ("版次", "Revision")},
    "PlanRows": {
        "plan": ("计划编号", "Plan"),
        "number": ("序号", "No"),
        "problem": ("优先问题", "问题", "Problem"),
        "source": ("问题来源", "来源"),
        "action": ("改善措施", "措施", "Action"),
        "worker": ("负责员工", "Worker"),
        "manager": ("负责管理人员", "Manager"),
        "resources": ("所需资源", "资源", "Resources"),
        "measure": ("衡量指标", "指标", "KPI"),
        "baseline": ("基线", "现状", "Baseline"),
        "target": ("目标", "目标值", "Target"),
    },
    "ProjectHazards": {"hazard": ("隐患编号", "Hazard code")},
    "ProjectFindings": {"finding": ("发现编号", "Finding code")},
    "PlanLooks": {
        "plan": ("计划编号", "Plan"),
        "number": ("序号", "No"),
        "look_date": ("检查日期", "日期", "Date"),
        "light": ("进展灯", "红黄绿灯", "Light"),
        "words": ("进展说明", "说明", "Words"),
        "by_name": ("检查人", "By"),
    },
    "HoursWorked": {
        "hours": ("工时", "实际工时", "Hours", "Hours worked"),
        "workers": ("平均人数", "人数", "Average workers"),
        "estimate": ("是否估算", "估算", "Estimated"),
    },
    "Incidents": {
        "class": ("伤害程度", "严重程度", "Injury class"),
        "kind": ("事件类型", "类型", "Type"),
        "place": ("地点", "Location"),
        "days_lost": ("损失天数", "损失工作日", "Lost days"),
        "hour": ("时刻", "小时", "Hour of day"),
    },
    "IncidentHealth": {
        "person": ("人员编号", "伤者编号", "Person code"),
        "nature": ("伤害性质", "Nature of injury"),
        "body_part": ("受伤部位", "Body part"),
        "treatment": ("治疗情况", "治疗", "Treatment"),
        "incident": ("事件编号", "Incident code"),
    },
    "Controls": {"number": ("措施序号", "序号", "No")},
    "Ratings": {"number": ("评级序号", "序号", "No")},
    "JobAds": {"title": ("职位", "标题", "岗位", "Job title")},
    **LATER_COLUMNS,
}

# The fields of the Enterprise sheet.
_FIELDS: dict[str, tuple[str, ...]] = {
    "slug": ("网址代码", "标识", "Address", "Short name"),
    "name": ("企业名称", "工厂名称", "公司名称", "名称", "Factory name", "Company name"),
    "name_zh": ("中文名称", "Chinese name"),
    "country": ("国家", "国家代码"),
    "sector": ("行业", "行业代码", "Industry"),
    "languages": ("语言", "Language"),
    "founded": ("成立年份", "成立时间", "Year founded", "Established"),
    "currency": ("货币", "币种"),
    "time_zone": ("时区", "Timezone"),
    "report_from": ("报告起始日期", "报告开始日期", "Report start"),
    "report_to": ("报告截止日期", "报告结束日期", "Report end"),
}


@lru_cache(maxsize=8192)
def normal(text: str) -> str:
    """A heading or word without case, width, spaces and punctuation, so that ``Due date`` equals ``due_date``."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch for ch in folded if ch.isalnum())


def names_of(sheet: str, column: str) -> tuple[str, ...]:
    """All known names of a column beside its code."""
    if sheet == "SurveyAnswers" and column[:1] == "q" and column[1:].isdigit():
        number = column[1:]
        return (f"第{number}题", f"题{number}", f"问题{number}", f"Question {number}")
    return _OWN_COLUMNS.get(sheet, {}).get(column) or _COLUMNS.get(column, ())


def heading(sheet: str, column: str, language: str) -> str:
    """The heading of a column in a blank workbook."""
    names = names_of(sheet, column)
    return names[0] if language.startswith("zh") and names else column


def sheet_title(sheet: str, language: str) -> str:
    """The name of a sheet in a blank workbook."""
    names = SHEET_NAMES.get(sheet, ())
    return names[0] if language.startswith("zh") and names else sheet


def find_sheets(theirs: Iterable[str], known: Iterable[str], mapped: Mapping[str, str]) -> dict[str, str]:
    """Their sheet name → ours, for those recognised. ``mapped`` (normal form → ours) is what this factory taught."""
    names: dict[str, str] = {}
    for sheet in known:
        for alias in SHEET_NAMES.get(sheet, ()):
            names.setdefault(normal(alias), sheet)
    names.update({normal(sheet): sheet for sheet in known})
    names.update(mapped)
    found = {each: names.get(normal(each), "") for each in theirs}
    return {each: sheet for each, sheet in found.items() if sheet}


def find_columns(
    sheet: str, columns: Sequence[str], theirs: Sequence[str], mapped: Mapping[str, str]
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """Place of a heading → column, and headings that claim a column already taken as (heading, column).

    A code itself wins over what this factory taught, and that over the known names; a name that fits two columns
    (a sheet with both a department and a section) goes to the first heading, exact codes before all.
    """
    by_rank: tuple[dict[str, str], ...] = ({normal(c): c for c in columns}, dict(mapped), {})
    for column in columns:
        for alias in names_of(sheet, column):
            by_rank[2].setdefault(normal(alias), column)
    found: dict[int, str] = {}
    twice: list[tuple[str, str]] = []
    for rank, names in enumerate(by_rank):
        for place, text in enumerate(theirs):
            column = names.get(normal(text), "") if text else ""
            if not column or column not in columns or place in found:
                continue
            if column not in found.values():
                found[place] = column
            elif rank < 2:
                twice.append((text, column))
    return found, twice


def find_field(text: str) -> str:
    """The Enterprise field a first-column text means; empty when unknown."""
    wanted = normal(text)
    for field, names in _FIELDS.items():
        if wanted == normal(field) or any(wanted == normal(name) for name in names):
            return field
    return ""


def field_title(field: str, language: str) -> str:
    """What a blank workbook writes before the value of an Enterprise field."""
    return _FIELDS[field][0] if language.startswith("zh") else field


def suggest(text: str, candidates: Mapping[str, Sequence[str]], cutoff: float = 70) -> str:
    """The candidate whose code or names come nearest to a text; empty when none comes near."""
    choices = {}
    for code, names in candidates.items():
        for name in (code, *names):
            short = normal(name)
            # "L" and "No" are part of many words and would be near to all of them.
            if len(short) > (2 if short.isascii() else 1):
                choices[f"{code}\x00{name}"] = short
    best = process.extractOne(normal(text), choices, scorer=fuzz.WRatio, score_cutoff=cutoff)
    return best[2].split("\x00")[0] if best else ""


def suggest_column(sheet: str, columns: Iterable[str], text: str) -> str:
    """The column whose names come nearest to a heading."""
    return suggest(text, {column: names_of(sheet, column) for column in columns})
