"""Dates that also read well inside a sentence: Django's begin with a capital "Ngày"."""

DATE_FORMAT = r"j \t\há\n\g n, Y"
