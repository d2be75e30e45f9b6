"""Every known way round a scope is tried here; each must fail closed."""

import asyncio

import pytest
from django.db import connection, transaction

from fairfloor.core.tenancy import NoScope, TenantLeak, scope, unscoped
from fairfloor.organisations.models import Department, WorkerLink
from fairfloor.suggestions.models import Suggestion
from tests.cast import TODAY


def suggestion(factory, text="More light"):
    with scope(factory.id):
        return Suggestion.objects.create(code="S-1", submitted_date=TODAY, channel="QR", text=text)


def test_reads_see_one_enterprise_only(river, hill):
    suggestion(river, "river")
    suggestion(hill, "hill")
    with scope(river.id):
        assert [s.text for s in Suggestion.objects.all()] == ["river"]
    with scope(hill.id):
        assert [s.text for s in Suggestion.objects.all()] == ["hill"]
    with unscoped():
        assert Suggestion.objects.count() == 2


@pytest.mark.parametrize(
    "read",
    [
        lambda: Suggestion.objects.exists(),
        lambda: list(Suggestion.objects.all()),
        lambda: Suggestion.objects.count(),
        lambda: Suggestion.objects.first(),
        lambda: Suggestion._base_manager.count(),
        lambda: Suggestion._default_manager.aggregate(),
        lambda: list(Suggestion.objects.raw("SELECT * FROM suggestions_suggestion")),
        lambda: Suggestion.objects.in_bulk(),
        lambda: Suggestion.objects.create(code="S-2", submitted_date=TODAY, channel="QR", text="x"),
        lambda: Suggestion.objects.bulk_create([Suggestion(code="S-2", submitted_date=TODAY, channel="QR")]),
        lambda: connection.cursor().execute("SELECT count(*) FROM suggestions_suggestion"),
        lambda: connection.cursor().execute("DELETE FROM suggestions_suggestion WHERE id > %s", [0]),
    ],
)
def test_without_a_scope_nothing_is_read_or_written(river, read):
    row = suggestion(river)
    with pytest.raises(NoScope):
        read()
    with pytest.raises(NoScope):
        row.refresh_from_db()
    with pytest.raises(NoScope):
        row.save()


def test_a_delete_stays_inside(river, hill):
    ours, theirs = suggestion(river), suggestion(hill)
    with scope(river.id):
        Suggestion.objects.filter(pk__in=[ours.pk, theirs.pk]).delete_only()
        assert not hasattr(Suggestion.objects, "delete_only")
    with unscoped():
        assert [row.pk for row in Suggestion.objects.all()] == [theirs.pk]
    with pytest.raises(NoScope):
        Suggestion.objects.filter(pk=theirs.pk).delete_only()


def test_a_query_built_in_one_scope_cannot_run_in_another(river, hill):
    suggestion(river)
    with scope(river.id):
        queryset = Suggestion.objects.all()
    with scope(hill.id), pytest.raises(TenantLeak):
        list(queryset)
    with pytest.raises(NoScope):
        queryset.exists()


def test_async_iteration_is_scoped(river, hill):
    suggestion(river)

    async def count():
        return [row async for row in Suggestion.objects.all()]

    with pytest.raises(NoScope):
        asyncio.run(count())


def test_forward_keys_and_refresh_stay_inside(river, hill):
    mine = suggestion(river)
    theirs = suggestion(hill)
    with scope(river.id):
        mine.merged_into_id = theirs.pk
        with pytest.raises(Suggestion.DoesNotExist):
            _ = mine.merged_into
        with pytest.raises(TenantLeak):
            mine.save()
        mine.merged_into = theirs
        with pytest.raises(TenantLeak):
            mine.save()
        with pytest.raises(Suggestion.DoesNotExist):
            theirs.refresh_from_db()
        with pytest.raises(TenantLeak):
            theirs.save()
        with pytest.raises(TenantLeak):
            Suggestion.objects.filter(pk=mine.pk).update(merged_into_id=theirs.pk)
        with pytest.raises(TenantLeak):
            Suggestion.objects.update(enterprise_id=hill.id)
        row = Suggestion(code="S-9", submitted_date=TODAY, channel="QR", text="x", merged_into_id=theirs.pk)
        with pytest.raises(TenantLeak):
            Suggestion.objects.bulk_create([row])
        with pytest.raises(TenantLeak):
            Suggestion.objects.bulk_create(
                [Suggestion(enterprise_id=hill.id, code="S-9", submitted_date=TODAY, channel="QR", text="x")]
            )
        mine.enterprise_id = hill.id
        with pytest.raises(TenantLeak):
            Suggestion.objects.bulk_update([mine], ["text"])
    with scope(hill.id):
        assert Suggestion.objects.get().text == "More light"


