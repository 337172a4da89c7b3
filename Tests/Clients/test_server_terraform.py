"""Terraform against `iamdrill serve`: the example of the documentation, from nothing and back to nothing.

It runs only where `terraform` and its provider for AWS are at hand; elsewhere the test says that it was skipped. What runs
everywhere is not Terraform: botocore makes the calls that the provider's published source makes for a few resources, in its
order, and what the provider would put into its state is held against what was configured.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest
import urllib.parse

from botocore.exceptions import ClientError
from botocore.handlers import json_decode_policies

import serving


@unittest.skipUnless(shutil.which("terraform"), "terraform is not on this machine")
class Terraform(unittest.TestCase):
    def test_the_example(self):
        with tempfile.TemporaryDirectory() as folder, serving.Server() as server:
            shutil.copy(serving.REPOSITORY / "docs/examples/terraform/main.tf", folder)
            account = lambda number: json.dumps(
                {"access_key": server.accounts[number]["accessKeyId"],
                 "secret_key": server.accounts[number]["secretAccessKey"]}
            )
            environment = {
                **os.environ,
                "TF_IN_AUTOMATION": "1",
                "TF_VAR_endpoint": server.endpoint,
                "TF_VAR_originating": account(serving.ORIGINATING),
                "TF_VAR_destination": account(serving.DESTINATION),
            }

            def terraform(*words, codes=(0,)):
                result = subprocess.run(
                    ["terraform", *words, "-no-color", "-input=false"],
                    cwd=folder, env=environment, capture_output=True, text=True, timeout=600,
                )
                self.assertIn(result.returncode, codes, result.stdout + result.stderr)
                return result

            init = subprocess.run(
                ["terraform", "init", "-no-color", "-input=false"],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=600,
            )
            if init.returncode != 0:
                self.skipTest(f"terraform has no provider for AWS here: {init.stderr.strip()[:200]}")
            terraform("apply", "-auto-approve")
            # 2 would say that there are changes.
            terraform("plan", "-detailed-exitcode")
            terraform("destroy", "-auto-approve")
            for number in (serving.ORIGINATING, serving.DESTINATION):
                self.assertEqual(server.client("iam", server.keys(number)).list_users()["Users"], [])


# Spaces, signs of queries and of percent-encoding, and two ways to write a list: the provider compares documents by what they
# mean, after it has undone the encoding as that of a form, in which `+` is a space.
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Sid": "One", "Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::box/a + b&c=100%/*"},
        {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": {"StringLike": {"aws:userid": ["*:a b", "x+y"]}}},
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "ec2.amazonaws.com"}}],
}
TAGS = {"Name": "a + b", "stage": ""}


def document(text):
    """The policy that the provider reads from an answer."""
    return json.loads(urllib.parse.unquote_plus(text))


def pairs(tags):
    return {tag["Key"]: tag["Value"] for tag in tags}


def listed(tags):
    return [{"Key": key, "Value": value} for key, value in tags.items()]


class ProviderCalls(unittest.TestCase):
    """Create, read, a second read without a difference, and destroy: not Terraform, but its provider's calls."""

    @classmethod
    def setUpClass(cls):
        cls.server = serving.Server()
        cls.addClassCleanup(cls.server.stop)
        cls.iam, cls.s3, cls.sts = (cls.server.client(service) for service in ("iam", "s3", "sts"))
        # Policies are wanted as they came: botocore would decode them, by other rules than the provider.
        cls.iam.meta.events.unregister("after-call.iam", json_decode_policies)

    def missing(self, code, call, **parameters):
        """A call that the provider takes for "there is none": exactly this code."""
        with self.assertRaises(ClientError) as caught:
            call(**parameters)
        self.assertEqual(caught.exception.response["Error"]["Code"], code)

    def twice(self, read, configured):
        """What is read right after creation and by the next plan is what was configured."""
        first = read()
        self.assertEqual(first | configured, first)
        self.assertEqual(read(), first)
        return first

    def pages(self, operation, member, **parameters):
        return [item for page in self.iam.get_paginator(operation).paginate(**parameters) for item in page[member]]

    def test_the_provider_itself(self):
        """What it asks when it is configured, and again for its account's id."""
        self.assertEqual(self.sts.get_caller_identity()["Account"], serving.ORIGINATING)

    # aws_iam_role

    def read_role(self, name):
        role = self.iam.get_role(RoleName=name)["Role"]
        inline = {}
        for policy in self.pages("list_role_policies", "PolicyNames", RoleName=name):
            answer = self.iam.get_role_policy(RoleName=name, PolicyName=policy)
            inline[policy] = document(answer["PolicyDocument"])
        attached = self.pages("list_attached_role_policies", "AttachedPolicies", RoleName=name)
        return {
            "arn": role["Arn"], "path": role["Path"], "unique_id": role["RoleId"], "description": role.get("Description", ""),
            "max_session_duration": role["MaxSessionDuration"], "trust": document(role["AssumeRolePolicyDocument"]),
            "boundary": role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn", ""),
            "tags": pairs(role.get("Tags", [])), "inline": inline,
            "attached": sorted(policy["PolicyArn"] for policy in attached),
        }

    def test_aws_iam_role(self):
        name, managed = "terraform-role", "arn:aws:iam::aws:policy/ReadOnlyAccess"
        self.missing("NoSuchEntity", self.iam.get_role, RoleName=name)
        self.iam.create_role(
            RoleName=name, Path="/", AssumeRolePolicyDocument=json.dumps(TRUST), MaxSessionDuration=3600, Tags=listed(TAGS)
        )
        self.iam.put_role_policy(RoleName=name, PolicyName="inline", PolicyDocument=json.dumps(POLICY))
        self.iam.attach_role_policy(RoleName=name, PolicyArn=managed)
        configured = {
            "path": "/", "description": "", "max_session_duration": 3600, "trust": TRUST, "boundary": "", "tags": TAGS,
            "inline": {"inline": POLICY}, "attached": [managed],
        }
        first = self.twice(lambda: self.read_role(name), configured)
        # It waits for an ARN that is none of an id.
        self.assertTrue(first["arn"].startswith("arn:aws:iam::"))
        # A change in place of everything that can be changed.
        self.iam.update_assume_role_policy(RoleName=name, PolicyDocument=json.dumps(TRUST | {"Id": "changed"}))
        self.iam.update_role_description(RoleName=name, Description="changed")
        self.iam.update_role(RoleName=name, MaxSessionDuration=7200)
        self.iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=managed)
        self.iam.untag_role(RoleName=name, TagKeys=["stage"])
        self.iam.tag_role(RoleName=name, Tags=listed({"Name": "other"}))
        changed = {
            "description": "changed", "max_session_duration": 7200, "trust": TRUST | {"Id": "changed"}, "boundary": managed,
            "tags": {"Name": "other"},
        }
        second = self.twice(lambda: self.read_role(name), changed)
        self.assertEqual(second["unique_id"], first["unique_id"])
        # Destroy.
        self.assertEqual(self.pages("list_instance_profiles_for_role", "InstanceProfiles", RoleName=name), [])
        for policy in self.pages("list_attached_role_policies", "AttachedPolicies", RoleName=name):
            self.iam.detach_role_policy(RoleName=name, PolicyArn=policy["PolicyArn"])
        for policy in self.pages("list_role_policies", "PolicyNames", RoleName=name):
            self.iam.delete_role_policy(RoleName=name, PolicyName=policy)
        self.iam.delete_role(RoleName=name)
        self.missing("NoSuchEntity", self.iam.get_role, RoleName=name)

    # aws_iam_policy

    def read_policy(self, arn):
        policy = self.iam.get_policy(PolicyArn=arn)["Policy"]
        version = self.iam.get_policy_version(PolicyArn=arn, VersionId=policy["DefaultVersionId"])["PolicyVersion"]
        return {
            "arn": policy["Arn"], "name": policy["PolicyName"], "path": policy["Path"],
            "description": policy.get("Description", ""), "attachments": policy["AttachmentCount"],
            "tags": pairs(policy["Tags"]), "policy": document(version["Document"]),
        }

    def test_aws_iam_policy(self):
        arn = self.iam.create_policy(
            PolicyName="terraform-policy", Path="/team/", Description="", PolicyDocument=json.dumps(POLICY),
            Tags=listed(TAGS),
        )["Policy"]["Arn"]
        configured = {
            "name": "terraform-policy", "path": "/team/", "description": "", "attachments": 0, "tags": TAGS, "policy": POLICY
        }
        self.twice(lambda: self.read_policy(arn), configured)
        # Six changes: each makes a version, makes it the default one, and first removes the oldest where there are five.
        for number in range(6):
            versions = self.pages("list_policy_versions", "Versions", PolicyArn=arn)
            if len(versions) == 5:
                oldest = min(
                    (version for version in versions if not version["IsDefaultVersion"]),
                    key=lambda version: (version["CreateDate"], int(version["VersionId"][1:])),
                )
                self.iam.delete_policy_version(PolicyArn=arn, VersionId=oldest["VersionId"])
            changed = POLICY | {"Id": str(number)}
            made = self.iam.create_policy_version(PolicyArn=arn, PolicyDocument=json.dumps(changed), SetAsDefault=False)
            self.iam.set_default_policy_version(PolicyArn=arn, VersionId=made["PolicyVersion"]["VersionId"])
            self.twice(lambda: self.read_policy(arn), {"policy": changed})
        # Destroy.
        for version in self.pages("list_policy_versions", "Versions", PolicyArn=arn):
            if not version["IsDefaultVersion"]:
                self.iam.delete_policy_version(PolicyArn=arn, VersionId=version["VersionId"])
        self.iam.delete_policy(PolicyArn=arn)
        self.missing("NoSuchEntity", self.iam.get_policy, PolicyArn=arn)
        self.missing("NoSuchEntity", self.iam.list_policy_versions, PolicyArn=arn)

    # aws_iam_user

    def read_user(self, name):
        user = self.iam.get_user(UserName=name)["User"]
        return {
            "arn": user["Arn"], "name": user["UserName"], "path": user["Path"], "unique_id": user["UserId"],
            "boundary": user.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn"),
            "tags": pairs(user.get("Tags", [])),
        }

    def test_aws_iam_user(self):
        iam, name = self.iam, "terraform-user"
        iam.create_user(UserName=name, Path="/", Tags=listed(TAGS))
        configured = {"name": name, "path": "/", "boundary": None, "tags": TAGS}
        first = self.twice(lambda: self.read_user(name), configured)
        iam.update_user(UserName=name, NewUserName=name + "-2", NewPath="/team/")
        name += "-2"
        self.assertEqual(
            self.twice(lambda: self.read_user(name), {"name": name, "path": "/team/", "tags": TAGS})["unique_id"],
            first["unique_id"],
        )
        # What others gave it, so that there is something to take back.
        iam.create_group(GroupName="terraform-group")
        iam.add_user_to_group(GroupName="terraform-group", UserName=name)
        iam.create_access_key(UserName=name)
        iam.create_login_profile(UserName=name, Password="Long-enough-1!")
        # Destroy, with `force_destroy`.
        for group in self.pages("list_groups_for_user", "Groups", UserName=name):
            iam.remove_user_from_group(GroupName=group["GroupName"], UserName=name)
        for key in self.pages("list_access_keys", "AccessKeyMetadata", UserName=name):
            iam.delete_access_key(UserName=name, AccessKeyId=key["AccessKeyId"])
        self.assertEqual(self.pages("list_ssh_public_keys", "SSHPublicKeys", UserName=name), [])
        for device in self.pages("list_virtual_mfa_devices", "VirtualMFADevices", AssignmentStatus="Assigned"):
            self.assertNotEqual(device["User"].get("UserName"), name)
        self.assertEqual(self.pages("list_mfa_devices", "MFADevices", UserName=name), [])
        iam.delete_login_profile(UserName=name)
        self.missing("NoSuchEntity", iam.delete_login_profile, UserName=name)
        self.assertEqual(self.pages("list_signing_certificates", "Certificates", UserName=name), [])
        self.assertEqual(iam.list_service_specific_credentials(UserName=name)["ServiceSpecificCredentials"], [])
        iam.delete_user(UserName=name)
        self.missing("NoSuchEntity", iam.get_user, UserName=name)
        iam.delete_group(GroupName="terraform-group")

    # aws_s3_bucket

    def read_bucket(self, name):
        s3 = self.s3
        region = s3.head_bucket(Bucket=name)["BucketRegion"]
        # Whatever its configuration leaves out must not be there, by the one code that says so.
        for code, call in [
            ("NoSuchBucketPolicy", s3.get_bucket_policy),
            ("NoSuchCORSConfiguration", s3.get_bucket_cors),
            ("NoSuchWebsiteConfiguration", s3.get_bucket_website),
            ("NoSuchLifecycleConfiguration", s3.get_bucket_lifecycle_configuration),
            ("ReplicationConfigurationNotFoundError", s3.get_bucket_replication),
            ("ObjectLockConfigurationNotFoundError", s3.get_object_lock_configuration),
        ]:
            self.missing(code, call, Bucket=name)
        grants = s3.get_bucket_acl(Bucket=name)["Grants"]
        rules = s3.get_bucket_encryption(Bucket=name)["ServerSideEncryptionConfiguration"]["Rules"]
        try:
            tags = pairs(s3.get_bucket_tagging(Bucket=name)["TagSet"])
        except ClientError as error:
            self.assertEqual(error.response["Error"]["Code"], "NoSuchTagSet")
            tags = {}
        return {
            "region": region, "grants": [(grant["Grantee"]["Type"], grant["Permission"]) for grant in grants],
            "versioning": s3.get_bucket_versioning(Bucket=name).get("Status"),
            "acceleration": s3.get_bucket_accelerate_configuration(Bucket=name).get("Status"),
            "payer": s3.get_bucket_request_payment(Bucket=name)["Payer"],
            "logging": s3.get_bucket_logging(Bucket=name).get("LoggingEnabled"),
            "encryption": [rule["ApplyServerSideEncryptionByDefault"]["SSEAlgorithm"] for rule in rules], "tags": tags,
        }

    def test_aws_s3_bucket(self):
        s3, name = self.s3, "terraform-bucket"
        # Its check whether the name is free.
        self.missing("404", s3.head_bucket, Bucket=name)
        s3.create_bucket(Bucket=name, ObjectOwnership="BucketOwnerEnforced")
        configured = {
            "region": "us-east-1", "grants": [("CanonicalUser", "FULL_CONTROL")], "versioning": None, "acceleration": None,
            "payer": "BucketOwner", "logging": None, "encryption": ["AES256"], "tags": {},
        }
        self.twice(lambda: self.read_bucket(name), configured)
        s3.put_bucket_tagging(Bucket=name, Tagging={"TagSet": listed(TAGS)})
        s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
        self.twice(lambda: self.read_bucket(name), {"tags": TAGS, "versioning": "Enabled"})
        # aws_s3_object: what it reads after it has put it.
        s3.put_object(Bucket=name, Key="a b", Body=b"one", ContentType="text/plain")
        s3.put_object(Bucket=name, Key="a b", Body=b"two", ContentType="text/plain")
        head = s3.head_object(Bucket=name, Key="a b", ChecksumMode="ENABLED")
        self.assertEqual((head["ContentType"], head["Metadata"]), ("text/plain", {}))
        self.assertEqual(s3.get_object_tagging(Bucket=name, Key="a b")["TagSet"], [])
        s3.delete_object(Bucket=name, Key="a b")
        # Destroy, with `force_destroy`: what is in it goes only when the bucket did not.
        self.missing("BucketNotEmpty", s3.delete_bucket, Bucket=name)
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=name):
            for member in ("Versions", "DeleteMarkers"):
                items = [{"Key": item["Key"], "VersionId": item["VersionId"]} for item in page.get(member, [])]
                if items:
                    answer = s3.delete_objects(Bucket=name, Delete={"Objects": items, "Quiet": True})
                    self.assertNotIn("Errors", answer)
        s3.delete_bucket(Bucket=name)
        self.missing("404", s3.head_bucket, Bucket=name)


if __name__ == "__main__":
    unittest.main()
