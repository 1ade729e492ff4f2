"""The API's description, made from what the views run on: declared parameters, types' documents."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse

from ..declarations import Parameter
from . import shapes

PROBLEMS = {
    400: "A parameter is unknown or has a value that cannot be read.",
    404: "There is no such record.",
    406: "The answer is asked for in another format.",
    410: "The record was withdrawn; the reason is said.",
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
        codes = PROBLEMS if "{key}" in self.path else (400, 406)
        problem = self.component("Problem", shapes.PROBLEM)
        answers: dict[Any, OpenApiResponse] = {
            (200, "application/json"): OpenApiResponse(
                self.view.shape(self), description="The answer."
            )
        }
        for code in codes:
            answers[code, "application/problem+json"] = OpenApiResponse(
                problem, description=PROBLEMS[code]
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
                {"type": "string", "maxLength": 200},
                OpenApiParameter.PATH,
                required=True,
                description="The record's key. It never changes.",
            )


def described(parameter: Parameter) -> OpenApiParameter:
    """What the description says of a parameter."""
    schema = parameter.schema
    if parameter.many and not parameter.name.endswith("__in"):
        schema = {"type": "array", "items": schema}
    return OpenApiParameter(
        parameter.name, schema, OpenApiParameter.QUERY, description=parameter.description
    )
