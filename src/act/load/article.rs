//! Articles and what they are made of.

use crate::diagnostic::{Code, Diagnostic, Place, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Entry, Fields, Node, Value};

use crate::act::data::{Article, Chapter, Items, LetteredItem, Paragraph, Phase};
use crate::act::label::{Letter, Point};
use crate::act::words::MOST_SUBPARAGRAPHS;

use super::read;

pub(super) fn articles(fields: &mut Fields<'_, '_>, chapters: &[Chapter]) -> Vec<Article> {
    let nodes = fields.list("articles");
    fields.require("articles");
    let mut articles: Vec<Article> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(article) = article(node, chapters, fields.decoder()) else {
            continue;
        };
        let number = article.number;
        if articles.iter().any(|known| known.number == number) {
            read::repeated(
                node,
                fields.decoder(),
                say!("l'articolo {number} c'è due volte"; "article {number} is there twice"),
            );
        } else {
            articles.push(article);
        }
    }
    articles
}

fn article(node: &Node, chapters: &[Chapter], decoder: &mut Decoder) -> Option<Article> {
    let mut fields = Fields::of(node, decoder);
    let place = fields.node("number").unwrap_or(node).place(fields.decoder());
    let number = match fields.text_node("number") {
        Some((text, node)) => read::number(&text, node, fields.decoder()),
        None => {
            fields.require("number");
            None
        }
    };
    // The id is for other readers of the file: pages are named after the number.
    fields.text("id");
    let chapter = chapter(&mut fields, chapters);
    let title = read::text(&mut fields, "title");
    let mut paragraphs = paragraphs(&mut fields);
    if paragraphs.is_empty() {
        paragraphs.push(Paragraph::default());
    }
    let phases = fields.texts("phases");
    let phases =
        phases.into_iter().map(|(name, node)| Phase { name, place: node.place(fields.decoder()) }).collect();
    let keywords_it = read::strings(&mut fields, "keywords_it");
    let keywords_en = read::strings(&mut fields, "keywords_en");
    let refers_to = read::strings(&mut fields, "refers_to");
    let note = fields.text("note");
    let unverified = read::unverified(&mut fields);
    fields.finish();
    Some(Article {
        number: number?,
        chapter,
        title,
        paragraphs,
        phases,
        keywords_it,
        keywords_en,
        refers_to,
        note,
        unverified,
        place,
    })
}

fn chapter(fields: &mut Fields<'_, '_>, chapters: &[Chapter]) -> Option<String> {
    let (chapter, node) = fields.text_node("chapter")?;
    let known = || chapters.iter().map(|known| known.number.as_str());
    if !chapters.is_empty() && !known().any(|number| number == chapter) {
        let help = nearest(&chapter, known()).map(did_you_mean);
        let place = node.place(fields.decoder());
        fields.decoder().report(
            Diagnostic::error(
                Code::UnknownValue,
                say!("nessun capo ha il numero `{chapter}`"; "no chapter has the number `{chapter}`"),
            )
            .at(place)
            .help_opt(help),
        );
    }
    Some(chapter)
}

/// The paragraphs of an article; an unnumbered one must be the only one.
pub(super) fn paragraphs(fields: &mut Fields<'_, '_>) -> Vec<Paragraph> {
    let nodes = fields.list("paragraphs");
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let paragraph = paragraph(node, fields.decoder());
        let repeated = paragraphs.iter().any(|known| known.number == paragraph.number);
        match paragraph.number {
            None if nodes.len() > 1 => read::invalid(
                node,
                fields.decoder(),
                say!("un paragrafo senza numero può essere solo l'unico dell'articolo"; "a paragraph without a number can only be the article's only one"),
                Some(
                    say!("dagli un numero, oppure scrivi un solo paragrafo con `subparagraphs: …`"; "give it a number, or write one paragraph with `subparagraphs: …`"),
                ),
            ),
            Some(number) if repeated => read::repeated(
                node,
                fields.decoder(),
                say!("il paragrafo {number} c'è due volte"; "paragraph {number} is there twice"),
            ),
            None | Some(_) => paragraphs.push(paragraph),
        }
    }
    paragraphs
}

