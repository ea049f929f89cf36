//! `vademecum serve`: previews the handbook in a browser.

use std::net::IpAddr;

use clap::Args;

use crate::diagnostic::{Diagnostic, Lang};
use crate::say;
use crate::serve::{Event, Options, serve};

use super::console::Console;
use super::{HandbookArg, MessageFormat, Outcome};

#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    #[command(flatten)]
    handbook: HandbookArg,
    /// The address to listen on
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
            let address =
                args.port.map_or_else(|| args.host.to_string(), |port| format!("{}:{port}", args.host));
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
        Event::Listening { address, draft } => {
            let (root, url) = (format!("http://{address}/"), format!("http://{address}/{draft}"));
            if !draft.is_empty() {
                console.say(&say!("L'edizione in vigore è su {root}"; "The edition that holds is at {root}"));
            }
            console.say(&say!("Il manuale è su {url} (Ctrl-C per finire)"; "The handbook is at {url} (Ctrl-C to stop)"));
            if open && let Err(error) = open::that_detached(&url) {
                console.say(&say!("Il browser non si apre: {error}"; "The browser does not open: {error}"));
            }
        }
        Event::Loaded { diagnostics, replaced, first } => {
            console.diagnostics(diagnostics);
            console.count(diagnostics);
            let broken = diagnostics.iter().any(Diagnostic::is_error);
            match (broken, *first, *replaced) {
                (false, true, _) => {}
                (false, false, _) => console.say(&say!("Aggiornato."; "Updated.")),
                (true, true, _) => console.say(&say!("Mostro ciò che si può leggere; gli errori appaiono anche nella pagina."; "Showing what can be read; the errors appear on the page too.")),
                (true, false, _) => console.say(&say!("Restano le pagine di prima; gli errori appaiono anche nella pagina."; "The earlier pages stay; the errors appear on the page too.")),
            }
        }
        Event::Polling(reason) => {
            let (it, en) = (&reason.it, &reason.en);
            console.say(&say!("Confronto i file ogni mezzo secondo: {it}."; "Comparing files every half second: {en}."));
        }
    }
}
