"""Answers held against botocore's models, to the last element and header, and told as the shapes that recordings of AWS have."""

import base64
import datetime
import re
import xml.etree.ElementTree as ElementTree

XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
TIMESTAMPS = {
    "iam": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "sts": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "s3": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z",
}
# What S3 sends with every answer, beside what the models know.
COMMON_HEADERS = {"x-amz-request-id", "x-amz-id-2", "x-amzn-requestid", "x-amz-bucket-region"}


# Where AWS sends what its models do not list, as its own samples show.
UNLISTED = {
    "PermissionsBoundaryType": {"Policy"},
    "SourcePolicyType": {"IAM Policy"},
}


class Unmodelled(AssertionError):
    """An answer has something that the model has not, or not in that form."""


class Watch:
    """Sees every answer of a client before botocore's parser does, which drops what it does not know."""

    def __init__(self, client):
        self.raw = None
        client.meta.events.register("before-parse.*.*", self.keep)

    def keep(self, response_dict, operation_model, **_):
        self.raw = response_dict
        if response_dict["status_code"] < 300:
            check(operation_model, response_dict)


def check(operation, response):
    """Raises where a successful answer is not what the operation's model describes."""
    service, shape = operation.service_model.service_name, operation.output_shape
    body = response["body"] if isinstance(response["body"], bytes) else b""
    if service != "s3":
        root = ElementTree.fromstring(body)
        expect(local(root) == f"{operation.name}Response", f"the root is {local(root)}")
        children = {local(child): child for child in root}
        wrapper = shape.serialization.get("resultWrapper") if shape else None
        expected = {"ResponseMetadata"} | ({wrapper} if wrapper else set())
        expect(set(children) == expected, f"the root has {sorted(children)}, not {sorted(expected)}")
        if wrapper:
            check_structure(children[wrapper], shape, service, operation.name)
        return
    check_headers(response["headers"], shape, operation.name)
    if shape is None:
        expect(not body, f"{operation.name}: there is a body")
        return
    payload = shape.serialization.get("payload")
    members = {name: member for name, member in shape.members.items() if "location" not in member.serialization}
    if payload:
        if shape.members[payload].type_name != "structure":
            return
        check_structure(ElementTree.fromstring(body), shape.members[payload], service, operation.name)
    elif operation.name == "GetBucketLocation":
        expect(local(ElementTree.fromstring(body)) == "LocationConstraint", "the root is another")
    elif members:
        check_structure(ElementTree.fromstring(body), shape, service, operation.name)
    else:
        expect(not body, f"{operation.name}: there is a body: {body[:80]!r}")


def check_headers(headers, shape, place):
    known, prefixes = set(), []
    for member in (shape.members if shape else {}).values():
        location = member.serialization.get("location")
        if location == "header":
            known.add(member.serialization["name"].lower())
        elif location == "headers":
            prefixes.append(member.serialization["name"].lower())
    for name in headers:
        lower = name.lower()
        if lower.startswith("x-amz") and lower not in COMMON_HEADERS:
            expect(lower in known or any(lower.startswith(p) for p in prefixes), f"{place}: the header {name}")


def check_structure(element, shape, service, place):
    by_name, flattened = {}, {}
    for name, member in shape.members.items():
        if member.serialization.get("location") or member.serialization.get("xmlAttribute"):
            continue
        wire = member.serialization.get("name", name)
        if member.type_name == "list" and member.serialization.get("flattened"):
            wire = member.serialization.get("name", member.member.serialization.get("name", name))
            flattened[wire] = member
        else:
            by_name[wire] = member
    seen = set()
    for attribute in element.attrib:
        expect(attribute == XSI_TYPE, f"{place}: the attribute {attribute}")
    for child in element:
        name = local(child)
        if name in flattened:
            check_value(child, flattened[name].member, service, f"{place}/{name}")
            continue
        expect(name in by_name, f"{place}: the element {name}")
        expect(name not in seen, f"{place}: {name} twice")
        seen.add(name)
        check_value(child, by_name[name], service, f"{place}/{name}")


def check_value(element, shape, service, place):
    kind, text = shape.type_name, element.text or ""
    if kind == "structure":
        check_structure(element, shape, service, place)
    elif kind == "list":
        wire = shape.member.serialization.get("name", "member")
        for child in element:
            expect(local(child) == wire, f"{place}: the element {local(child)} in the list")
            check_value(child, shape.member, service, place)
    elif kind == "map":
        for entry in element:
            expect([local(part) for part in entry] == ["key", "value"], f"{place}: an odd entry")
            check_value(entry[1], shape.value, service, place)
    else:
        expect(len(element) == 0, f"{place}: elements in a {kind}")
        check_text(text, shape, service, place)


def check_text(text, shape, service, place):
    kind = shape.type_name
    if kind == "timestamp":
        expect(re.fullmatch(TIMESTAMPS[service], text), f"{place}: the time {text}")
    elif kind in ("integer", "long"):
        expect(re.fullmatch(r"-?\d+", text), f"{place}: the number {text}")
    elif kind == "boolean":
        expect(text in ("true", "false"), f"{place}: the truth value {text}")
    elif kind == "blob":
        base64.b64decode(text, validate=True)
    elif getattr(shape, "enum", None) and text:
        known = set(shape.enum) | UNLISTED.get(place.rpartition("/")[2], set())
        expect(text in known, f"{place}: {text} is none of {sorted(known)}")


def expect(condition, message):
    if not condition:
        raise Unmodelled(message)


def local(element):
    return element.tag.rpartition("}")[2]


def shape(answer):
    """What a parsed answer has, as `Role{Arn …} Tags[Key Value]`: members in the order of the alphabet, documents not
    looked into."""
    return " ".join(member(name, value) for name, value in sorted(answer.items()) if name != "ResponseMetadata")


def member(name, value):
    if isinstance(value, dict) and value and not name.endswith(("Document", "Metadata")) and name != "SummaryMap":
        return f"{name}{{{shape(value)}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        union = {}
        for item in value:
            for key, inner in item.items():
                # Of several the one that has most to show.
                if key not in union or len(member(key, inner)) > len(member(key, union[key])):
                    union[key] = inner
        return f"{name}[{shape(union)}]"
    return name


def is_recent(moment):
    return abs(datetime.datetime.now(datetime.timezone.utc) - moment) < datetime.timedelta(minutes=5)
