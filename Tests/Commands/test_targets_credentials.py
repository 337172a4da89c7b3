"""Targets whose credentials are profiles: real files of the AWS CLI, with roles, programs, tokens and devices behind them."""

import base64
import hashlib
import hmac
import json
import struct
import time
import unittest

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from targets import ACCOUNTS, REPOSITORY, TUTORIAL, Server, TargetCase
from terminal import Terminal

DESTINATION, ORIGINATING = ACCOUNTS["Destination"], ACCOUNTS["Originating"]
ISSUER = "https://token.ci.example.com"


def one_time_code(seed, when):
    """RFC 6238, for a seed in base32."""
    counter = struct.pack(">Q", int(when // 30))
    digest = hmac.new(base64.b32decode(seed), counter, hashlib.sha1).digest()
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1000000:06}"


def encoded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Profiles(TargetCase):
    @classmethod
    def make_server(cls):
        cls.signing_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        numbers = cls.signing_key.public_key().public_numbers()
        as_text = lambda number: encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))  # noqa: E731
        key = {"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig", "n": as_text(numbers.n), "e": as_text(numbers.e)}
        issuers = cls.folder / "issuers.json"
        issuers.write_text(json.dumps({ISSUER: {"keys": [key]}}), encoding="utf-8")
        return Server("--issuers", issuers)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        iam = cls.server.client("iam", DESTINATION)
        admin = "arn:aws:iam::aws:policy/AdministratorAccess"

        def role(name, principal, **condition):
            statement = {"Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole", "sts:AssumeRoleWithWebIdentity"]}
            if condition:
                statement["Condition"] = condition
            trust = {"Version": "2012-10-17", "Statement": statement}
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(trust), MaxSessionDuration=7200)
            iam.attach_role_policy(RoleName=name, PolicyArn=admin)
            return f"arn:aws:iam::{DESTINATION}:role/{name}"

        def user(name):
            iam.create_user(UserName=name)
            iam.attach_user_policy(UserName=name, PolicyArn=admin)
            return iam.create_access_key(UserName=name)["AccessKey"]

        cls.keys = user("operator")
        account = {"AWS": f"arn:aws:iam::{DESTINATION}:root"}
        role("First", account)
        role("Second", {"AWS": f"arn:aws:iam::{DESTINATION}:role/First"}, StringEquals={"sts:ExternalId": "47"})
        role("WithDevice", account, Bool={"aws:MultiFactorAuthPresent": "true"})
        iam.create_open_id_connect_provider(Url=ISSUER, ClientIDList=["sts.amazonaws.com"])
        role("FromToken", {"Federated": f"arn:aws:iam::{DESTINATION}:oidc-provider/token.ci.example.com"})
        claims = {"iss": ISSUER, "aud": "sts.amazonaws.com", "sub": "job", "iat": int(time.time()), "exp": int(time.time()) + 30 * 86400}
        head = encoded(json.dumps({"alg": "RS256", "kid": "1"}).encode()) + "." + encoded(json.dumps(claims).encode())
        signature = cls.signing_key.sign(head.encode(), padding.PKCS1v15(), hashes.SHA256())
        (cls.folder / "token").write_text(f"{head}.{encoded(signature)}", encoding="utf-8")
        program = cls.folder / "hand-out"
        printed = {"Version": 1, "AccessKeyId": cls.keys["AccessKeyId"], "SecretAccessKey": cls.keys["SecretAccessKey"]}
        program.write_text(f"#!/bin/sh\ncat <<'.'\n{json.dumps(printed)}\n.\n", encoding="utf-8")
        program.chmod(0o700)
        failing = cls.folder / "refuse"
        failing.write_text("#!/bin/sh\necho the vault is sealed >&2\nexit 3\n", encoding="utf-8")
        failing.chmod(0o700)
        cli = cls.folder / "bin" / "aws"
        cli.parent.mkdir()
        cli.write_text(
            "#!/bin/sh\necho 'Error when retrieving token from sso: Token has expired and refresh failed' >&2\nexit 255\n",
            encoding="utf-8",
        )
        cli.chmod(0o700)
        (cls.folder / "credentials").write_text(
            "[originating]\n"
            f"aws_access_key_id = {cls.server.variables['KEY_ORIGINATING']}\n"
            f"aws_secret_access_key = {cls.server.variables['SECRET_ORIGINATING']}\n"
            f"[keys]\naws_access_key_id = {cls.keys['AccessKeyId']}\n"
            f"aws_secret_access_key = {cls.keys['SecretAccessKey']}\n"
            "[revoked]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\naws_secret_access_key = 0123456789012345678901234567890123456789\n"
            "[half]\naws_access_key_id = AKIAAAAAAAAAAAAAAAAA\n",
            encoding="utf-8",
        )
        role_of = f"arn:aws:iam::{DESTINATION}:role"
        (cls.folder / "config").write_text(
            f"[profile first]\nrole_arn = {role_of}/First\nsource_profile = keys\nrole_session_name = nightly\nduration_seconds = 1800\n"
            f"[profile second]\nrole_arn = {role_of}/Second\nsource_profile = first\nexternal_id = 47\n"
            f"[profile stranger]\nrole_arn = {role_of}/Second\nsource_profile = first\nexternal_id = 48\n"
            f"[profile too-long]\nrole_arn = {role_of}/First\nsource_profile = keys\nduration_seconds = 10000\n"
            f"[profile from-environment]\nrole_arn = {role_of}/First\ncredential_source = Environment\n"
            f"[profile process]\ncredential_process = {program}\n"
            f"[profile sealed]\ncredential_process = {failing} --token hunter2hunter2\n"
            f"[profile token]\nrole_arn = {role_of}/FromToken\nweb_identity_token_file = {cls.folder}/token\n"
            f"[profile no-token]\nrole_arn = {role_of}/FromToken\nweb_identity_token_file = {cls.folder}/nothing\n"
            f"[profile device]\nrole_arn = {role_of}/WithDevice\nsource_profile = keys\nmfa_serial = arn:aws:iam::{DESTINATION}:mfa/phone\n"
            "[profile one]\nrole_arn = arn:aws:iam::210987654321:role/A\nsource_profile = two\n"
            "[profile two]\nrole_arn = arn:aws:iam::210987654321:role/B\nsource_profile = one\n"
            "[profile lost]\nrole_arn = arn:aws:iam::210987654321:role/A\nsource_profile = nowhere\n"
            "[profile sso]\nsso_session = s\nsso_account_id = 210987654321\nsso_role_name = R\n"
            "[sso-session s]\nsso_region = eu-west-1\nsso_start_url = https://example.awsapps.com/start\n"
            "[profile elsewhere]\nendpoint_url = http://127.0.0.1:1\n"
            f"aws_access_key_id = {cls.keys['AccessKeyId']}\naws_secret_access_key = {cls.keys['SecretAccessKey']}\n"
            "[profile irish]\nregion = eu-west-1\n"
            f"aws_access_key_id = {cls.keys['AccessKeyId']}\naws_secret_access_key = {cls.keys['SecretAccessKey']}\n",
            encoding="utf-8",
        )

    def variables(self, **further):
        return (
            super().variables()
            | {
                "AWS_CONFIG_FILE": self.folder / "config",
                "AWS_SHARED_CREDENTIALS_FILE": self.folder / "credentials",
                "AWS_EC2_METADATA_DISABLED": "true",
            }
            | further
        )

    def bind(self, profile, originating="originating", further="", **settings):
        settings = {"kind": "endpoint", "url": self.server.url, "clock": "server"} | settings
        lines = "".join(f"    {key}: {value}\n" for key, value in settings.items() if value is not None)
        self.configure(
            f"  local:\n{lines}    accounts:\n"
            f'      Destination: {{ id: "{DESTINATION}", profile: {profile} }}\n'
            f'      Originating: {{ id: "{ORIGINATING}", profile: {originating} }}\n{further}'
        )

    def test_where_credentials_come_from(self):
        keys = self.server.variables
        own = {"AWS_ACCESS_KEY_ID": keys["KEY_ORIGINATING"], "AWS_SECRET_ACCESS_KEY": keys["SECRET_ORIGINATING"]}
        operator = {"AWS_ACCESS_KEY_ID": self.keys["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": self.keys["SecretAccessKey"]}
        session = f"arn:aws:sts::{DESTINATION}:assumed-role"
        credentials, config = self.folder / "credentials", self.folder / "config"
        for profile, further, arn, source in [
            ("keys", {}, f"arn:aws:iam::{DESTINATION}:user/operator", f"the access key of profile keys ({credentials}:"),
            # A profile that is named outweighs the environment's keys, which are another account's.
            ("keys", own, f"arn:aws:iam::{DESTINATION}:user/operator", "the access key of profile keys"),
            ("first", {}, f"{session}/First/nightly", f"assumed for profile first ({config}:"),
            ("second", {}, f"{session}/Second/", "role/Second, assumed for profile second"),
            ("from-environment", operator, f"{session}/First/", "with the environment's access key"),
            ("process", {}, f"arn:aws:iam::{DESTINATION}:user/operator", "hand-out printed, the credential_process of"),
            ("token", {}, f"{session}/FromToken/", f"assumed for profile token by the token in {self.folder}/token"),
        ]:
            with self.subTest(profile, **further):
                self.bind(profile)
                result = self.run_small(**further)
                self.assert_said(result, 0, f"Destination is {arn}", source)
                if profile == "second":
                    # Every link of the chain is told of.
                    self.assert_said(result, 0, "with arn:aws:iam::210987654321:role/First, assumed for profile first", "profile keys")

    def test_what_is_refused(self):
        before = self.server.inventory()
        for profile, further, told in [
            ("nobody", {}, ["profile 'nobody'", "nobody"]),
            ("one", {}, ["one → two → one", "in a circle"]),
            ("lost", {}, ["the source_profile nowhere of profile lost does not exist"]),
            ("half", {}, ["has an aws_access_key_id, and no aws_secret_access_key"]),
            ("sealed", {}, ["the vault is sealed"]),
            ("no-token", {}, [f"{self.folder}/nothing"]),
            ("stranger", {}, ["AccessDenied"]),
            ("too-long", {}, ["DurationSeconds"]),
            ("revoked", {}, ["InvalidClientTokenId"]),
            ("sso", {"PATH": f"{self.folder}/bin:/usr/bin:/bin"}, ["Token has expired", "aws sso login --profile sso"]),
            ("device", {}, ["phone", "--mfa-code"]),
            # The wrong account behind a profile: both ids, and what was found.
            ("originating", {}, [
                f"account Destination of the target local is {DESTINATION}, but its credentials are of account {ORIGINATING}",
                f"answers as arn:aws:iam::{ORIGINATING}:", "nothing was written",
            ]),
        ]:  # fmt: skip
            with self.subTest(profile):
                self.bind(profile, originating="originating" if profile != "originating" else "keys")
                result = self.run_small(**further)
                self.assert_said(result, 3, *told)
                self.assertNotIn("hunter2", result.stdout + result.stderr)
        self.assertEqual(self.server.inventory(), before)

    def test_region_of_a_profile(self):
        self.bind("irish")
        self.assert_said(self.command("plan", "--target", "local", TUTORIAL), 0, f"account {DESTINATION}, eu-west-1")
        self.assert_said(
            self.command("plan", "--target", "local", TUTORIAL, AWS_REGION="eu-north-1"), 0,
            f"account {DESTINATION}, eu-north-1", f"account {ORIGINATING}, eu-north-1",
        )  # fmt: skip
        self.bind("irish", region="ap-southeast-2")
        told = self.command("plan", "--target", "local", TUTORIAL, AWS_REGION="eu-north-1")
        self.assert_said(told, 0, f"account {DESTINATION}, ap-southeast-2")
        # And buckets are made there.
        self.bind("irish")
        self.assert_said(self.command("run", "--target", "local", "--yes", TUTORIAL, "-v"), 0, "eu-west-1")

    def test_endpoints_that_configurations_name_are_refused_for_aws(self):
        self.bind("elsewhere", kind="aws", url=None, clock=None)
        result = self.run_small()
        self.assert_said(result, 3, f"{self.folder}/config:", "leads requests for AWS to http://127.0.0.1:1", "endpoint_urls")
        for name in ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_IAM", "AWS_ENDPOINT_URL_S3"):
            with self.subTest(name):
                self.bind("keys", kind="aws", url=None, clock=None)
                self.assert_said(self.run_small(**{name: self.server.url}), 2, f"{name} is set")

    def test_principals_that_are_there_already(self):
        scenario = self.folder / "bound.yaml"
        scenario.write_text(
            'scenario: Bound\naccounts: { Destination: "999999999999", Originating: "111111111111" }\n'
            "principals: { Operator: { account: Destination } }\nsteps:\n"
            "  - { as: Operator, call: sts:GetCallerIdentity,\n"
            '      expect: { xpath: { //Arn: "arn:aws:iam::${{ accounts.Destination }}:user/operator" } } }\n',
            encoding="utf-8",
        )
        self.bind("first", further="    principals: { Operator: { profile: keys } }\n")
        result = self.command("run", "--target", "local", scenario)
        self.assert_said(result, 0, f"Operator is arn:aws:iam::{DESTINATION}:user/operator")
        # One that acts where the target may not go.
        self.bind(
            "first", further=f'    principals: {{ Operator: {{ profile: keys }} }}\n    allowed_accounts: ["{ORIGINATING}"]\n'
        )
        self.assert_said(self.command("run", "--target", "local", scenario), 2, "not among the target's allowed_accounts")

    def test_code_of_a_device(self):
        iam = self.server.client("iam", DESTINATION)
        made = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]
        seed = made["Base32StringSeed"].decode() if isinstance(made["Base32StringSeed"], bytes) else made["Base32StringSeed"]
        now = time.time()
        iam.enable_mfa_device(
            UserName="operator", SerialNumber=made["SerialNumber"], AuthenticationCode1=one_time_code(seed, now - 30),
            AuthenticationCode2=one_time_code(seed, now),
        )  # fmt: skip
        self.bind("device")
        # Every code counts once; the server's clock moves on for the next one.
        ahead = 30
        self.server.steer("clock", {"advance": 30})
        session = f"arn:aws:sts::{DESTINATION}:assumed-role/WithDevice/"
        code = one_time_code(seed, time.time() + ahead)
        result = self.run_small("--mfa-code", code)
        self.assert_said(result, 0, f"Destination is {session}", "assumed for profile device")
        self.assertNotIn(f"TokenCode={code}", result.stdout)
        self.assert_said(self.run_small("--mfa-code", "000000"), 3, "MultiFactorAuthentication failed")
        # At a terminal it is asked for, and what is asked for before anything is made is asked once.
        self.server.steer("clock", {"advance": 60})
        ahead += 60
        terminal = Terminal(
            "run", "--target", "local", "--config", self.configuration, "--yes", self.small, cwd=REPOSITORY,
            **{name: str(value) for name, value in self.variables().items()},
        )  # fmt: skip
        terminal.wait_for(f"MFA code of arn:aws:iam::{DESTINATION}:mfa/phone: ")
        terminal.send(one_time_code(seed, time.time() + ahead) + "\n")
        self.assertEqual(terminal.end(), 0, terminal.plain)
        self.assertIn(session, terminal.plain.replace("\n", ""))
        self.assertEqual(terminal.plain.count("MFA code of"), 1)


if __name__ == "__main__":
    unittest.main()
