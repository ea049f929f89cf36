//! A running `serve`, asked as a browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::harness::{Handbook, program};

/// No test waits longer than this for what never comes.
const GIVE_UP: Duration = Duration::from_secs(60);

/// A running `serve`, ended with the test.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
    /// What the terminal says, line by line.
    said: Arc<Mutex<Vec<String>>>,
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
    /// The body as it came; those of the search index are no text.
    pub(crate) bytes: Vec<u8>,
}

impl Server {
    pub(crate) fn start(handbook: &Handbook, more: &[&str]) -> Self {
        Self::spawn(program().arg("serve").arg(handbook.root()).args(["--lang", "en"]).args(more))
    }

    /// Runs a command that becomes `serve`, in English.
    pub(crate) fn spawn(command: &mut Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let said = Arc::new(Mutex::new(Vec::new()));
        let address = loop {
            let line = lines.next().expect("the server ended without listening").unwrap();
            said.lock().unwrap().push(line.clone());
            if let Some(url) = line.strip_prefix("The handbook is at http://") {
                break url.split('/').next().unwrap().to_owned();
            }
        };
        let more = Arc::clone(&said);
        std::thread::spawn(move || {
            lines.map_while(Result::ok).for_each(|line| more.lock().unwrap().push(line));
        });
        Self { child, address, said }
    }

    /// What the terminal has said.
    pub(crate) fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// Waits until the terminal has said as many lines that begin so, and gives all that it has said.
    pub(crate) fn says(&self, words: &str, times: usize) -> Vec<String> {
        let start = Instant::now();
        loop {
            let said = self.said();
            if said.iter().filter(|line| line.starts_with(words)).count() >= times {
                return said;
            }
            assert!(start.elapsed() < GIVE_UP, "the terminal never said {words}: {said:#?}");
            sleep(Duration::from_millis(20));
        }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    pub(crate) fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").map_or(bytes.len(), |at| at + 4);
        let body = bytes.split_off(end);
        let head = String::from_utf8_lossy(&bytes).into_owned();
        let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
        let text = String::from_utf8_lossy(&body).into_owned();
        Answer { status, head: head.trim_end().to_lowercase(), body: text, bytes: body }
    }

    /// Waits until a page says something; the only clock is a generous give-up.
    pub(crate) fn until(&self, path: &str, condition: impl Fn(&Answer) -> bool) -> Answer {
        let start = Instant::now();
        loop {
            let answer = self.get(path);
            if condition(&answer) {
                return answer;
            }
            assert!(start.elapsed() < GIVE_UP, "{path} never changed: {}", answer.body);
            sleep(Duration::from_millis(20));
        }
    }

    /// The news that a browser gets when it connects, until `words` come.
    pub(crate) fn news(&self, words: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET /_vademecum/events HTTP/1.1\r\nHost: {}\r\n\r\n", self.address).unwrap();
        let mut news = String::new();
        let mut reader = BufReader::new(stream);
        let start = Instant::now();
        while !news.contains(words) {
            assert!(start.elapsed() < GIVE_UP, "the news never said {words}: {news}");
            let mut line = Vec::new();
            assert_ne!(reader.read_until(b'\n', &mut line).unwrap(), 0, "the news ended: {news}");
            news.push_str(&String::from_utf8_lossy(&line));
        }
        news
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Any free port: tests run side by side.
pub(crate) const FREE: [&str; 2] = ["--port", "0"];
