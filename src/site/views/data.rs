//! The page that lists the files of data.

use serde::Serialize;

use crate::diagnostic::Lang;

use super::super::data::DataFile;
use super::super::hrefs::Hrefs;
use super::super::{SitePath, Volume};
use super::frame::{Frame, PageInfo};

/// What `data.html` sees.
#[derive(Debug, Serialize)]
pub(in crate::site) struct DataPage {
    frame: Frame,
    title: String,
    files: Vec<FileView>,
    /// The address of the page, for a citation; the title alone without it.
    address: Option<String>,
}

/// A file of data.
#[derive(Debug, Serialize)]
struct FileView {
    /// In parts between which a narrow page may break it.
    name: Vec<&'static str>,
    href: String,
    /// What it holds.
    what: String,
    /// `JSON` or `CSV`.
    format: &'static str,
    /// How many rows it has, for a table.
    rows: Option<usize>,
    /// In words: `12 kB`.
    size: String,
}

/// The view of the files of data.
pub(in crate::site) fn data(volume: &Volume, path: &SitePath) -> DataPage {
    let lang = volume.handbook.config.default_language();
    let strings = volume.theme.strings(lang);
    let hrefs = Hrefs { volume, from: path };
    let info = PageInfo::made(volume, "data_page", "data_page_description");
    let title = info.title.to_owned();
    let frame = Frame::new(volume, path, info);
    let files = DataFile::ALL.into_iter().map(|file| {
        let extent = volume.data_extent(file);
        FileView {
            name: file.name().split_inclusive('.').collect(),
            href: hrefs.to(&volume.pages.data(file)),
            what: strings.get(what(file)).to_owned(),
            format: format(file),
            rows: extent.rows,
            size: size(extent.size, lang),
        }
    });
    let address = volume.base_url.as_ref().map(|base| format!("{base}{}", path.url()));
    DataPage { frame, title, files: files.collect(), address }
}

/// The key of what a file holds among the interface strings.
fn what(file: DataFile) -> &'static str {
    match file {
        DataFile::Handbook => "data_handbook",
        DataFile::Schema => "data_schema",
        DataFile::Documents => "data_documents",
        DataFile::Provisions => "data_provisions",
        DataFile::Addresses => "data_addresses",
        DataFile::CoverageGuidelines => "data_coverage_guidelines",
        DataFile::CoveragePhases => "data_coverage_phases",
        DataFile::References => "data_references",
        DataFile::Terms => "data_terms",
        DataFile::Trials => "data_trials",
    }
}

fn format(file: DataFile) -> &'static str {
    if file.name().ends_with(".csv") { "CSV" } else { "JSON" }
}

/// The size of a file in units of 1000 bytes, never less than one.
fn size(bytes: usize, lang: Lang) -> String {
    let kilobytes = bytes.div_ceil(1000).max(1);
    if kilobytes < 1000 {
        return format!("{kilobytes} kB");
    }
    let tenths = bytes.div_ceil(100_000);
    let point = match lang {
        Lang::It => ',',
        Lang::En => '.',
    };
    format!("{}{point}{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_written_in_whole_kilobytes_or_tenths_of_a_megabyte() {
        for (bytes, it) in
            [(0, "1 kB"), (1_001, "2 kB"), (999_000, "999 kB"), (999_001, "1,0 MB"), (2_340_000, "2,4 MB")]
        {
            assert_eq!(size(bytes, Lang::It), it);
        }
        assert_eq!(size(2_340_000, Lang::En), "2.4 MB");
    }
}
