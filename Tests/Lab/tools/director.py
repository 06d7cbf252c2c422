"""A director that says what a test wants: director.py SOCKET FOLDER

Answers `status`, `servers` and `events` on the control socket SOCKET from the files FOLDER/status, FOLDER/servers and
FOLDER/events, which have an answer's lines each and may be changed at any time, and writes each request to standard
output. With the file FOLDER/silent it takes requests and does not answer.
"""
import json
import os
import socketserver
import sys

path, folder = sys.argv[1:]


class Client(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            request = json.loads(line)["request"]
            print(request, flush=True)
            if os.path.exists(f"{folder}/silent"):
                continue
            with open(f"{folder}/{request}", "rb") as file:
                self.wfile.write(file.read())


class Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


if os.path.exists(path):
    os.unlink(path)
Server(path, Client).serve_forever()
