"""Answers /predict?x=… with the y of a line, as a server of a large model would: it loads first, and takes its time."""

import json
import os
import signal
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

PORT = int(os.environ["PORT"])
# A client that keeps its connection is sent on after this long, so that no pod keeps its clients forever, and a pod
# that is going loses them while it still answers.
KEEP_ALIVE_SECONDS = 5
ANSWER_SECONDS = 0.3
# The part of an answer that the processor works for.
BUSY_SECONDS = 0.02

with open("/models/linear.json") as file:
    MODEL = json.load(file)


def predict(x):
    start = time.monotonic()
    busy = time.thread_time() + BUSY_SECONDS
    while time.thread_time() < busy:
        pass
    time.sleep(max(0, ANSWER_SECONDS - (time.monotonic() - start)))
    return MODEL["weight"] * x + MODEL["bias"]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def setup(self):
        super().setup()
        self.since = time.monotonic()

    def do_GET(self):
        url = urlsplit(self.path)
        if url.path == "/health":
            return self.answer(200, {"status": "ready"})
        if url.path != "/predict":
            return self.answer(404, {"error": f"no path {url.path}"})
        try:
            x = float(parse_qs(url.query)["x"][0])
        except (KeyError, ValueError):
            return self.answer(400, {"error": "x is a number"})
        return self.answer(200, {"y": predict(x), "pod": os.environ["HOSTNAME"]})

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if time.monotonic() - self.since > KEEP_ALIVE_SECONDS:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    # A queue for a burst of new connections; the library has room for five.
    request_queue_size = 128


# A container's first process is not ended by a signal that it does not handle.
signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
Server(("", PORT), Handler).serve_forever()
