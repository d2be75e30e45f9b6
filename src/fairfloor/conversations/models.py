"""The thread behind a suggestion or hazard: reached with a receipt, by nobody's name."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class Conversation(TenantModel):
    """A thread. The receipt itself is never stored, only its hash; the client's id makes a repeated send harmless."""

    receipt_hash = models.CharField(max_length=64, unique=True)
    client_id = models.CharField(max_length=40)
    # Hash of what was sent, to tell a repeated send from another text under the same id.
    content_hash = models.CharField(max_length=64)
    language = models.CharField(max_length=10, blank=True)
    opened_date = models.DateField()
    # The worker spoke last, and nobody has answered yet.
    is_waiting = models.BooleanField(default=False)
    # The day of the first word that waits; empty in threads older than this column.
    waiting_since_date = models.DateField(null=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "client_id"], name="client_id_once")]
        # Few wait for an answer at any time.
        indexes = [
            models.Index(
                fields=["enterprise", "is_waiting"],
                name="conversation_waiting",
                condition=models.Q(is_waiting=True),
            )
        ]


class Message(TenantModel):
    """One message. ``position`` orders the thread; a worker's message keeps its day only."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages")
    position = models.PositiveSmallIntegerField()
    is_from_staff = models.BooleanField()
    author_name = models.CharField(max_length=150, blank=True)
    text = models.TextField(max_length=4000)
    sent_date = models.DateField()
    # One tap instead of words: recognition for the team, and nothing waits for an answer.
    is_thanks = models.BooleanField(default=False)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["conversation", "position"], name="message_position_once")
        ]


class Attachment(TenantModel):
    """A photo or voice note that follows a message. It arrives in parts, and the text never waits for it.

    The day is kept to clear away what was begun and never finished; neither the hour nor the order of arrival is.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="attachments")
    # The reply it came with; without one it belongs to the first message.
    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="attachments")
    kind = models.CharField(max_length=5)
    client_id = models.CharField(max_length=40)
    expected_bytes = models.PositiveIntegerField()
    state = models.CharField(max_length=9, default="RECEIVING")
    # Why it was refused: the reason of a FileRefused.
    reason = models.CharField(max_length=20, blank=True)
    seconds = models.PositiveSmallIntegerField(default=0)
    stored = models.ForeignKey("core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+")
    begun_date = models.DateField()

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "client_id"], name="attachment_client_id_once"),
            models.CheckConstraint(
                condition=models.Q(state="COMPLETE", stored__isnull=False)
                | (~models.Q(state="COMPLETE") & models.Q(stored__isnull=True)),
                name="attachment_complete_has_file",
            ),
        ]
