"""A TCP proxy that does to a connection what a script says."""

import asyncio
import socket
import struct
import threading
from dataclasses import dataclass

HANG = "hang"
CLOSE = "close"
RESET = "reset"
ENDS = [CLOSE, RESET, HANG]


@dataclass(frozen=True)
class Fault:
    """What happens to one connection; as it is, nothing."""

    # Bytes that pass before the end.
    request: int | None = None
    reply: int | None = None
    # How the connection ends for the tool.
    end: str = CLOSE
    # The bit of the reply that is turned over.
    flip: int | None = None
    # Seconds before each byte of the reply.
    pause: float = 0.0
    # What is answered in place of the server.
    answer: bytes | None = None


class Direction:
    """Passes bytes on, up to a limit."""

    def __init__(self, reader, writer, limit, flip=None, pause=0.0):
        self.reader, self.writer, self.limit = reader, writer, limit
        self.flip, self.pause = flip, pause
        self.passed = 0

    async def run(self):
        """Until the source ends, or the limit is reached: then true."""
        while self.limit is None or self.passed < self.limit:
            data = await self.reader.read(1 << 16)
            if not data:
                return False
            if self.limit is not None:
                data = data[: self.limit - self.passed]
            await self.write(self.flipped(data))
            self.passed += len(data)
        return True

    def flipped(self, data):
        place = self.flip // 8 - self.passed if self.flip is not None else -1
        if not 0 <= place < len(data):
            return data
        turned = data[place] ^ (1 << self.flip % 8)
        return data[:place] + bytes([turned]) + data[place + 1 :]

    async def write(self, data):
        if not self.pause:
            self.writer.write(data)
            return await self.writer.drain()
        for byte in data:
            await asyncio.sleep(self.pause)
            self.writer.write(bytes([byte]))


class FaultyProxy:
    """Each connection meets the fault that is set; after `set_once`, the first one alone."""

    def __init__(self, port, source="127.0.0.1"):
        self.upstream, self.source = port, source
        self.fault, self.next = Fault(), Fault()
        # Bytes of the connection that ended last, and how many there have been.
        self.requested = self.replied = self.connections = 0
        self.open = set()
        # Our own connection, which is none of the tool's.
        self.marker = None
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        self.server = self.call(asyncio.start_server(self.accept, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]

    def call(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def set(self, fault):
        self.fault = self.next = fault

    def set_once(self, fault):
        self.fault, self.next = fault, Fault()

    async def accept(self, reader, writer):
        if writer.get_extra_info("peername") == self.marker:
            return writer.close()
        fault, self.fault = self.fault, self.next
        self.connections += 1
        task = asyncio.current_task()
        self.open.add(task)
        try:
            if fault.answer is not None:
                await self.answer(fault, reader, writer)
            else:
                await self.relay(fault, reader, writer)
        except OSError:
            pass
        finally:
            writer.transport.abort()
            self.open.discard(task)

    async def answer(self, fault, reader, writer):
        await reader.read(1)
        writer.write(fault.answer)
        await writer.drain()
        if fault.end == HANG:
            await reader.read()

    async def relay(self, fault, reader, writer):
        upstream, server = await asyncio.open_connection(
            "127.0.0.1", self.upstream, local_addr=(self.source, 0)
        )
        there = Direction(reader, server, fault.request)
        back = Direction(upstream, writer, fault.reply, fault.flip, fault.pause)
        tasks = [asyncio.create_task(direction.run()) for direction in (there, back)]
        done, running = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in running:
            task.cancel()
        await asyncio.wait(tasks)
        self.requested, self.replied = there.passed, back.passed
        await self.end(fault, done, reader, writer, upstream, server)

    async def end(self, fault, done, reader, writer, upstream, server):
        """Ends both sides; the tool is told after the server has done what it was asked for."""
        cut = any(not task.exception() and task.result() for task in done)
        try:
            server.write_eof()
            while await asyncio.wait_for(upstream.read(1 << 16), 5):
                pass
        except OSError:
            pass
        finally:
            server.close()
        if cut and fault.end == HANG:
            await reader.read()
        elif cut and fault.end == RESET:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            # What has passed is still read.
            writer.write_eof()
            await reader.read()

    def settle(self):
        """Waits until every connection has ended at both sides."""
        self.call(self.settled())

    async def settled(self):
        # They are taken in turn: whoever connected before this one has been taken when it ends.
        with socket.socket() as marker:
            marker.bind(("127.0.0.1", 0))
            self.marker = marker.getsockname()
            marker.setblocking(False)
            await self.loop.sock_connect(marker, ("127.0.0.1", self.port))
            await self.loop.sock_recv(marker, 1)
        while self.open:
            await asyncio.wait(set(self.open))

    def stop(self):
        async def stop():
            self.server.close()
            for task in set(self.open):
                task.cancel()
            await asyncio.sleep(0)

        self.call(stop())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(5)
        self.loop.close()
