"""`flush` works on all enterprises at once, so it runs outside any scope."""

from django.core.management.commands.flush import Command as DjangoFlush

from fairfloor.core.tenancy import unscoped


class Command(DjangoFlush):
    """Django's `flush`, unscoped."""

    def handle(self, *args, **options):
        with unscoped():
            return super().handle(*args, **options)