fn paragraph(node: &Node, decoder: &mut Decoder) -> Paragraph {
    let mut fields = Fields::of(node, decoder);
    let number = fields.node("number").filter(|node| node.value != Value::Null).and_then(|node| {
        let text = node.text(fields.decoder())?;
        read::number(text, node, fields.decoder())
    });
    let subparagraphs = subparagraphs(&mut fields);
    let style = point_style(&mut fields);
    let labels = fields.texts("points");
    let subpoints = fields.entries("subpoints");
    let items = match style {
        PointStyle::Letters => Items::Lettered(lettered(&labels, subpoints, fields.decoder())),
        PointStyle::Points => {
            for entry in subpoints {
                stray(entry, fields.decoder());
            }
            Items::Points(points(&labels, fields.decoder()))
        }
    };
    fields.finish();
    Paragraph { number, items, subparagraphs }
}

fn subparagraphs(fields: &mut Fields<'_, '_>) -> u32 {
    let Some(node) = fields.node("subparagraphs") else {
        return 0;
    };
    let count = node.number(fields.decoder()).unwrap_or(0);
    if count as usize > MOST_SUBPARAGRAPHS {
        read::invalid(
            node,
            fields.decoder(),
            say!("{count} commi sono troppi: se ne possono citare {MOST_SUBPARAGRAPHS}"; "{count} subparagraphs are too many: {MOST_SUBPARAGRAPHS} can be cited"),
            None,
        );
        return 0;
    }
    count
}

enum PointStyle {
    Letters,
    Points,
}

fn point_style(fields: &mut Fields<'_, '_>) -> PointStyle {
    let Some((text, node)) = fields.text_node("point_style") else {
        return PointStyle::Letters;
    };
    match text.as_str() {
        "letters" => PointStyle::Letters,
        "roman-without-letter" | "number-without-letter" => PointStyle::Points,
        other => {
            read::invalid(
                node,
                fields.decoder(),
                say!("`{other}` non è un modo di elencare"; "`{other}` is not a style of list"),
                Some(say!(
                    "scrivi `letters`, `roman-without-letter` o `number-without-letter`";
                    "write `letters`, `roman-without-letter` or `number-without-letter`"
                )),
            );
            PointStyle::Letters
        }
    }
}

type Labels<'n> = [(String, &'n Node)];

fn lettered(labels: &Labels<'_>, subpoints: &[Entry], decoder: &mut Decoder) -> Vec<LetteredItem> {
    let mut items: Vec<LetteredItem> = Vec::with_capacity(labels.len());
    for (label, node) in labels {
        let Some(letter) = Letter::parse(label) else {
            read::invalid(
                node,
                decoder,
                say!("`{label}` non è una lettera"; "`{label}` is not a letter"),
                Some(say!(
                    "scrivi una lettera come `a`, oppure aggiungi `point_style: roman-without-letter`";
                    "write a letter such as `a`, or add `point_style: roman-without-letter`"
                )),
            );
            continue;
        };
        if items.iter().any(|known| known.letter == letter) {
            read::repeated(
                node,
                decoder,
                say!("la lettera {letter}) c'è due volte"; "letter ({letter}) is there twice"),
            );
            continue;
        }
        items.push(LetteredItem { letter, points: Vec::new() });
    }
    for entry in subpoints {
        let labels: Vec<_> = entry
            .value
            .list(decoder)
            .unwrap_or(&[])
            .iter()
            .filter_map(|node| Some((node.text(decoder)?.to_owned(), node)))
            .collect();
        let points = points(&labels, decoder);
        let item = items.iter_mut().find(|item| item.letter.as_str() == entry.key);
        match item {
            Some(item) => item.points = points,
            None => stray(entry, decoder),
        }
    }
    items
}

fn points(labels: &Labels<'_>, decoder: &mut Decoder) -> Vec<Point> {
    let mut points = Vec::with_capacity(labels.len());
    for (label, node) in labels {
        match Point::parse(label) {
            None => read::invalid(
                node,
                decoder,
                say!("`{label}` non è un punto"; "`{label}` is not a point"),
                Some(say!("scrivi un numero come `ii` o `2`"; "write a number such as `ii` or `2`")),
            ),
            Some(point) if points.contains(&point) => read::repeated(
                node,
                decoder,
                say!("il punto {point}) c'è due volte"; "point ({point}) is there twice"),
            ),
            Some(point) => points.push(point),
        }
    }
    points
}

fn stray(entry: &Entry, decoder: &mut Decoder) {
    let key = &entry.key;
    let place = Place::range(decoder.file(), entry.key_range.clone());
    decoder.report(
        Diagnostic::error(
            Code::UnknownValue,
            say!("la lettera `{key}` non è fra i `points` del paragrafo"; "the letter `{key}` is not among the paragraph's `points`"),
        )
        .at(place)
        .help(say!("aggiungi `{key}` a `points`"; "add `{key}` to `points`")),
    );
}
