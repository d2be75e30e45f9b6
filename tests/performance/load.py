"""Clients that send ideas over plain sockets, in a process of their own, so that the generator costs little.

``python -m tests.performance.load PORT CLIENTS SECONDS PER_SECOND PATH [PATH …]`` keeps CLIENTS connections busy for
SECONDS, or sends PER_SECOND ideas a second in all when that is not 0, and prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections import Counter

HEAD = (
    "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nContent-Type: application/json\r\n"
    "Content-Length: {length}\r\n\r\n"
)


async def _send(reader, writer, path: str) -> int:
    """One idea; its status."""
    client_id = str(uuid.uuid4())
    body = json.dumps(
        {"client_id": client_id, "text": f"A lamp over table {client_id[:4]} is dark."}
    ).encode()
    writer.write(HEAD.format(path=path, length=len(body)).encode() + body)
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    for line in head.split("\r\n"):
        if line.lower().startswith("content-length:"):
            await reader.readexactly(int(line.split(":")[1]))
    return int(head.split(" ", 2)[1])


async def load(port: int, clients: int, seconds: float, per_second: float, paths: list[str]) -> dict:
    """Statuses, ideas taken per second, and the milliseconds each one took at p50 and p99."""
    statuses: Counter[str] = Counter()
    taken: list[float] = []
    started = time.perf_counter()
    due = iter(range(sys.maxsize))

    async def client(number: int) -> None:
        reader = writer = None
        while (now := time.perf_counter()) - started < seconds:
            if per_second:
                wait = started + next(due) / per_second - now
                if wait > 0:
                    await asyncio.sleep(wait)
            asked = time.perf_counter()
            try:
                if writer is None:
                    reader, writer = await asyncio.open_connection("127.0.0.1", port)
                status = await asyncio.wait_for(_send(reader, writer, paths[number % len(paths)]), 30)
            except (OSError, TimeoutError, asyncio.IncompleteReadError) as failed:
                statuses[type(failed).__name__] += 1
                if writer is not None:
                    writer.close()
                writer = None
                continue
            statuses[str(status)] += 1
            taken.append((time.perf_counter() - asked) * 1000)
        if writer is not None:
            writer.close()

    await asyncio.gather(*(client(number) for number in range(clients)))
    took = time.perf_counter() - started
    taken.sort()
    at = lambda share: taken[min(len(taken) - 1, int(len(taken) * share))] if taken else None  # noqa: E731
    return {
        "per_second": statuses["201"] / took,
        "statuses": statuses,
        "p50": at(0.5),
        "p99": at(0.99),
        "longest": at(1.0),
    }


if __name__ == "__main__":
    port, clients, seconds, per_second, *paths = sys.argv[1:]
    print(json.dumps(asyncio.run(load(int(port), int(clients), float(seconds), float(per_second), paths))))
