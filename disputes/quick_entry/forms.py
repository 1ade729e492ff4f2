"""What is asked on the page, and the event that is made of it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from timeline import edtf

from ..documents import BY_TYPE
from ..models import Actor, Dispute, Effect, Event, EventKind, Plover, Source, SourceKind, State
from ..models.plover import PloverMode
from ..models.sources import validate_web_address
from ..models.texts import LANGUAGES
from ..proposals import write
from .alike import alike
from .keys import free_key

NEW_SOURCE = ("source_title", "source_publisher", "source_language", "source_kind")


def text(label: Any, rows: int = 0, **kwargs: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(label=label, widget=widget, **{"required": False} | kwargs)


class QuickEntryForm(forms.Form):
    """Its name in the form is the name in the document, where there is one."""

    date = text(
        gettext_lazy("When"),
        required=True,
        max_length=64,
        help_text=gettext_lazy("2019-08-22, 2019-08, 2019-03~ (about), 2019? (perhaps), 2018/2020"),
    )
    title_en = text(gettext_lazy("Title · English"), required=True, max_length=300)
    title_ko = text(gettext_lazy("Title · Korean"), max_length=300)
    title_ja = text(gettext_lazy("Title · Japanese"), max_length=300)
    summary_en = text(gettext_lazy("Summary · English"), rows=3)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=EventKind.choices)
    disputes = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Bears on"),
        queryset=Dispute.objects.exclude(state=State.WITHDRAWN).order_by("position", "key"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    initiators = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Who acted"), queryset=Actor.objects.order_by("name_en"), required=False
    )
    targets = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Towards whom"),
        queryset=Actor.objects.order_by("name_en"),
        required=False,
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("Effect"), choices=Effect.choices, initial=Effect.NEUTRAL
    )
    plover = forms.ChoiceField(
        label=gettext_lazy("PLOVER type"), choices=[("", "—"), *Plover.choices], required=False
    )
    plover_mode = forms.ChoiceField(
        label=gettext_lazy("PLOVER mode"),
        choices=[("", "—"), *PloverMode.choices],
        required=False,
    )
    source = text(
        gettext_lazy("Source"),
        required=True,
        max_length=1000,
        help_text=gettext_lazy("The address of the page, or the key of a source that is here."),
    )
    locator = text(gettext_lazy("Place in the source"), max_length=200)
    quotation = text(gettext_lazy("Quotation"), rows=2)
    source_title = text(gettext_lazy("Its title, as printed"), max_length=500)
    source_publisher = text(gettext_lazy("Publisher"), max_length=300)
    source_language = text(gettext_lazy("Language"), max_length=12)
    source_published = text(gettext_lazy("Published"), max_length=64)
    source_kind = forms.ChoiceField(
        label=gettext_lazy("Kind of source"),
        choices=[("", "—"), *SourceKind.choices],
        required=False,
    )
    another = forms.BooleanField(
        label=gettext_lazy("I have looked: it is another event"), label_suffix="", required=False
    )

    def clean_date(self) -> str:
        try:
            return edtf.parse(self.cleaned_data["date"]).text
        except edtf.EDTFError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.alike = alike(cleaned.get("date", ""), self.titles())
        if self.alike and not cleaned.get("another"):
            self.add_error("another", _("Something alike is here already. Look at it first."))
        self._clean_source(cleaned.get("source", ""))
        return cleaned

    def titles(self) -> dict[str, str]:
        return {lang: self.cleaned_data.get(f"title_{lang}", "") for lang in LANGUAGES}

    def _clean_source(self, given: str) -> None:
        self.known = known_source(given) if given else None
        if self.known or not given:
            return
        try:
            validate_web_address(given)
        except ValidationError:
            self.add_error("source", _("No source has this key, and it is no web address."))
            return
        for name in NEW_SOURCE:
            if not self.cleaned_data.get(name):
                self.add_error(name, _("This address is new here: say what the source is."))
        published = self.cleaned_data.get("source_published", "")
        if published and not edtf.is_valid(published):
            self.add_error("source_published", _("“%s” is no EDTF date.") % published)

    @transaction.atomic
    def save(self, user: Any) -> Event:
        """The event as a draft, and its source where that is new. ValidationError."""
        data = self.cleaned_data
        source = self.known or self._new_source(user)
        cited = {"key": source.key} | {
            name: data[name] or None for name in ("locator", "quotation")
        }
        document = {name: data[name] or None for name in ("kind", "effect", "plover")}
        document |= {
            "date": data["date"],
            "title": self.titles(),
            "summary": {"en": data["summary_en"], "ko": "", "ja": ""},
            "disputes": [dispute.key for dispute in data["disputes"]],
            "initiators": [actor.key for actor in data["initiators"]],
            "targets": [actor.key for actor in data["targets"]],
            "plover_mode": data["plover_mode"] or None,
            "sources": [cited],
        }
        empty = dict.fromkeys(n for n, f in BY_TYPE["event"]().fields.items() if not f.read_only)
        event = Event(key=free_key(Event, f"{data['date']} {data['title_en']}"), modified_by=user)
        event.clean_fields(exclude=["date"])
        written = write(event, empty | {"links": [], "translations": {}} | document)
        written.clean()
        return written

    def _new_source(self, user: Any) -> Source:
        data = self.cleaned_data
        source = Source(
            key=free_key(Source, f"{data['source_publisher']} {data['source_title']}"),
            title=data["source_title"],
            publisher=data["source_publisher"],
            language=data["source_language"],
            published=data["source_published"],
            kind=data["source_kind"],
            url=data["source"],
            modified_by=user,
        )
        source.full_clean()
        source.save()
        return source


def known_source(given: str) -> Source | None:
    """The source with the key, or the address but for what addresses may differ in."""
    bare = re.sub(r"^https?://(www\.)?|/+$", "", given)
    ways = [
        f"{scheme}://{www}{bare}{end}"
        for scheme in ("http", "https")
        for www in ("", "www.")
        for end in ("", "/")
    ]
    found = Source.objects.exclude(state=State.WITHDRAWN).order_by("key")
    return found.filter(key=given).first() or found.filter(url__in=ways).first()
