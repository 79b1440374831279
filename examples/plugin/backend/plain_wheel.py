"""Builds a wheel of the folder `src` from pyproject.toml with the standard library alone, so that the example installs without a network."""

import base64
import hashlib
import tomllib
import zipfile
from pathlib import Path

TAG = "py3-none-any"


def build_wheel(wheel_directory: str, config_settings: object = None, metadata_directory: object = None) -> str:
    """Writes the wheel into a folder and returns its name (PEP 517)."""
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    stem = f"{project['name'].replace('-', '_')}-{project['version']}"
    name = f"{stem}-{TAG}.whl"
    files = {
        path.relative_to("src").as_posix(): path.read_bytes()
        for path in sorted(Path("src").rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    files |= {f"{stem}.dist-info/{part}": text.encode() for part, text in _told(project).items()}
    lines = [f"{path},sha256={_digest(data)},{len(data)}" for path, data in files.items()]
    files[f"{stem}.dist-info/RECORD"] = "\n".join([*lines, f"{stem}.dist-info/RECORD,,", ""]).encode()
    with zipfile.ZipFile(Path(wheel_directory) / name, "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in files.items():
            wheel.writestr(path, data)
    return name


def _told(project: dict[str, object]) -> dict[str, str]:
    points = project["entry-points"]
    assert isinstance(points, dict)  # noqa: S101 - a table of the file beside it
    groups = [
        f"[{group}]\n" + "\n".join(f"{name} = {value}" for name, value in found.items())
        for group, found in points.items()
    ]
    return {
        "METADATA": f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n",
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: plain_wheel\nRoot-Is-Purelib: true\nTag: {TAG}\n",
        "entry_points.txt": "\n\n".join(groups) + "\n",
    }


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
