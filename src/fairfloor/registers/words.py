"""The words registers use for codes, in English and Chinese, known without being taught."""

from __future__ import annotations

from collections.abc import Sequence

from fairfloor.registers.headings import normal, suggest

# Code → words; the first is the Chinese word of blank workbooks. A word counts only where its code is a choice.
WORDS: dict[str, tuple[str, ...]] = {
    # sex
    "FEMALE": ("女", "女性", "F", "Woman", "Women"),
    "MALE": ("男", "男性", "M", "Man", "Men"),
    "OTHER": ("其他", "其它", "Others", "Diverse"),
    "NOT_REPORTED": ("未填写", "不愿透露", "未知", "保密", "Not stated", "Unknown", "Prefer not to say"),
    # level
    "FRONT_LINE": ("一线员工", "一线", "普工", "工人", "操作工", "Front-line worker", "Operator", "Worker"),
    "SUPERVISOR": ("班组长", "组长", "班长", "主管", "Team leader", "Line leader", "Foreman"),
    "MANAGER": ("经理", "部门经理", "管理人员", "中层", "车间主任", "Middle manager", "Management"),
    "TOP": (
        "高层",
        "高管",
        "高层管理",
        "总经理",
        "厂长",
        "Top manager",
        "Top management",
        "Director",
        "Owner",
    ),
    # suggestions
    "QR": ("扫码", "二维码", "手机", "Phone", "QR code"),
    "BOX": ("意见箱", "建议箱", "信箱", "Suggestion box", "Letter box"),
    "ORAL": ("口头", "口述", "当面", "Spoken", "Verbal"),
    "MEETING": ("会议", "In a meeting"),
    "SHIFT_TALK": ("班前会", "早会", "Shift meeting", "Toolbox talk"),
    "NEW": ("新建", "新", "待处理", "未处理", "Open", "Submitted"),
    "IN_MEETING": ("会议讨论", "上会", "On the agenda"),
    "ACCEPTED": ("已采纳", "采纳", "接受", "Approved", "Adopted"),
    "DECLINED": ("未采纳", "不采纳", "已拒绝", "拒绝", "Rejected", "Refused"),
    "IMPLEMENTED": ("已实施", "实施", "Carried out"),
    "CONFIRMED": ("已确认", "员工确认", "Confirmed by worker"),
    "MERGED": ("已合并", "合并", "Duplicate"),
    "TO_SAFETY": ("转安全", "转为隐患", "Passed to safety"),
    "WITHDRAWN": ("已撤回", "撤回", "Retracted"),
    "SAFETY": ("安全", "安全健康", "Health and safety"),
    "QUALITY": ("质量", "品质"),
    "COST": ("成本", "节约成本", "Costs"),
    "DELIVERY": ("交期", "交货", "效率", "Efficiency"),
    "COMFORT": ("工作环境", "舒适", "福利", "Working conditions", "Welfare"),
    "ENVIRONMENT": ("环境", "环保"),
    "GENDER": ("性别平等", "女工", "Gender equality"),
    "COMMUNICATION": ("沟通", "沟通交流"),
    # improvement plans
    "BASELINE": ("基线评估", "基线"),
    "CLASS": ("培训课堂", "培训", "Class", "In class"),
    "SUGGESTION": ("员工建议",),
    "HAZARD": ("隐患",),
    "SURVEY": ("调查", "问卷"),
    "RED": ("红", "红灯", "红色"),
    "AMBER": ("黄", "黄灯", "黄色", "Yellow"),
    "GREEN": ("绿", "绿灯", "绿色"),
    # meetings, projects, hazards, rounds
    "PLANNED": ("已计划", "计划中", "计划", "Scheduled"),
    "HELD": ("已召开", "召开", "Took place"),
    "CANCELLED": ("已取消", "取消", "Canceled"),
    "IN_PROGRESS": ("进行中", "实施中", "Ongoing", "Running", "Started"),
    "DONE": ("已完成", "完成", "Completed", "Finished"),
    "VERIFIED": ("已验证", "验证", "Checked"),
    "SUSTAINED": ("已巩固", "持续", "Standardised"),
    "OPEN": ("未关闭", "开放", "未整改", "待整改"),
    "CLOSED": ("已关闭", "关闭", "已整改", "已结束", "Fixed"),
    "DRAFT": ("草稿", "Not opened"),
    "ONE_OFF": ("一次性", "Once", "One time"),
    "RECURRING": ("持续性", "每年", "长期", "Yearly", "Annual"),
    "ELIMINATION": ("消除", "Eliminate"),
    "SUBSTITUTION": ("替代", "替换", "Substitute"),
    "ENGINEERING": ("工程控制", "工程技术", "Engineering control"),
    "ADMINISTRATIVE": ("管理控制", "行政管理", "Administrative control"),
    "PPE": ("个人防护用品", "个体防护", "劳保用品", "Personal protective equipment"),
    "MATRIX": ("矩阵法", "风险矩阵", "LS"),
    "LEC": ("LEC法", "作业条件危险性评价法", "D=LEC"),
    "MACHINE_GUARDING": ("机械防护", "机器防护", "Machine guards"),
    "ELECTRICAL": ("电气", "用电", "Electricity"),
    "FIRE": ("消防", "火灾"),
    "FIRE_EXIT": ("消防通道", "安全出口", "疏散通道", "Emergency exit"),
    "CHEMICAL": ("化学品", "化学", "Chemicals"),
    "ERGONOMIC": ("人体工学", "人机工程", "Ergonomics"),
    "NOISE": ("噪声", "噪音"),
    "HEAT": ("高温", "炎热"),
    "SLIP_TRIP": ("滑倒绊倒", "绊倒", "Slips and trips"),
    # team roles
    "LEADER": ("组长", "负责人", "Chair", "Head"),
    "DEPUTY": ("副组长", "副手", "Vice leader"),
    "SECRETARY": ("秘书", "记录员"),
    "MEMBER": ("组员", "成员"),
    # meetings, shift talks, the board
    "LIAISON": ("联络员", "Contact"),
    "PROJECT": ("项目", "改善项目"),
    "ACTION": ("行动", "行动项"),
    "INDICATOR": ("指标", "KPI"),
    "TOPIC": ("议题", "话题", "Subject"),
    "START_PROJECT": ("立项", "启动项目", "New project"),
    "ADD_ACTION": ("安排行动", "新增行动", "New action"),
    "ACCEPT": ("采纳", "接受", "Accepted"),
    "DECLINE": ("不采纳", "拒绝", "Declined"),
    "COMPLETE": ("完成", "Completed"),
    "NOTE": ("备注", "通知", "Remark"),
    "PHOTO": ("照片", "前后对比照片", "Before and after"),
    "MINUTES": ("会议纪要", "纪要"),
    "DAY": ("白班", "日班", "Day shift"),
    "MORNING": ("早班", "Morning shift"),
    "AFTERNOON": ("中班", "Afternoon shift"),
    "NIGHT": ("夜班", "晚班", "Night shift"),
    "PEOPLE": ("人员", "Staff"),
    # projects and readings
    "IDEA": ("设想", "想法"),
    "APPROVED": ("已批准", "批准"),
    "PARTLY": ("部分", "部分保持", "Partially"),
    "BETTER": ("变好", "改善了", "Improved"),
    "SAME": ("没有变化", "不变", "Unchanged"),
    "WORSE": ("变差", "恶化"),
    "UNSURE": ("说不准", "不确定", "Not sure"),
    # safety
    "TRIAGED": ("已评估",),
    "ASSIGNED": ("已指派", "已分派"),
    "FIXED": ("已整改", "Repaired"),
    "REJECTED": ("不属实", "驳回"),
    "ESCALATED": ("已上报",),
    "IN_PLACE": ("已落实", "Done"),
    "DROPPED": ("已取消", "取消", "Cancelled"),
    "REGULAR": ("定期", "例行", "Routine"),
    "INCIDENT": ("事故后", "事故", "After an incident"),
    "CHANGE": ("变更", "变化"),
    "INJURY": ("工伤", "受伤"),
    "ILLNESS": ("职业病", "疾病"),
    "NEAR_MISS": ("未遂事件", "险肇"),
    "PROPERTY": ("财产损失",),
    "FATAL": ("死亡", "Death"),
    "LOST_TIME": ("损失工时", "误工"),
    "RESTRICTED": ("限制工作", "换岗"),
    "MEDICAL": ("医疗处理", "就医"),
    "FIRST_AID": ("急救处理", "急救"),
    "REPORTED": ("已报告", "已上报"),
    "INVESTIGATED": ("已调查",),
    "AGREED": ("措施已定",),
    "MACHINE": ("机器", "设备故障"),
    "MAINTENANCE": ("维护", "保养"),
    "LAYOUT": ("布局",),
    "MATERIAL": ("材料", "物料"),
    "METHOD": ("作业方法", "方法"),
    "TRAINING": ("培训",),
    "SUPERVISION": ("监督", "现场管理"),
    "WORKLOAD": ("工作量", "工作负荷"),
    "SURROUNDINGS": ("环境", "作业环境"),
    "EQUIPMENT": ("防护装备", "装备"),
    "CRITICAL_DAYS": ("重大隐患整改天数",),
    "HIGH_DAYS": ("较大隐患整改天数",),
    "MEDIUM_DAYS": ("一般隐患整改天数",),
    "LOW_DAYS": ("轻微隐患整改天数",),
    "HOUR_BASE": ("事故率工时基数",),
    "RISK_METHOD": ("风险评估方法",),
    # walk-rounds
    "HAZARD_HUNT": ("隐患排查", "找隐患"),
    "FIVE_S": ("5S检查", "5S"),
    "FINISHED": ("已结束", "Done"),
    "NOTHING": ("无需处理", "Nothing to do"),
    "KEEP": ("保留",),
    "MOVE": ("移走", "转移"),
    "SELL": ("出售", "变卖"),
    "SCRAP": ("报废",),
    # languages of drafts
    "en": ("英语", "英文", "English"),
    "zh-hans": ("简体中文", "中文", "Chinese"),
    "es": ("西班牙语", "Spanish"),
    "vi": ("越南语", "Vietnamese"),
    # contracts, yes and no
    "PERMANENT": ("正式工", "长期", "无固定期限", "Regular"),
    "TEMPORARY": ("临时工", "短期", "Fixed term"),
    "AGENCY": ("派遣工", "劳务派遣", "Agency worker"),
    "YES": ("是", "有", "Y", "True", "1"),
    "NO": ("否", "无", "N", "False", "0"),
}


def known_words(choices: Sequence[str]) -> dict[str, str]:
    """Normal form of a word → code, for the choices of one column. Codes win over words, earlier choices over later."""
    words: dict[str, str] = {}
    for code in choices:
        for word in WORDS.get(str(code), ()):
            words.setdefault(normal(word), str(code))
    words.update({normal(str(code)): str(code) for code in choices})
    return words


def word(code: str, language: str) -> str:
    """The word of a code in a blank workbook."""
    return WORDS[code][0] if language.startswith("zh") and code in WORDS else code


def suggest_code(text: str, choices: Sequence[str]) -> str:
    """The choice that comes nearest to a word; empty when none comes near."""
    return suggest(text, {str(code): WORDS.get(str(code), ()) for code in choices})
