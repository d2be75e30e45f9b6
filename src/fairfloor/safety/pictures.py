"""A picture per kind of hazard for cards that people read without reading: a warning triangle and one thing in it."""

from __future__ import annotations

_TRIANGLE = (
    '<path d="M32 4 61 57a3 3 0 0 1-3 4H6a3 3 0 0 1-3-4z" fill="#F5C518" stroke="#1F2A2E" stroke-width="3"/>'
)
_SIGN = '<path d="M29 22h6l-1 20h-4zM29 46h6v6h-6z"/>'
_INSIDE = {
    "MACHINE_GUARDING": '<path d="M30 25h4l1 4 3 1 3-3 3 3-2 3 1 3 4 1v4l-4 1-1 3 2 3-3 3-3-2-3 1-1 4h-4l-1-4-3-1-3 2'
    '-3-3 2-3-1-3-4-1v-4l4-1 1-3-2-3 3-3 3 3 3-1z"/><circle cx="32" cy="39" r="5" fill="#F5C518"/>',
    "ELECTRICAL": '<path d="M35 20 23 40h7l-3 15 14-21h-8z"/>',
    "FIRE_EXIT": '<path d="M33 20c2 8 10 12 10 22a11 11 0 0 1-22 2c0-6 4-8 5-13 2 2 3 4 3 6 3-4 5-9 4-17z"/>',
    "CHEMICAL": '<path d="M27 22h10v3h-2v8l9 18a3 3 0 0 1-3 4H23a3 3 0 0 1-3-4l9-18v-8h-2z"/>'
    '<path d="M26 45h12l3 7H23z" fill="#F5C518"/>',
    "NOISE": '<path d="M20 35h6l8-7v24l-8-7h-6z"/><path d="M38 33q5 7 0 14M43 29q8 11 0 22" fill="none" '
    'stroke="#1F2A2E" stroke-width="3"/>',
    "DUST": '<circle cx="32" cy="27" r="3"/><circle cx="25" cy="36" r="2"/><circle cx="38" cy="35" r="3"/>'
    '<circle cx="30" cy="43" r="3"/><circle cx="41" cy="46" r="2"/><circle cx="21" cy="49" r="3"/>'
    '<circle cx="34" cy="51" r="2"/>',
    "HEAT": '<path d="M29 22a3 3 0 0 1 6 0v18a8 8 0 1 1-6 0z"/><path d="M32 30v14" stroke="#F5C518" stroke-width="2"/>',
    "LIGHT": '<circle cx="32" cy="36" r="9"/><path d="M28 46h8v7h-8z"/>',
    "ERGONOMICS": '<circle cx="26" cy="26" r="4"/><path d="M24 31q-4 8 0 14v9M26 33l11 8" fill="none" stroke="#1F2A2E" '
    'stroke-width="4"/><path d="M35 38h11v11H35z"/>',
    "SLIPS": '<circle cx="37" cy="25" r="4"/><path d="M35 30 27 39l9 5-3 9M27 39l-7 2M35 31l7 5" fill="none" '
    'stroke="#1F2A2E" stroke-width="4"/><path d="M18 54h28" stroke="#1F2A2E" stroke-width="3"/>',
    "VEHICLES": '<path d="M19 34h14v-6h7l4 10v10H19zM46 26h3v24h6v2h-9z"/><circle cx="25" cy="50" r="4"/>'
    '<circle cx="39" cy="50" r="4"/>',
    "HEIGHT": '<path d="M25 22v33M37 22v33M25 28h12M25 36h12M25 44h12M25 52h12" fill="none" stroke="#1F2A2E" '
    'stroke-width="3"/>',
    "PRESSURE": '<circle cx="32" cy="40" r="12" fill="none" stroke="#1F2A2E" stroke-width="4"/>'
    '<path d="m32 40 6-8" stroke="#1F2A2E" stroke-width="3"/><path d="M30 22h4v6h-4z"/>',
    "VIOLENCE": '<path d="M20 29h24v16H33l-7 7v-7h-6z"/><path d="M30 31h4v7h-4zM30 40h4v3h-4z" fill="#F5C518"/>',
    "PPE": '<path d="M19 45a13 13 0 0 1 26 0h3v4H16v-4z"/>',
    "MATERNITY": '<circle cx="31" cy="25" r="4"/><path d="M28 30h6q9 7 3 14v11h-9z"/>',
    "EMERGENCY": '<path d="M29 28h6v8h8v6h-8v8h-6v-8h-8v-6h8z"/>',
}


def hazard_picture(kind: str) -> str:
    """The picture of a kind of hazard as SVG; an exclamation mark for one without."""
    inside = _INSIDE.get(kind, _SIGN)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" fill="#1F2A2E">'
        f"{_TRIANGLE}{inside}</svg>"
    )
