"""Does the validator read each schema by the dialect that it states?"""

from typing import Any

import jsonschema
import pytest
import referencing
import referencing.jsonschema

from govern.validator import Validator

DRAFT7 = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "urn:pair",
    "items": [{"type": "string"}],
    "additionalItems": False,
}
LATEST = {"$id": "urn:pair", "prefixItems": [{"type": "string"}], "items": False}


@pytest.mark.parametrize("resource", [DRAFT7, LATEST], ids=["draft-07", "none stated"])
@pytest.mark.parametrize("value", [["a"], ["a", "b"], [1], []])
def test_a_schema_that_another_refers_to_is_read_by_its_own_dialect(resource: dict[str, Any], value: Any) -> None:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$ref": "urn:pair"}
    known = referencing.Resource.from_contents(resource, default_specification=referencing.jsonschema.DRAFT202012)
    registry: Any = referencing.Registry().with_resource("urn:pair", known)
    expected = jsonschema.Draft202012Validator(schema, registry=registry).is_valid(value)
    assert Validator(schema, {"urn:pair": resource}).is_valid(value) is expected
