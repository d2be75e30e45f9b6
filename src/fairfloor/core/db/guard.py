"""Installs the tenancy guard on a database connection."""

from fairfloor.core.scoping import guard_statement


class GuardedMixin:
    """Checks every statement before it reaches the database. First in the bases of a DatabaseWrapper."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._guard)

    def _guard(self, execute, sql, params, many, context):
        for one in params if many else (params,):
            guard_statement(sql, one)
        self.before_statement(sql)
        return execute(sql, params, many, context)

    def before_statement(self, sql):
        """Hook for backends that must tell the server about the scope."""
