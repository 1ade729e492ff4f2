"""The page, what it asks for while somebody types, and the preview of the public page."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from timeline import documents, edtf, record_types
from timeline.models import Entry
from timeline.slices import Slice
from timeline.wording import spell

from .. import notices
from ..codebook import DEFINITIONS
from ..documents import document_of
from ..models import Actor, Event, Plover, Source, State
from ..models.texts import LANGUAGES
from .actors import ActorForm, add_actor
from .alike import alike
from .forms import QuickEntryForm
from .matters import matters

SUGGESTED = 10
MAX_WORDS = 200  # characters that are looked for


def urls(site: Any) -> list:
    """The addresses of the page, for the admin's site."""

    def page(request: HttpRequest) -> HttpResponse:
        return quick_entry(site, request)

    views = {
        "": ("quick_event", page),
        "date/": ("quick_event_date", date_in_words),
        "suggest/": ("quick_event_suggest", suggest),
        "alike/": ("quick_event_alike", alike_titles),
        "preview/": ("quick_event_preview", preview),
        "actor/": ("quick_event_actor", add_actor),
    }
    return [
        path(f"quick-event/{end}", site.admin_view(_for_those_who_add(view)), name=name)
        for end, (name, view) in views.items()
    ]


def _for_those_who_add(view: Any) -> Any:
    def checked(request: HttpRequest) -> HttpResponse:
        if not request.user.has_perms(["disputes.add_event", "disputes.add_source"]):
            raise PermissionDenied
        return view(request)

    return checked


def quick_entry(site: Any, request: HttpRequest) -> HttpResponse:
    form = QuickEntryForm(request.POST or None)
    if form.is_valid() and (event := _saved(request, form)):
        message = _("“%s” is on the desk. Nothing is public yet.") % event
        messages.success(request, message)
        return HttpResponseRedirect(reverse("admin:disputes_event_change", args=[event.pk]))
    context = {
        **site.each_context(request),
        "title": _("Put down an event"),
        "form": form,
        "alike": getattr(form, "alike", []),
        "actor_form": ActorForm() if request.user.has_perm("disputes.add_actor") else None,
        "plover": [
            {
                "code": p.value,
                "label": p.label,
                "definition": DEFINITIONS[Plover][p],
                "example": example,
            }
            for p, example in _examples().items()
        ],
    }
    return TemplateResponse(request, "admin/quick_entry.html", context)


def _saved(request: HttpRequest, form: QuickEntryForm) -> Event | None:
    try:
        with transaction.atomic():
            event = form.save(request.user)
            if "_submit" in request.POST:
                event.submit()
                notices.submitted(event, request.user)
            rows = [event] if form.known else [event, event.citations.get().source]
            LogEntry.objects.log_actions(request.user.pk, rows, ADDITION)
        return event
    except ValidationError as refusal:
        for message in refusal.messages:
            form.add_error(None, message)
        return None


def _examples() -> dict[Plover, str]:
    """For each type the newest public event that is coded so."""
    coded = Event.objects.filter(state=State.PUBLISHED).exclude(plover="").order_by("earliest")
    newest = dict(coded.values_list("plover", "title_en"))
    return {plover: newest.get(plover.value, "") for plover in Plover}


@require_GET
def date_in_words(request: HttpRequest) -> JsonResponse:
    """{"words": {"en": …, "ko": …, "ja": …}} or {"error": …}."""
    try:
        stated = edtf.parse(request.GET.get("date", ""))
    except edtf.EDTFError as error:
        return JsonResponse({"error": str(error)})
    return JsonResponse({"words": {lang: spell(stated, lang) for lang in LANGUAGES}})


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """Actors or sources whose name holds what was typed."""
    words = request.GET.get("q", "").strip()[:MAX_WORDS]
    model = Source if request.GET.get("type") == "source" else Actor
    names = ("title", "publisher", "url") if model is Source else ("name_en", "name_ko", "name_ja")
    condition = Q(key__icontains=words)
    for name in names:
        condition |= Q(**{f"{name}__icontains": words})
    found = model.objects.exclude(state=State.WITHDRAWN).filter(condition) if words else ()
    rows = [{"id": r.pk, "key": r.key, "text": str(r)} for r in found[:SUGGESTED]]
    return JsonResponse({"results": rows})


@require_GET
def alike_titles(request: HttpRequest) -> JsonResponse:
    """Happenings that may be the same, and the disputes that it may bear on."""
    titles = {lang: request.GET.get(f"title_{lang}", "")[:300] for lang in LANGUAGES}
    found = alike(request.GET.get("date", ""), titles)
    disputes = [{"id": dispute.pk, "text": str(dispute)} for dispute in matters(titles)]
    return JsonResponse({"results": [each.as_dict() for each in found], "disputes": disputes})


class _Undone(Exception):
    pass


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The public page as it would be. Nothing is saved."""
    data = request.POST.copy()
    data["another"] = "on"
    form = QuickEntryForm(data)
    if not form.is_valid():
        return render(request, "admin/quick_entry_faults.html", {"form": form}, status=400)
    try:
        with transaction.atomic():
            event = form.save(request.user)
            raise _Undone(document_of(Event.objects.get(pk=event.pk)))
    except _Undone as undone:
        return _public_page(request, undone.args[0])
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, "admin/quick_entry_faults.html", {"form": form}, status=400)


def _public_page(request: HttpRequest, document: dict[str, Any]) -> HttpResponse:
    entry = Entry(
        type="event",
        key=document["key"],
        version=1,
        recorded_at=timezone.now(),
        document=documents.dumps(document),
        reason=_("Preview"),
        editor=_("not public"),
    )
    record_type = record_types.get("event")
    context = {"entry": entry, "doc": entry.data, "type": record_type}
    if record_type.details:
        context |= record_type.details(Slice(), entry)
    return render(request, ["records/event.html"], context)
