//! `asset(name="…")`: how a template links to a file of the theme.

use std::collections::BTreeMap;
use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::{Error, Kwargs, State, TeraResult, Value};

/// What a path of a URL keeps as it is (RFC 3986, unreserved), and its folders.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The function: the address of an asset, relative to the page that is being rendered.
pub(super) fn asset(
    assets: Arc<BTreeMap<String, Vec<u8>>>,
) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<String> + Send + Sync + 'static {
    move |arguments, state| {
        let name = arguments.must_get::<&str>("name")?;
        if !assets.contains_key(name) {
            return Err(Error::message(missing(name, assets.keys().map(String::as_str))));
        }
        let frame = state.get::<Value>("frame")?;
        let home = frame.as_ref().and_then(|frame| frame.get_from_path("home")?.as_str());
        // A component sees only what it is given.
        let home = home.ok_or_else(|| Error::message("`asset` needs `frame`"))?;
        let root = home.strip_prefix("./").unwrap_or(home);
        Ok(format!("{root}assets/{}", utf8_percent_encode(name, ESCAPED)))
    }
}

/// In the form in which the engine itself tells of a field that is not there.
fn missing<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    format!("Asset `{name}` is not defined. Available assets: {}", known.collect::<Vec<_>>().join(", "))
}
