"""Snapshots: frozen, traced, and only in the hands of those who may."""

from copy import deepcopy
from datetime import date, timedelta

import pytest

from fairfloor.core import audit
from fairfloor.core.access import Forbidden
from fairfloor.core.edits import MoveNotAllowed, StaleEdit
from fairfloor.core.tenancy import TenantLeak, scope
from fairfloor.organisations.public import Role
from fairfloor.reports.as_json import render_json
from fairfloor.reports.document import digest_of
from fairfloor.reports.models import ReportNarrative, ReportSnapshot
from fairfloor.reports.selectors import figures_changed_since
from fairfloor.reports.services import make_snapshot, publish_snapshot, withdraw_snapshot, write_narrative
from tests.cast import NOW
from tests.reports.conftest import MARCH, suggest

LATER = NOW + timedelta(days=1)


def made(factory, at=NOW):
    return make_snapshot(actor=factory.system, enterprise=factory.enterprise, period=MARCH, at=at)


def test_records_change_and_the_snapshot_does_not(in_river):
    suggest("S-1", date(2026, 3, 2))
    snapshot = made(in_river)
    before = render_json(snapshot, "en")
    assert figures_changed_since(snapshot) == 0
    suggest("S-2", date(2026, 3, 3), "MANAGER")
    snapshot = ReportSnapshot.objects.get(pk=snapshot.pk)
    assert render_json(snapshot, "en") == before
    assert snapshot.digest == digest_of(snapshot.document)
    # The count, the front line's share, and how many were decided in time.
    assert figures_changed_since(snapshot) == 3
    # A report made before a claim was written does not count as changed by it.
    kept = [row for row in snapshot.document["claims"] if row["id"] != "suggestions.received"]
    older = dict(snapshot.document, claims=kept)
    snapshot.document, snapshot.report = older, "case-report@1:case-report"
    assert figures_changed_since(snapshot) == 2


def test_a_new_snapshot_is_kept_only_when_figures_differ(in_river):
    first = made(in_river)
    assert made(in_river, LATER).pk == first.pk
    suggest("S-1", date(2026, 3, 2))
    second = made(in_river, LATER)
    assert second.pk != first.pk
    assert second.digest != first.digest


def test_the_digest_sees_any_change(in_river):
    document = made(in_river).document
    other = deepcopy(document)
    other["claims"][0]["value"] += 1
    assert digest_of(document) != digest_of(other)


def test_a_new_snapshot_begins_with_the_words_of_the_last(in_river):
    first = made(in_river)
    write_narrative(
        actor=in_river.system,
        snapshot_id=first.pk,
        section_code="team",
        language="en",
        text="We met.",
        at=NOW,
    )
    suggest("S-1", date(2026, 3, 2))
    second = made(in_river, LATER)
    assert ReportNarrative.objects.get(snapshot=second).text == "We met."


def test_words_stay_once_published(in_river):
    snapshot = made(in_river)
    words = {"snapshot_id": snapshot.pk, "section_code": "team", "language": "en", "at": NOW}
    manager = in_river.actor(Role.MANAGER)
    write_narrative(actor=manager, text="First", version=0, **words)
    with pytest.raises(StaleEdit):
        write_narrative(actor=manager, text="Second", version=0, **words)
    with pytest.raises(ValueError, match="no such section"):
        write_narrative(actor=manager, text="x", **{**words, "section_code": "none"})
    publish_snapshot(actor=manager, snapshot_id=snapshot.pk, at=NOW, version=1)
    with pytest.raises(MoveNotAllowed):
        write_narrative(actor=manager, text="Third", version=1, **words)
    with pytest.raises(StaleEdit):
        withdraw_snapshot(actor=manager, snapshot_id=snapshot.pk, reason="Wrong", at=NOW, version=1)
    withdraw_snapshot(actor=manager, snapshot_id=snapshot.pk, reason="Wrong", at=NOW, version=2)
    with pytest.raises(MoveNotAllowed):
        publish_snapshot(actor=manager, snapshot_id=snapshot.pk, at=NOW)
    verbs = [event.verb for event in audit.story_of(snapshot)]
    assert sorted(verbs) == ["report.created", "report.narrated", "report.published", "report.withdrawn"]


def test_who_may_not_is_refused(in_river):
    member = in_river.actor(Role.TEAM_MEMBER)
    with pytest.raises(Forbidden):
        make_snapshot(actor=member, enterprise=in_river.enterprise, period=MARCH, at=NOW)
    snapshot = made(in_river)
    secretary = in_river.actor(Role.TEAM_SECRETARY)
    with pytest.raises(Forbidden):
        publish_snapshot(actor=secretary, snapshot_id=snapshot.pk, at=NOW)
    with pytest.raises(Forbidden):
        withdraw_snapshot(actor=secretary, snapshot_id=snapshot.pk, reason="No", at=NOW)
    with pytest.raises(Forbidden):
        write_narrative(
            actor=member, snapshot_id=snapshot.pk, section_code="team", language="en", text="x", at=NOW
        )


def test_a_withdrawal_needs_a_reason(in_river):
    snapshot = made(in_river)
    with pytest.raises(ValueError, match="reason"):
        withdraw_snapshot(actor=in_river.system, snapshot_id=snapshot.pk, reason=" ", at=NOW)


def test_a_snapshot_of_another_factory_is_not_there(river, hill):
    with scope(river.id):
        snapshot = made(river)
    with scope(hill.id):
        assert not ReportSnapshot.objects.exists()
        with pytest.raises((ReportSnapshot.DoesNotExist, TenantLeak)):
            publish_snapshot(actor=hill.system, snapshot_id=snapshot.pk, at=NOW)
