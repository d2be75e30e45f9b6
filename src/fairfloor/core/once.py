"""A form sent twice makes one thing: the second send is led to what the first one made.

The page mints an id for each form (:func:`form_id_field`); the service that makes something asks :func:`begin` at its
start and says :func:`made` at its end, in one transaction. A second send that comes meanwhile waits for the first.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django import forms

from fairfloor.core.models import SentForm


def form_id_field() -> forms.UUIDField:
    """The hidden id of a form; a form that carries none is taken as it is."""
    return forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput())


def begin(form_id: UUID | None) -> str:
    """The code of what this form made before; empty when it is new. Inside the transaction of the act."""
    if form_id is None:
        return ""
    sent, _is_new = SentForm.objects.get_or_create(form_id=form_id)
    return sent.made_code


def made(form_id: UUID | None, code: str) -> None:
    """Note what the form made."""
    if form_id is not None:
        SentForm.objects.filter(form_id=form_id).update(made_code=code)
