"""What imports and exports remember."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class HeadingMapping(TenantModel):
    """A word this factory uses for a sheet, a column or a code, taught once on the mapping page."""

    kind = models.CharField(max_length=8)  # SHEET, HEADING or WORD
    sheet = models.CharField(max_length=40, blank=True)
    column = models.CharField(max_length=40, blank=True)
    # Their word in normal form, and what it stands for; empty: it is left out.
    theirs = models.CharField(max_length=200)
    ours = models.CharField(max_length=80, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "kind", "sheet", "column", "theirs"], name="registers_mapping_once"
            )
        ]


class RowBase(TenantModel):
    """What the rows of one sheet looked like when they last left or came in: the base of a three-way comparison.

    ``origin`` is the export a file began as, empty for a factory's own file. ``digests`` packs 16 bytes a row, key
    and content, sorted; one row per sheet and not per line keeps an import of 40,000 lines quick.
    """

    origin = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=6)  # EXPORT or IMPORT
    sheet = models.CharField(max_length=40)
    digests = models.BinaryField()
    at = models.DateTimeField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise", "origin", "kind", "sheet"], name="registers_base_once"
            )
        ]
        indexes = [models.Index(fields=["enterprise", "kind", "at"], name="registers_base_age")]


class ImportUpload(TenantModel):
    """A workbook on its way in: kept as a file beside the database until it is confirmed or dropped."""

    status = models.CharField(max_length=8)  # CHECKING, READY, REFUSED, APPLYING, DONE, FAILED, DROPPED
    file_name = models.CharField(max_length=200)
    file_digest = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    user_id = models.BigIntegerField()
    user_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # What was found or done, as `previews.to_json` writes it.
    result = models.JSONField(default=dict)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["enterprise", "created_at", "id"], name="registers_upload_time")]
