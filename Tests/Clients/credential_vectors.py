"""Writes what botocore, which carries the AWS CLI, makes of a user's files and variables, for Tests/AWSClientTests: whose
credentials it finds, what it asks of STS and of the metadata services, and what it takes for an error.

    credential_vectors.py FILE

Services are played on a port of this machine. `{home}` and `{port}` stand for what differs from run to run.
"""

import hashlib
import http.server
import json
import logging
import os
import pathlib
import sys
import tempfile
import threading
import urllib.parse
from unittest import mock

import botocore.session
from botocore.configprovider import ConfiguredEndpointProvider

logging.disable(logging.CRITICAL)
EXPIRATION = "2099-01-15T13:00:00Z"


def credentials_for(text):
    digest = hashlib.sha256(text.encode()).hexdigest().upper()
    return "ASIA" + digest[:16], "secret-" + digest[16:40], "token-" + digest[40:]


class Services(http.server.BaseHTTPRequestHandler):
    """STS, a container's credentials and the instance metadata, told apart by their paths."""

    exchanges = []

    def log_message(self, *arguments):
        pass

    def answer(self, text, kind="text/plain"):
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def note(self, form, response):
        names = ["x-aws-ec2-metadata-token", "x-aws-ec2-metadata-token-ttl-seconds"]
        headers = {name: self.headers[name] for name in names if self.headers[name]}
        authorization = self.headers["Authorization"] or ""
        signer = None
        if authorization.startswith("AWS4-HMAC-SHA256 "):
            signer = authorization.split("Credential=")[1].split("/")[0]
        elif authorization:
            headers["Authorization"] = authorization
        fields = {k: v for k, v in form.items() if k != "Version"}
        if fields.get("RoleSessionName", "").startswith("botocore-session-"):
            fields["RoleSessionName"] = "{generated}"
        self.exchanges.append(
            {
                "method": self.command,
                "target": self.path,
                "headers": headers,
                "signer": signer,
                "form": fields,
                "response": response,
            }
        )

    def do_POST(self):
        length = int(self.headers["Content-Length"])
        form = dict(urllib.parse.parse_qsl(self.rfile.read(length).decode()))
        key, secret, token = credentials_for(form["RoleArn"])
        action = form["Action"]
        text = (
            f'<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result><Credentials>'
            f"<AccessKeyId>{key}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>"
            f"<SessionToken>{token}</SessionToken><Expiration>{EXPIRATION}</Expiration></Credentials>"
            f"<AssumedRoleUser><AssumedRoleId>AROAEXAMPLE:s</AssumedRoleId><Arn>{form['RoleArn']}</Arn>"
            f"</AssumedRoleUser></{action}Result></{action}Response>"
        )
        self.note(form, text)
        self.answer(text, "text/xml")

    def do_PUT(self):
        self.note({}, "imds-token")
        self.answer("imds-token")

    def do_GET(self):
        if self.path.endswith("/security-credentials/"):
            text = "MachineRole"
        else:
            key, secret, token = credentials_for(self.path)
            text = json.dumps(
                {
                    "Code": "Success",
                    "AccessKeyId": key,
                    "SecretAccessKey": secret,
                    "Token": token,
                    "Expiration": EXPIRATION,
                }
            )
        self.note({}, text)
        self.answer(text)


KEYS = "aws_access_key_id = AKIA{0}\naws_secret_access_key = secret-{0}\n"
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "secret-env"}
CONTAINER = {"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://127.0.0.1:{port}/container?x=1"}
INSTANCE = {
    "AWS_EC2_METADATA_DISABLED": "false",
    "AWS_EC2_METADATA_SERVICE_ENDPOINT": "http://127.0.0.1:{port}/",
}
ROLE = "arn:aws:iam::111111111111:role/"
PRINTED = json.dumps({"Version": 1, "AccessKeyId": "AKIAPROC", "SecretAccessKey": "s", "SessionToken": "t"})
PROGRAM = "#!/bin/sh\n[ \"$1\" = 'two words' ] && [ \"$2\" = 'a\"b' ] && [ $# = 2 ] && cat {home}/printed.json\n"


