"""Ten questions to the record as a stranger would ask them, for the page for developers.

Each has an address and a few lines of Python; curl and R follow from the address. The tests run
what the page shows against the real content.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

PYTHON = """\
import json
from urllib.request import urlopen

answer = json.load(urlopen("{url}"))
{body}
"""
TABLE_PYTHON = """\
import csv
from io import TextIOWrapper
from urllib.request import urlopen

rows = list(csv.DictReader(TextIOWrapper(urlopen("{url}"), "utf-8")))
{body}
"""


@dataclass(frozen=True)
class Question:
    title: Any
    path: str  # below /api/v1/
    body: str  # Python, with `answer` (or `rows` of a table) at hand

    @property
    def is_table(self) -> bool:
        return ".csv" in self.path

    def url(self, site: str) -> str:
        return f"{site}/api/v1/{self.path}"

    def curl(self, site: str) -> str:
        return f"curl --fail '{self.url(site)}'"

    def python(self, site: str) -> str:
        frame = TABLE_PYTHON if self.is_table else PYTHON
        return frame.format(url=self.url(site), body=self.body)

    def r(self, site: str) -> str:
        if self.is_table:
            return f'rows <- read.csv("{self.url(site)}", encoding = "UTF-8")'
        return f'answer <- jsonlite::fromJSON("{self.url(site)}", simplifyVector = FALSE)'


QUESTIONS = (
    Question(
        _("What happened in 2019 in two disputes, as a table?"),
        "events.csv?dispute=gsomia&dispute=export-controls&date__gte=2019&date__lte=2019",
        'for row in rows:\n    print(row["date"], row["disputes"], row["title_en"])',
    ),
    Question(
        _("How did each dispute stand on 11 May 2022?"),
        "disputes/?on=2022-05-11",
        'for dispute in answer["results"]:\n'
        '    status = dispute["status"]\n'
        '    print(dispute["key"], status and status["status"], status and status["trend"])',
    ),
    Question(
        _("Was there a bilateral visit between December 2011 and March 2023?"),
        "summits/?setting=bilateral_visit&date__gte=2011-12-19&date__lte=2023-03-15",
        'print(len(answer["results"]), "visits")',
    ),
    Question(
        _("What led to the notice on GSOMIA of August 2019, and what came of it?"),
        "events/2019-08-22-rok-decides-to-end-gsomia/chain/?depth=3",
        'for edge in answer["edges"]:\n'
        '    print(edge["effect"]["key"], edge["kind"], edge["cause"]["key"], edge["asserted_by"])',
    ),
    Question(
        _("How many events of each kind bear on forced labor, year by year?"),
        "events/?dispute=forced-labor&facet=kind,year&page_size=1",
        'for year in answer["facets"]["year"]["values"]:\n    print(year["value"], year["count"])',
    ),
    Question(
        _("Which promises of 2015 on the comfort women were kept, as of today?"),
        "commitments/?agreement=comfort-women-agreement-2015",
        'for promise in answer["results"]:\n'
        '    state = promise["fulfilment"]\n'
        '    print(promise["title"]["en"], "–", state and state["fulfilment"])',
    ),
    Question(
        _("Who governed in both countries on 22 August 2019?"),
        "leaders/?on=2019-08-22",
        'for leader in answer["results"]:\n    print(leader["country"], leader["title"]["en"])',
    ),
    Question(
        _("What do the sources of one event say, and where are they archived?"),
        "events/2019-08-22-rok-decides-to-end-gsomia/?include=source&fields=key,sources.key",
        'for key, source in answer["included"]["source"].items():\n'
        '    print(key, source["url"], source["archive_url"])',
    ),
    Question(
        _("Where does the record mention Hashima, in any of the three languages?"),
        "timeline/?q=%EA%B5%B0%ED%95%A8%EB%8F%84&fields=key,date,title",
        'for entry in answer["results"]:\n    print(entry["date"], entry["title"]["ko"])',
    ),
    Question(
        _("What was published, corrected or withdrawn since I last asked?"),
        "changes/?since=0&page_size=100",
        'for change in answer["results"]:\n'
        '    print(change["id"], change["type"], change["key"], change["withdrawn"])\n'
        'print("next time: since =", answer["results"][-1]["id"])',
    ),
)
