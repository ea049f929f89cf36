"""How long it takes from a save to the new page in `serve`: `run.py preview`.

A generated handbook is served, and chapters are changed, one after the other: a word in the prose, or a new heading with an id,
which other pages and lists may know of. A tab is told of the change and asks for its page, as the script of the preview does;
the clock runs from the save to the last byte of the new page.
"""
import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Failed

# What the watcher waits for, in seconds.
WINDOW = 0.025
# Between two saves: the rules are looked at when the page is up.
PAUSE = 0.6


class Tab:
    """A tab that shows a page: it listens to the news, and asks for the page when there is another."""

    def __init__(self, host, path):
        self.host, self.path = host, path
        self.news = http.client.HTTPConnection(host, timeout=120)
        self.pages = http.client.HTTPConnection(host, timeout=120)
        self.news.request("GET", f"/_vademecum/events?path={path}")
        self.stream = self.news.getresponse()
        self.shown = self.next()

    def next(self):
        """The hash of the page of the next news."""
        while True:
            line = self.stream.readline().decode()
            if not line:
                raise Failed("the news ended")
            if line.startswith("data: "):
                return json.loads(line[len("data: "):])["page"]

    def changed(self):
        """Waits until there is another page, and gets it."""
        page = self.next()
        while page == self.shown:
            page = self.next()
        self.shown = page
        self.pages.request("GET", self.path)
        return self.pages.getresponse().read().decode()

    def close(self):
        self.news.close()
        self.pages.close()


def served(program, handbook, said):
    """Starts the server, and waits for its address."""
    process = subprocess.Popen([program, "serve", handbook, "--lang", "en", "--port", "0"], stderr=open(said, "w"))
    while True:
        found = re.search(r"The handbook is at http://([^/\s]+)/", Path(said).read_text())
        if found:
            return process, found.group(1)
        if process.poll() is not None:
            raise Failed(Path(said).read_text()[-2000:])
        time.sleep(0.02)


def memory(process):
    """Resident memory of a process, in MB; None where the system does not tell."""
    try:
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text()).group(1)) / 1024
    except (OSError, AttributeError):
        return None


def measure(program, pages, edits, work, generate):
    """Serves a handbook of so many chapters, and makes so many changes of each kind."""
    handbook = Path(work) / f"preview-{pages}"
    generate(pages, handbook, "--cross-links")
    begun = time.monotonic()
    process, host = served(program, handbook, Path(work) / "said.txt")
    ready = time.monotonic() - begun
    chapters = sorted(handbook.glob("**/cap-*.md"))
    chance = random.Random(1)
    took = {"words": [], "headings": []}
    try:
        before = memory(process)
        for number in range(edits):
            chapter = chance.choice(chapters)
            tab = Tab(host, "/" + str(chapter.relative_to(handbook).with_suffix("")) + "/")
            for kind, times in took.items():
                times.append(change(chapter, kind, f"parola{kind}{number}", tab))
            tab.close()
        after = memory(process)
    finally:
        process.terminate()
        process.wait()
    median = {kind: statistics.median(times) * 1000 for kind, times in took.items()}
    return {"chapters": pages, "ready_s": ready, "words_ms": median["words"], "headings_ms": median["headings"],
            "memory_mb": [before, after]}


def change(chapter, kind, mark, tab):
    """Changes a chapter, and tells the time until its new page is there."""
    text = chapter.read_text()
    if kind == "words":
        text = text.replace("Revisione corrente", f"{mark} Revisione corrente", 1)
    else:
        text += f"\n## Titolo {mark} {{#{mark}}}\n\nTesto.\n"
    time.sleep(PAUSE)
    start = time.monotonic()
    chapter.write_text(text)
    page = tab.changed()
    took = time.monotonic() - start
    if mark not in page:
        raise Failed(f"{tab.path} does not say {mark}")
    return took


def table(sizes, edits, program, folder, generate):
    """One row for each size."""
    rows = ["| chapters | first pages after | a word | without the wait of 25 ms | a heading | memory of the server |",
            "| ---: | ---: | ---: | ---: | ---: | ---: |"]
    for pages in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as work:
            found = measure(program, pages, edits, work, generate)
        memories = " → ".join("?" if value is None else f"{value:.0f}" for value in found["memory_mb"])
        rows.append(f"| {pages:,} | {found['ready_s']:.2f} s | {found['words_ms']:.0f} ms "
                    f"| {found['words_ms'] - WINDOW * 1000:.0f} ms | {found['headings_ms']:.0f} ms | {memories} MB |")
        print(rows[-1], file=sys.stderr)
    return "\n".join(rows)
