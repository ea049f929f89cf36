#!/usr/bin/env python3
"""How long it takes from a save to the new page in `serve`.

    benches/preview.py [--sizes 100,1000,10000] [--edits 40] [--program FILE] [--json FILE]

For each size a handbook is generated and served. Then chapters are changed, one after the other: a word in the prose, or a
new heading with an id, which other pages and lists may know of. A tab is told of the change and asks for its page, as the
script of the preview does; the clock runs from the save to the last byte of the new page. Of that time the watcher waits
25 ms for what else may belong to the change. Prints medians; compare figures of one run only.
"""
import argparse
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

ROOT = Path(__file__).resolve().parent.parent
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
                raise SystemExit("the news ended")
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
            raise SystemExit(Path(said).read_text()[-2000:])
        time.sleep(0.02)


def memory(process):
    """Resident memory of a process, in MB; None where the system does not tell."""
    try:
        return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text()).group(1)) / 1024
    except (OSError, AttributeError):
        return None


def measure(program, pages, edits, work):
    handbook = Path(work) / f"handbook-{pages}"
    subprocess.run([sys.executable, ROOT / "benches/generate.py", "--pages", str(pages), "--cross-links", handbook],
                   check=True, stdout=subprocess.DEVNULL)
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
            path = "/" + str(chapter.relative_to(handbook).with_suffix("")) + "/"
            path = re.sub(r"/\d{1,3}[-_. ]", "/", path)
            tab = Tab(host, path)
            for kind in took:
                text = chapter.read_text()
                mark = f"parola{kind}{number}"
                if kind == "words":
                    text = text.replace("Revisione corrente", f"{mark} Revisione corrente", 1)
                else:
                    text += f"\n## Titolo {mark} {{#{mark}}}\n\nTesto.\n"
                time.sleep(PAUSE)
                start = time.monotonic()
                chapter.write_text(text)
                page = tab.changed()
                took[kind].append(time.monotonic() - start)
                if mark not in page:
                    raise SystemExit(f"{path} does not say {mark}")
            tab.close()
        after = memory(process)
    finally:
        process.terminate()
        process.wait()
    median = {kind: statistics.median(times) * 1000 for kind, times in took.items()}
    return {"chapters": pages, "ready_s": ready, "edits": 2 * edits, "words_ms": median["words"],
            "headings_ms": median["headings"], "memory_mb": [before, after]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", default="100,1000,10000")
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--program", default=ROOT / "target/release/vademecum")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    results = []
    print("| chapters | first pages after, s | a word, ms | without the window, ms | a heading, ms | memory before → after, MB |")
    print("|---|---|---|---|---|---|")
    for pages in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as work:
            result = measure(options.program, pages, options.edits, work)
        results.append(result)
        memories = " → ".join("?" if value is None else f"{value:.0f}" for value in result["memory_mb"])
        print(f"| {pages} | {result['ready_s']:.2f} | {result['words_ms']:.1f} | {result['words_ms'] - WINDOW * 1000:.1f} "
              f"| {result['headings_ms']:.1f} | {memories} |", flush=True)
    if options.json:
        options.json.write_text(json.dumps(results, indent=1))


if __name__ == "__main__":
    main()
