"""The API's description, made from what the views run on: declared parameters, types' documents."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse

from ..declarations import Parameter
from . import shapes

EXAMPLES = {
    400: {
        "detail": "One parameter is at fault.",
        "instance": "/api/v1/timeline/?dispite=gsomia",
        "errors": [
            {
                "parameter": "dispite",
                "code": "unknown",
                "detail": "There is no parameter “dispite” here. Did you mean “dispute”? Known: …",
            }
        ],
    },
    404: {
        "detail": "There is no event with this key. /api/v1/events/ lists them all.",
        "instance": "/api/v1/events/none/",
        "errors": [],
    },
    406: {
        "detail": "The forms of this address: application/json, text/csv, application/jsonl.",
        "instance": "/api/v1/events/",
        "errors": [],
    },
    410: {
        "detail": "This event was withdrawn on 2026-03-01: entered twice",
        "instance": "/api/v1/events/a-key/",
        "errors": [],
        "reason": "entered twice",
        "withdrawn_at": "2026-03-01T09:00:00Z",
        "version": 2,
    },
    429: {
        "detail": "600 requests in 60 seconds; ask again in 17 seconds.",
        "instance": "/api/v1/events/",
        "errors": [],
    },
    500: {
        "detail": "Something went wrong on our side. It was logged; please try again later.",
        "instance": "/api/v1/events/",
        "errors": [],
    },
}
TITLES = {
    400: "Bad request",
    404: "Not found",
    406: "Not acceptable",
    410: "Withdrawn",
    429: "Too many requests",
    500: "Internal server error",
}
PROBLEMS = {
    400: "A parameter is unknown or has a value that cannot be read.",
    404: "There is no such record.",
    406: "The answer is asked for in another format.",
    410: "The record was withdrawn; the reason is said.",
    429: "Too many requests, where the site limits them; `Retry-After` says when to go on.",
    500: "A fault of ours.",
}


class RecordSchema(AutoSchema):
    """Describes an address: its view has `operation`, `summary`, `known()`, `shape(schema)`."""

    def get_operation_id(self) -> str:
        return self.view.operation

    def get_tags(self) -> list[str]:
        record_type = self.view.record_type
        return [record_type.plural if record_type else self.view.operation.split("_")[0]]

    def get_summary(self) -> str:
        return self.view.summary

    def get_description(self) -> str:
        return type(self.view).__doc__ or ""

    def get_request_serializer(self) -> None:
        return None

    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [*self._path_parameters(), *map(described, self.view.known().values())]

    def get_response_serializers(self) -> dict[Any, OpenApiResponse]:
        codes = PROBLEMS if "{key}" in self.path else (400, 406, 429, 500)
        problem = self.component("Problem", shapes.PROBLEM)
        answers: dict[Any, OpenApiResponse] = {
            (200, "application/json"): OpenApiResponse(
                self.view.shape(self), description="The answer."
            )
        }
        for form in self.view.renderer_classes:
            if form.media_type != "application/json":
                shape = getattr(form, "shape", {"type": "string"})
                text = OpenApiResponse(shape, description="The same in this form.")
                answers[200, form.media_type] = text
        for code in codes:
            answers[code, "application/problem+json"] = OpenApiResponse(
                problem, description=PROBLEMS[code], examples=[problem_example(code)]
            )
        return answers

    def component(self, name: str, schema: dict[str, Any]) -> dict[str, Any]:
        """A reference to a schema that is described once."""
        component = ResolvedComponent(name, ResolvedComponent.SCHEMA, schema, name)
        self.registry.register_on_missing(component)
        return component.ref

    def document(self, record_type: Any) -> dict[str, Any]:
        """A reference to the shape of a type's documents."""
        if record_type.serializer is None:
            return {"type": "object"}
        return self.resolve_serializer(record_type.serializer, "response").ref

    def _path_parameters(self) -> Iterator[OpenApiParameter]:
        if "{key}" in self.path:
            yield OpenApiParameter(
                "key",
                {"type": "string", "maxLength": 200, "examples": [self.view.record_type.example]},
                OpenApiParameter.PATH,
                required=True,
                description="The record's key. It never changes.",
            )


def problem_example(code: int) -> OpenApiExample:
    value = {"type": "about:blank", "title": TITLES[code], "status": code} | EXAMPLES[code]
    return OpenApiExample(
        TITLES[code],
        value=value,
        response_only=True,
        status_codes=[str(code)],
        media_type="application/problem+json",
    )


def described(parameter: Parameter) -> OpenApiParameter:
    """What the description says of a parameter."""
    schema = parameter.schema
    if parameter.many and not parameter.name.endswith("__in"):
        schema = {"type": "array", "items": schema}
    return OpenApiParameter(
        parameter.name,
        schema,
        OpenApiParameter.QUERY,
        required=parameter.required,
        description=parameter.description,
    )
