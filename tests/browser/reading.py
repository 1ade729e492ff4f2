"""What a reader's browser must not meet on any page, and the pages of every kind."""

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Response, Route

LANGUAGES = ("en", "ko", "ja")

# One of every kind, without the language.
KINDS = {
    "home": "/",
    "dispute": "/disputes/export-controls/",
    "disputes": "/disputes/",
    "timeline": "/timeline/",
    "timeline of a year": "/timeline/?dispute=gsomia&date__gte=2019-07-01&date__lte=2019-12-31",
    "all of the timeline": "/timeline/?date__gte=1965-01-01&date__lte=2026-12-31",
    "event": "/events/2018-10-30-supreme-court-nippon-steel/",
    "events": "/events/?kind=ruling",
    "chains": "/chains/",
    "chain": "/chains/events/2018-10-30-supreme-court-nippon-steel/?depth=2",
    "summit": "/summits/2023-03-16-tokyo/",
    "summits": "/summits/",
    "agreement": "/agreements/comfort-women-agreement-2015/",
    "agreements": "/agreements/",
    "commitment": "/commitments/claims-agreement-1965.claims-settled-completely/",
    "commitments": "/commitments/",
    "fulfilment": "/fulfilments/archives-agreement-2010.transfer-1205-volumes.2011-06-10/",
    "fulfilments": "/fulfilments/",
    "status": "/statuses/comfort-women.1993-08-04/",
    "statuses": "/statuses/",
    "recommendation": "/recommendations/step-by-step-approach/",
    "recommendations": "/recommendations/",
    "claim": "/claims/kishida-met-delegation/",
    "claims": "/claims/",
    "survey": "/surveys/asahi-donga-jp-like/",
    "surveys": "/surveys/",
    "leader": "/leaders/fumio-kishida/",
    "leaders": "/leaders/",
    "actor": "/actors/comfort-women-victims/",
    "actors": "/actors/",
    "source": "/sources/worldjpn-1965-claims-agreement/",
    "sources": "/sources/",
    "search": "/search/?q=강제동원",
    "search without a hit": "/search/?q=nothing+like+this",
    "changes": "/changes/",
    "publication": "/changes/1/",
    "history": "/events/2018-10-30-supreme-court-nippon-steel/versions/",
    "difference": "/events/2018-10-30-supreme-court-nippon-steel/versions/1..2/",
    "method": "/method/",
    "developers": "/developers/",
    "former page": "/disputes/gsomia/?as_of=2026-11-01",
    "data": "/data/",
    "missing": "/events/nothing/",
    "not understood": "/timeline/?nonsense=1",
}
REFUSED = {"missing": 404, "not understood": 400}


class Watch:
    """Notes what goes wrong in a browser: requests elsewhere, breaches of the policy, errors."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.faults: list[str] = []
        context.route("**/*", self.request)
        context.on("console", self.message)
        context.on("weberror", lambda found: self.faults.append(f"script: {found.error}"))
        context.on("response", self.answer)

    def request(self, route: Route) -> None:
        if urlsplit(route.request.url).netloc == self.host:
            route.continue_()
        else:
            self.faults.append(f"asked elsewhere: {route.request.url}")
            route.abort()

    def message(self, message: ConsoleMessage) -> None:
        """Breaches of the policy and scripts' errors are messages in the console."""
        refused = "Failed to load resource" in message.text  # `answer` notes those
        if message.type == "error" and not refused:
            self.faults.append(f"console: {message.text}")

    def answer(self, response: Response) -> None:
        """Only a page may be refused, never what belongs to one."""
        belongs = not response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and belongs):
            self.faults.append(f"{response.status}: {response.url}")
