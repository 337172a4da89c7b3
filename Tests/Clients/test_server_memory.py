"""What goes through `iamdrill serve` does not stay in its memory."""

import base64
import hashlib
import http.client
import os
import unittest

import serving

SIZE = 192 << 20
PIECE = os.urandom(1 << 20)


class Memory(unittest.TestCase):
    def test_a_large_object_goes_through(self):
        digest = hashlib.sha256()
        for _ in range(SIZE // len(PIECE)):
            digest.update(PIECE)
        with serving.Server() as server:
            s3 = server.client("s3")
            s3.create_bucket(Bucket="memory")
            checksum = {"x-amz-checksum-sha256": base64.b64encode(digest.digest()).decode()}
            headers = server.signed("s3", "PUT", "/memory/large", digest.hexdigest(), checksum)
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
            connection.putrequest("PUT", "/memory/large", skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.putheader("Content-Length", str(SIZE))
            connection.endheaders()
            before, largest = server.resident(), 0
            for index in range(SIZE // len(PIECE)):
                connection.send(PIECE)
                if index % 8 == 0:
                    largest = max(largest, server.resident())
            answer = connection.getresponse()
            answer.read()
            self.assertEqual(answer.status, 200)
            connection.close()
            self.assertLess(max(largest, server.resident()) - before, 50)

            received = hashlib.sha256()
            body = s3.get_object(Bucket="memory", Key="large")["Body"]
            for index, piece in enumerate(body.iter_chunks(1 << 20)):
                received.update(piece)
                if index % 8 == 0:
                    largest = max(largest, server.resident())
            self.assertEqual(received.digest(), digest.digest())
            self.assertLess(max(largest, server.resident()) - before, 50)

    def test_many_large_uploads_at_once(self):
        """A body nobody reads any more (its sender is refused) is not collected either."""
        with serving.Server() as server:
            before = server.resident()
            sockets = []
            for _ in range(30):
                connection = server.connect()
                connection.sendall(
                    b"PUT /none/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n" + PIECE[: 100_000]
                )
                sockets.append(connection)
            for connection in sockets:
                self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 404"))
                connection.close()
            self.assertLess(server.resident() - before, 60)


if __name__ == "__main__":
    unittest.main()
