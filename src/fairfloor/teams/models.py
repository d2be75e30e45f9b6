"""Improvement teams, their members and their meetings."""

from django.db import models

from fairfloor.core.tenancy import TenantModel


class ImprovementTeam(TenantModel):
    """A team that improves the factory; an enterprise may have many."""

    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    # The charter: what the team is for, how it works, who of the top stands behind it, how often it meets.
    purpose = models.TextField(max_length=1000, blank=True)
    rules = models.TextField(max_length=2000, blank=True)
    sponsor_name = models.CharField(max_length=150, blank=True)
    meets_every_weeks = models.PositiveSmallIntegerField(default=4)
    # The last day of the programme that coached the team; six and twelve months later somebody asks how it is.
    programme_ended_date = models.DateField(null=True)
    # The secret part of the calendar's address; whoever knows it may read days and places, nothing else.
    calendar_token = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="team_code_once"),
            models.CheckConstraint(
                condition=models.Q(meets_every_weeks__gte=1, meets_every_weeks__lte=26),
                name="team_rhythm_possible",
            ),
        ]


class TeamCheck(TenantModel):
    """How a team is, 6 or 12 months after the programme that coached it has ended."""

    team = models.ForeignKey(ImprovementTeam, on_delete=models.PROTECT, related_name="checks")
    after_months = models.PositiveSmallIntegerField()
    check_date = models.DateField()
    is_alive = models.BooleanField()
    words = models.TextField(max_length=1000, blank=True)
    by_name = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "team", "after_months"], name="team_check_once")
        ]


class HandOver(TenantModel):
    """What somebody leaving a post in the team passed on, so that the work does not leave with them."""

    team = models.ForeignKey(ImprovementTeam, on_delete=models.PROTECT, related_name="hand_overs")
    role = models.CharField(max_length=12)
    from_code = models.CharField(max_length=40)
    to_code = models.CharField(max_length=40)
    hand_over_date = models.DateField()
    words = models.TextField(max_length=2000)

    class Meta(TenantModel.Meta):
        indexes = [models.Index(fields=["enterprise", "team", "hand_over_date", "id"], name="hand_over_day")]


class TeamMember(TenantModel):
    """One term of one person in one team. The person is a code of the roster, with the facts of that time."""

    team = models.ForeignKey(ImprovementTeam, on_delete=models.PROTECT, related_name="members")
    member_code = models.CharField(max_length=40)
    sex = models.CharField(max_length=12, blank=True)
    level = models.CharField(max_length=12, blank=True)
    department_code = models.CharField(max_length=40, blank=True)
    shift = models.CharField(max_length=12, blank=True)
    role = models.CharField(max_length=12, default="MEMBER")
    from_date = models.DateField()
    to_date = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["team", "member_code", "from_date"], name="team_member_term_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_date__isnull=True) | models.Q(to_date__gte=models.F("from_date")),
                name="team_member_ends_after",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "from_date", "to_date"], name="team_member_term")]


class Meeting(TenantModel):
    """A meeting of a team, known by its number."""

    team = models.ForeignKey(ImprovementTeam, on_delete=models.PROTECT, related_name="meetings")
    number = models.PositiveIntegerField()
    meeting_date = models.DateField(null=True)
    status = models.CharField(max_length=12, default="PLANNED")
    # The hour on the factory's own clock.
    start_time = models.TimeField(null=True)
    place = models.CharField(max_length=120, blank=True)
    minutes = models.TextField(max_length=20000, blank=True)
    # The day the minutes were let out to everybody in the factory; the board shows them from then on.
    released_date = models.DateField(null=True)
    # Whether released minutes go on the board by themselves.
    is_for_board = models.BooleanField(default=True)
    started_at = models.DateTimeField(null=True)
    # Counts up with each change of the meeting itself; a form that saw an older number is stale.
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["team", "number"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=~models.Q(status="HELD") | models.Q(meeting_date__isnull=False),
                name="meeting_held_has_day",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "meeting_date", "id"], name="meeting_day")]

    @property
    def code(self) -> str:
        """Team and number in one, for lists and links."""
        return f"{self.team.code}-{self.number}"


