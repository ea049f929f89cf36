//! From YAML to [`Act`]: every problem of a file at once, unknown keys among them.

mod article;
mod read;
mod version;

use crate::diagnostic::{Code, Diagnostic, SourceFile, Text};
use crate::say;
use crate::yaml::{Decoder, Fields, Node, parse};

use super::data::{
    Act, ActCitation, Chapter, CitationStyle, Dates, Links, OfficialJournal, RelatedAct, Verification,
};
use super::id::ActId;
use super::names::Names;
use super::number::Number;

/// The version of the format that this reader understands.
const SCHEMA: &str = "atto-normativo/1";

impl Act {
    /// Reads an act's file; `None` only where it has no usable id.
    pub fn load(file: &SourceFile) -> (Option<Self>, Vec<Diagnostic>) {
        let node = match parse(file) {
            Ok(node) => node,
            Err(problem) => return (None, vec![*problem]),
        };
        let mut decoder = Decoder::new(file);
        let act = act(&node, &mut decoder);
        (act, decoder.finish())
    }
}

fn act(node: &Node, decoder: &mut Decoder) -> Option<Act> {
    let mut fields = Fields::of(node, decoder);
    schema(&mut fields);
    let place = fields.node("id").unwrap_or(node).place(fields.decoder());
    let id = id(&mut fields);
    let in_force_from = version::in_force_from(&mut fields);
    let amended = fields.texts("amended");
    let title = read::text(&mut fields, "title");
    fields.require("title");
    let title = title.or_else(|| id.as_ref().map(|id| Text::verbatim(id.as_str())));
    let short_title = read::text(&mut fields, "short_title");
    let citation = citation(&mut fields, short_title.as_ref().or(title.as_ref()));
    let kind = fields.text("type");
    let celex = fields.text("celex");
    let eli = fields.text("eli");
    let oj_id = fields.text("oj_id");
    let style = style(&mut fields);
    let dates = dates(&mut fields);
    let oj = fields.node("oj").map(|node| journal(node, fields.decoder()));
    let legal_basis = related(&mut fields, "legal_basis");
    let related = related(&mut fields, "related");
    let languages = read::strings(&mut fields, "languages");
    let links = fields.node("links").map(|node| links(node, fields.decoder())).unwrap_or_default();
    let recitals = fields.number("recitals");
    let notes_language = fields.language("notes_language");
    let chapters: Vec<Chapter> = {
        let nodes = fields.list("chapters");
        nodes.iter().filter_map(|node| chapter(node, fields.decoder())).collect()
    };
    let articles = article::articles(&mut fields, &chapters);
    let partial = fields.boolean("partial", false);
    let verification =
        fields.node("verification").map(|node| verification(node, fields.decoder())).unwrap_or_default();
    fields.finish();
    let (id, title) = (id?, title?);
    let names = Names::of(&id, celex.as_deref(), &title, short_title.as_ref(), &citation);
    let act = Act {
        id,
        place,
        in_force_from,
        amended: Vec::new(),
        kind,
        celex,
        eli,
        oj_id,
        style,
        title,
        short_title,
        citation,
        dates,
        oj,
        legal_basis,
        related,
        languages,
        links,
        recitals,
        notes_language,
        chapters,
        articles,
        partial,
        verification,
        names,
        earlier: Vec::new(),
    };
    Some(Act { amended: version::amended(&amended, &act, decoder), ..act })
}

fn schema(fields: &mut Fields<'_, '_>) {
    if let Some((schema, node)) = fields.text_node("schema")
        && schema != SCHEMA
    {
        read::invalid(
            node,
            fields.decoder(),
            say!("il formato `{schema}` non è fra quelli conosciuti"; "the format `{schema}` is not a known one"),
            Some(
                say!("scrivi `schema: {SCHEMA}`, oppure togli la riga"; "write `schema: {SCHEMA}`, or remove the line"),
            ),
        );
    }
}

fn id(fields: &mut Fields<'_, '_>) -> Option<ActId> {
    let Some((text, node)) = fields.text_node("id") else {
        fields.require("id");
        return None;
    };
    let id = ActId::parse(&text);
    if id.is_none() {
        let place = node.place(fields.decoder());
        fields.decoder().report(
            Diagnostic::error(
                Code::InvalidId,
                say!("`{text}` non può essere l'id di un atto"; "`{text}` cannot be the id of an act"),
            )
            .at(place)
            .help(say!(
                "usa lettere minuscole, cifre e trattini, come `l-1990-241`";
                "use lower-case letters, digits and hyphens, such as `l-1990-241`"
            )),
        );
    }
    id
}

fn style(fields: &mut Fields<'_, '_>) -> CitationStyle {
    match fields.text_node("citation_style") {
        None => CitationStyle::Eu,
        Some((text, node)) => match text.as_str() {
            "eu" => CitationStyle::Eu,
            "italian" => CitationStyle::Italian,
            other => {
                read::invalid(
                    node,
                    fields.decoder(),
                    say!("`{other}` non è un modo di citare"; "`{other}` is not a citation style"),
                    Some(say!(
                        "scrivi `eu` (paragrafo, lettera, punto) o `italian` (comma, lettera, numero)";
                        "write `eu` (paragraph, letter, point) or `italian` (comma, lettera, numero)"
                    )),
                );
                CitationStyle::Eu
            }
        },
    }
}

