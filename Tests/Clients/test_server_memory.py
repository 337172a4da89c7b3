"""What goes through `iamdrill serve` does not stay in its memory.

IAMDRILL_THOROUGH=1 also uploads 5 GiB in parts, for which the temporary folder must have the room.
"""

import base64
import hashlib
import http.client
import os
import shutil
import tempfile
import threading
import time
import unittest

import serving

SIZE = 192 << 20
PIECE = os.urandom(1 << 20)


@unittest.skipIf(os.environ.get("IAMDRILL_SANITIZER"), "what a sanitizer keeps for itself would be measured")
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


@unittest.skipUnless(os.environ.get("IAMDRILL_THOROUGH"), "IAMDRILL_THOROUGH=1 writes 5 GiB to the disk")
class FiveGibibytes(unittest.TestCase):
    """An upload in parts up to S3's old single-put limit, by several senders at once: memory stays flat."""

    PARTS, PART, SENDERS = 80, 64 << 20, 4
    LARGEST = 100

    def test_an_upload_in_parts_and_its_reading(self):
        piece = os.urandom(1 << 20)
        # Every part is the same, so that its digests are known before.
        part = hashlib.md5()
        for _ in range(self.PART // len(piece)):
            part.update(piece)
        free = shutil.disk_usage(tempfile.gettempdir()).free
        if free < (self.PARTS * self.PART) * 1.2:
            self.skipTest(f"only {free >> 30} GiB are free")
        with serving.Server() as server:
            s3 = server.client("s3")
            s3.create_bucket(Bucket="memory")
            where = {"Bucket": "memory", "Key": "whole"}
            where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
            numbers, faults, largest = iter(range(1, self.PARTS + 1)), [], [0.0]
            lock = threading.Lock()

            def send():
                while True:
                    with lock:
                        number = next(numbers, None)
                    if number is None:
                        return
                    target = f"/memory/whole?partNumber={number}&uploadId={where['UploadId']}"
                    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
                    connection.putrequest("PUT", target, skip_accept_encoding=True)
                    for name, value in server.signed("s3", "PUT", target).items():
                        connection.putheader(name, value)
                    connection.putheader("Content-Length", str(self.PART))
                    connection.endheaders()
                    for _ in range(self.PART // len(piece)):
                        connection.send(piece)
                    answer = connection.getresponse()
                    answer.read()
                    if (answer.status, answer.headers["ETag"]) != (200, f'"{part.hexdigest()}"'):
                        faults.append((number, answer.status, answer.headers["ETag"]))
                    connection.close()
                    with lock:
                        largest[0] = max(largest[0], server.resident())

            senders = [threading.Thread(target=send) for _ in range(self.SENDERS)]
            for sender in senders:
                sender.start()
            while any(sender.is_alive() for sender in senders):
                largest[0] = max(largest[0], server.resident())
                senders[0].join(0.05)
                time.sleep(0.05)
            self.assertEqual(faults, [])
            parts = [{"PartNumber": number, "ETag": f'"{part.hexdigest()}"'} for number in range(1, self.PARTS + 1)]
            done = s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
            digest = hashlib.md5(part.digest() * self.PARTS).hexdigest()
            self.assertEqual(done["ETag"], f'"{digest}-{self.PARTS}"')
            self.assertEqual(s3.head_object(Bucket="memory", Key="whole")["ContentLength"], self.PARTS * self.PART)
            # Across the seam of two parts, and all of it.
            seam = s3.get_object(Bucket="memory", Key="whole", Range=f"bytes={self.PART - 3}-{self.PART + 2}")
            self.assertEqual(seam["Body"].read(), piece[-3:] + piece[:3])
            size, body = 0, s3.get_object(Bucket="memory", Key="whole")["Body"]
            for index, chunk in enumerate(body.iter_chunks(1 << 20)):
                self.assertEqual(chunk, piece)
                size += len(chunk)
                if index % 64 == 0:
                    largest[0] = max(largest[0], server.resident())
            self.assertEqual(size, self.PARTS * self.PART)
            print(f"resident at most {largest[0]:.0f} MiB")
            self.assertLess(largest[0], self.LARGEST)


if __name__ == "__main__":
    unittest.main()
