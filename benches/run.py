#!/usr/bin/env python3
"""Measures the whole program on generated handbooks, against the least that any generator has to do, and against peers.

    benches/run.py [--sizes 100,1000,10000,50000] [--runs 3] [--search-up-to 10000] [--peers] [--hugo-up-to 10000]
                  [--json FILE] [--keep DIR]
    benches/run.py [options] editions [CHAPTERS] [EDITIONS]
    benches/run.py [--sizes 100,1000,10000] preview [EDITS]

Builds the release program and `benches/floor.rs`, writes plain handbooks (`generate.py` without `--cross-links`), and runs
each program on each of them, one after the other and all of them again, so that noise hits all alike. Every build is
verified: all chapters are there, each in its file. A build goes to a new folder, with the sources in the system's cache, and
then again with nothing changed. Prints one table: medians by the clock, of processor time, and memory at most; then ratios, each
the median of the ratios run by run, bold where it is more than it should be: 2.5 times the floor, 2.1 times for twice the
chapters, a quarter of Hugo's time, and memory of 3 times the source and 300 MB.

The second form measures what editions cost, the third the time from a save to the new page of a preview. Standard library only, Python >= 3.8.
"""
import argparse
import contextlib
import json
import math
import os
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile

import editions
import peers
import preview
from measure import MB, Failed, Series, files_in, machine, run

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

COLD, UNCHANGED, CHECK, FLOOR = "build", "build, nothing changed", "check", "the floor"
SEARCH, SEARCH_UNCHANGED = "build with search", "build with search, nothing changed"
PAGEFIND, HUGO = "Pagefind alone, on the chapters' pages", "Hugo"


class Task:
    """What is measured: a command, the folder that must not be there before, and what must be true after."""

    def __init__(self, name, command, fresh=None, verify=lambda said: None, timed_by_itself=False):
        self.name, self.command, self.fresh, self.verify = name, command, fresh, verify
        self.timed_by_itself = timed_by_itself
        self.series = Series()

    def measure(self):
        if self.fresh and os.path.exists(self.fresh):
            # Not removed now: a file system is slower to make files where it has just deleted as many, for minutes.
            os.rename(self.fresh, "%s-%d" % (self.fresh, len(self.series.runs)))
        taken = run(self.command)
        if self.timed_by_itself:
            taken = taken._replace(wall=json.loads(taken.said)["seconds"])
        self.verify(taken.said)
        self.series.runs.append(taken)
        print("  %-40s %8.2f s %8.2f s of processor %7.0f MB" % (self.name, taken.wall, taken.cpu, taken.peak / MB), file=sys.stderr)


