//! The git repository around a handbook: whether git is at work in it, and its tags, in which editions may be kept.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use walkdir::WalkDir;

/// The repository's own folders.
#[derive(Debug)]
pub(super) struct Repository {
    /// There as long as a command changes the working tree.
    lock: PathBuf,
    /// What linked worktrees share: the tags.
    common: PathBuf,
    tags: Tags,
}

/// A lock that is older tells nothing.
const LONGEST_WORK: Duration = Duration::from_secs(30);

/// The files that hold the tags, with the time and size of each.
type Tags = Vec<(PathBuf, Option<SystemTime>, u64)>;

impl Repository {
    /// The repository in whose working tree a folder is.
    pub(super) fn around(folder: &Path) -> Option<Self> {
        let own = folder.ancestors().find_map(|folder| folder_of(&folder.join(".git")))?;
        let common = std::fs::read_to_string(own.join("commondir")).ok();
        let common = common.map_or_else(|| own.clone(), |path| own.join(path.trim_end()));
        let tags = tags(&common);
        Some(Self { lock: own.join("index.lock"), common, tags })
    }

    /// Whether a command such as `git checkout` is changing files. One that locked them long ago waits for its user, or is
    /// dead.
    pub(super) fn is_at_work(&self) -> bool {
        let locked = self.lock.metadata().and_then(|lock| lock.modified());
        locked.is_ok_and(|time| time.elapsed().map_or(true, |age| age < LONGEST_WORK))
    }

    /// Whether tags have come, gone or moved since the last look.
    pub(super) fn has_other_tags(&mut self) -> bool {
        let now = tags(&self.common);
        let are_others = now != self.tags;
        self.tags = now;
        are_others
    }
}

/// The folder that `.git` is, or that it names where it is a file: in a linked worktree, in a submodule.
fn folder_of(git: &Path) -> Option<PathBuf> {
    if git.join("HEAD").is_file() {
        return Some(git.to_owned());
    }
    let text = std::fs::read_to_string(git).ok()?;
    Some(git.parent()?.join(text.strip_prefix("gitdir:")?.trim()))
}

fn tags(common: &Path) -> Tags {
    let folder = WalkDir::new(common.join("refs/tags")).sort_by_file_name();
    let single = folder.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    single
        .chain([common.join("packed-refs")])
        .filter_map(|path| path.metadata().ok().map(|found| (path, found)))
        .filter(|(_, found)| found.is_file())
        .map(|(path, found)| (path, found.modified().ok(), found.len()))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::process::Command;

    use super::*;

    fn git(folder: &Path, args: &[&str]) {
        let config = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
        let done = Command::new("git").current_dir(folder).args(config).args(args).output().unwrap();
        assert!(done.status.success(), "{args:?}: {}", String::from_utf8_lossy(&done.stderr));
    }

    #[test]
    fn tags_are_seen_in_the_repository_and_in_its_linked_worktrees() {
        let dir = tempfile::tempdir().unwrap();
        let main = dir.path().join("main");
        fs::create_dir_all(main.join("handbook")).unwrap();
        assert!(Repository::around(&main).is_none());
        git(&main, &["init", "--quiet"]);
        git(&main, &["commit", "--quiet", "--allow-empty", "--message", "a"]);
        git(&main, &["worktree", "add", "--quiet", "--detach", "../linked"]);
        let mut repositories =
            ["main/handbook", "linked"].map(|folder| Repository::around(&dir.path().join(folder)).unwrap());
        let mut are_others = || repositories.each_mut().map(Repository::has_other_tags);
        assert_eq!(are_others(), [false, false]);
        git(&main, &["tag", "2026.1"]);
        assert_eq!(are_others(), [true, true]);
        git(&main, &["pack-refs", "--all"]);
        assert_eq!(are_others(), [true, true]);
        git(&main, &["tag", "--delete", "2026.1"]);
        assert_eq!(are_others(), [true, true]);
        git(&main, &["branch", "other"]);
        assert_eq!(are_others(), [false, false]);
    }

    #[test]
    fn git_is_at_work_while_its_lock_is_there_in_each_worktree_by_itself() {
        let dir = tempfile::tempdir().unwrap();
        let main = dir.path().join("main");
        fs::create_dir(&main).unwrap();
        git(&main, &["init", "--quiet"]);
        git(&main, &["commit", "--quiet", "--allow-empty", "--message", "a"]);
        git(&main, &["worktree", "add", "--quiet", "--detach", "../linked"]);
        let at_work = || {
            ["main", "linked"]
                .map(|folder| Repository::around(&dir.path().join(folder)).unwrap().is_at_work())
        };
        assert_eq!(at_work(), [false, false]);
        let lock = fs::File::create(main.join(".git/worktrees/linked/index.lock")).unwrap();
        assert_eq!(at_work(), [false, true]);
        lock.set_modified(SystemTime::now() - LONGEST_WORK).unwrap();
        assert_eq!(at_work(), [false, false]);
    }
}
