"""Runs programs and tells what they took; also what machine it was. Standard library only, Python >= 3.8."""
import collections
import datetime
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

MB = 1e6


class Taken(collections.namedtuple("Taken", "wall user system peak said")):
    """Of one run: seconds by the clock, of processor in the program and in the system, bytes of memory at most, and what it
    printed."""

    @property
    def cpu(self):
        return self.user + self.system


class Failed(Exception):
    """A measured program failed, or did not do what it should have."""


def run(command):
    """Runs a command to its end. The kernel counts what this program has in memory as memory of the command until it
    starts, so whoever calls this must be small."""
    command = [str(part) for part in command]
    os.sync()                           # what others have still to write is not the command's
    with tempfile.TemporaryFile() as output:
        start = time.monotonic()
        try:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        except OSError as error:
            raise Failed("%s: %s" % (command[0], error))
        try:
            _, status, used = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        wall = time.monotonic() - start
        process.returncode = os.WEXITSTATUS(status) if os.WIFEXITED(status) else -os.WTERMSIG(status)
        output.seek(0)
        said = output.read().decode("utf-8", "replace")
    if process.returncode:
        raise Failed("%s\nended with %d and said:\n%s" % (" ".join(command), process.returncode, said[-3000:]))
    peak = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Taken(wall, used.ru_utime, used.ru_stime, peak, said)


class Series:
    """The runs of one task."""

    def __init__(self):
        self.runs = []

    def wall(self):
        return statistics.median(run.wall for run in self.runs)

    def cpu(self):
        return statistics.median(run.cpu for run in self.runs)

    def peak(self):
        return max(run.peak for run in self.runs)

    def ratio(self, other, of=lambda run: run.wall):
        """The median of the ratios run by run: both were measured one after the other, so that noise hit them alike."""
        return statistics.median(of(mine) / of(its) for mine, its in zip(self.runs, other.runs))

    def as_json(self):
        return [{"wall": run.wall, "user": run.user, "system": run.system, "peak": run.peak} for run in self.runs]


def files_in(folder):
    """How many files a folder has, and how many bytes."""
    count = size = 0
    for path, _, names in os.walk(folder):
        for name in names:
            count += 1
            size += os.lstat(os.path.join(path, name)).st_size
    return count, size


def machine(folder):
    """One sentence on the machine, as it was now."""
    parts = ["%d cores of %s" % (cores(), processor())]
    memory = value_in("/proc/meminfo", "MemTotal")
    if memory:
        parts.append("%.0f GB" % (int(memory.split()[0]) * 1024 / 1e9))
    parts.append("%s %s" % (platform.system(), platform.release()))
    if file_system(folder):
        parts.append(file_system(folder))
    parts.append("load %.1f before" % os.getloadavg()[0])
    return "%s, on %s" % (", ".join(parts), datetime.date.today().isoformat())


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def processor():
    return value_in("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def file_system(folder):
    """The kind of file system that a folder is on; empty where the system does not tell."""
    try:
        with open("/proc/mounts", encoding="utf-8") as mounts:
            mounts = [line.split()[1:3] for line in mounts]
    except OSError:
        return ""
    folder = os.path.realpath(folder)
    around = [(len(at), kind) for at, kind in mounts if (folder + "/").startswith(at.rstrip("/") + "/")]
    return max(around)[1] if around else ""


def value_in(path, key):
    try:
        with open(path, encoding="utf-8") as lines:
            values = (line.partition(":") for line in lines)
            return next((value.strip() for name, _, value in values if name.strip() == key), "")
    except OSError:
        return ""
