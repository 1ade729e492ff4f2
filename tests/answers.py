"""What tests ask of an answer, whichever address gave it."""

from django.http import HttpResponse


def headers_but_request_id(response: HttpResponse) -> dict[str, str]:
    """All headers that are part of the answer; the request's id is of each request its own."""
    return {name: value for name, value in response.items() if name != "X-Request-ID"}
