import pytest

from timeline.models import Entry

from ..factories import MAKERS


@pytest.mark.django_db
@pytest.mark.parametrize("name", MAKERS)
def test_every_type_of_record_can_be_published(name):
    record = MAKERS[name]()
    entry = Entry.objects.current().get(type=name, key=record.key)
    assert (entry.version, entry.data["key"]) == (1, record.key)
