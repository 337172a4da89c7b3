"""A wire with ears: what stands between a run and its server, and sees what both of them say."""

import contextlib
import re
import socket
import threading


class Listener:
    """Listens on a port of its own, and gives each client to `hand_on` in a thread."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        # Closing alone does not wake whoever waits in accept.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.hand_on, args=(client,), daemon=True).start()

    def hand_on(self, client):
        raise NotImplementedError


class Wire(Listener):
    """Hands requests on to a server; `answer(request)` may answer in its place, `heard(request, answer)` listens."""

    def __init__(self, port, answer=lambda request: None, heard=lambda request, answer: None):
        super().__init__()
        self.upstream, self.answer, self.heard = port, answer, heard

    def hand_on(self, client):
        # All four are closed: what reads from a socket keeps it open.
        with (
            contextlib.suppress(OSError), client, client.makefile("rb") as reader,
            socket.create_connection(("127.0.0.1", self.upstream)) as server, server.makefile("rb") as answers,
        ):  # fmt: skip
            while request := message(reader):
                own = self.answer(request)
                if own is not None:
                    client.sendall(own)
                    continue
                server.sendall(request)
                answer = message(answers, is_head=request.startswith(b"HEAD "))
                if answer is None:
                    break
                self.heard(request, answer)
                client.sendall(answer)


def message(file, is_head=False):
    """One request or answer, head and body; `None` at the end."""
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = file.readline()
        if not line:
            return None
        head += line
    if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
        body = b""
        while True:
            size = file.readline()
            body += size + file.read(int(size.split(b";")[0], 16) + 2)
            if int(size.split(b";")[0], 16) == 0:
                return head + body
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    return head + (file.read(int(length.group(1))) if length and not is_head else b"")


def answer(status, body, *headers):
    """An answer, whole."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