def role(name, **settings):
    lines = [f"role_arn = {ROLE}{name}"] + [f"{key} = {value}" for key, value in settings.items()]
    return "\n".join(lines) + "\n"


def case(name, config="", credentials="", environment=None, profile=None, files=None):
    return {
        "name": name,
        "environment": environment or {},
        "files": {".aws/config": config, ".aws/credentials": credentials, **(files or {})},
        "profile": profile,
    }


def cases():
    a, b = KEYS.format("A"), KEYS.format("B")
    yield case("the environment", environment=ENVIRONMENT)
    yield case("with a session token", environment={**ENVIRONMENT, "AWS_SESSION_TOKEN": "t"})
    yield case(
        "with two tokens", environment={**ENVIRONMENT, "AWS_SESSION_TOKEN": "t", "AWS_SECURITY_TOKEN": "older"}
    )
    yield case("an empty variable is none", credentials="[default]\n" + a, environment={"AWS_ACCESS_KEY_ID": ""})
    yield case("the environment before the files", credentials="[default]\n" + a, environment=ENVIRONMENT)
    yield case("a named profile before the environment", "", "[a]\n" + a, ENVIRONMENT, "a")
    yield case("AWS_PROFILE behind the environment", "", "[a]\n" + a, {**ENVIRONMENT, "AWS_PROFILE": "a"})
    yield case("AWS_PROFILE", "", "[default]\n" + b + "[a]\n" + a, {"AWS_PROFILE": "a"})
    yield case("AWS_DEFAULT_PROFILE", "", "[default]\n" + b + "[a]\n" + a, {"AWS_DEFAULT_PROFILE": "a"})
    yield case("the config file's keys", "[default]\n" + a)
    yield case("the credentials file before the config file", "[default]\n" + a, "[default]\n" + b)
    yield case("a session token in a file", "", "[default]\n" + a + "aws_session_token = t\n")
    yield case("other files", environment={"AWS_SHARED_CREDENTIALS_FILE": "~/other"}, files={"other": "[default]\n" + a})
    yield case("another config file", environment={"AWS_CONFIG_FILE": "{home}/c"}, files={"c": "[profile x]\n" + a}, profile="x")
    yield case("a quoted name", "[profile 'two  words']\n" + a, profile="two  words")
    yield case("a section without profile is none", "[x]\n" + a, profile="x")
    yield case("[profile default]", "[profile default]\n" + a)
    yield case("spelled freely", "", "[default]\nAWS_ACCESS_KEY_ID:AKIAA\n  # comment\n; another\n\naws_secret_access_key=s=s:s # t\n")
    yield case("nested settings", "[default]\ns3 =\n  endpoint_url = http://x\n  b=c=d\n" + a)
    yield case("a role", "[default]\n" + role("R", source_profile="b"), "[b]\n" + b)
    settings = {"external_id": "x y", "duration_seconds": "900", "role_session_name": "me", "source_profile": "b"}
    yield case("a role with all settings", "[default]\n" + role("R", **settings), "[b]\n" + b)
    yield case("a role with a device", "[default]\n" + role("R", source_profile="b", mfa_serial="arn:aws:iam::111111111111:mfa/me"), "[b]\n" + b)
    yield case("a role in the credentials file", "", "[default]\n" + role("R", source_profile="b") + "[b]\n" + b)
    chain = role("R", source_profile="b") + "[profile b]\n" + role("S", source_profile="c") + "[profile c]\n"
    yield case("a chain of roles", "[default]\n" + chain + role("T", source_profile="d") + "[profile d]\n" + a)
    yield case("a role before the profile's own keys", "[default]\n" + role("R", source_profile="b") + a + "[profile b]\n" + b)
    yield case("a source's keys before its role", "[default]\n" + role("R", source_profile="b") + "[profile b]\n" + role("S", source_profile="default") + b)
    yield case("a profile that is its own source", "[default]\n" + role("R", source_profile="default") + a)
    yield case("a role from the environment", "[profile r]\n" + role("R", credential_source="Environment"), "", ENVIRONMENT, "r")
    yield case("a role from a container", "[default]\n" + role("R", credential_source="EcsContainer"), "", CONTAINER)
    yield case("a role from the instance", "[default]\n" + role("R", credential_source="Ec2InstanceMetadata"), "", INSTANCE)
    token = {"AWS_WEB_IDENTITY_TOKEN_FILE": "{home}/token", "AWS_ROLE_ARN": ROLE + "W"}
    web = "[default]\n" + role("W", web_identity_token_file="{home}/token")
    yield case("a web identity of the environment", environment=token, files={"token": "a.b.c"})
    yield case("with a session name", environment={**token, "AWS_ROLE_SESSION_NAME": "job"}, files={"token": "a.b.c"})
    yield case("before the files' keys", "", "[default]\n" + a, token, files={"token": "a.b.c"})
    yield case("behind the files' role", "[default]\n" + role("R", source_profile="b"), "[b]\n" + b, token, files={"token": "a.b.c"})
    yield case("not for a named profile", "", "[a]\n" + a, token, "a", {"token": "a.b.c"})
    yield case("a web identity of a profile", web, files={"token": "a.b.c"})
    yield case("a role from a web identity", "[profile r]\n" + role("R", source_profile="default") + web, "", None, "r", {"token": "a.b.c"})
    files = {"program": PROGRAM, "printed.json": PRINTED}
    process = "[default]\ncredential_process = \"{home}/program\" 'two words' a\\\"b\n"
    yield case("a program", process, files=files)
    yield case("a program behind the credentials file", process, "[default]\n" + a, files=files)
    yield case("a program before the config file's keys", process + a, files=files)
    yield case("a role from a program", process + "[profile r]\n" + role("R", source_profile="default"), "", None, "r", files)
    yield case("a container", environment=CONTAINER)
    yield case("a container with a token", environment={**CONTAINER, "AWS_CONTAINER_AUTHORIZATION_TOKEN": "Basic x"})
    yield case(
        "a container with a token in a file",
        environment={
            **CONTAINER,
            "AWS_CONTAINER_AUTHORIZATION_TOKEN": "no",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "{home}/t",
        },
        files={"t": "Bearer y"},
    )
    yield case("the files before a container", "", "[default]\n" + a, CONTAINER)
    yield case("a container for a profile without credentials", "[profile a]\nregion = x\n", "", CONTAINER, "a")
    yield case("the instance", environment=INSTANCE)
    yield case("a container before the instance", environment={**INSTANCE, **CONTAINER})

    yield case("half a key in the environment", "", "[default]\n" + a, {"AWS_ACCESS_KEY_ID": "AKIA"})
    yield case("half a key in a file", "", "[default]\naws_access_key_id = AKIA\n")
    yield case("no such profile", "", "[default]\n" + a, profile="nobody")
    yield case("no such profile in the variable", "", "[default]\n" + a, {**ENVIRONMENT, "AWS_PROFILE": "nobody"})
    yield case("nothing")
    yield case("no such source", "[default]\n" + role("R", source_profile="nobody"))
    yield case("a source without credentials", "[default]\n" + role("R", source_profile="b") + "[profile b]\nregion = x\n")
    yield case("a role without a source", "[default]\n" + role("R"))
    yield case("a role with two sources", "[default]\n" + role("R", source_profile="b", credential_source="Environment"), "[b]\n" + b)
    yield case("an unknown credential source", "[default]\n" + role("R", credential_source="Nowhere"))
    yield case("a credential source without credentials", "[default]\n" + role("R", credential_source="Environment"))
    yield case("a circle", "[default]\n" + role("R", source_profile="b") + "[profile b]\n" + role("S", source_profile="default"))
    yield case("its own source without keys", "[default]\n" + role("R", source_profile="default"))
    yield case("a token without a role", "[default]\nweb_identity_token_file = {home}/token\n")
    yield case("a section without an end", "[default\n" + a)
    yield case("a setting before any section", a)
    yield case("a section twice", "", "[default]\n" + a + "[default]\n" + b)
    yield case("a setting twice", "", "[default]\n" + a + a)
    yield case("a line that is no setting", "", "[default]\n" + a + "what\n")
    yield case("a program that fails", "[default]\ncredential_process = false\n")
    yield case("a program that prints no credentials", "[default]\ncredential_process = echo {{}}\n")
    yield case("a program of another version", "[default]\ncredential_process = cat {home}/v2\n", files={"v2": PRINTED.replace("1", "2", 1)})
    yield case("a container elsewhere", environment={"AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://192.0.2.1/x"})
    yield case("single sign-on without an account", "[default]\nsso_role_name = r\nsso_start_url = u\nsso_region = x\n")

    services = "[default]\nregion = eu-west-1\nservices = s\nendpoint_url = http://all\n[services s]\niam =\n  endpoint_url = http://iam\n"
    yield case("endpoints of a profile", services, "[default]\n" + a)
    yield case("an endpoint of the environment", services, "[default]\n" + a, {"AWS_ENDPOINT_URL": "http://env"})
    yield case("an endpoint of the environment for one service", services, "[default]\n" + a, {"AWS_ENDPOINT_URL_S3": "http://s3"})
    yield case("ignored endpoints", services, "[default]\n" + a, {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL": "http://env"})
    yield case("a services section that is not there", "[default]\nservices = t\n" + a)
    yield case("a region of the environment", services, "[default]\n" + a, {"AWS_DEFAULT_REGION": "ap-south-1"})


def endpoint(session, service):
    if str(session.get_config_variable("ignore_configured_endpoint_urls")).lower() == "true":
        return None
    try:
        return ConfiguredEndpointProvider(session.full_config, session.get_scoped_config(), service).provide()
    except Exception as error:
        return {"error": type(error).__name__}


def answer(entry, port):
    with tempfile.TemporaryDirectory() as home:
        place = lambda text: text.replace("{home}", home).replace("{port}", str(port)).replace("{{}}", "{}")
        for path, text in entry["files"].items():
            file = pathlib.Path(home, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            if text:
                file.write_text(place(text), encoding="utf-8")
                file.chmod(0o700)
        environment = {"HOME": home, "PATH": os.environ["PATH"], "AWS_EC2_METADATA_DISABLED": "true"}
        environment |= {key: place(value) for key, value in entry["environment"].items()}
        sts = {"AWS_ENDPOINT_URL_STS": f"http://127.0.0.1:{port}", "AWS_DEFAULT_REGION": "us-east-1"}
        with mock.patch.dict(os.environ, environment, clear=True):
            result = {"settings": None}
            try:
                session = botocore.session.Session(profile=entry["profile"])
                settings = {"region": session.get_config_variable("region")}
                for service in ["iam", "sts", "s3"]:
                    settings[service] = endpoint(session, service)
                result["settings"] = settings
            except Exception:
                pass
            Services.exchanges = []
            for key, value in sts.items():
                os.environ.setdefault(key, value)
            os.environ["AWS_ENDPOINT_URL_STS"] = sts["AWS_ENDPOINT_URL_STS"]
            os.environ.pop("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", None)
            try:
                session = botocore.session.Session(profile=entry["profile"])
                resolver = session.get_component("credential_provider")
                resolver.get_provider("assume-role")._prompter = lambda prompt: "123456"
                found = session.get_credentials()
                if found is None:
                    return {**result, "error": "None"}
                frozen = found.get_frozen_credentials()
            except Exception as error:
                return {**result, "error": type(error).__name__}
            return {
                **result,
                "method": found.method,
                "accessKeyID": frozen.access_key,
                "secretAccessKey": frozen.secret_key,
                "sessionToken": frozen.token,
                "exchanges": Services.exchanges,
            }


def main():
    target = pathlib.Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Services)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    vectors = [{**entry, **answer(entry, port)} for entry in cases()]
    server.shutdown()
    target.write_text(json.dumps({"port": port, "vectors": vectors}, indent=1), encoding="utf-8")


main()
