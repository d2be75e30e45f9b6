"""Holds a person who signed in with a temporary password at the page where they choose their own."""

from django.http import HttpResponseRedirect
from django.urls import reverse

# What can be opened meanwhile; every other page leads to the change of password.
_ALLOWED = frozenset({"account_change_password", "account_logout", "set_language", "set_theme", "health"})


class OwnPasswordMiddleware:
    """A temporary password is known to whoever handed it out, so nothing can be done with it but replace it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Send to the change of password until it is done."""
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if request.resolver_match.view_name in _ALLOWED:
            return None
        response = HttpResponseRedirect(reverse("account_change_password"))
        response.status_code = 303
        return response
