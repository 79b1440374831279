"""A real identity provider on loopback, in a process of its own, and what it says of people."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests


class IdentityProvider:
    def __init__(self, url: str) -> None:
        self.url = url

    def knows(self, sub: str, **claims: Any) -> None:
        """From now on it says this of somebody."""
        requests.put(f"{self.url}/users/{sub}", json=claims, timeout=10).raise_for_status()

    def confirm(self, address: str, sub: str) -> str:
        """Signs in there as somebody; the address that it sends the browser back to."""
        answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
        assert answer.status_code in {302, 303}, answer.text
        return str(answer.headers["Location"])


@contextmanager
def opened() -> Iterator[IdentityProvider]:
    """The provider, until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "AUTHLIB_INSECURE_TRANSPORT": "1"}
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://localhost:{port}"
    try:
        for _ in range(600):
            assert process.poll() is None, "the identity provider has ended"
            try:
                requests.get(f"{url}/.well-known/openid-configuration", timeout=5).raise_for_status()
                break
            except requests.RequestException:
                time.sleep(0.1)
        yield IdentityProvider(url)
    finally:
        process.kill()
        process.wait()
