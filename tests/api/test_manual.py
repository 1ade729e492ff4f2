"""docs/api.md says what there is, in full."""

import re
from pathlib import Path

from timeline import cursors, declarations, instants, parameters, record_types
from timeline.api import history

ROOT = Path(__file__).resolve().parents[2]
MANUAL = (ROOT / "docs" / "api.md").read_text()
FILTERS = {name for record_type in record_types.all_types() for name in record_type.terms}


def test_the_manual_names_every_list():
    lists = re.search(r"`\{list\}` is one of `([^`]*)`", MANUAL)[1].split()
    assert sorted(lists) == sorted(record_type.plural for record_type in record_types.all_types())


def test_the_manual_names_every_parameter_that_all_lists_share():
    known = {name.removesuffix("__in") for name in parameters.declared(record_types.all_types())}
    shared = known - FILTERS - {"format"}
    assert {name for name in shared if f"`{name}" not in MANUAL} == set()


def test_the_manual_names_every_code_of_a_fault():
    sources = [
        Path(module.__file__).read_text() for module in (cursors, instants, declarations, history)
    ]
    sources.append(Path(parameters.__file__).read_text())
    raised = re.findall(r'Refused\(\s*"(\w+)"', "".join(sources))
    raised += re.findall(r'Fault\([^"]*?(?:"\w+", )?"(\w+)"', "".join(sources))
    listed = re.search(r"\| 400 \| `code` is (.*) \|", MANUAL)[1]
    assert set(re.findall(r"`(\w+)`", listed)) == set(raised)
