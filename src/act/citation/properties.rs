//! What holds for every address and for every text.

use proptest::prelude::*;

use super::tests::acts;
use super::*;
use crate::act::format::{Form, Style};
use crate::act::structure::Level;
use crate::diagnostic::Lang;

fn styles() -> Vec<Style> {
    let forms = |lang| [Form::Full, Form::Short].map(|form| Style::new(lang, form));
    let plain: Vec<_> = Lang::ALL.into_iter().flat_map(forms).collect();
    plain.iter().flat_map(|style| [*style, style.with_act()]).collect()
}

/// The acts with each one as the default in its turn, for citations without a name.
fn each_first() -> Vec<Acts> {
    let both: Vec<_> = acts().iter().cloned().collect();
    let turned = both.iter().rev().cloned().collect();
    vec![Acts::new(both), Acts::new(turned)]
}

#[test]
fn every_address_of_every_act_in_every_form_reads_back() {
    for acts in each_first() {
        let act = acts.default_act().unwrap();
        for address in act.addresses() {
            for style in styles() {
                let written = act.format(&address, style);
                let citation = read_citation(&written, &acts);
                let citation = citation.unwrap_or_else(|problems| panic!("{written}: {problems:?}"));
                assert_eq!(
                    (citation.addresses, citation.notes),
                    (vec![address.clone()], vec![]),
                    "{written}"
                );
                let prose = format!("Vedi l'{written}, che non basta.");
                let found = scan(&prose, &acts);
                assert_eq!(found.len(), 1, "{prose}");
                assert_eq!(found[0].range, 7..7 + written.len(), "{prose}");
                assert_eq!(found[0].places[0].address, Ok(address.clone()), "{prose}");
            }
            assert_eq!(cite(&address.to_string(), &acts), Ok(vec![address]));
        }
    }
}

#[test]
fn a_named_act_wins_over_the_default() {
    let acts = acts();
    for act in &acts {
        for address in act.addresses() {
            for style in styles().into_iter().filter(|style| style.with_act) {
                let written = act.format(&address, style);
                assert_eq!(cite(&written, &acts), Ok(vec![address.clone()]), "{written}");
            }
        }
    }
}

/// Words of citations and what may stand between them: far more citations than chance would make.
fn near_citations() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "(art|artt|Article|Articles|articoli|ART)\\.? ?",
        "[0-9]{1,4}",
        "(, |,| e | ed |-|–|;| a | to | and |\u{a0}|/|\\.|#)",
        "(par\\.|§|comma|lett\\.|lettere|punto|punti|point|n\\.) ?",
        "[a-gilmx]\\)?",
        "\\((i|ii|iv|a|b|2|UE)\\)",
        "( del | della | dell'| of | dall'art. )",
        "(regolamento|legge|Codice|d\\.lgs\\.|UE|240/2014|7/2001|secondo comma)",
        "\\PC",
    ];
    proptest::collection::vec(word, 0..14).prop_map(|words| words.concat())
}

fn check_ranges(text: &str) {
    let mut end = 0;
    for found in scan(text, &acts()) {
        assert!(found.range.start >= end && text.get(found.range.clone()).is_some());
        end = found.range.start;
        for place in &found.places {
            assert!(place.range.start >= end, "{text:?} {found:?}");
            assert!(place.range.end <= found.range.end && text.get(place.range.clone()).is_some());
            end = place.range.end;
        }
        for note in &found.notes {
            assert!(text.get(note.range.clone()).is_some());
        }
        end = found.range.end;
    }
    for problem in cite(text, &acts()).err().into_iter().flatten() {
        assert!(text.get(problem.range.clone()).is_some(), "{text:?} {problem:?}");
    }
}

proptest! {
    #[test]
    fn any_text_gives_ordered_ranges_between_characters(text in "\\PC{0,60}") {
        check_ranges(&text);
    }

    #[test]
    fn any_mixture_of_citation_words_gives_ordered_ranges(text in near_citations()) {
        check_ranges(&text);
    }

    #[test]
    fn a_list_of_addresses_reads_back(picks in proptest::collection::vec(0usize..400, 1..6), style in 0usize..8) {
        let style = styles()[style];
        for acts in each_first() {
            let act = acts.default_act().unwrap();
            let all = act.addresses();
            let mut wanted: Vec<_> = picks.iter().map(|pick| all[pick % all.len()].clone()).collect();
            wanted.sort();
            wanted.dedup();
            let written = act.format_all(&wanted, style);
            prop_assert_eq!(cite(&written, &acts), Ok(wanted), "{}", written);
        }
    }

    #[test]
    fn neighbours_read_back(level in 0usize..4, from in 0usize..40, count in 2usize..6, style in 0usize..8) {
        let level = [Level::Article, Level::Paragraph, Level::Letter, Level::Point][level];
        let style = styles()[style];
        for acts in each_first() {
            let act = acts.default_act().unwrap();
            let all: Vec<_> = act.addresses().into_iter().filter(|a| a.level() == level).collect();
            let first = &all[from % all.len()];
            let siblings = act.siblings(first);
            let run: Vec<_> = siblings.into_iter().skip_while(|a| a != first).take(count).collect();
            let written = act.format_all(&run, style);
            prop_assert_eq!(cite(&written, &acts), Ok(run), "{}", written);
        }
    }
}

#[test]
fn time_grows_with_the_text_and_no_faster() {
    let acts = acts();
    for unit in [
        "art. 5, par. 2, lett. c) e ",
        "art ",
        "artt. 5, ",
        "art.  ",
        "a",
        "reg. 1/2 art. 5 ",
        "(art. 5 (",
        "a'art 5 ",
    ] {
        // The shortest of several runs: what else the machine does only ever adds.
        let time = |length: usize| {
            let text = unit.repeat(length / unit.len());
            let run = || {
                let started = std::time::Instant::now();
                scan(&text, &acts);
                started.elapsed().as_secs_f64()
            };
            (0..3).map(|_| run()).fold(f64::INFINITY, f64::min)
        };
        // Sixteen times the text: a quadratic reader would need 256 times as long.
        let ratio = time(64_000) / time(4_000);
        assert!(ratio < 64.0, "{unit:?}: {ratio}");
    }
}
