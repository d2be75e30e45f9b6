"""Numbers in groups of three, as factory accounts write them: Django's own leave 658700 ungrouped."""

THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
