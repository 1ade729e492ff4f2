"""Two editors who press the button at the same instant, on connections of their own."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from timeline.models import Entry

from ..factories import make_event, make_source
from ..record.test_concurrency import in_a_file, publish_at_once  # noqa: F401 (a fixture)
from .pages import add_row, address, opened

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(name: str) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


@pytest.mark.parametrize("rows_only", [False, True])
def test_one_of_two_saves_at_the_same_instant_is_refused(rows_only):
    event, sources = make_event(title_en="As it was"), [make_source(), make_source()]
    clients = [signed_in("hana"), signed_in("kenji")]
    forms = [opened(client, event) | {"reason": "Mine."} for client in clients]
    for number, source in enumerate(sources):
        if rows_only:
            forms[number] = add_row(forms[number], "citations", source=source.pk)
        else:
            forms[number]["title_en"] = f"Title {number}"
    answers = []

    def save(number: int) -> None:
        answers.append(clients[number].post(address(event), forms[number] | {"_continue": "1"}))

    assert publish_at_once(lambda: save(0), lambda: save(1)) == []
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    refused = next(answer for answer in answers if answer.status_code == 200)
    assert refused.context["adminform"].form.conflict is True
    assert Entry.objects.filter(type="event").count() == 2
    event.refresh_from_db()
    assert event.citations.count() == (2 if rows_only else 1)
