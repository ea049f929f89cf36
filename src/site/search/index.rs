//! The index over the records, made by the library.

use std::thread;

use pagefind::api::{PagefindIndex, SyntheticFile};
use pagefind::options::PagefindServiceConfig;
use tokio::runtime;

use crate::diagnostic::{Code, Diagnostic};
use crate::say;
use crate::site::SitePath;

use super::pieces::{self, Files};
use super::record::Record;
use super::{FOLDER, IndexFiles};

/// Makes the index; the order of the records decides its bytes.
///
/// # Errors
/// The library reports an error, or gives up.
pub(super) fn index(records: &[Record]) -> Result<IndexFiles, Box<Diagnostic>> {
    // The library gives up with a panic where it believes that nothing can go wrong; a thread of its own keeps it there.
    let made = thread::scope(|scope| scope.spawn(|| make(records)).join());
    match made {
        Ok(Ok(files)) => Ok(files.into_iter().filter_map(published).collect()),
        Ok(Err(error)) => Err(failed(&error.to_string())),
        Err(_) => Err(failed("panic")),
    }
}

fn make(records: &[Record]) -> Result<Files, Box<dyn std::error::Error + Send + Sync>> {
    let mut files = by_library(records)?;
    pieces::anew(&mut files)?;
    Ok(files)
}

/// The index as the library makes it.
///
/// # Errors
/// The library reports one.
pub(super) fn by_library(records: &[Record]) -> Result<Files, Box<dyn std::error::Error + Send + Sync>> {
    let runtime = runtime::Builder::new_current_thread().build()?;
    let config = PagefindServiceConfig::builder().keep_index_url(false).build();
    let mut index = PagefindIndex::new(Some(config))?;
    let files = runtime.block_on(async {
        for record in records {
            index.add_html_file(None, Some(record.path.url()), record.html()).await?;
        }
        index.get_files().await
    })?;
    Ok(files.into_iter().filter_map(named).collect())
}

/// A file of the library by its path.
fn named(file: SyntheticFile) -> Option<(String, Vec<u8>)> {
    let name = file.filename.iter().map(|part| part.to_str()).collect::<Option<Vec<_>>>()?.join("/");
    Some((name, file.contents))
}

/// A file of the library that our own search page asks for; its stock interfaces stay behind.
fn published((name, contents): (String, Vec<u8>)) -> Option<(SitePath, Vec<u8>)> {
    let is_wanted = match name.rsplit_once('.') {
        Some((name, "js")) => name == "pagefind",
        // Each of our languages has a module of its own.
        Some((name, "pagefind")) => name != "wasm.unknown",
        Some((_, extension)) => extension != "css",
        None => false,
    };
    is_wanted.then(|| Some((SitePath::parse(&format!("{FOLDER}/{name}"))?, contents)))?
}

fn failed(reason: &str) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::error(
            Code::SearchIndex,
            say!("l'indice della ricerca non si può fare: {reason}"; "the search index cannot be made: {reason}"),
        )
        .help(say!("pubblica senza ricerca, con `--no-search`"; "publish without search, with `--no-search`")),
    )
}
