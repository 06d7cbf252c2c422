"""flood.py INTERFACE RATE SECONDS: sends the frames that stdin has, one in hexadecimal a line, so many a second, one
after the other and from the first again. Prints how many it sent."""
import socket
import sys
import time

interface, rate, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
frames = [bytes.fromhex(line) for line in sys.stdin]
sent, failed = 0, 0
with socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0) as out:
    out.bind((interface, 0))
    began = time.monotonic()
    while (passed := time.monotonic() - began) < seconds:
        for _ in range(min(int(passed * rate) - sent, 1000)):
            try:
                out.send(frames[sent % len(frames)])
            except OSError:
                failed += 1  # the queue is full
            sent += 1
        if sent >= (time.monotonic() - began) * rate:
            time.sleep(0.0005)
print(sent - failed)
