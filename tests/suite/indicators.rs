//! Indicators: values from a CSV file, as a chart, a table and a download; a file that is wrong says where.

use crate::harness::Handbook;

/// A handbook of one indicator with these keys and this file.
fn indicator(keys: &str, csv: &str) -> Handbook {
    let document = format!("---\ntitle: Saldo\ndata: a.csv\n{keys}---\n\nTesto.\n");
    Handbook::of(&[("conoscenza/saldo.md", &document), ("conoscenza/a.csv", csv)])
}

/// The section of the values on its page.
fn values(handbook: &Handbook) -> String {
    let said = handbook.build();
    assert_eq!(said.places(), [""; 0], "{:#?}", said.problems);
    let page = handbook.page("conoscenza/saldo/index.html");
    let section = page.split("<section class=\"values\">").nth(1).unwrap();
    section.split("</section>").next().unwrap().to_owned()
}

fn title(section: &str) -> Option<&str> {
    section.split("<figcaption>").nth(1)?.split('<').next()
}

#[test]
fn every_problem_of_a_file_comes_out_at_its_line_and_column() {
    let handbook =
        indicator("chart: valore\n", "nome,,Nome,valore\nA,1\nB,1,2,circa 3\n,1,2,3\nC,1,2,3,4\n\"D,1,2,3\n");
    let said = handbook.check();
    let found: Vec<_> = said.problems.iter().map(|p| format!("{} {} {}", p.at, p.code, p.message)).collect();
    assert_eq!(
        found,
        [
            "1:6 invalid-data the column has no name",
            "1:7 invalid-data two columns are called `Nome`",
            "2:1 invalid-data the number of fields is not that of the columns: 2 instead of 4",
            "3:7 invalid-data `circa 3` is not a number, and the chart is drawn from this column",
            "4:1 invalid-data the row has no name in the column `nome`",
            "5:9 invalid-data the number of fields is not that of the columns: 5 instead of 4",
            "6:1 invalid-data quotes are opened here and never closed",
            "6:1 invalid-data the number of fields is not that of the columns: 1 instead of 4",
        ]
    );
    assert!(said.problems.iter().all(|p| p.file == "conoscenza/a.csv" && !p.help.is_empty()));
    assert_eq!(said.problems[1].related, 1);
    assert_eq!(said.code, 1);
}

#[test]
fn a_file_that_is_empty_or_not_text_is_named() {
    let handbook = indicator("", "");
    assert_eq!(handbook.check().places(), ["conoscenza/a.csv:1:1 invalid-data"]);
    handbook.file("conoscenza/a.csv", b"citt\xe0,valore\nA,1\n");
    assert_eq!(handbook.check().places(), ["conoscenza/a.csv:1:5 not-utf8"]);
}

#[test]
fn a_column_that_is_not_there_is_named_where_it_is_written() {
    let said = indicator("label: gruppi\nchart: totale\n", "gruppo,valore\nA,1\n").check();
    let found: Vec<_> =
        said.problems.iter().map(|p| (p.at.as_str(), p.code.as_str(), p.help.as_str())).collect();
    assert_eq!(
        found,
        [
            ("4:8", "unknown-value", "did you mean `gruppo`?"),
            ("5:8", "unknown-value", "the columns are `gruppo`, `valore`"),
        ]
    );
}

#[test]
fn a_file_that_is_missing_is_told_once_and_columns_need_a_file() {
    let handbook = indicator("chart: valore\n", "a,valore\nA,1\n");
    handbook.remove("conoscenza/a.csv");
    assert_eq!(handbook.check().places(), ["conoscenza/saldo.md:3:7 broken-link"]);
    handbook.file("conoscenza/saldo.md", "---\nlabel: a\nchart: b\n---\n");
    assert_eq!(
        handbook.check().places(),
        ["conoscenza/saldo.md:2:8 invalid-data", "conoscenza/saldo.md:3:8 invalid-data"]
    );
}

#[test]
fn the_chart_draws_the_last_numbers_the_named_column_or_nothing() {
    let csv = "gruppo,uno,due,nota,false\nA,1,2,x,3\nB,3,,y,4\n";
    for (keys, drawn) in [
        ("", Some("False")),
        ("chart: uno\n", Some("Uno")),
        ("chart: due\n", Some("Due")),
        ("chart: false\n", None),
        ("chart: \"false\"\n", Some("False")),
        ("label: nota\n", Some("False")),
    ] {
        let section = values(&indicator(keys, csv));
        assert_eq!(title(&section), drawn, "{keys}");
        assert!(section.contains("<td class=\"right\"><span class=\"muted\">non rilevato</span></td>"));
    }
    let gap = values(&indicator("chart: due\n", csv));
    assert_eq!(gap.matches("<rect ").count(), 1);
    assert!(gap.contains(">non rilevato</text>"));
    assert_eq!(title(&values(&indicator("", "gruppo,nota\nA,x\n"))), None);
}

