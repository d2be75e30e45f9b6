"""Row-level security on PostgreSQL: every tenant table gets the same policy after each migration."""

from django.db import connections

from fairfloor.core.scoping import tenant_tables

_POLICY = """
CREATE POLICY fairfloor_tenant ON {table}
USING (current_setting('fairfloor.scope', true) = '*'
       OR enterprise_id = NULLIF(NULLIF(current_setting('fairfloor.scope', true), ''), '*')::bigint)
WITH CHECK (current_setting('fairfloor.scope', true) = '*'
       OR enterprise_id = NULLIF(NULLIF(current_setting('fairfloor.scope', true), ''), '*')::bigint)
"""


def install_policies(using: str = "default", **_kwargs) -> None:
    """Enable and force row-level security on every tenant table that exists. Safe to run twice; PostgreSQL only."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for name in sorted(tenant_tables() & existing):
            table = connection.ops.quote_name(name)
            cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            cursor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            cursor.execute(f"DROP POLICY IF EXISTS fairfloor_tenant ON {table}")
            cursor.execute(_POLICY.format(table=table))


def unguarded_tables(using: str = "default") -> list[str]:
    """Tenant tables without forced row-level security and its policy (PostgreSQL only, else an empty list)."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid"
            " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.polname = 'fairfloor_tenant'"
        )
        guarded = {row[0] for row in cursor.fetchall()}
    return sorted(tenant_tables() - guarded)


def bypasses_policies(using: str = "default") -> bool:
    """Whether the role we connect with would skip row-level security (superuser or BYPASSRLS)."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])
