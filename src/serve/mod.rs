//! The preview: the site's pages rendered when they are asked for, reloaded when a file changes.
//!
//! A new site replaces the old one in one step, and only when it has no errors; until then the last good
//! pages stay up, and the browser shows the problems over them.

mod http;
mod live;
mod search;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, Lang, Text};

use live::Live;
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
    },
    /// The handbook was read again: these are its problems, and whether its pages were replaced.
    Loaded {
        /// All problems.
        diagnostics: &'a [Diagnostic],
        /// Whether the new pages are up.
        replaced: bool,
        /// Whether this is the first reading.
        first: bool,
    },
    /// The system does not tell of changes, for this reason; files are compared instead.
    Polling(Text),
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
    let listener = listen(options.host, options.port).await?;
    let address = listener.local_addr()?;
    let watcher = Watcher::start(&options.handbook, &options.excluded, options.poll);
    let live = Arc::new(Live::start(&options, &*tell));
    tell(Event::Listening { address, draft: live.state().site.draft_home().url() });
    let reloading = Arc::clone(&live);
    std::thread::spawn(move || {
        let on_change = |_: watch::Changes| reloading.reload(&*tell);
        watcher.run(on_change, |reason| tell(Event::Polling(reason)));
    });
    let service = http::router(live, options.host);
    tokio::select! {
        served = async { axum::serve(listener, service).await } => served,
        interrupted = tokio::signal::ctrl_c() => interrupted,
    }
}

/// Listens on the given port, or on the first free one when none was given.
async fn listen(host: IpAddr, port: Option<u16>) -> io::Result<tokio::net::TcpListener> {
    if let Some(port) = port {
        return tokio::net::TcpListener::bind((host, port)).await;
    }
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in FIRST_PORT..=FIRST_PORT + MORE_PORTS {
        match tokio::net::TcpListener::bind((host, port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}