/// The names of the act; `fallback` is its title, and is missing only where the act is unusable anyway.
fn citation(fields: &mut Fields<'_, '_>, fallback: Option<&Text>) -> ActCitation {
    let [mut full, mut short, mut very_short] = [const { (None, None) }; 3];
    if let Some(node) = fields.node("citation") {
        let mut languages = Fields::of(node, fields.decoder());
        for key in ["it", "en"] {
            let Some(node) = languages.node(key) else { continue };
            let mut names = Fields::of(node, languages.decoder());
            for (name, text) in [
                (&mut full, names.text("full")),
                (&mut short, names.text("short")),
                (&mut very_short, names.text("very_short")),
            ] {
                *(if key == "it" { &mut name.0 } else { &mut name.1 }) = text;
            }
            names.finish();
        }
        languages.finish();
    }
    // A missing short name falls back to the longer one of the same language, then to the other language.
    let fill = |(it, en): (Option<String>, Option<String>),
                longer: Option<&(Option<String>, Option<String>)>| {
        let longer = longer.cloned().unwrap_or_default();
        (it.or(longer.0), en.or(longer.1))
    };
    let full = fill(full, None);
    let short = fill(short, Some(&full));
    let very_short = fill(very_short, Some(&short));
    let text = |pair: (Option<String>, Option<String>)| {
        read::both(pair.0, pair.1).unwrap_or_else(|| fallback.cloned().unwrap_or_default())
    };
    ActCitation { full: text(full), short: text(short), very_short: text(very_short) }
}

fn dates(fields: &mut Fields<'_, '_>) -> Dates {
    let Some(node) = fields.node("dates") else {
        return Dates::default();
    };
    let mut fields = Fields::of(node, fields.decoder());
    let dates = Dates {
        adopted: read::date(&mut fields, "adopted"),
        published: read::date(&mut fields, "published"),
        in_force: read::date(&mut fields, "in_force"),
        end_of_validity: read::date(&mut fields, "end_of_validity"),
    };
    fields.finish();
    dates
}

fn journal(node: &Node, decoder: &mut Decoder) -> OfficialJournal {
    let mut fields = Fields::of(node, decoder);
    let journal = OfficialJournal {
        series: fields.text("series"),
        number: fields.text("number"),
        date: read::date(&mut fields, "date"),
        pages: fields.text("pages"),
        citation: read::text(&mut fields, "citation"),
    };
    fields.finish();
    journal
}

fn related(fields: &mut Fields<'_, '_>, key: &'static str) -> Vec<RelatedAct> {
    let nodes = fields.list(key);
    nodes
        .iter()
        .map(|node| {
            let mut fields = Fields::of(node, fields.decoder());
            let act = RelatedAct {
                celex: fields.text("celex"),
                eli: fields.text("eli"),
                label: fields.text("label"),
                article: fields.text("article"),
                period: fields.text("period"),
                relation: fields.text("relation"),
                paragraphs: article::paragraphs(&mut fields),
                note: fields.text("note"),
            };
            fields.finish();
            act
        })
        .collect()
}

fn links(node: &Node, decoder: &mut Decoder) -> Links {
    let mut fields = Fields::of(node, decoder);
    let mut links = Links {
        act: fields.url("act"),
        act_html: fields.url("act_html"),
        act_pdf: fields.url("act_pdf"),
        ..Links::default()
    };
    if let Some(node) = fields.node("article_eli") {
        let mut article = Fields::of(node, fields.decoder());
        article.require("template");
        links.article = article.url("template");
        links.article_unverified = article.boolean("unverified", false);
        links.article_note = article.text("note");
        article.finish();
    }
    fields.finish();
    links
}

fn chapter(node: &Node, decoder: &mut Decoder) -> Option<Chapter> {
    let mut fields = Fields::of(node, decoder);
    let id = fields.text("id");
    let number = fields.required_text("number");
    let title = read::text(&mut fields, "title");
    let ends: Vec<Number> = fields
        .texts("articles")
        .into_iter()
        .filter_map(|(text, node)| read::number(&text, node, fields.decoder()))
        .collect();
    let articles = ends.first().copied().zip(ends.last().copied());
    let unverified = read::unverified(&mut fields);
    fields.finish();
    Some(Chapter { id, number: number?, title, articles, unverified })
}

fn verification(node: &Node, decoder: &mut Decoder) -> Verification {
    let mut fields = Fields::of(node, decoder);
    let verification = Verification {
        verified: read::strings(&mut fields, "verified"),
        sources: read::strings(&mut fields, "sources"),
        not_verified: read::strings(&mut fields, "not_verified"),
    };
    fields.finish();
    verification
}

#[cfg(test)]
mod tests;
