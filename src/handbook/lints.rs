//! The rules that a handbook may turn off, or hold more strictly. The room `lint` applies them.

use crate::diagnostic::{Code, Diagnostic, Severity, did_you_mean, nearest};
use crate::say;
use crate::yaml::{Decoder, Node};

/// How strictly a handbook holds each rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LintLevels {
    /// What `handbook.yaml` says, the last word on a rule last.
    said: Vec<(Code, Option<Severity>)>,
}

impl LintLevels {
    /// The rules, by the code of their problems. A handbook that says nothing is warned of each.
    pub const RULES: [Code; 16] = [
        Code::GuidelineWithoutArticle,
        Code::DutyWithoutAddress,
        Code::RestsOnDraft,
        Code::NoSuccessor,
        Code::UnknownEdition,
        Code::FundNotOfPeriod,
        Code::UnusedTerm,
        Code::UndefinedAcronym,
        Code::ArticleWithoutGuideline,
        Code::UncoveredAddress,
        Code::SuspectReference,
        Code::ReviewOverdue,
        Code::LongSentence,
        Code::VagueLinkText,
        Code::MissingAlternative,
        Code::HeadingSkipped,
    ];

    /// How a problem of a rule weighs; `None` when the handbook has turned the rule off.
    pub fn severity(&self, rule: Code) -> Option<Severity> {
        let said = self.said.iter().rev().find(|(code, _)| *code == rule);
        said.map_or(Some(Severity::Warning), |(_, severity)| *severity)
    }

    /// `lints: {long-sentence: off, …}`.
    pub(super) fn decode(node: &Node, decoder: &mut Decoder) -> Self {
        let mut levels = Self::default();
        for entry in node.map(decoder).unwrap_or(&[]) {
            let rule = Self::RULES.into_iter().find(|rule| rule.name() == entry.key);
            let Some(text) = entry.value.text(decoder) else { continue };
            let severity = match text {
                "off" => Some(None),
                "warning" => Some(Some(Severity::Warning)),
                "error" => Some(Some(Severity::Error)),
                _ => None,
            };
            match (rule, severity) {
                (Some(rule), Some(severity)) => levels.said.push((rule, severity)),
                (None, _) => unknown_rule(&entry.key, &entry.value, decoder),
                (Some(_), None) => unknown_severity(text, &entry.value, decoder),
            }
        }
        levels
    }
}

fn unknown_rule(name: &str, node: &Node, decoder: &mut Decoder) {
    let help = match nearest(name, LintLevels::RULES.map(Code::name)) {
        Some(near) => did_you_mean(near),
        None => {
            let all = LintLevels::RULES.map(Code::name).join("`, `");
            say!("le regole sono `{all}`"; "the rules are `{all}`")
        }
    };
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(Code::UnknownKey, say!("non c'è una regola `{name}`"; "there is no rule `{name}`"))
            .at(place)
            .help(help),
    );
}

fn unknown_severity(text: &str, node: &Node, decoder: &mut Decoder) {
    let place = node.place(decoder);
    decoder.report(
        Diagnostic::error(
            Code::UnknownValue,
            say!("`{text}` non dice quanto pesa una regola"; "`{text}` does not say how much a rule weighs"),
        )
        .at(place)
        .help(say!("scrivi `off`, `warning` o `error`"; "write `off`, `warning` or `error`")),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceFile;
    use crate::yaml::parse;

    #[test]
    fn a_rule_weighs_what_the_handbook_says_and_what_is_misspelt_is_named() {
        let file = SourceFile::new(
            "h.yaml",
            "long-sentence: off\nunused-term: error\nunusedterm: off\nno-successor: forse\n",
        );
        let node = parse(&file).unwrap();
        let mut decoder = Decoder::new(&file);
        let levels = LintLevels::decode(&node, &mut decoder);
        assert_eq!(levels.severity(Code::LongSentence), None);
        assert_eq!(levels.severity(Code::UnusedTerm), Some(Severity::Error));
        assert_eq!(levels.severity(Code::NoSuccessor), Some(Severity::Warning));
        let helps: Vec<_> = decoder.finish().into_iter().map(|d| d.help.unwrap().en).collect();
        assert_eq!(helps, ["did you mean `unused-term`?", "write `off`, `warning` or `error`"]);
    }
}
