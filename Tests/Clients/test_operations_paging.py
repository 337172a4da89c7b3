"""Every list of IAM, to its last page."""

import unittest

from serving import ORIGINATING, Server


class PagingTest(unittest.TestCase):
    POLICY = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}'
    TRUST = (
        '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",'
        f'"Principal":{{"AWS":"{ORIGINATING}"}}}}}}'
    )

    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        iam = cls.iam = cls.server.client("iam")
        names = [f"n{number}" for number in range(5)]
        for name in names:
            iam.create_user(UserName=name)
            iam.create_group(GroupName=name)
            iam.create_role(RoleName=name, AssumeRolePolicyDocument=cls.TRUST)
            arn = iam.create_policy(PolicyName=name, PolicyDocument=cls.POLICY)["Policy"]["Arn"]
            iam.create_instance_profile(InstanceProfileName=name)
            iam.create_virtual_mfa_device(VirtualMFADeviceName=name)
            for kind in ("user", "group", "role"):
                owner = {f"{kind.title()}Name": "n0"}
                getattr(iam, f"put_{kind}_policy")(**owner, PolicyName=name, PolicyDocument=cls.POLICY)
                getattr(iam, f"attach_{kind}_policy")(**owner, PolicyArn=arn)
            iam.add_user_to_group(GroupName=name, UserName="n0")
            if name != "n0":
                iam.add_user_to_group(GroupName="n0", UserName=name)
                iam.create_policy_version(PolicyArn=arn, PolicyDocument=cls.POLICY)
                iam.attach_user_policy(UserName=name, PolicyArn=f"arn:aws:iam::{ORIGINATING}:policy/n0")
            iam.tag_user(UserName="n0", Tags=[{"Key": name, "Value": ""}])
            iam.tag_role(RoleName="n0", Tags=[{"Key": name, "Value": ""}])
            iam.tag_policy(PolicyArn=f"arn:aws:iam::{ORIGINATING}:policy/n0", Tags=[{"Key": name, "Value": ""}])

    def test_all(self):
        user, group, role = {"UserName": "n0"}, {"GroupName": "n0"}, {"RoleName": "n0"}
        policy = {"PolicyArn": f"arn:aws:iam::{ORIGINATING}:policy/n0"}
        lists = [
            ("list_users", {}, "Users", 5),
            ("list_groups", {}, "Groups", 5),
            ("list_roles", {}, "Roles", 5),
            ("list_policies", {"Scope": "Local"}, "Policies", 5),
            ("list_instance_profiles", {}, "InstanceProfiles", 5),
            ("list_virtual_mfa_devices", {}, "VirtualMFADevices", 5),
            ("list_user_policies", user, "PolicyNames", 5),
            ("list_group_policies", group, "PolicyNames", 5),
            ("list_role_policies", role, "PolicyNames", 5),
            ("list_attached_user_policies", user, "AttachedPolicies", 5),
            ("list_attached_group_policies", group, "AttachedPolicies", 5),
            ("list_attached_role_policies", role, "AttachedPolicies", 5),
            ("list_groups_for_user", user, "Groups", 5),
            ("get_group", group, "Users", 5),
            ("list_entities_for_policy", policy, "PolicyUsers", 5),
            ("list_user_tags", user, "Tags", 5),
            ("list_role_tags", role, "Tags", 5),
            ("list_policy_tags", policy, "Tags", 5),
            ("get_account_authorization_details", {"Filter": ["User"]}, "UserDetailList", 5),
            ("list_policies", {"Scope": "AWS"}, "Policies", None),
        ]
        for name, parameters, member, count in lists:
            with self.subTest(name):
                pages = {}
                for size in (1, 2, 1000):
                    if count is None and size == 1:
                        continue
                    pages[size] = self.walk(name, parameters, member, size)
                self.assertEqual(pages[2], pages[1000])
                if count is not None:
                    self.assertEqual(pages[1], pages[1000])
                    self.assertEqual(len(pages[1000]), count)

    def walk(self, name, parameters, member, size):
        """All items, page by page; each page but the last is full and names the next."""
        found, marker = [], None
        while True:
            page = getattr(self.iam, name)(**parameters, MaxItems=size, **({"Marker": marker} if marker else {}))
            items = page.get(member, [])
            self.assertLessEqual(len(items), size)
            found += [str(item) for item in items]
            if not page["IsTruncated"]:
                self.assertNotIn("Marker", page)
                return found
            marker = page["Marker"]


if __name__ == "__main__":
    unittest.main()
