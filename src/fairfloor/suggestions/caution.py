"""What in a text may tell who wrote it: the same patterns as on the phone (desk/static/worker/caution.js). Pure.

They find what people write most often and no more: a hint for a kind second look, never a reason to refuse.
"""

from __future__ import annotations

import re

# Dates are taken out first, so that 2026-03-10 is no telephone number.
DATES = r"\d{4}[-./]\d{1,2}[-./]\d{1,2}"
PATTERNS: dict[str, tuple[str, ...]] = {
    "phone": (r"(\+?\d[ ().-]{0,2}){8,}",),
    "number": (
        r"(工号|员工号|身份证|证件号|employee (no|number|id)|worker (no|number|id)|badge|clock (no|number))[^\d\n]{0,12}\d",  # noqa: E501
        r"(número de (empleado|trabajador|ficha)|cédula|\bDNI\b|mã (số )?(nhân viên|công nhân)|số thẻ|CCCD|CMND)[^\d\n]{0,12}\d",  # noqa: E501
    ),
    "mail": (r"[^\s@]+@[^\s@]+\.[a-z]{2,}",),
    "machine": (
        r"(machine|workstation|máquina|maquina|puesto|máy|trạm)\s*(no\.?|number|nr\.?|số|n[.º°]+|#)?\s*[a-z]{0,3}[-#]?\d{1,6}",
        r"(机台|机器|设备|工位|车位)(编号|号)?[是为：:]?\s*[a-z]{0,3}-?\d",
        r"\d+\s*号(机|车|工位|台位|设备)",
    ),
    "name": (
        r"(my name is|i am called|me llamo|mi nombre es|tôi tên|tên tôi|em tên|我叫|我的名字|本人姓)",
        r"我是(小|老|阿)[\u4e00-\u9fff]",
    ),
    "only": (
        r"(i am the only|i'm the only|i’m the only|soy (el|la) únic[oa]|tôi là người duy nhất|chỉ có (mình )?(tôi|em))",
        r"(只有我|就我一个|我是唯一|唯一的(女|男))",
    ),
}
_DATES = re.compile(DATES, re.ASCII)
_COMPILED = {
    kind: [re.compile(pattern, re.IGNORECASE) for pattern in patterns] for kind, patterns in PATTERNS.items()
}


def may_identify(text: str) -> tuple[str, ...]:
    """The kinds of signs found in a text, in the order of the table above."""
    text = _DATES.sub(" ", text)
    return tuple(kind for kind, found in _COMPILED.items() if any(pattern.search(text) for pattern in found))
