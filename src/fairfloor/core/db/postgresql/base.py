"""PostgreSQL backend that passes the scope on to row-level security."""

from django.db.backends.postgresql import base

from fairfloor.core.db.guard import GuardedMixin
from fairfloor.core.scoping import UNSCOPED, current_scope, touches_tenant_table


class DatabaseWrapper(GuardedMixin, base.DatabaseWrapper):
    """Django's PostgreSQL wrapper; ``fairfloor.scope`` on the server follows the scope in the program.

    The setting is sent only before a statement on tenant tables and only when it changed. Trap: a rollback also takes
    back a setting made inside it, so whatever we believe is set is forgotten then.
    """

    _scope_on_server = None

    def before_statement(self, sql):
        if not touches_tenant_table(sql):
            return
        value = current_scope()
        wanted = "*" if value is UNSCOPED else "" if value is None else str(value)
        if self._scope_on_server != wanted:
            self.connection.execute("SELECT set_config('fairfloor.scope', %s, false)", [wanted])
            self._scope_on_server = wanted

    def init_connection_state(self):
        self._scope_on_server = None
        super().init_connection_state()

    def _rollback(self):
        self._scope_on_server = None
        return super()._rollback()

    def _savepoint_rollback(self, sid):
        self._scope_on_server = None
        return super()._savepoint_rollback(sid)

    def _close(self):
        self._scope_on_server = None
        return super()._close()
