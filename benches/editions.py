"""What editions cost: a handbook with so many editions against the same handbook without any."""
import glob
import os
import shutil

from measure import MB, run

# The rules are not what is measured.
LINTS = "lints: {unused-term: off, uncovered-address: off, article-without-guideline: off}\n"


def table(chapters, editions, program, folder, generate):
    """Builds and checks without editions, with one, and with all."""
    handbook = os.path.join(folder, "handbook")
    shutil.rmtree(handbook, ignore_errors=True)
    generate(chapters, handbook, "--cross-links")
    with open(os.path.join(handbook, "handbook.yaml"), "a", encoding="utf-8") as config:
        config.write(LINTS)
    texts = sorted(glob.glob(os.path.join(handbook, "linee-guida", "**", "cap-*.md"), recursive=True))
    rows = measured("no edition", program, handbook, os.path.join(folder, "site-0"))
    for number in range(1, editions + 1):
        with open(texts[(number - 1) % len(texts)], "a", encoding="utf-8") as text:
            text.write("\nUna riga in più, %d.\n" % number)
        run([program, "release", "2026.%d" % number, handbook, "--note", "Edizione %d." % number, "--date", "2026-01-31"])
        if number in (1, editions):
            name = "1 edition" if number == 1 else "%d editions" % number
            rows += measured(name, program, handbook, os.path.join(folder, "site-%d" % number))
    head = ["| %d chapters | by the clock | processor | memory |" % chapters, "| --- | ---: | ---: | ---: |"]
    return "\n".join(head + rows)


def measured(name, program, handbook, site):
    shutil.rmtree(site, ignore_errors=True)
    build = [program, "build", handbook, "--no-search", "--output", site]
    commands = [("build", build), ("build, nothing changed", build), ("check", [program, "check", handbook])]
    taken = [(what, run(command)) for what, command in commands]
    return ["| %s: %s | %.2f s | %.2f s | %.0f MB |" % (name, what, it.wall, it.cpu, it.peak / MB) for what, it in taken]
