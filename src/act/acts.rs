//! The acts of a handbook.

use super::address::Address;
use super::data::Act;
use super::id::ActId;

/// The acts of a handbook, in its order; the first is the one that citations without a name mean.
#[derive(Debug, Clone, Default)]
pub struct Acts(Vec<Act>);

impl Acts {
    /// The acts in the handbook's order; of two with one id the first counts.
    pub fn new(acts: Vec<Act>) -> Self {
        Self(acts)
    }

    /// The act with this id.
    pub fn get(&self, id: &ActId) -> Option<&Act> {
        self.0.iter().find(|act| act.id == *id)
    }

    /// The act with this id, as somebody typed it.
    pub fn by_name(&self, id: &str) -> Option<&Act> {
        self.0.iter().find(|act| act.id.as_str() == id)
    }

    /// The act that citations without a name mean.
    pub fn default_act(&self) -> Option<&Act> {
        self.0.first()
    }

    /// All of them, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Act> {
        self.0.iter()
    }

    /// The acronyms by which prose means one of them: what stands in brackets in a short title, such as `RDC`.
    pub fn acronyms(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|act| act.names.acronyms())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The act and the article of an address.
    pub fn article(&self, address: &Address) -> Option<(&Act, &super::data::Article)> {
        let act = self.get(address.act())?;
        Some((act, act.article(address.article())?))
    }
}

impl<'a> IntoIterator for &'a Acts {
    type Item = &'a Act;
    type IntoIter = std::slice::Iter<'a, Act>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
