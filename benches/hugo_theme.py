"""A site of Hugo for the handbook that `generate.py --format hugo` writes: what stands on our pages stands on its own, namely
every section and the chapters of the reader's, contents, breadcrumbs, metadata, tags, previous and next; links are checked."""

CONFIG = """baseURL = "https://manuale.example/"
title = "Manuale delle procedure"
locale = "it"
defaultContentLanguage = "it"
disableKinds = ["rss"]
refLinksErrorLevel = "ERROR"

[taxonomies]
tag = "tags"

[markup.tableOfContents]
startLevel = 2
endLevel = 3

[markup.highlight]
noClasses = false
"""

# The pages of a list of tags, and of one tag.
LIST = """{{ define "main" }}
<h1>{{ .Title }}</h1>
<ul>
{{- range .Pages }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ul>
{{ end }}
"""

LAYOUTS = {
    "baseof.html": """<!doctype html>
<html lang="it">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ .Title }} - {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}">
<link rel="stylesheet" href="/style.css">
</head>
<body>
<nav aria-label="Indice">
{{ partialCached "sections.html" . .CurrentSection.Path }}
{{- with .CurrentSection }}{{ if .RegularPages }}
<ul>
{{- range .RegularPages.ByWeight }}
<li><a href="{{ .RelPermalink }}"{{ if eq . $ }} aria-current="page"{{ end }}>{{ .Title }}</a></li>
{{- end }}
</ul>
{{- end }}{{ end }}
</nav>
<main>
{{- block "main" . }}{{ end }}
</main>
{{- block "toc" . }}{{ end }}
</body>
</html>
""",
    "_partials/sections.html": """{{- $here := .CurrentSection -}}
<ul>
{{- range site.Home.Sections.ByWeight }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>
<ul>
{{- range .Sections.ByWeight }}
<li><a href="{{ .RelPermalink }}"{{ if eq . $here }} aria-current="true"{{ end }}>{{ .Title }}</a></li>
{{- end }}
</ul></li>
{{- end }}
</ul>
""",
    "_partials/breadcrumbs.html": """<nav aria-label="Percorso"><ol>
{{- range .Ancestors.Reverse }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ol></nav>
""",
    "page.html": """{{ define "main" }}
{{ partial "breadcrumbs.html" . }}
<h1>{{ .Title }}</h1>
<dl>
<dt>Codice</dt><dd>{{ .Params.id }}</dd>
<dt>Articoli</dt><dd>{{ delimit .Params.articles ", " }}</dd>
<dt>Fase</dt><dd>{{ .Params.phase }}</dd>
<dt>Etichette</dt><dd>{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ end }}</dd>
</dl>
{{ .Content }}
<nav aria-label="Pagine">
{{- with .NextInSection }}<a rel="prev" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{- with .PrevInSection }}<a rel="next" href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
</nav>
{{ end }}
{{ define "toc" }}
<aside aria-label="In questa pagina">{{ .TableOfContents }}</aside>
{{ end }}
""",
    "section.html": """{{ define "main" }}
{{ partial "breadcrumbs.html" . }}
<h1>{{ .Title }}</h1>
{{ .Content }}
<ul>
{{- range .Pages.ByWeight }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>
{{- end }}
</ul>
{{ end }}
""",
    "home.html": """{{ define "main" }}
<h1>{{ .Title }}</h1>
{{ .Content }}
{{ end }}
""",
    "taxonomy.html": LIST,
    "term.html": LIST,
}

STYLE = """body{display:grid;grid-template-columns:18rem 1fr 14rem;gap:2rem;font:16px/1.5 system-ui,sans-serif;margin:1rem}
nav ul{list-style:none;padding-left:.8rem}[aria-current]{font-weight:bold}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .5rem}
main{max-width:46rem}pre{background:#f4f4f4;padding:.6rem;overflow:auto}
"""
