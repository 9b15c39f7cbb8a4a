"""A real Spark cluster on this machine: a master, two workers of one core each, and a Connect server.

Usage: ``python tools/cluster.py`` prints one line of JSON once all of it is up (``remote`` is what LVTU_SPARK takes),
and stops everything when its standard input ends: at Ctrl-D, at Ctrl-C, or with whoever started it, however that ended.
Needs Java 17 or newer and ``pyspark[connect]``. A line ``start N`` on its input starts worker N again.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil

HOST = "127.0.0.1"
WORKERS = 2
PATIENCE = 120.0
"""Seconds in which a part must be up."""

CONF = {
    "spark.ui.enabled": "false",
    "spark.driver.host": HOST,
    "spark.driver.bindAddress": HOST,
    "spark.driver.memory": "1g",
    "spark.executor.memory": "1g",
    "spark.sql.shuffle.partitions": str(WORKERS),
    # a worker that was killed is replaced, however often a test does so
    "spark.deploy.maxExecutorRetries": "-1",
}


def missing() -> str:
    """What this machine lacks for a cluster, in words; empty when nothing."""
    if java() is None:
        return "Java (a headless JRE of 17 or newer)"
    found = find_spec("pyspark")
    if found is None or found.origin is None or not (Path(found.origin).parent / "bin" / "spark-class").exists():
        return "pyspark[connect]"
    return ""


def java() -> str | None:
    """The program ``java``."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin") if home else shutil.which("java")


class Cluster:
    """The processes of a cluster.

    Args:
        folder: for logs and scratch files.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.master, self.console, self.connect = _free_ports(3)
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    @property
    def remote(self) -> str:
        """Where clients connect."""
        return f"sc://{HOST}:{self.connect}"

    def start(self) -> None:
        """Start all parts at once; they find each other, in whichever order they come up."""
        self._start(
            "master", "org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(self.master),
            "--webui-port", str(self.console),
        )  # fmt: skip
        for number in range(WORKERS):
            self.start_worker(number)
        _until("the master", lambda: _listens(self.master), self.processes["master"])
        options = [part for name, value in CONF.items() for part in ("--conf", f"{name}={value}")]
        self._start(
            "connect", "org.apache.spark.deploy.SparkSubmit", "--class",
            "org.apache.spark.sql.connect.service.SparkConnectServer", "--master", f"spark://{HOST}:{self.master}",
            *options, "--conf", f"spark.connect.grpc.binding.port={self.connect}",
            "--conf", f"spark.connect.grpc.binding.address={HOST}", "spark-internal",
        )  # fmt: skip
        _until("the Connect server", lambda: _listens(self.connect), self.processes["connect"])
        self.wait_for_workers()

    def start_worker(self, number: int) -> None:
        """Start a worker."""
        self._start(
            f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", HOST, "--webui-port", "0",
            "--cores", "1", "--memory", "1g", "--work-dir", str(self.folder / f"work-{number}"),
            f"spark://{HOST}:{self.master}",
        )  # fmt: skip

    def wait_for_workers(self) -> None:
        """Wait until the master knows all workers."""
        _until("the workers", lambda: self._alive() >= WORKERS, self.processes["master"])

    def _alive(self) -> int:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{self.console}/json/", timeout=5) as answer:
                return int(json.load(answer)["aliveworkers"])
        except OSError:
            return 0

    def _start(self, name: str, *command: str) -> None:
        import pyspark

        home = Path(pyspark.__file__).parent
        environment = os.environ | {
            "SPARK_HOME": str(home),
            "SPARK_LOCAL_IP": HOST,
            "SPARK_LOCAL_DIRS": str(self.folder / "scratch"),
            "SPARK_DAEMON_MEMORY": "1g" if name == "connect" else "256m",
            "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",  # it would take a fixed port
            "PYSPARK_PYTHON": sys.executable,
            "PYTHONHASHSEED": "0",
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                [str(home / "bin" / "spark-class"), *command],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def state(self) -> dict[str, Any]:
        """What a program that uses the cluster needs to know."""
        processes = {name: process.pid for name, process in self.processes.items()}
        return {"remote": self.remote, "folder": str(self.folder), "processes": processes}

    def stop(self) -> None:
        """End every process of every part."""
        for process in self.processes.values():
            kill(process.pid)
            process.wait()


def kill(pid: int) -> None:
    """End a process and all below it at once, those in groups of their own too (Python workers are)."""
    processes = family(pid)
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes[1:], timeout=10)


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it."""
    try:
        root = psutil.Process(pid)
        return [root, *root.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _free_ports(number: int) -> list[int]:
    sockets = [socket.socket() for _ in range(number)]
    for one in sockets:
        one.bind((HOST, 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1):
        return True
    return False


def _until(what: str, ready: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + PATIENCE
    while not ready():
        if process.poll() is not None or time.monotonic() > last:
            raise RuntimeError(f"{what} did not come up")
        time.sleep(0.1)


@contextmanager
def running() -> Iterator[Started]:
    """A cluster in processes of its own, which end with this block and with this process."""
    supervisor = subprocess.Popen([sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert supervisor.stdin is not None and supervisor.stdout is not None
    try:
        yield Started(supervisor)
    finally:
        supervisor.stdin.close()
        supervisor.wait()
        supervisor.stdout.close()


class Started:
    """A cluster that another process looks after.

    Attributes:
        remote: where clients connect.
    """

    def __init__(self, supervisor: subprocess.Popen[str]) -> None:
        self._supervisor = supervisor
        self._state = self._answer()
        self.remote: str = self._state["remote"]

    def kill_worker(self, number: int) -> None:
        """Kill a worker, its executor and their Python processes, as a machine that loses power does."""
        kill(self._state["processes"][f"worker-{number}"])

    def works_as(self, number: int) -> set[int]:
        """The processes of a worker: its own, its executor's, and the Python ones below."""
        return {process.pid for process in family(self._state["processes"][f"worker-{number}"])}

    def start_worker(self, number: int) -> None:
        """Start a killed worker again; returns when the master knows it."""
        assert self._supervisor.stdin is not None
        self._supervisor.stdin.write(f"start {number}\n")
        self._supervisor.stdin.flush()
        self._state = self._answer()

    def _answer(self) -> Any:
        assert self._supervisor.stdout is not None
        line = self._supervisor.stdout.readline()
        if not line:
            raise RuntimeError("the cluster did not come up; what it said stands above")
        return json.loads(line)


def main() -> None:
    """Start a cluster, and stop it when standard input ends."""
    if lacking := missing():
        sys.exit(f"a cluster needs {lacking}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    folder = Path(tempfile.mkdtemp(prefix="lvtu-cluster-"))
    cluster = Cluster(folder)
    try:
        cluster.start()
        print(json.dumps(cluster.state()), flush=True)
        for line in sys.stdin:
            cluster.start_worker(int(line.split()[1]))
            cluster.wait_for_workers()
            print(json.dumps(cluster.state()), flush=True)
    except RuntimeError:
        for log in sorted(folder.glob("*.log")):
            sys.stderr.write(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}\n")
        raise
    except KeyboardInterrupt:
        pass
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
