"""Fits y = 3x + 2 by gradient descent that is spread over workers: what a large model's training does, made small.

Each worker has a part of the data. In each step it works out its part's gradient, the first worker adds all of them up,
and all take the same step with the sum. Every few steps the first worker writes down where they are.
"""

import json
import os
import signal
import socket
import sys
import time

RANK = int(os.environ["NODE_RANK"])
WORLD = int(os.environ["WORLD_SIZE"])
ADDRESS = (os.environ["MASTER_ADDR"], int(os.environ["MASTER_PORT"]))
CHECKPOINT = os.path.join(os.environ["CHECKPOINT_DIR"], "linear.json")
STEPS = int(os.environ["STEPS"])
STEP_SECONDS = float(os.environ["STEP_SECONDS"])
CHECKPOINT_STEPS = 5
JOIN_SECONDS = 120
# Ends a worker without a failure of its own: a peer is gone, and all are to start again.
PEER_LOST = 75

DATA = [(x / 8, 3 * x / 8 + 2) for x in range(-32, 32)]


class PeerLost(Exception):
    pass


class Peer:
    """The other end of a connection: one JSON value a line."""

    def __init__(self, connection):
        connection.settimeout(30)
        self.stream = connection.makefile("rw")

    def send(self, value):
        try:
            self.stream.write(json.dumps(value) + "\n")
            self.stream.flush()
        except OSError as error:
            raise PeerLost(error) from error

    def receive(self):
        try:
            line = self.stream.readline()
        except OSError as error:
            raise PeerLost(error) from error
        if not line.endswith("\n"):
            raise PeerLost("the connection was closed")
        return json.loads(line)


def load():
    try:
        with open(CHECKPOINT) as file:
            return json.load(file)
    except FileNotFoundError:
        return {"step": 0, "weight": 0.0, "bias": 0.0}


def save(state):
    # Written aside and renamed, so that a worker that dies meanwhile leaves the last one whole.
    with open(CHECKPOINT + ".next", "w") as file:
        json.dump(state, file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(CHECKPOINT + ".next", CHECKPOINT)


def gradient(state):
    part = DATA[RANK::WORLD]
    errors = [(state["weight"] * x + state["bias"] - y, x) for x, y in part]
    return [sum(error * x for error, x in errors), sum(error for error, _ in errors)]


def step(state, total):
    rate = 0.1 / len(DATA)
    state["weight"] -= rate * total[0]
    state["bias"] -= rate * total[1]
    state["step"] += 1


def is_done(state):
    return state["step"] >= STEPS


def gather():
    """The first worker waits for all others, in the order of their ranks."""
    deadline = time.monotonic() + JOIN_SECONDS
    peers = {}
    with socket.create_server(("", ADDRESS[1]), backlog=WORLD) as listener:
        while len(peers) < WORLD - 1:
            listener.settimeout(max(0.1, deadline - time.monotonic()))
            try:
                peer = Peer(listener.accept()[0])
                peers[peer.receive()] = peer
            except TimeoutError as error:
                raise PeerLost(f"only {len(peers) + 1} of {WORLD} workers came") from error
            except PeerLost:
                # It came and went; its next pod will come.
                continue
    return [peers[rank] for rank in sorted(peers)]


def join():
    deadline = time.monotonic() + JOIN_SECONDS
    while True:
        try:
            peer = Peer(socket.create_connection(ADDRESS, timeout=5))
            peer.send(RANK)
            return peer
        except (OSError, PeerLost) as error:
            # The first worker's name or port is not there yet.
            if time.monotonic() > deadline:
                raise PeerLost(error) from error
            time.sleep(0.5)


def lead(state):
    peers = gather()
    print(f"{WORLD} workers start at step {state['step']}", flush=True)
    for peer in peers:
        peer.send(state)
    while not is_done(state):
        parts = [gradient(state)] + [peer.receive() for peer in peers]
        total = [sum(values) for values in zip(*parts)]
        for peer in peers:
            peer.send(total)
        step(state, total)
        if state["step"] % CHECKPOINT_STEPS == 0 or is_done(state):
            save(state)
            print(f"step {state['step']}: y = {state['weight']:.6f}x + {state['bias']:.6f}", flush=True)
        time.sleep(STEP_SECONDS)
    for peer in peers:
        peer.send("saved")
    return state


def follow():
    leader = join()
    state = leader.receive()
    print(f"worker {RANK} starts at step {state['step']}", flush=True)
    while not is_done(state):
        leader.send(gradient(state))
        step(state, leader.receive())
    # Nobody ends before the end is written down: who is lost now finds it there.
    leader.receive()
    return state


# A container's first process is not ended by a signal that it does not handle.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
try:
    result = load()
    if not is_done(result):
        result = lead(result) if RANK == 0 else follow()
except PeerLost as error:
    print(f"worker {RANK} lost a peer: {error}", flush=True)
    sys.exit(PEER_LOST)
print(f"worker {RANK} ends at step {result['step']}: y = {result['weight']:.6f}x + {result['bias']:.6f}", flush=True)
