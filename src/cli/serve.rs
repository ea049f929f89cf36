//! `vademecum serve`: previews the handbook in a browser.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use clap::Args;

use crate::diagnostic::{Diagnostic, Lang};
use crate::say;
use crate::serve::{Event, Loaded, Options, serve};

use super::console::Console;
use super::{HandbookArg, MessageFormat, Outcome};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    handbook: HandbookArg,
    /// The address to listen on; one that is not of this machine alone lets others on the network read
    #[arg(long, default_value = "127.0.0.1")]
    host: IpAddr,
    /// The port to listen on [default: 4000, or the next free one]
    #[arg(long)]
    port: Option<u16>,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Compare files instead of waiting for the system to tell of changes (network disks, containers)
    #[arg(long)]
    poll: bool,
}

pub(super) fn run(args: &ServeArgs, lang: Lang) -> Outcome {
    let console = Console::new(lang, MessageFormat::Human);
    let Some(handbook) = args.handbook.find(&console) else { return Outcome::Failed };
    let excluded =
        vec![std::path::absolute(handbook.join("public")).unwrap_or_else(|_| handbook.join("public"))];
    let options = Options { handbook, excluded, host: args.host, port: args.port, poll: args.poll, lang };
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            console
                .failure(&say!("il server non parte: {error}"; "the server does not start: {error}"), None);
            return Outcome::Failed;
        }
    };
    let open = args.open;
    let served = runtime.block_on(serve(options, move |event| tell(&console, &event, open)));
    // Pages that are being rendered have no reader any more.
    runtime.shutdown_background();
    match served {
        Ok(()) => Outcome::Done,
        Err(error) => {
            let address = args
                .port
                .map_or_else(|| args.host.to_string(), |port| SocketAddr::new(args.host, port).to_string());
            console.failure(
                &say!("non posso ascoltare su `{address}`: {error}"; "cannot listen on `{address}`: {error}"),
                Some(&say!("scegli un'altra porta con `--port`, o lascia scegliere a me"; "choose another port with `--port`, or leave the choice to me")),
            );
            Outcome::Failed
        }
    }
}

fn tell(console: &Console, event: &Event<'_>, open: bool) {
    match event {
        Event::Listening { address, draft, taken } => {
            if let Some(port) = taken {
                let free = address.port();
                console.say(&say!("La porta {port} è occupata: uso la {free}."; "Port {port} is taken: using {free}."));
            }
            listening(console, *address, draft, open);
        }
        Event::Loaded(loaded) if loaded.first => first_time(console, loaded),
        Event::Loaded(loaded) => again(console, loaded),
        Event::Polling(reason) => {
            let (it, en) = (&reason.it, &reason.en);
            console.say(&say!("Confronto i file ogni mezzo secondo: {it}."; "Comparing files every half second: {en}."));
        }
    }
}

fn listening(console: &Console, address: SocketAddr, draft: &str, open: bool) {
    let here = reachable(address);
    let (root, url) = (format!("http://{here}/"), format!("http://{here}/{draft}"));
    if !draft.is_empty() {
        console.say(&say!("L'edizione in vigore è su {root}"; "The edition that holds is at {root}"));
    }
    console
        .say(&say!("Il manuale è su {url} (Ctrl-C per finire)"; "The handbook is at {url} (Ctrl-C to stop)"));
    if !here.ip().is_loopback() || here != address {
        console.say(&say!("Attenzione: chiunque sia nella stessa rete può leggerlo."; "Beware: everyone on the same network can read it."));
    }
    if open && let Err(error) = open::that_detached(&url) {
        console.say(&say!("Il browser non si apre: {error}"; "The browser does not open: {error}"));
    }
}

/// An address that a browser on this machine can open: the one that stands for all of them is none.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

fn first_time(console: &Console, loaded: &Loaded<'_>) {
    console.diagnostics(loaded.diagnostics);
    console.count(loaded.diagnostics);
    if loaded.diagnostics.iter().any(Diagnostic::is_error) {
        console.say(&say!("Mostro ciò che si può leggere; gli errori appaiono anche nella pagina."; "Showing what can be read; the errors appear on the page too."));
    }
}

/// Only what is new: the rest stands above it.
fn again(console: &Console, loaded: &Loaded<'_>) {
    console.diagnostics(loaded.new);
    if loaded.mended && loaded.diagnostics.is_empty() {
        console.say(&say!("Nessun problema."; "No problem."));
    } else if loaded.mended || !loaded.new.is_empty() {
        console.count(loaded.diagnostics);
    }
    if !loaded.replaced {
        console.say(&say!("Restano le pagine di prima; gli errori appaiono anche nella pagina."; "The earlier pages stay; the errors appear on the page too."));
        return;
    }
    let took = loaded.took.as_millis();
    let (it, en) = match loaded.changed {
        [] => (String::new(), String::new()),
        [file] => (format!(": {file}"), format!(": {file}")),
        [file, more @ ..] => {
            (format!(": {file} e altri {}", more.len()), format!(": {file} and {} more", more.len()))
        }
    };
    console.say(&say!("Aggiornato in {took} ms{it}"; "Updated in {took} ms{en}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_that_is_told_can_be_opened() {
        for (bound, told) in [
            ("127.0.0.1:4000", "127.0.0.1:4000"),
            ("[::1]:4000", "[::1]:4000"),
            ("0.0.0.0:4000", "127.0.0.1:4000"),
            ("[::]:4000", "[::1]:4000"),
            ("192.0.2.7:4000", "192.0.2.7:4000"),
        ] {
            assert_eq!(reachable(bound.parse().unwrap()).to_string(), told);
        }
    }
}
