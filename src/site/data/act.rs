//! The acts, with every place in them and what the handbook makes of it.

use schemars::JsonSchema;
use serde::Serialize;

use crate::act::{Act, Form, Style};
use crate::diagnostic::Lang;
use crate::links::{Place, Target};
use crate::site::Volume;

use super::names;
use super::place::{self, provision_id};
use super::trial::TrialName;

/// One act that the handbook implements, as structure: it does not hold the act's text.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Act")]
pub(super) struct ActData<'s> {
    /// The handbook's name for it, such as `reg-2014-240`: the first part of every address in it.
    pub(super) id: &'s str,
    /// The title in full.
    pub(super) title: &'s str,
    /// Its name in citations.
    pub(super) citation: &'s str,
    /// The CELEX number, for acts of the Union.
    pub(super) celex: Option<&'s str>,
    /// The European Legislation Identifier.
    pub(super) eli: Option<&'s str>,
    /// The day of its adoption.
    #[schemars(extend("format" = "date"))]
    pub(super) adopted: Option<String>,
    /// The day of its entry into force.
    #[schemars(extend("format" = "date"))]
    pub(super) in_force: Option<String>,
    /// The day from which the version holds that the handbook describes.
    #[schemars(extend("format" = "date"))]
    pub(super) in_force_from: Option<String>,
    /// Where the handbook shows it, relative to the site's root.
    pub(super) url: String,
    /// Where the official text is.
    pub(super) official_url: Option<String>,
    /// Whether it has articles that the handbook does not list.
    pub(super) partial: bool,
    /// Every place that the handbook lists, in the order of the act.
    pub(super) addresses: Vec<AddressData<'s>>,
}

/// One place of an act: an article, or a paragraph, letter, point or subparagraph of one.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields, rename = "Address")]
pub(super) struct AddressData<'s> {
    /// The compact form: act, article, paragraph, letter, point, subparagraph (`reg-2014-240:5.2.c`, `reg-2014-240:18.1#2`).
    /// The place around it is what remains without the last `.` or `#` and what follows.
    pub(super) address: String,
    /// The id of the act.
    pub(super) act: &'s str,
    /// The number of the article.
    pub(super) article: String,
    /// The words in which people cite it.
    pub(super) citation: String,
    /// The heading of the article; `null` for a place inside an article, and where the handbook has none.
    pub(super) title: Option<&'s str>,
    /// Whether nobody has compared that heading with the official text.
    pub(super) title_unverified: bool,
    /// Where the handbook shows it, relative to the site's root.
    pub(super) url: String,
    /// How far it is implemented: `cited` (a provision cites it), `inside` (only a narrower place is cited), `around` (only a
    /// wider one), `gap` (none), `not-applicable` (the handbook says, with a reason, that nothing has to implement it, and no
    /// provision cites it or a place inside it). Provisions count that stand in a guideline that is not superseded or
    /// withdrawn.
    #[schemars(schema_with = "names::state")]
    pub(super) state: &'static str,
    /// The ids of the provisions that cite exactly this place, and count, in the order of the handbook.
    pub(super) provisions: Vec<&'s str>,
    /// The trials of those provisions.
    pub(super) trials: Vec<TrialName>,
    /// Whether a trial of one of those provisions has come to an end.
    pub(super) tested: bool,
    /// Why no guideline has to implement it, where the handbook says so.
    pub(super) not_applicable: Option<&'s str>,
    /// The phases that the article concerns (vocabulary `phases`): the handbook's own judgement, not part of the act.
    pub(super) phases: Vec<&'s str>,
}

/// The records of the acts.
pub(super) fn acts(volume: &Volume) -> Vec<ActData<'_>> {
    let lang = volume.handbook.config.default_language();
    volume.handbook.acts.iter().map(|act| act_data(volume, act, lang)).collect()
}

fn act_data<'s>(volume: &'s Volume, act: &'s Act, lang: Lang) -> ActData<'s> {
    let places = volume.links.coverage.of_act(act).map_or(&[][..], |coverage| &coverage.places);
    ActData {
        id: act.id.as_str(),
        title: act.title.in_lang(lang),
        citation: act.name(lang, Form::Full),
        celex: act.celex.as_deref(),
        eli: act.eli.as_deref(),
        adopted: act.dates.adopted.map(|day| day.to_string()),
        in_force: act.dates.in_force.map(|day| day.to_string()),
        in_force_from: act.holds_from().map(|day| day.to_string()),
        url: volume.pages.act(act.id.as_str()).url(),
        official_url: act.links.act(lang),
        partial: act.partial,
        addresses: places.iter().map(|place| address(volume, act, place, lang)).collect(),
    }
}

fn address<'s>(volume: &'s Volume, act: &'s Act, place: &'s Place, lang: Lang) -> AddressData<'s> {
    let address = &place.address;
    let article = act.article(address.article());
    let whole = article.filter(|_| address.is_article());
    let provisions = place.provisions.iter().filter_map(|provision| provision_id(volume, *provision));
    let phases = article.into_iter().flat_map(|article| &article.phases).map(|phase| phase.name.as_str());
    AddressData {
        address: address.to_string(),
        act: act.id.as_str(),
        article: address.article().to_string(),
        citation: act.format(address, Style::new(lang, Form::Short)),
        title: whole.and_then(|article| article.title.as_ref()).map(|title| title.in_lang(lang)),
        title_unverified: whole.is_some_and(|article| article.unverified.title(lang)),
        url: place::url(volume, &Target::Address(address.clone())),
        state: place.state.name(),
        provisions: provisions.collect(),
        trials: place.trials.iter().map(|trial| TrialName::of(volume, *trial)).collect(),
        tested: place.is_tested(&volume.handbook),
        not_applicable: place.exemption(&volume.handbook).map(|exemption| exemption.reason.as_str()),
        phases: phases.collect(),
    }
}
