//! Disks that do not tell of every change.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::diagnostic::Text;
use crate::say;

/// File systems whose files others change without this system's knowing: network disks, and folders that a virtual machine or
/// a container shares with its host.
const REMOTE: [&str; 22] = [
    "9p",
    "acfs",
    "afpfs",
    "afs",
    "beegfs",
    "ceph",
    "cifs",
    "coda",
    "drvfs",
    "fakeowner",
    "gfs2",
    "glusterfs",
    "gpfs",
    "lustre",
    "ncpfs",
    "nfs",
    "nfs4",
    "ocfs2",
    "prl_fs",
    "smb3",
    "smbfs",
    "vboxsf",
];
/// The same, by how their names begin.
const REMOTE_KIND: [&str; 3] = ["fuse.", "virtiofs", "vmhgfs"];

/// Why the system would not tell of every change in a folder, going by its disk; `None` when it tells, or nobody knows.
pub(super) fn silent(folder: &Path) -> Option<Text> {
    let table = std::fs::read("/proc/self/mountinfo").ok()?;
    let kind = kind_of_disk(&table, folder)?;
    if !is_remote(&kind) {
        return None;
    }
    Some(say!(
        "il manuale è su un disco `{kind}`, dove il sistema non sa che cosa cambiano altri";
        "the handbook is on a `{kind}` disk, where the system does not know what others change"
    ))
}

fn is_remote(kind: &str) -> bool {
    REMOTE.contains(&kind) || REMOTE_KIND.iter().any(|beginning| kind.starts_with(beginning))
}

/// The kind of the file system that holds a folder, as the table of mounts says (`proc_pid_mountinfo(5)`).
fn kind_of_disk(table: &[u8], folder: &Path) -> Option<String> {
    let mounts = table.split(|byte| *byte == b'\n').filter_map(mount);
    // Of two disks on one folder, the later hides the earlier.
    let (_, kind) = mounts
        .filter(|(point, _)| folder.starts_with(point))
        .max_by_key(|(point, _)| point.components().count())?;
    Some(kind)
}

/// Where a line of the table says that a disk is mounted, and of which kind it is.
fn mount(line: &[u8]) -> Option<(PathBuf, String)> {
    let mut fields = line.split(|byte| *byte == b' ');
    let point = path(&unescaped(fields.nth(4)?));
    let kind = fields.skip_while(|field| field != b"-").nth(1)?;
    Some((point, String::from_utf8_lossy(kind).into_owned()))
}

/// The table writes spaces and line ends as octal numbers: `\040`.
fn unescaped(field: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(field.len());
    let mut rest = field;
    while let Some((first, after)) = rest.split_first() {
        let number = after.get(..3).and_then(|digits| std::str::from_utf8(digits).ok());
        match number.and_then(|digits| u8::from_str_radix(digits, 8).ok()) {
            Some(byte) if *first == b'\\' => {
                bytes.push(byte);
                rest = after.get(3..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(OsStr::new(String::from_utf8_lossy(bytes).as_ref()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r"
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
28 27 0:25 / /home rw,nosuid shared:2 master:3 - nfs4 server:/home rw,vers=4.2
29 28 8:1 / /home/anna rw - ext4 /dev/sda1 rw
30 27 0:30 / /mnt/con\040spazi\134e rw - cifs //server/a\040b rw
31 27 0:31 / /mnt/c rw - 9p C:\134 rw,aname=drvfs
32 27 0:32 / /work rw - overlay overlay rw,lowerdir=/a
33 32 0:33 / /work rw - virtiofs host rw
34 27 0:34 / /mnt/ssh rw - fuse.sshfs anna@server: rw
35 27 8:2 / /mnt/usb rw - fuseblk /dev/sdb1 rw
";

    #[test]
    fn the_disk_of_a_folder_is_the_nearest_mount_above_it_and_the_last_of_two() {
        let kinds = [
            ("/srv/h", "ext4", false),
            ("/home/bruno/h", "nfs4", true),
            ("/home/anna/h", "ext4", false),
            ("/homeless", "ext4", false),
            (r"/mnt/con spazi\e/h", "cifs", true),
            ("/mnt/c/Users/h", "9p", true),
            ("/work", "virtiofs", true),
            ("/mnt/ssh/h", "fuse.sshfs", true),
            // A disk of this machine, whatever program reads it.
            ("/mnt/usb/h", "fuseblk", false),
        ];
        for (folder, kind, remote) in kinds {
            let found = kind_of_disk(TABLE.as_bytes(), Path::new(folder)).unwrap();
            assert_eq!((found.as_str(), is_remote(&found)), (kind, remote), "{folder}");
        }
    }

    #[test]
    fn a_table_in_another_form_tells_nothing() {
        for table in ["", "a b c", "27 1 254:0 / / rw", "27 1 254:0 / / rw -", "\u{0}\n\n - - - - - -"] {
            assert_eq!(kind_of_disk(table.as_bytes(), Path::new("/srv")), None, "{table:?}");
        }
    }
}
