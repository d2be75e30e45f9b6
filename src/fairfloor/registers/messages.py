"""The sentences for everything that can be wrong in a workbook: what happened, and what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from fairfloor.registers.checking import Found
from fairfloor.registers.headings import heading as known_heading
from fairfloor.registers.headings import sheet_title
from fairfloor.registers.reading import FileRefused

# Problems of one cell or row. The place (sheet, row, column) is said before them.
_SENTENCES: dict[str, Any] = {
    # the workbook and its sheets
    "NO_KNOWN_SHEET": _(
        "No sheet of this workbook has a name we know. Name the sheets after the registers (%(names)s), "
        "or start from the blank workbook."
    ),
    "UNKNOWN_SHEET": _("This sheet is left out: its name is not one of the registers."),
    "SHEET_TWICE": _("Two sheets stand for %(name)s. Put their rows into one sheet."),
    "UNKNOWN_COLUMN": _("The column “%(text)s” is left out: its heading is not known."),
    "UNKNOWN_FIELD": _("The field “%(text)s” is left out: it is not one of the known fields."),
    "HEADING_TWICE": _("“%(text)s” is a second column for %(name)s. Keep one of the two."),
    "MISSING_COLUMN": _("The column %(name)s is missing. Add it, or say which of your columns it is."),
    "NOT_ALLOWED": _(
        "Your role cannot change this register. Leave its rows as they are, or ask a manager to import them."
    ),
    "NO_ENTERPRISE": _(
        "The workbook does not say which factory it is from. Add a sheet Enterprise with at least the row “name”."
    ),
    "OTHER_FACTORY": _(
        "This workbook belongs to the factory “%(theirs)s”, and you are in “%(ours)s”. "
        "Open the right factory, or correct the slug."
    ),
    "ROUND_NOT_CLOSED": _(
        "Round %(group)s is not closed, so its answers cannot be replaced. Close the round first, or take its "
        "answers out of the workbook."
    ),
    # any cell
    "MISSING": _("This must be filled in."),
    "TOO_LONG": _("The text has %(length)s characters; there is room for %(limit)s. Shorten it."),
    "SHOWS_ERROR": _("The cell shows %(text)s. Repair its formula, or write the value itself."),
    "DUPLICATE": _(
        "%(key)s stands in row %(row)s already. Give each row its own code, or delete one of the two."
    ),
    "UNKNOWN_REFERENCE": _("“%(text)s” is not in the register %(sheet)s. Add it there, or correct it here."),
    "UNKNOWN_CODE": _("“%(text)s” is not known here. Write one of: %(choices)s."),
    "UNKNOWN_CODE_NEAR": _(
        "“%(text)s” is not known here. Did you mean %(suggestion)s? Write one of: %(choices)s."
    ),
    # days
    "NO_SUCH_DAY": _("“%(text)s” is a day that does not exist. Write the date as %(example)s."),
    "NO_SUCH_MONTH": _("“%(text)s” has a month above 12. Write year, month and day, such as 2026-02-28."),
    "AMBIGUOUS_DAY": _("“%(text)s” could be two days. Write %(first)s or %(second)s."),
    "DAY_MISSING": _("“%(text)s” names a month, and a day is needed. Write it such as %(example)s."),
    "YEAR_MISSING": _("“%(text)s” has no year. Write it such as %(example)s."),
    "NOT_A_DAY": _("“%(text)s” is not a date we can read. Write it such as 2026-02-28."),
    "DAY_FAR_OFF": _("“%(text)s” lies too far in the past or the future. Check the year."),
    "BEFORE": _("This day lies before %(other)s. Correct one of the two."),
    "NOT_AN_HOUR": _("“%(text)s” is not a time of day. Write it such as 14:30."),
    # numbers
    "NOT_A_NUMBER": _("“%(text)s” is not a number. Write digits only, such as 12 or 12.5."),
    "NOT_WHOLE": _("“%(text)s” is not a whole number. Write it without a fraction."),
    "NEGATIVE": _("“%(text)s” is below zero. Write 0 or a number above it."),
    "BELOW": _("“%(text)s” is too small. The smallest number here is %(minimum)s."),
    "ABOVE": _("“%(text)s” is too large. The largest number here is %(maximum)s."),
    "ABOVE_DENOMINATOR": _("The numerator is larger than the denominator. Correct one of the two."),
    "ABOVE_OTHER": _("This is more than %(other)s. Correct one of the two."),
    # rules across columns
    "REASON_MISSING": _("A declined suggestion needs a reason: its writer reads it. Add the reason."),
    "NOT_MISSING": _(
        "Grade D means that the number is missing. Choose A, B or C, or write 0 in both columns."
    ),
    "CURRENCY_IN_USE": _(
        "Projects state costs or savings in %(currency)s, so the currency stays as it is. Take the row out."
    ),
    "VERIFIED_AMOUNT": _(
        "This amount is verified. Take the verification back in Fairfloor, or empty verified_by and verified_date here."
    ),
    "AMOUNT_TOO_LARGE": _(
        "In a year and in the factory's currency this is more than can be counted. Check amount, months and rate."
    ),
    "RATE_DATE_MISSING": _("This is another currency than %(currency)s. Write the day of its rate."),
    "PART_OF_WRONG": _(
        "A benefit can be a part only of one that stands by itself and is measured alike. Correct the code or empty it."
    ),
    "MISSING_FOR_STATUS": _("This must be filled in where the status is %(status)s."),
    "MISSING_FOR_METHOD": _("The method %(method)s needs this. Fill it in, or change the method."),
    "MISSING_FOR_PRESENT": _("People are listed as present, so the meeting needs its date. Add the date."),
    "NOT_A_MEMBER": _(
        "Not members of this team on that day: %(values)s. Add them to TeamMembers, or take them out here."
    ),
    "DIFFERS": _(
        "Another row of this delivery says “%(other)s”. Rows of one delivery must agree; correct one of the two."
    ),
    "FINISH_MISSING": _("A finished project needs the day it was finished. Add finish_date."),
    "NOT_FOR_METHOD": _(
        "The method %(method)s does not use this. Leave the cell empty, or change the method."
    ),
    "STILL_TO_COME": _("This day is still to come. Write the day it happened."),
    "MISSING_FOR_KIND": _("Somebody was hurt, so the row must say how bad it was. Fill in the class."),
    "NOT_FOR_KIND": _("Only an injury or illness has a class. Leave the cell empty, or change the kind."),
    "NOT_FOR_CLASS": _("A case without absence has no days lost. Take the days out, or change the class."),
    "HOURS_ZERO": _(
        "This must be above 0, or nothing can be divided. Leave the month out when nobody worked."
    ),
    "HOURS_TOO_MANY": _("More hours than these people have in a month. Look at both numbers again."),
    "HOURS_MIXED": _(
        "The same month has hours as a total and as parts, or parts of two kinds. Keep one way for the month."
    ),
    "OUTSIDE_SCALE": _("This number is not on the scale of the method. Write one of: %(values)s."),
    "NUMBER_LEFT_OUT": _(
        "Rows that belong together are counted 1, 2, 3; with this one there are only %(last)s. Leave no number out."
    ),
    "NOT_FOR_STATUS": _("With the status %(status)s this stays empty. Empty it, or change the status."),
    "MISSING_FOR_OTHER": _("This must be filled in where %(other)s is, or both stay empty."),
    "NOT_REACHED": _(
        "This number is on the wrong side of the baseline: the indicator shall go the other way."
    ),
    "NOT_A_SHARE": _("A share is a number from 0 to 1. Write 0.25 for 25 percent."),
    "UNKNOWN_PERSON": _(
        "Nobody named “%(text)s” may write readings here. Write the name as in Settings, or leave the cell empty."
    ),
    "ALREADY_SHOWN": _(
        "%(key)s would hang on the board twice. Write for the older of the two the day it was taken off."
    ),
    "NOBODY_THERE": _("Nobody would have been there. Write how many people there were."),
    "MORE_THAN_PEOPLE": _("This is more than the women and men together. Correct one of the numbers."),
    "BEFORE_IT_HAPPENED": _("This day lies before the incident itself (%(date)s). Correct one of the two."),
    "NO_READINGS": _(
        "No month from here to the last has a reading, so there is no baseline. Choose other months."
    ),
    "READINGS_SAY": _(
        "The readings of these months give %(value)s. Write that, or correct the readings; a baseline is never "
        "typed in."
    ),
    "MORE_THAN_PRESENT": _("Women and men together are more than all who were there. Correct the numbers."),
    "NOTHING_TO_READ": _("There are no minutes to let out. Add them, or take the day out."),
    "NOT_ONE_OF": _("This must be one of: %(values)s."),
    "DAYS_UNFIT": _(
        "A worse danger never has more days than a lesser one, and none more than 365. Correct them."
    ),
    "ITSELF": _("This is the record's own code. Write the other one's, or leave the cell empty."),
    "SAME_PERSON": _("Nobody hands a post over to themselves. Correct one of the two."),
    "LOOKED_AT": _("This meeting looks at it already, as number %(number)s. Take one of the two out."),
    "FIGURE_SAYS": _(
        "The figure of these days is %(value)s. Write that; a baseline is the figure as it was, never typed in."
    ),
    "ONLY_ONE": _("Two versions of %(key)s would be in use. Write NO for the older one."),
    "TOO_MANY_LINES": _("There is room for %(limit)s lines here. Put some together or take some out."),
    "NO_QUESTION": _("There is no question in it. Write a question a line."),
    "NOT_AN_OWN_CODE": _("The code of an own list begins with %(start)s."),
    "BEFORE_THE_FINISH": _(
        "This day lies before the finish of the project (%(date)s). Correct one of the two."
    ),
    # the Enterprise sheet
    "NOT_A_SLUG": _(
        "“%(text)s” cannot be part of an address. Use small letters a–z, digits and hyphens, such as hill-works."
    ),
    "NOT_A_YEAR": _("“%(text)s” is not a year. Write four digits, such as 1994."),
    "NO_SUCH_COUNTRY": _("“%(text)s” is not a country we know. Write its two letters, such as CN or VN."),
    "NO_SUCH_CURRENCY": _(
        "“%(text)s” is not a currency we know. Write its three letters, such as CNY or USD."
    ),
    "NO_SUCH_TIME_ZONE": _("“%(text)s” is not a time zone we know. Write it such as Asia/Shanghai."),
    "NO_SUCH_LANGUAGE": _(
        "“%(text)s” is not a language code. Write codes such as en or zh-hans, with ; between."
    ),
}
_OTHERWISE = _("What stands here does not fit (%(code)s). Correct the cell.")

_FILES: dict[str, Any] = {
    "EMPTY_FILE": _("This file is empty. Choose your Excel workbook."),
    "FILE_TOO_LARGE": _(
        "This file is larger than %(limit)s MB. Remove pictures from it, or split it into several workbooks."
    ),
    "INFLATES_TOO_LARGE": _(
        "Unpacked, this file would be far larger than a register can be (more than %(limit)s MB), so it was not "
        "opened. Copy your rows into the blank workbook and send that."
    ),
    "TOO_MANY_ENTRIES": _(
        "This file holds more than %(limit)s parts, so it was not opened. Copy your rows into the blank workbook."
    ),
    "TOO_MANY_ROWS": _(
        "A sheet has values down to row %(found)s; %(limit)s rows is the most. Delete what lies below your rows, or "
        "split the workbook."
    ),
    "TOO_WIDE": _(
        "A sheet has values beyond column %(limit)s. Delete what lies to the right of your columns."
    ),
    "OLD_EXCEL": _(
        "This is a workbook in the old Excel format, or one with a password. Open it in Excel, remove the password, "
        "and save it as “Excel workbook (.xlsx)”."
    ),
    "PROTECTED": _("This workbook has a password. Open it in Excel, remove the password and save it again."),
    "BINARY_EXCEL": _("This is a binary Excel workbook. Save it as “Excel workbook (.xlsx)” and send that."),
    "OPEN_DOCUMENT": _(
        "This is an OpenDocument workbook. Save it as “Excel workbook (.xlsx)” and send that."
    ),
    "TEXT_FILE": _(
        "This is a text file such as CSV, whatever its name says. Open it in Excel and save it as "
        "“Excel workbook (.xlsx)”."
    ),
    "NOT_A_WORKBOOK": _(
        "This file is not an Excel workbook. Choose a file saved as “Excel workbook (.xlsx)”."
    ),
    "BROKEN": _(
        "This workbook is damaged and cannot be read. Open it in Excel, save it again and send that."
    ),
}


def what(found: Found) -> str:
    """What is wrong and what to do, without the place."""
    values = found.values
    code = found.code
    if code == "UNKNOWN_CODE" and values.get("suggestion"):
        code = "UNKNOWN_CODE_NEAR"
    if code == "ABOVE" and "other" in values:
        code = "ABOVE_OTHER"
    if code in ("BEFORE", "ABOVE_OTHER", "MISSING_FOR_OTHER", "MISSING_COLUMN", "HEADING_TWICE"):
        values = {k: column_label(found.sheet, v) if k in ("other", "name") else v for k, v in values.items()}
    if code == "UNKNOWN_REFERENCE":
        values = {**values, "sheet": register_label(str(values["sheet"]))}
    text = _SENTENCES.get(code)
    if text is None:
        return str(_OTHERWISE) % {"code": found.code}
    return str(text) % values


def column_label(sheet: str, column: str) -> str:
    """A column as the reader knows it: the code, in Chinese with its Chinese heading."""
    language = get_language() or "en"
    known = known_heading(sheet, column, language)
    return column if known == column else f"{known} ({column})"


def register_label(sheet: str) -> str:
    """A sheet as the reader knows it: its name, in Chinese with the Chinese one before it."""
    known = sheet_title(sheet, get_language() or "en")
    return sheet if known == sheet else f"{known} ({sheet})"


def place(found: Found) -> str:
    """Where it is: sheet, row and column as far as known."""
    column = found.heading or found.column
    values = {"sheet": found.sheet, "row": found.row, "column": column}
    if found.row and column:
        return _PLACE_CELL % values
    if found.row:
        return _PLACE_ROW % values
    return _PLACE_SHEET % values if found.sheet else str(_PLACE_BOOK)


_PLACE_CELL = _("Row %(row)s of %(sheet)s, column %(column)s")
_PLACE_ROW = _("Row %(row)s of %(sheet)s")
_PLACE_SHEET = _("Sheet %(sheet)s")
_PLACE_BOOK = _("The workbook")


def sentence(found: Found) -> str:
    """Place and what to do in one sentence."""
    return _WHOLE % {"place": place(found), "what": what(found)}


_WHOLE = _("%(place)s: %(what)s")


def refusal(refused: FileRefused) -> str:
    """Why a file was not opened."""
    return str(_FILES[refused.code]) % refused.values
