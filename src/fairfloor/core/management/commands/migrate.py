"""`migrate` works on all enterprises at once, so it runs outside any scope."""

from django.core.management.commands.migrate import Command as DjangoMigrate

from fairfloor.core.tenancy import unscoped


class Command(DjangoMigrate):
    """Django's `migrate`, unscoped."""

    def handle(self, *args, **options):
        with unscoped():
            return super().handle(*args, **options)
