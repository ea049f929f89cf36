//! The preview: the site's pages rendered when they are asked for, reloaded when a file changes.
//!
//! A new site replaces the old one in one step, and only when it has no errors; until then the last good
//! pages stay up, and the browser shows the problems over them.

mod http;
mod live;
mod reader;
mod search;
mod told;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::{Diagnostic, Lang, Text};
use crate::source::SourcePath;

use tokio::net::TcpListener;

use reader::Reader;
use watch::Watcher;

/// How to preview.
#[derive(Debug, Clone)]
pub struct Options {
    /// The handbook's folder.
    pub handbook: PathBuf,
    /// Folders in it that are not sources.
    pub excluded: Vec<PathBuf>,
    /// The address to listen on.
    pub host: IpAddr,
    /// The port to listen on; where it is `None`, the first free one from 4000.
    pub port: Option<u16>,
    /// Look for changes by comparing files, where the system does not tell of them.
    pub poll: bool,
    /// The language of messages.
    pub lang: Lang,
}

/// What the terminal learns of.
#[derive(Debug)]
pub enum Event<'a> {
    /// Pages are being served.
    Listening {
        /// Here.
        address: SocketAddr,
        /// Where the handbook as it is on disk begins, after the address: not in the root where there are editions.
        draft: String,
        /// The port that would have been taken, were it free.
        taken: Option<u16>,
    },
    /// The handbook was read.
    Loaded(Loaded<'a>),
    /// The system does not tell of changes, for this reason; files are compared instead.
    Polling(Text),
}

/// How the handbook stands, read for the first time or because it has changed.
#[derive(Debug)]
pub struct Loaded<'a> {
    /// All problems.
    pub diagnostics: &'a [Diagnostic],
    /// Those that were not told before.
    pub new: &'a [Diagnostic],
    /// Whether some that were told are no longer there.
    pub mended: bool,
    /// Whether the new pages are up.
    pub replaced: bool,
    /// Whether this is the first reading.
    pub first: bool,
    /// The files that have changed, where it is known.
    pub changed: &'a [SourcePath],
    /// From the beginning of the reading to the new pages.
    pub took: Duration,
}

/// The first port that is tried, and how many after it.
const FIRST_PORT: u16 = 4000;
const MORE_PORTS: u16 = 20;

/// Previews a handbook until the process is interrupted.
///
/// # Errors
/// The port is taken, or the address cannot be listened on.
pub async fn serve(options: Options, tell: impl Fn(Event<'_>) + Send + Sync + 'static) -> io::Result<()> {
    let tell = Arc::new(tell);
    let (listener, taken) = listen(options.host, options.port).await?;
    let address = listener.local_addr()?;
    let mut watcher = Watcher::start(&options.handbook, &options.excluded, options.poll);
    let mut reader = Reader::start(&options, || watcher.meanwhile(), &*tell);
    let live = reader.live();
    tell(Event::Listening { address, draft: live.state().site.draft_home().url(), taken });
    std::thread::spawn(move || {
        loop {
            let changes = watcher.next(|reason| tell(Event::Polling(reason)));
            reader.read_again(&changes, || watcher.meanwhile(), &*tell);
        }
    });
    let answers = http::router(live, options.host);
    tokio::select! {
        () = http::run(listener, answers) => Ok(()),
        ended = told_to_end() => ended,
    }
}

/// Listens on the given port, or on the first free one when none was given; the port that was wanted comes along where it
/// was taken.
async fn listen(host: IpAddr, port: Option<u16>) -> io::Result<(TcpListener, Option<u16>)> {
    if let Some(port) = port {
        return Ok((TcpListener::bind((host, port)).await?, None));
    }
    // After them any: the system knows one.
    for port in (FIRST_PORT..=FIRST_PORT + MORE_PORTS).chain([0]) {
        match TcpListener::bind((host, port)).await {
            Ok(listener) => return Ok((listener, (port != FIRST_PORT).then_some(FIRST_PORT))),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AddrInUse.into())
}

/// Waits for Ctrl-C, or for the system to end the process.
#[cfg(unix)]
async fn told_to_end() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminated = signal(SignalKind::terminate())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminated.recv() => Ok(()),
    }
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
async fn told_to_end() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