class Size:
    """Handbooks of so many chapters, and what was measured on them."""

    def __init__(self, chapters, folder, programs, search, with_hugo):
        self.chapters, self.folder, self.programs = chapters, folder, programs
        self.handbook, self.site, self.hugo = self.at("handbook"), self.at("site"), self.at("hugo")
        generate(chapters, self.handbook)
        if with_hugo:
            generate(chapters, self.hugo, "--format", "hugo")
        self.source, self.written = files_in(self.handbook), None
        self.tasks = {task.name: task for task in self.plan(search, with_hugo)}

    def at(self, name):
        return os.path.join(self.folder, name)

    def plan(self, search, with_hugo):
        """What is run, in this order, as often as is asked for; each may use what the one before has left."""
        programs, site, searched, floor, index = self.programs, self.site, self.at("searched"), self.at("floor"), self.at("index")
        build = [programs.vademecum, "--lang", "en", "build", self.handbook, "--output"]
        yield Task(COLD, build + [site, "--no-search"], site, lambda said: self.is_whole(site))
        yield Task(UNCHANGED, build + [site, "--no-search"], None, nothing_written)
        yield Task(CHECK, [programs.vademecum, "check", self.handbook])
        yield Task(FLOOR, [programs.floor, self.handbook, site, floor], floor, lambda said: self.is_as_large(floor), True)
        if search:
            yield Task(SEARCH, build + [searched], searched, lambda said: self.is_whole(searched, "pagefind/pagefind.js"))
            yield Task(SEARCH_UNCHANGED, build + [searched], None, nothing_written)
        if search and programs.pagefind:
            command = [programs.pagefind, "--site", self.at("chapters"), "--output-path", index, "--root-selector", "main"]
            yield Task(PAGEFIND, command, index, lambda said: self.is_indexed(index))
        if with_hugo:
            other, cache = self.at("hugo-site"), self.at("hugo-cache")
            command = [programs.hugo, "--quiet", "--noBuildLock", "--source", self.hugo, "--destination", other, "--cacheDir", cache]
            yield Task(HUGO, command, other, lambda said: self.is_whole(other, folder=""))

    def measure(self, runs):
        """Every task in its turn, and all again. The folder stays until all sizes are measured, as what was there before."""
        for _ in range(runs):
            self.take_turns()
        self.written = files_in(self.site)

    def take_turns(self):
        for task in self.tasks.values():
            if task.name == PAGEFIND:
                self.set_chapters_apart()
            task.measure()

    def page(self, chapter):
        """Where a chapter stands in a site."""
        section = (chapter - 1) // 20
        return "parte-%02d/sezione-%03d/cap-%05d/index.html" % (section // 10 + 1, section + 1, chapter)

    def pages(self, site, folder="linee-guida"):
        return [os.path.join(site, folder, self.page(chapter)) for chapter in range(1, self.chapters + 1)]

    def is_whole(self, site, also="index.html", folder="linee-guida"):
        """Every chapter has its page, and of some, the page is theirs."""
        pages = self.pages(site, folder)
        for path in pages + [os.path.join(site, also)]:
            if not os.path.isfile(path):
                raise Failed("%s is not there" % path)
        for chapter in {1, (self.chapters + 1) // 2, self.chapters}:
            with open(pages[chapter - 1], encoding="utf-8") as page:
                if "Codice pagina LG-%05d" % chapter not in page.read():
                    raise Failed("%s is not the page of chapter %d" % (pages[chapter - 1], chapter))

    def is_as_large(self, out):
        wanted, found = files_in(self.site), files_in(out)
        if wanted != found:
            raise Failed("the floor wrote %d files of %d bytes, the build %d of %d" % (*found, *wanted))

    def set_chapters_apart(self):
        """A site with nothing but the chapters' pages, once."""
        chapters = self.at("chapters")
        if not os.path.exists(chapters):
            for chapter, path in enumerate(self.pages(self.site), 1):
                target = os.path.join(chapters, self.page(chapter))
                os.makedirs(os.path.dirname(target), exist_ok=True)
                shutil.copyfile(path, target)

    def is_indexed(self, index):
        with open(os.path.join(index, "pagefind-entry.json"), encoding="utf-8") as entry:
            pages = sum(language["page_count"] for language in json.load(entry)["languages"].values())
        if pages != self.chapters:
            raise Failed("Pagefind found %d pages instead of %d" % (pages, self.chapters))

    def ratio(self, name, other, of=None):
        """One task against another; `None` where either was not measured."""
        if name not in self.tasks or other not in self.tasks:
            return None
        mine, its = self.tasks[name].series, self.tasks[other].series
        return mine.ratio(its, of) if of else mine.ratio(its)

    def as_json(self):
        tasks = {name: task.series.as_json() for name, task in self.tasks.items()}
        return {"chapters": self.chapters, "source": self.source, "site": self.written, "tasks": tasks}


def nothing_written(said):
    if "(0 written," not in said:
        raise Failed("a build of an unchanged handbook wrote files: %s" % said)


def generate(chapters, folder, *mode):
    """In a process of its own, because this one has to stay small."""
    command = [sys.executable, os.path.join(ROOT, "benches", "generate.py"), "--pages", str(chapters), "--force", *mode, folder]
    if subprocess.run(command).returncode:
        raise Failed("the handbook of %d chapters could not be generated" % chapters)


# ---------------------------------------------------------------- the table

def table(sizes):
    """What was measured, and the ratios."""
    head = ["by the clock · processor · memory", *("%s chapters" % thousands(size.chapters) for size in sizes)]
    rows = [head, ["---"] + ["---:"] * len(sizes)]
    names = dict.fromkeys(name for size in sizes for name in size.tasks)
    rows += [[name, *(cell(size.tasks.get(name)) for size in sizes)] for name in names]
    rows.append(["files of the site", *("%s, %.1f MB" % (thousands(size.written[0]), size.written[1] / MB) for size in sizes)])
    measured = [ratio for ratio in ratios(sizes) if any(value is not None for value in ratio[2])]
    rows += [[name, *(number(value, most) for value in values)] for name, most, values in measured]
    return "\n".join("| %s |" % " | ".join(row) for row in rows)


def ratios(sizes):
    """Each with what it should be at most, if anything, and its value at each size."""
    before = [None, *sizes[:-1]]
    growth = [[doubling(a, b, name) for a, b in zip(before, sizes)] for name in (COLD, CHECK, FLOOR)]
    cpu, peak = (lambda run: run.cpu), (lambda run: run.peak)
    yield "build ÷ floor", 2.5, [size.ratio(COLD, FLOOR) for size in sizes]
    yield "the same, of processor time", None, [size.ratio(COLD, FLOOR, cpu) for size in sizes]
    yield "build, ms a chapter", None, [size.tasks[COLD].series.wall() * 1000 / size.chapters for size in sizes]
    yield "growth of build when chapters double", 2.1, growth[0]
    yield "growth of check", None, growth[1]
    yield "growth of the floor", None, growth[2]
    yield "memory of build ÷ (3 × source + 300 MB)", 1, [memory(size) for size in sizes]
    yield "build with search ÷ Pagefind alone", None, [size.ratio(SEARCH, PAGEFIND) for size in sizes]
    yield "what search adds to build ÷ Pagefind alone", None, [search_adds(size) for size in sizes]
    yield "memory of build with search ÷ Pagefind alone", None, [size.ratio(SEARCH, PAGEFIND, peak) for size in sizes]
    yield "build ÷ Hugo", 0.25, [size.ratio(COLD, HUGO) for size in sizes]


def cell(task):
    if task is None:
        return "–"
    series = task.series
    return "%.2f s · %.2f s · %.0f MB" % (series.wall(), series.cpu(), series.peak() / MB)


def number(value, most):
    """A ratio; bold where it is more than it should be."""
    if value is None:
        return "–"
    return ("%.2f" if most is None or value <= most else "**%.2f**") % value


def thousands(value):
    return "{:,}".format(value)


def doubling(before, after, name):
    """The factor by which time grows when chapters double, between two sizes whatever they are."""
    if before is None or before.chapters >= after.chapters:
        return None
    times = after.tasks[name].series.wall() / before.tasks[name].series.wall()
    return times ** (math.log(2) / math.log(after.chapters / before.chapters))


def memory(size):
    _, source = size.source
    return size.tasks[COLD].series.peak() / (3 * source + 300 * MB)


def search_adds(size):
    if PAGEFIND not in size.tasks:
        return None
    runs = zip(*(size.tasks[name].series.runs for name in (SEARCH, COLD, PAGEFIND)))
    return statistics.median((searched.wall - plain.wall) / alone.wall for searched, plain, alone in runs)


# ---------------------------------------------------------------- the command

class Programs:
    """Where the programs are."""

    def __init__(self, options):
        self.vademecum, self.floor = built(options.profile)
        self.hugo, self.pagefind = peers.install(ROOT) if options.peers else (None, None)
        self.hugo, self.pagefind = options.hugo or self.hugo, options.pagefind or self.pagefind

    def versions(self, profile):
        known = [("vademecum", self.vademecum, "--version"), ("Hugo", self.hugo, "version"), ("Pagefind", self.pagefind, "--version")]
        named = ["%s %s" % (name, peers.version(path, argument)) for name, path, argument in known if path]
        return ", ".join(named) + ("" if profile == "release" else " (profile %s: not what is published)" % profile)


def built(profile):
    """Builds the program and the floor; where they are."""
    command = ["cargo", "build", "--locked", "--profile", profile, "--bin", "vademecum", "--bench", "floor",
               "--message-format", "json-render-diagnostics"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, universal_newlines=True)
    if done.returncode:
        raise Failed("the program could not be built")
    messages = map(json.loads, done.stdout.splitlines())
    programs = {message["target"]["name"]: message["executable"] for message in messages if message.get("executable")}
    return programs["vademecum"], programs["floor"]


@contextlib.contextmanager
def working_folder(kept):
    """A folder that goes away, or the one that is to be kept."""
    if kept:
        os.makedirs(kept, exist_ok=True)
        yield os.path.abspath(kept)
        return
    with tempfile.TemporaryDirectory(prefix="vademecum-bench-") as folder:
        yield folder


def measure_sizes(options, programs, folder):
    sizes = []
    for chapters in options.sizes:
        print("%s chapters" % thousands(chapters), file=sys.stderr)
        with_hugo = bool(programs.hugo) and chapters <= options.hugo_up_to
        size = Size(chapters, os.path.join(folder, str(chapters)), programs, chapters <= options.search_up_to, with_hugo)
        size.measure(options.runs)
        sizes.append(size)
    return sizes


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=numbers, default=[100, 1000, 10000, 50000], help="chapters, with commas between them")
    parser.add_argument("--runs", type=int, default=3, help="how often each is run (default 3)")
    parser.add_argument("--search-up-to", type=int, default=10000, metavar="N", help="no search above N chapters (default 10000)")
    parser.add_argument("--peers", action="store_true", help="install Hugo and Pagefind under target/, and measure them too")
    parser.add_argument("--hugo-up-to", type=int, default=10000, metavar="N", help="no Hugo above N chapters (default 10000)")
    parser.add_argument("--hugo", metavar="PATH", help="measure this Hugo")
    parser.add_argument("--pagefind", metavar="PATH", help="measure this Pagefind")
    parser.add_argument("--profile", default="release", help="how cargo builds (default release)")
    parser.add_argument("--json", metavar="FILE", help="write every run there")
    parser.add_argument("--keep", metavar="DIR", help="work in DIR, and leave handbooks and sites there")
    commands = parser.add_subparsers(dest="command")
    of_editions = commands.add_parser("editions", help="measure what editions cost")
    of_editions.add_argument("chapters", type=int, nargs="?", default=1000)
    of_editions.add_argument("editions", type=int, nargs="?", default=20)
    of_preview = commands.add_parser("preview", help="measure the time from a save to the new page")
    of_preview.add_argument("edits", type=int, nargs="?", default=40)
    options = parser.parse_args(arguments)
    if options.runs < 1:
        parser.error("--runs must be at least 1")
    return options


def numbers(text):
    found = sorted({int(part) for part in text.split(",")})
    if found[0] < 1:
        raise ValueError(text)
    return found


def main(arguments):
    options = options_of(arguments)
    programs = Programs(options)
    with working_folder(options.keep) as folder:
        where = machine(folder)
        if options.command == "editions":
            print(editions.table(options.chapters, options.editions, programs.vademecum, folder, generate))
            return
        if options.command == "preview":
            print("%s\n\n%s" % (preview.table(options.sizes, options.edits, programs.vademecum, folder, generate), where))
            return
        sizes = measure_sizes(options, programs, folder)
    versions = programs.versions(options.profile)
    print("%s\n\n%s; %s; medians of %d." % (table(sizes), where, versions, options.runs))
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"machine": where, "versions": versions, "sizes": [size.as_json() for size in sizes]}, file, indent=1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))   # so that temporary folders go away
    try:
        main(sys.argv[1:])
    except Failed as error:
        sys.exit("benches/run.py: %s" % error)
    except KeyboardInterrupt:
        sys.exit(130)