class Attendance(TenantModel):
    """Whether a member was there."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(TeamMember, on_delete=models.PROTECT, related_name="attendances")
    is_present = models.BooleanField()

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]


class AgendaItem(TenantModel):
    """One thing a meeting looks at: a record by its code, or a topic in words."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    about_code = models.CharField(max_length=60, blank=True)
    # In words for a topic; a record shows its own title, as it is today.
    title = models.CharField(max_length=300, blank=True)
    is_done = models.BooleanField(default=False)
    # The number of the meeting that left it open, if it was carried over.
    carried_from = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "about_code"],
                condition=~models.Q(about_code=""),
                name="agenda_record_once",
            )
        ]
        indexes = [models.Index(fields=["meeting", "position", "id"], name="agenda_order")]


class Decision(TenantModel):
    """What the meeting decided on an item, and the code of what came of it (a project, an action)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)
    text = models.TextField(max_length=2000, blank=True)
    result_code = models.CharField(max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="decision_position_once")]


class Vision(TenantModel):
    """Where the factory wants to be, in the words of one year."""

    year = models.PositiveSmallIntegerField()
    text = models.TextField(max_length=1000)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["enterprise", "year"], name="vision_year_once")]


class Goal(TenantModel):
    """What shall be better by the end of a year: an indicator, where it stood, where it shall stand."""

    code = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    indicator = models.CharField(max_length=60)
    # The months the goal is measured against, and the figure then, kept as it was when the goal was set.
    baseline_start_date = models.DateField()
    baseline_end_date = models.DateField()
    baseline = models.DecimalField(max_digits=20, decimal_places=6)
    target = models.DecimalField(max_digits=20, decimal_places=6)
    # Which definition of the indicator it was set on: pack@version:item.
    definition = models.CharField(max_length=120)
    project_codes = models.CharField(max_length=600, blank=True)  # with `;` between
    owner_name = models.CharField(max_length=150, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="goal_code_once"),
            models.CheckConstraint(
                condition=models.Q(baseline_end_date__gte=models.F("baseline_start_date")),
                name="goal_baseline_ends_after",
            ),
        ]
        indexes = [models.Index(fields=["enterprise", "year", "id"], name="goal_year")]

    @property
    def projects(self) -> tuple[str, ...]:
        """The codes of the projects that serve it."""
        return tuple(self.project_codes.split(";")) if self.project_codes else ()


class ShiftTalk(TenantModel):
    """The few minutes a shift stands together before work, as its leader wrote them down on a phone."""

    code = models.CharField(max_length=20)
    # Made on the phone when Send is pressed; the same talk sent again is the same row.
    client_id = models.CharField(max_length=40)
    content_hash = models.CharField(max_length=64)
    department_code = models.CharField(max_length=40)
    shift = models.CharField(max_length=12)
    talk_date = models.DateField()
    leader_name = models.CharField(max_length=150, blank=True)
    present_women = models.PositiveSmallIntegerField(null=True)
    present_men = models.PositiveSmallIntegerField(null=True)
    # Everybody there, with those whose sex nobody counted.
    present = models.PositiveSmallIntegerField()
    topics = models.CharField(max_length=80, blank=True)  # with `;` between
    # Who sent it and on which day: that person may take it back on the same day.
    sent_by_id = models.BigIntegerField(null=True)
    sent_date = models.DateField(null=True)
    withdrawn_date = models.DateField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    withdrawn_by_name = models.CharField(max_length=150, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["enterprise", "code"], name="shift_talk_code_once"),
            models.UniqueConstraint(fields=["enterprise", "client_id"], name="shift_talk_sent_once"),
        ]
        indexes = [models.Index(fields=["enterprise", "talk_date", "id"], name="shift_talk_day")]


class TalkIssue(TenantModel):
    """Something raised in a shift talk, and the code of the idea, danger or action it became."""

    talk = models.ForeignKey(ShiftTalk, on_delete=models.CASCADE, related_name="issues")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    result_kind = models.CharField(max_length=12, blank=True)
    result_code = models.CharField(max_length=20, blank=True)

    class Meta(TenantModel.Meta):
        constraints = [models.UniqueConstraint(fields=["talk", "position"], name="talk_issue_position_once")]
