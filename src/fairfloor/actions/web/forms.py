"""Forms of actions."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fairfloor.core.once import form_id_field
from fairfloor.core.ui.records import OneOwner


class ActionForm(OneOwner, forms.Form):
    """What is to be done, by whom, by when. The owner is a login, or anybody by name."""

    text = forms.CharField(
        label=gettext_lazy("What is to be done"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what is to be done.")},
    )
    owner_user_id = forms.TypedChoiceField(
        label=gettext_lazy("Who does it"), required=False, coerce=int, empty_value=None
    )
    owner_name = forms.CharField(
        label=gettext_lazy("Or the name of somebody who does not sign in here"),
        max_length=150,
        required=False,
    )
    due_date = forms.DateField(
        label=gettext_lazy("By when"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, owners: dict[int, str], **kwargs):
        super().__init__(*args, **kwargs)
        self.owners = owners
        self.fields["owner_user_id"].choices = [("", _("Somebody else")), *owners.items()]


class NewActionForm(ActionForm):
    """The same, for an action that is not there yet."""

    form_id = form_id_field()


class CancelForm(forms.Form):
    """Why an action is not needed any more."""

    reason = forms.CharField(
        label=gettext_lazy("Why it is not needed any more"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Write why it is not needed any more.")},
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