def test_raw_sql_must_compare_and_carry_the_enterprise(river, hill):
    suggestion(river)
    suggestion(hill)
    with scope(river.id), connection.cursor() as cursor:
        with pytest.raises(TenantLeak):
            cursor.execute("SELECT text FROM suggestions_suggestion")
        with pytest.raises(TenantLeak):
            cursor.execute("SELECT text FROM suggestions_suggestion WHERE enterprise_id = %s", [hill.id])
        cursor.execute('SELECT text FROM suggestions_suggestion WHERE "enterprise_id" = %s', [river.id])
        assert len(cursor.fetchall()) == 1


def test_joins_and_subqueries_across_features_stay_inside(river, hill):
    suggestion(river)
    with scope(hill.id):
        Department.objects.create(code="S-1", name="Trap")
    with scope(river.id):
        codes = Department.objects.filter(code="S-1").values("code")
        assert not Suggestion.objects.filter(code__in=codes).exists()
        assert Suggestion.objects.select_related("merged_into", "conversation").count() == 1


def test_scopes_nest_and_always_close(river, hill):
    suggestion(river)
    with scope(river.id):
        with scope(hill.id):
            assert Suggestion.objects.count() == 0
        assert Suggestion.objects.count() == 1
        with pytest.raises(ZeroDivisionError), scope(hill.id):
            _ = 1 / 0
        assert Suggestion.objects.count() == 1
    with pytest.raises(NoScope):
        Suggestion.objects.count()
    with pytest.raises(NoScope), scope(None):
        pass


@pytest.mark.postgres
class TestRowLevelSecurity:
    """The third ring, spoken to behind the backs of the first two."""

    @pytest.fixture(autouse=True)
    def _only_postgresql(self, db):
        if connection.vendor != "postgresql":
            pytest.skip("Row-level security exists on PostgreSQL only; set TEST_DATABASE_URL to test it.")

    def raw(self, sql, params=()):
        """Straight to the driver: no manager, no guard."""
        connection.ensure_connection()
        with connection.connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else cursor.rowcount

    def test_the_role_cannot_bypass(self, db):
        from fairfloor.core.db.policies import bypasses_policies, unguarded_tables

        assert not bypasses_policies()
        assert unguarded_tables() == []

    def test_the_server_refuses_what_the_program_would_not_send(self, river, hill):
        suggestion(river)
        suggestion(hill)
        with scope(river.id):
            assert Suggestion.objects.count() == 1
        assert self.raw("SELECT count(*) FROM suggestions_suggestion") == [(1,)]
        assert (
            self.raw("UPDATE suggestions_suggestion SET text = 'x' WHERE enterprise_id = %s", [hill.id]) == 0
        )
        assert self.raw("DELETE FROM suggestions_suggestion WHERE enterprise_id = %s", [hill.id]) == 0
        self.raw("SELECT set_config('fairfloor.scope', '', false)")
        assert self.raw("SELECT count(*) FROM suggestions_suggestion") == [(0,)]
        connection._scope_on_server = None

    def test_inserting_for_another_enterprise_is_refused(self, river, hill):
        from psycopg.errors import InsufficientPrivilege

        with scope(river.id):
            WorkerLink.objects.count()
        with pytest.raises(InsufficientPrivilege), transaction.atomic():
            self.raw(
                "INSERT INTO core_stalemark (id, enterprise_id, supplier, month_date) VALUES (1, %s, 'x', now())",
                [hill.id],
            )

    def test_a_rollback_does_not_leave_the_old_scope_on_the_server(self, river, hill):
        suggestion(river)
        suggestion(hill)
        with pytest.raises(ZeroDivisionError), transaction.atomic(), scope(river.id):
            assert Suggestion.objects.count() == 1
            _ = 1 / 0
        with scope(hill.id):
            assert [s.enterprise_id for s in Suggestion.objects.all()] == [hill.id]
