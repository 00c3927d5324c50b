# Part of One-Stop. See LICENSE file for full copyright and licensing details.
"""Servers on this machine that take mails and messages, dead or alive."""

import email
import email.policy
import json
import socket
import socketserver
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def free_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class _Server:
    """Starts and stops a server in a thread; ``taken`` is what arrived."""

    def __init__(self):
        self.port = free_port()
        self.taken = []
        self.server = None

    def start(self):
        self.server = self.make()
        self.server.owner = self
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def stop(self):
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


class MailServer(_Server):
    """SMTP, as far as a client needs it; ``refused`` addresses are unknown here."""

    def __init__(self):
        super().__init__()
        self.refused = {}
        self.senders = "250 ok"

    def make(self):
        socketserver.ThreadingTCPServer.allow_reuse_address = True
        return socketserver.ThreadingTCPServer(("127.0.0.1", self.port), _Mail)


class _Mail(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())

    def handle(self):
        self.say("220 test")
        owner = self.server.owner
        for line in self.rfile:
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "DATA":
                self.say("354 go on")
                lines = []
                for piece in self.rfile:
                    if piece == b".\r\n":
                        break
                    lines.append(piece.removeprefix(b"."))
                owner.taken.append(
                    email.message_from_bytes(
                        b"".join(lines), policy=email.policy.default
                    )
                )
                self.say("250 taken")
            elif verb == "RCPT":
                address = command.partition("<")[2].partition(">")[0]
                self.say(owner.refused.get(address, "250 ok"))
            elif verb == "MAIL":
                self.say(owner.senders)
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 ok")


class MessageServer(_Server):
    """A gateway over HTTP; ``answers`` are (status, body), the last one stays."""

    def __init__(self):
        super().__init__()
        self.answers = [(200, {"error": 0})]
        # Length of the answer that is promised, when it is to break off.
        self.promised = None

    def make(self):
        return ThreadingHTTPServer(("127.0.0.1", self.port), _Message)


class _Message(BaseHTTPRequestHandler):
    def do_POST(self):
        owner = self.server.owner
        length = int(self.headers.get("Content-Length") or 0)
        owner.taken.append((dict(self.headers), self.rfile.read(length).decode()))
        status, said = owner.answers[0]
        if len(owner.answers) > 1:
            owner.answers.pop(0)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", f"http://127.0.0.1:{owner.port}/elsewhere")
        if owner.promised:
            self.send_header("Content-Length", owner.promised)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    do_GET = do_POST

    def log_message(self, *args):
        """Say nothing."""
