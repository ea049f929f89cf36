//! Connections: as many as the system allows, none of which can hold up the others.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// A client that has not asked after so long is given up; browsers open another connection when they need one.
const ASKS_WITHIN: Duration = Duration::from_secs(30);
/// What a client can make us keep before it has asked.
const LONGEST_HEAD: usize = 32 << 10;
/// As many connections as anybody needs for a preview.
const MOST: u64 = 4096;
/// Files that are left for reading the handbook, where there are more.
const FILES: u64 = 128;

/// Answers whoever connects, until it is dropped.
pub(in crate::serve) async fn run(mut listener: TcpListener, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(ASKS_WITHIN).max_buf_size(LONGEST_HEAD);
    let free = Arc::new(Semaphore::new(limit()));
    // Nobody closes it. Whoever comes when all are taken waits in the system's queue.
    while let Ok(place) = Arc::clone(&free).acquire_owned().await {
        // Waits where the system has no more files, and goes on.
        let (stream, _) = Listener::accept(&mut listener).await;
        let _ = stream.set_nodelay(true);
        let connection =
            http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router.clone()));
        tokio::spawn(async move {
            let _place = place;
            // A client that breaks off has no use for a reason.
            let _ = connection.await;
        });
    }
}

/// How many connections are served at the same time.
fn limit() -> usize {
    // Where it cannot be told it is what the most frugal shells give.
    let files = rlimit::increase_nofile_limit(MOST + FILES).unwrap_or(256);
    let connections = files.saturating_sub(FILES).max(files / 2).min(MOST);
    usize::try_from(connections).unwrap_or(usize::MAX >> 3)
}
