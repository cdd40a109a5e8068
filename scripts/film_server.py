#!/usr/bin/env python3
"""Serves the files of a folder on this computer, with ranges, as web servers of films do.

    scripts/film_server.py FOLDER

Prints the port that it found on a line of its own, and serves until it is ended.
"""

import http.server
import os
import re
import sys


class Films(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        path = os.path.join(sys.argv[1], os.path.basename(self.path))
        try:
            with open(path, "rb") as film:
                data = film.read()
        except OSError:
            self.send_error(404)
            return
        wanted = re.match(r"bytes=(\d+)-(\d*)$", self.headers.get("Range", ""))
        first = int(wanted[1]) if wanted else 0
        last = min(int(wanted[2]) if wanted and wanted[2] else len(data), len(data) - 1)
        if first > last:
            self.send_error(416)
            return
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Type", "video/mp4")
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        self.wfile.write(data[first : last + 1])

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Films)
print(server.server_port, flush=True)
server.serve_forever()
