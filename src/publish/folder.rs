//! Where an output folder may be.

use std::path::Path;

use crate::source::absolute;

use super::PublishError;

/// Refuses an output folder that is the handbook, lies around it, or lies among its documents. One directly
/// in the handbook's root (`./public` of a handbook in `.`) is a folder of its own, and is not read as source.
///
/// # Errors
/// [`PublishError::Overlap`].
pub fn refuse_overlap(handbook: &Path, output: &Path) -> Result<(), PublishError> {
    let (handbook, output) = (absolute(handbook), absolute(output));
    let around = handbook.starts_with(&output);
    let among = output.starts_with(&handbook) && output.parent() != Some(&handbook);
    if around || among { Err(PublishError::Overlap(output)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_folder_is_beside_the_sources_or_one_of_its_own_in_their_root() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().join("content");
        std::fs::create_dir_all(root.join("linee-guida")).unwrap();
        let allowed = |output: &str| refuse_overlap(&root, &root.join(output)).is_ok();
        assert!(allowed("../public"));
        assert!(allowed("public"));
        assert!(!allowed("."));
        assert!(!allowed(".."));
        assert!(!allowed("linee-guida/public"));
        assert!(!allowed("linee-guida/../.."));
    }
}
