//! Hundreds of hosts on one machine: every address of 127.0.0.0/8 is a host, and its second byte says what kind.
//!
//! | address | answers |
//! |---|---|
//! | 127.1.x.y | after 50 ms |
//! | 127.2.x.y | after a second |
//! | 127.3.x.y | 429 with `Retry-After: 4` for its first four seconds, then after 50 ms |
//! | 127.5.x.y | never |
//!
//! `/p/…` is a page, everything else is 404. Runs as a process of its own, so that the memory of who asks is measured alone.

use std::collections::HashMap;
use std::io::Read as _;
use std::net::{Ipv4Addr, SocketAddr, TcpStream as Blocking};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// Where the figures are told, and forgotten.
const DESK: Ipv4Addr = Ipv4Addr::new(127, 9, 9, 9);
const PAUSE: Duration = Duration::from_secs(4);

/// How long a host takes.
pub fn latency(host: Ipv4Addr) -> Duration {
    if host.octets()[1] == 2 { Duration::from_secs(1) } else { Duration::from_millis(50) }
}

#[derive(Default)]
struct Host {
    first: Option<Instant>,
    requests: u64,
    refused: u64,
    open: u64,
    most_open: u64,
}

#[derive(Default)]
struct Figures {
    began: Option<Instant>,
    last_fast: Duration,
    last: Duration,
    hosts: HashMap<Ipv4Addr, Host>,
}

/// Serves until the process is killed; prints its port.
pub fn serve() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let socket = tokio::net::TcpSocket::new_v4().unwrap();
        socket.bind("0.0.0.0:0".parse().unwrap()).unwrap();
        let listener: TcpListener = socket.listen(4096).unwrap();
        println!("{}", listener.local_addr().unwrap().port());
        let figures = Arc::new(Mutex::new(Figures::default()));
        loop {
            if let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, Arc::clone(&figures)));
            }
        }
    });
}

async fn connection(mut stream: TcpStream, figures: Arc<Mutex<Figures>>) {
    let Ok(SocketAddr::V4(own)) = stream.local_addr() else { return };
    let host = *own.ip();
    let _ = stream.set_nodelay(true);
    let mut heard = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        while !heard.ends_with(b"\r\n\r\n") {
            match stream.read(&mut buffer).await {
                Ok(length) if length > 0 => heard.extend_from_slice(&buffer[..length]),
                _ => return,
            }
            // A greeting of TLS: nobody speaks that here.
            if heard[0] == 0x16 {
                return;
            }
        }
        let head = String::from_utf8_lossy(&std::mem::take(&mut heard)).into_owned();
        if host.octets()[1] == 5 {
            count(host, &figures);
            // Until the other side has had enough.
            while stream.read(&mut buffer).await.is_ok_and(|length| length > 0) {}
            return hang_up(host, &figures);
        }
        let answer = if host == DESK { desk(&head, &figures) } else { page(host, &head, &figures).await };
        if stream.write_all(answer.as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A request begins; true while the host asks for a break.
fn count(host: Ipv4Addr, figures: &Mutex<Figures>) -> bool {
    let now = Instant::now();
    let mut figures = figures.lock().unwrap();
    figures.began.get_or_insert(now);
    let own = figures.hosts.entry(host).or_default();
    let early = host.octets()[1] == 3 && now.duration_since(*own.first.get_or_insert(now)) < PAUSE;
    own.requests += 1;
    own.refused += u64::from(early);
    own.open += 1;
    own.most_open = own.most_open.max(own.open);
    early
}

/// A request ends.
fn hang_up(host: Ipv4Addr, figures: &Mutex<Figures>) {
    let mut figures = figures.lock().unwrap();
    let since = figures.began.map(|began| began.elapsed()).unwrap_or_default();
    figures.last = since;
    if host.octets()[1] == 1 {
        figures.last_fast = since;
    }
    if let Some(own) = figures.hosts.get_mut(&host) {
        own.open -= 1;
    }
}

async fn page(host: Ipv4Addr, head: &str, figures: &Mutex<Figures>) -> String {
    let early = count(host, figures);
    if !early {
        tokio::time::sleep(latency(host)).await;
    }
    hang_up(host, figures);
    let path = head.split(' ').nth(1).unwrap_or_default();
    let body = format!("<title>{path}</title><p>of {host}");
    let status = match () {
        () if early => "429 Slow down\r\nRetry-After: 4",
        () if path.starts_with("/p/") => "200 OK",
        () => "404 Not found",
    };
    let shown = if head.starts_with("HEAD") { "" } else { &body };
    format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{shown}", body.len())
}

/// The figures so far, as JSON; they begin anew.
fn desk(_: &str, figures: &Mutex<Figures>) -> String {
    let figures = std::mem::take(&mut *figures.lock().unwrap());
    let longest = figures.hosts.iter().map(|(host, own)| latency(*host).as_secs_f64() * own.requests as f64);
    let body = json!({
        "requests": figures.hosts.values().map(|own| own.requests).sum::<u64>(),
        "refused": figures.hosts.values().map(|own| own.refused).sum::<u64>(),
        "most_open": figures.hosts.values().map(|own| own.most_open).max(),
        // Of the busiest host, with one request at a time.
        "longest": longest.fold(0.0, f64::max),
        "last_fast": figures.last_fast.as_secs_f64(),
        "last": figures.last.as_secs_f64(),
    })
    .to_string();
    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}

/// Asks the desk.
pub fn figures(port: u16) -> Value {
    use std::io::Write as _;
    let mut stream = Blocking::connect((DESK, port)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    let mut said = String::new();
    let mut buffer = [0; 4096];
    while !said.ends_with('}') {
        let length = stream.read(&mut buffer).unwrap();
        said.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
    }
    serde_json::from_str(said.split_once("\r\n\r\n").unwrap().1).unwrap()
}
