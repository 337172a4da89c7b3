"""Targets over TLS: who is trusted, who is not, and that nothing switches that off."""

import socket
import threading
import unittest

from certificates import Authority
from targets import TUTORIAL, Server, TargetCase
from wire import Listener


class TLS(TargetCase):
    @classmethod
    def make_server(cls):
        cls.authority = Authority(cls.folder, "authority")
        cls.other = Authority(cls.folder, "other")
        return cls.serve("good")

    @classmethod
    def serve(cls, name, **further):
        certificate, key = cls.authority.issue(name, **further)
        return Server("--tls-cert", certificate, "--tls-key", key, ca=str(cls.authority.file))

    def on(self, server, **settings):
        self.configure(server.target(**settings))
        return self.command("run", "--target", "local", "--yes", TUTORIAL, **server.variables)

    def test_tutorial_with_an_authority_of_its_own(self):
        before = self.server.inventory()
        self.assert_said(self.on(self.server, ca=self.authority.file), 0, "59 as expected")
        # The path counts from the configuration's folder.
        (self.configuration.parent / "ca.pem").write_bytes(self.authority.file.read_bytes())
        self.assert_said(self.on(self.server, ca="ca.pem"), 0)
        self.assertEqual(self.server.inventory(), before)

    def test_tutorial_with_a_certificate_made_for_the_run(self):
        bundle = self.folder / "self-signed.pem"
        server = Server("--tls-self-signed", "--tls-ca-out", bundle, ca=str(bundle))
        self.addCleanup(server.close)
        self.assertTrue(server.url.startswith("https://"))
        before = server.inventory()
        self.assert_said(self.on(server, ca=bundle), 0, "59 as expected")
        self.assertEqual(server.inventory(), before)

    def test_kind_aws_over_tls(self):
        """What is sent to AWS, sent to the emulator instead, as the target's own `endpoint_urls` say."""
        port = self.server.port
        urls = f"{{ iam: https://localhost:{port}, sts: https://localhost:{port}, s3: https://localhost:{port} }}"
        target = self.server.target(kind="aws", url=None, clock=None, endpoint_urls=urls, ca=self.authority.file, stable=2)
        self.configure(target)
        before = self.server.inventory()
        # The clock of AWS does not move, and what waits for that is not run.
        result = self.command("run", "--target", "local", "--yes", TUTORIAL, "-v")
        self.assert_said(result, 0, "the clock of the target local cannot be moved")
        self.assertEqual(self.server.inventory(), before)

    def test_who_is_not_trusted(self):
        expired = self.serve("expired", days=-1)
        self.addCleanup(expired.close)
        elsewhere = self.serve("elsewhere", hosts=["elsewhere.example.com"])
        self.addCleanup(elsewhere.close)
        nobody = self.folder / "garbage.pem"
        nobody.write_text("no certificate\n", encoding="utf-8")
        for case, server, ca, told in [
            ("the system's authorities alone", self.server, None, "unable to get local issuer certificate"),
            ("another authority", self.server, self.other.file, "unable to get local issuer certificate"),
            ("a certificate that has run out", expired, self.authority.file, "certificate has expired"),
            ("another host's certificate", elsewhere, self.authority.file, "does not match"),
            ("no such file", self.server, self.folder / "missing.pem", "missing.pem"),
            ("a file without certificates", self.server, nobody, "garbage.pem"),
        ]:
            with self.subTest(case):
                server.steer("decisions", method="DELETE")
                settings = {} if ca is None else {"ca": ca}
                result = self.on(server, **settings)
                said = result.stdout + result.stderr
                self.assertEqual(result.returncode, 3, said)
                self.assertIn("the connection is not trusted, and nothing was sent", said)
                if case == "another host's certificate":
                    self.assertRegex(said, "no alternative certificate subject name matches|does not match")
                else:
                    self.assertIn(told, said)
                self.assertIn("`ca:`", said)
                # Nothing came through: no decision was made.
                self.assertEqual(server.steer("decisions").strip(), "")

    def test_nothing_switches_verification_off(self):
        for line in ("insecure: true", "verify: false", "verify_ssl: false", "tls: { verify: false }", "no_verify_ssl: true"):
            for kind in ("aws", "endpoint"):
                with self.subTest(line=line, kind=kind):
                    settings = {"url": None, "clock": None} if kind == "aws" else {}
                    target = self.server.target(kind=kind, **settings)
                    self.configure(target.replace("    accounts:", f"    {line}\n    accounts:"))
                    result = self.command("run", "--target", "local", "--yes", TUTORIAL)
                    self.assert_said(result, 2, f"unknown key `{line.split(':')[0]}` in a target")
        # Nor what other tools heed.
        urls = f"{{ iam: {self.server.url}, sts: {self.server.url}, s3: {self.server.url} }}"
        target = self.server.target(kind="aws", endpoint_urls=urls, clock=None, url=None)
        self.configure(target)
        for name, value in [
            ("NODE_TLS_REJECT_UNAUTHORIZED", "0"), ("PYTHONHTTPSVERIFY", "0"), ("CURL_INSECURE", "1"),
            ("GIT_SSL_NO_VERIFY", "1"), ("CURL_CA_BUNDLE", ""), ("AWS_CA_BUNDLE", self.authority.file),
        ]:  # fmt: skip
            with self.subTest(name):
                result = self.command("run", "--target", "local", "--yes", TUTORIAL, **{name: value})
                self.assert_said(result, 3, "the connection is not trusted")

    def test_clear_text_is_refused_for_aws(self):
        urls = f"{{ sts: http://localhost:{self.server.port} }}"
        self.configure(self.server.target(kind="aws", endpoint_urls=urls, clock=None, url=None))
        result = self.command("run", "--target", "local", "--yes", TUTORIAL)
        self.assert_said(result, 2, "requests to AWS are sent over https only")

    def test_a_proxy_of_the_environment(self):
        with Proxy() as proxy:
            self.configure(self.server.target(ca=self.authority.file))
            through = self.run_small(https_proxy=proxy.url)
            self.assert_said(through, 0)
            self.assertIn(self.server.url.removeprefix("https://"), proxy.asked)
            asked = len(proxy.asked)
            around = self.run_small(https_proxy=proxy.url, no_proxy="localhost,127.0.0.1")
            self.assert_said(around, 0)
            self.assertEqual(len(proxy.asked), asked)
        # A proxy that is not there is said to be what does not answer.
        gone = self.run_small(https_proxy=proxy.url)
        self.assertEqual(gone.returncode, 3)
        self.assertIn("proxy" if "proxy" in gone.stdout + gone.stderr else str(proxy.port), gone.stdout + gone.stderr)


class Proxy(Listener):
    """A proxy that opens tunnels, and keeps what it was asked for."""

    def __init__(self):
        super().__init__()
        self.asked = []

    def hand_on(self, client):
        head = b""
        while b"\r\n\r\n" not in head:
            piece = client.recv(4096)
            if not piece:
                return
            head += piece
        method, place, _ = head.split(b"\r\n")[0].decode().split(" ")
        self.asked.append(place)
        assert method == "CONNECT", head
        host, port = place.rsplit(":", 1)
        server = socket.create_connection((host, int(port)))
        client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self.copy, args=(source, sink), daemon=True).start()

    @staticmethod
    def copy(source, sink):
        try:
            while piece := source.recv(65536):
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass


if __name__ == "__main__":
    unittest.main()
