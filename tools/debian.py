"""Debian packages that a check needs: installed when we are root on Debian, else asked for."""

from __future__ import annotations

import os
import shutil
import subprocess

from tools.progress import fail, run_step


def install(package: str, why: str) -> None:
    """Install one Debian package, or stop with what to install."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        fail(f"{package} is needed {why}: install it and run again.")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if subprocess.run(["apt-cache", "show", package], capture_output=True).returncode:
        run_step("package lists", ["apt-get", "update", "-qq"], env=env)
    run_step(
        f"install {package}",
        [
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            package,
        ],
        env=env,
    )
