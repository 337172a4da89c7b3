"""The vectors must have in them what they are made for."""

import unittest

import sigv4_vectors


class VectorsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vectors = sigv4_vectors.vectors()

    def assert_some(self, name, condition):
        self.assertGreater(sum(1 for vector in self.vectors if condition(vector)), 4, name)

    def test_they_are_the_same_every_time(self):
        self.assertEqual(self.vectors, sigv4_vectors.vectors())

    def test_every_odd_shape_is_there(self):
        headers = lambda vector: {name.lower(): value for name, value in vector["headers"]}
        names = lambda vector: [name.lower() for name, _ in vector["headers"]]
        query = lambda vector: vector["target"].partition("?")[2].split("&")
        keys = lambda vector: [piece.partition("=")[0] for piece in query(vector)]
        self.assert_some("s3 in headers", lambda v: v["service"] == "s3" and not v["expires"])
        self.assert_some("s3 in the query", lambda v: v["service"] == "s3" and v["expires"])
        self.assert_some("sts in the query", lambda v: v["service"] == "sts" and v["expires"])
        self.assert_some("session token", lambda v: v["sessionToken"] and not v["expires"])
        self.assert_some("session token in the query", lambda v: v["sessionToken"] and v["expires"])
        self.assert_some("unsigned payload", lambda v: headers(v).get("x-amz-content-sha256") == "UNSIGNED-PAYLOAD")
        self.assert_some("chunks", lambda v: headers(v).get("x-amz-content-sha256", "").startswith("STREAMING"))
        self.assert_some("date instead of x-amz-date", lambda v: "date" in headers(v) and "x-amz-date" not in headers(v))
        self.assert_some("two slashes", lambda v: v["service"] == "s3" and "//" in v["target"].partition("?")[0])
        self.assert_some("dots", lambda v: v["service"] == "s3" and "/../" in v["target"].partition("?")[0])
        self.assert_some("dots normalized", lambda v: v["service"] == "iam" and "/../" in v["target"].partition("?")[0])
        self.assert_some("plus", lambda v: "+" in v["target"].partition("?")[0])
        self.assert_some("encoded slash", lambda v: "%2F" in v["target"].partition("?")[0])
        self.assert_some("UTF-8 in the path", lambda v: "é" in v["target"] or "%C3%A9" in v["target"])
        self.assert_some("repeated keys", lambda v: len(set(keys(v))) < len(keys(v)))
        self.assert_some("empty keys", lambda v: any(piece.startswith("=") for piece in query(v)))
        self.assert_some("keys without a value", lambda v: any(piece and "=" not in piece for piece in query(v)))
        self.assert_some("repeated headers", lambda v: len(set(names(v))) < len(names(v)))
        self.assert_some("folded headers", lambda v: any("\n" in value for _, value in v["headers"]))
        self.assert_some("empty body", lambda v: v["method"] == "POST" and not v["body"])
        self.assert_some("binary body", lambda v: v["body"].startswith("00ff"))


if __name__ == "__main__":
    unittest.main()
