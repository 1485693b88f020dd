"""People at work, as a process of its own: pages and forms over TLS until standard input closes; then what was said.

    python tests/service/load.py PORT HOST PEOPLE

Writes one line of JSON: [[what, name, status], ...]; status 0 is a broken line.
"""

import http.client
import json
import socket
import ssl
import sys
import threading
import urllib.parse

PAUSE = 0.02
SLOW_EVERY, SLOW = 10, "1.5"


def said(port: int, host: str, method: str, path: str, body: str = "") -> int:
    """The status of one question on a line of its own; the certificate is one that was made for the test."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    try:
        plain = socket.create_connection(("127.0.0.1", port), timeout=60)
        with trusting.wrap_socket(plain, server_hostname=host) as line:
            asked = http.client.HTTPConnection(host)
            asked.sock = line
            heads = {"Host": host, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
            asked.request(method, path, body or None, heads)
            return asked.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0


def work(port: int, host: str, person: int, done: threading.Event, answers: list) -> None:
    """A page, a form, a page, a form; every tenth form takes long."""
    number = 0
    while not done.wait(PAUSE):
        number += 1
        name = f"{person}-{number}"
        answers.append(["page", name, said(port, host, "GET", "/tai-khoan/dang-nhap/")])
        form = {"name": name, "seconds": "0" if number % SLOW_EVERY else SLOW}
        answers.append(["form", name, said(port, host, "POST", "/dem/", urllib.parse.urlencode(form))])


def main() -> None:
    """Work until told to stop, then tell."""
    port, host, people = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    done, answers = threading.Event(), []
    crowd = [threading.Thread(target=work, args=(port, host, one, done, answers)) for one in range(people)]
    for person in crowd:
        person.start()
    sys.stdin.read()
    done.set()
    for person in crowd:
        person.join()
    print(json.dumps(answers))  # noqa: T201


if __name__ == "__main__":
    main()
