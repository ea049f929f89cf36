//! The name by which a handbook calls an act.

use std::fmt;
use std::sync::Arc;

/// An act's id in kebab-case, such as `reg-2014-240`; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActId(Arc<str>);

impl ActId {
    /// The id, if it is lower-case ASCII letters and digits in groups joined by single hyphens.
    pub fn parse(text: &str) -> Option<Self> {
        let group = |group: &str| {
            !group.is_empty() && group.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        text.split('-').all(group).then(|| Self(text.into()))
    }

    /// The id as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_kebab_case() {
        for good in ["reg-2014-240", "costituzione", "d-lgs-50-2016"] {
            assert_eq!(ActId::parse(good).unwrap().to_string(), good);
        }
        for bad in ["", "-a", "a-", "a--b", "Reg-1", "reg 1", "reg.1", "è"] {
            assert_eq!(ActId::parse(bad), None, "{bad}");
        }
    }
}
