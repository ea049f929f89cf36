use super::*;
use crate::diagnostic::Lang;

pub(crate) const CODE: &str = include_str!("../../../content/acts/reg-2014-240.yaml");

fn load(yaml: &str) -> (Option<Act>, Vec<String>) {
    let (act, problems) = Act::load(&SourceFile::new("a.yaml", yaml));
    let problems = problems
        .into_iter()
        .map(|problem| {
            let at = problem.place.unwrap().positions().unwrap().0;
            format!("{}:{} {} {}", at.line, at.column, problem.code, problem.message.en)
        })
        .collect();
    (act, problems)
}

#[test]
fn the_file_of_the_code_of_conduct_has_no_unknown_key() {
    let (act, problems) = load(CODE);
    assert_eq!(problems, Vec::<String>::new());
    let act = act.unwrap();
    assert_eq!((act.articles.len(), act.chapters.len()), (19, 7));
    assert_eq!(act.citation.very_short.it, "reg. 240/2014");
    assert_eq!(act.citation.very_short.en, "Reg. (EU) No 240/2014");
    assert!(act.articles[0].unverified.title(Lang::It) && !act.articles[0].unverified.title(Lang::En));
    assert_eq!(
        act.links.article(act.articles[4].number, Lang::It).unwrap(),
        "https://eur-lex.europa.eu/eli/reg_del/2014/240/art_5/oj"
    );
    assert!(act.links.act_pdf(Lang::En).unwrap().contains("/EN/TXT/PDF/"));
    assert_eq!(act.dates.end_of_validity, None);
}

#[test]
fn the_smallest_act_has_an_id_a_title_and_an_article() {
    let (act, problems) = load("id: x\ntitle: Prova\narticles: [{number: 1}]\n");
    assert_eq!(problems, Vec::<String>::new());
    let act = act.unwrap();
    assert_eq!(act.title, Text::verbatim("Prova"));
    assert_eq!(act.citation.short, Text::verbatim("Prova"));
    assert_eq!(act.articles[0].paragraphs, [crate::act::Paragraph::default()]);
}

#[test]
fn a_missing_language_falls_back_to_the_other() {
    let (act, _) = load("id: x\ntitle: {en: Test}\narticles: [{number: 1}]\n");
    assert_eq!(act.unwrap().title, Text::verbatim("Test"));
}

#[test]
fn every_problem_of_a_file_comes_out_at_once() {
    let (act, problems) = load(
        "id: X y\ntitel: Prova\ncitation_style: french\ndates: {adopted: 7.1.2014}\n\
         chapters: [{number: I}]\narticles:\n\
         - {number: 1, chapter: II, paragraphs: [{number: 1, points: [a, a, ab]}, {number: 1}, {number: null}]}\n\
         - {number: uno}\n\
         - {number: 1}\n\
         - {number: 2, paragraphs: [{number: 1, points: [a], subpoints: {b: [i], a: [z]}, point_style: x}]}\n",
    );
    assert!(act.is_none());
    let expected = [
        "1:5 invalid-id `X y` cannot be the id of an act",
        "1:1 missing-key the key `title` is missing",
        "3:17 invalid-value `french` is not a citation style",
        "4:18 invalid-value `7.1.2014` is not a date",
        "7:65 duplicate-id letter (a) is there twice",
        "7:68 invalid-value `ab` is not a letter",
        "7:24 unknown-value no chapter has the number `II`",
        "7:74 duplicate-id paragraph 1 is there twice",
        "7:87 invalid-value a paragraph without a number can only be the article's only one",
        "8:12 invalid-value `uno` is not the number of an article or paragraph",
        "9:3 duplicate-id article 1 is there twice",
        "10:95 invalid-value `x` is not a style of list",
        "10:65 unknown-value the letter `b` is not among the paragraph's `points`",
        "10:77 invalid-value `z` is not a point",
        "2:1 unknown-key unknown key `titel`",
    ];
    let sorted = |mut lines: Vec<String>| {
        lines.sort();
        lines
    };
    assert_eq!(sorted(problems), sorted(expected.map(str::to_owned).to_vec()));
}
