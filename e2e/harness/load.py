"""Asks a server for answers without a pause and without a second try, on new connections and on connections that it keeps.

    URL NEW KEPT SECONDS: so many clients of each kind, for so long, or until there is a file /tmp/stop

Its last line is a JSON object: how many answers each kind of client got, and what each failed request met.
"""

import http.client
import json
import os
import socket
import sys
import threading
import time
from urllib.parse import urlsplit

URL = urlsplit(sys.argv[1])
NEW, KEPT = int(sys.argv[2]), int(sys.argv[3])
DEADLINE = time.monotonic() + float(sys.argv[4])
# A node that is short of processors is slow, not broken.
TIMEOUT_SECONDS = 60


def address_of(host):
    """The server's address, asked for once: what is measured is the server, not the cluster's DNS."""
    while True:
        try:
            return socket.gethostbyname(host)
        except socket.gaierror:
            if time.monotonic() > DEADLINE:
                raise
            time.sleep(0.5)


ADDRESS = address_of(URL.hostname)

lock = threading.Lock()
results = {kind: {"answers": 0, "connections": 0, "failures": []} for kind in ("new", "kept")}


def is_over():
    return time.monotonic() > DEADLINE or os.path.exists("/tmp/stop")


def ask(connection):
    connection.request("GET", f"{URL.path}?{URL.query}", headers={"Host": URL.netloc})
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise http.client.HTTPException(f"status {response.status}: {body[:100]}")


def client(kind):
    result = results[kind]
    connection = None
    while not is_over():
        try:
            # Without a socket it has none yet, or the server has said that this answer was the connection's last.
            if connection is None or connection.sock is None:
                connection = http.client.HTTPConnection(ADDRESS, URL.port or 80, timeout=TIMEOUT_SECONDS)
                with lock:
                    result["connections"] += 1
                connection.connect()
            ask(connection)
            with lock:
                result["answers"] += 1
        except (OSError, http.client.HTTPException) as error:
            with lock:
                result["failures"].append(f"{type(error).__name__}: {error}")
            connection.close()
            # Where nobody listens a failure takes no time.
            time.sleep(0.1)
        if kind == "new":
            connection.close()


threads = [threading.Thread(target=client, args=(kind,)) for kind in ["new"] * NEW + ["kept"] * KEPT]
for thread in threads:
    thread.start()
print("started", flush=True)
for thread in threads:
    thread.join()
print(json.dumps(results), flush=True)
