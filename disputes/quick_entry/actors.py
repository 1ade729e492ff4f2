"""An actor that is missing, put down without leaving the page."""

from typing import Any

from django import forms
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ..models import Actor, ActorKind
from ..models.texts import LANGUAGES
from .keys import free_key

SIDES = [("", _("neither")), ("KR", _("South Korea")), ("JP", _("Japan"))]


class ActorForm(forms.Form):
    """The least that tells an actor from others; the rest is written on its own page."""

    prefix = "actor"

    name_en = forms.CharField(label=_("Name · English"), max_length=200)
    name_ko = forms.CharField(label=_("Name · Korean"), max_length=200, required=False)
    name_ja = forms.CharField(label=_("Name · Japanese"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ActorKind.choices)
    country = forms.ChoiceField(label=_("Side"), choices=SIDES, required=False)

    def clean_name_en(self) -> str:
        name = self.cleaned_data["name_en"]
        if Actor.objects.filter(name_en__iexact=name).exists():
            raise ValidationError(_("An actor of this name is here already."))
        return name

    @transaction.atomic
    def save(self, user: Any) -> Actor:
        """A draft."""
        data = self.cleaned_data
        names = {f"name_{lang}": data[f"name_{lang}"] for lang in LANGUAGES}
        key = free_key(Actor, data["name_en"])
        columns = {"kind": data["kind"], "country": data["country"]} | names
        actor = Actor(key=key, modified_by=user, **columns)
        actor.full_clean()
        actor.save()
        LogEntry.objects.log_actions(user.pk, [actor], ADDITION)
        return actor


@require_POST
def add_actor(request: HttpRequest) -> JsonResponse:
    """{"id": …, "text": …}, or with status 400 {"errors": {field: [message, …]}}."""
    if not request.user.has_perm("disputes.add_actor"):
        raise PermissionDenied
    form = ActorForm(request.POST)
    if form.is_valid():
        try:
            actor = form.save(request.user)
            return JsonResponse({"id": actor.pk, "text": str(actor)})
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages))
    errors = {form.add_prefix(name): list(said) for name, said in form.errors.items()}
    return JsonResponse({"errors": errors}, status=400)