#[test]
fn a_chart_of_many_rows_waits_to_be_asked_for() {
    let rows = |most: usize| (1..=most).map(|n| format!("R{n},{n}\n")).collect::<String>();
    let csv = |most| format!("riga,valore\n{}", rows(most));
    assert_eq!(title(&values(&indicator("", &csv(40)))), Some("Valore"));
    assert_eq!(title(&values(&indicator("", &csv(41)))), None);
    assert_eq!(title(&values(&indicator("chart: valore\n", &csv(41)))), Some("Valore"));
}

#[test]
fn numbers_are_written_as_the_page_s_language_writes_them_and_names_as_they_are() {
    for csv in ["anno,saldo_finale\n2024.1,-12.50\n", "anno;saldo_finale\n2024.1;-12,50\n"] {
        let handbook = indicator("", csv);
        let document = "---\ntitle: Balance\ndata: ../../conoscenza/a.csv\n---\n";
        handbook.file("en/conoscenza/balance.md", document);
        handbook.file("handbook.yaml", "languages: [it, en]\n");
        let section = values(&handbook);
        let row = |number: &str| format!("<th scope=\"row\">2024.1</th><td class=\"right\">{number}</td>");
        assert!(section.contains(&row("−12,50")), "{section}");
        assert!(section.contains("<desc id=\"_chart-description\">Valore unico: −12,50 (2024.1).</desc>"));
        assert!(
            section
                .contains("<th scope=\"col\">Anno</th><th scope=\"col\" class=\"right\">Saldo finale</th>")
        );
        let page = handbook.page("en/conoscenza/balance/index.html");
        assert!(page.contains(&row("−12.50")), "{page}");
        assert!(page.contains("Only value: −12.50 (2024.1)."));
    }
}

#[test]
fn the_words_of_a_chart_name_its_lowest_and_highest_rows_and_count_what_is_too_many() {
    let section = values(&indicator("", "a,b\nA,2\nB,1\nC,2\nD,2\nE,2.0\nF,2\n"));
    let words = "Valore più basso: 1 (B). Valore più alto: 2 (A; C; D; altre righe: 2).";
    assert!(section.contains(words), "{section}");
}

#[test]
fn what_an_author_writes_in_a_file_stays_text() {
    let section = values(&indicator("", "a,<i>b</i>\n\"<script>x</script> & \"\"y\"\"\",1\n"));
    assert!(!section.contains("<script") && !section.contains("<i>"), "{section}");
    assert!(section.contains("&lt;script&gt;"));
}

#[test]
fn a_file_without_rows_says_so_and_a_file_of_another_kind_is_a_link() {
    let handbook = indicator("formula: a / b\n", "a,b\n");
    let section = values(&handbook);
    assert!(section.contains("Nessun valore è ancora registrato.") && !section.contains("<table"));
    assert!(section.contains("<a href=\"../a.csv\" download>Scarica i valori (CSV, 4 byte)</a>"));
    handbook.file("conoscenza/b.ods", "PK");
    handbook.file("conoscenza/saldo.md", "---\ndata: b.ods\nformula: a / b\n---\n");
    handbook.build();
    let page = handbook.page("conoscenza/saldo/index.html");
    assert!(!page.contains("id=\"_values\""));
    assert!(page.contains("<dt>Dati</dt><dd><a href=\"../b.ods\">b.ods</a></dd>"));
}

#[test]
fn formula_unit_and_source_stand_open_on_the_page() {
    let handbook = indicator("formula: a - b\nunit: punti\nsource: Ufficio\nkeywords: [k]\n", "a,b\nA,1\n");
    values(&handbook);
    let page = handbook.page("conoscenza/saldo/index.html");
    let (open, closed) = page.split_once("<details class=\"facts\">").unwrap();
    for fact in [
        "<dt>Formula</dt><dd>a - b</dd>",
        "<dt>Unità</dt><dd>punti</dd>",
        "<dt>Fonte</dt><dd>Ufficio</dd>",
        "<dt>Dati</dt><dd><a href=\"#_values\">",
    ] {
        assert!(open.contains(fact) && !closed.contains(fact), "{fact}");
    }
}
