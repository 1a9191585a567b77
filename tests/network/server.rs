//! A server that says exactly the bytes that a test wants it to say, as slowly as it wants, and remembers what it was
//! told. Plain, or behind TLS.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

/// What is done with a connection, one after the other. At the end it is closed, unless the last step says otherwise.
#[derive(Clone)]
pub enum Step {
    /// These bytes.
    Say(Vec<u8>),
    /// These bytes again and again, until the other side has enough.
    Endless(Vec<u8>),
    /// One byte at a time, with a pause behind each.
    Drip(Vec<u8>, Duration),
    /// Nothing for ever.
    Hang,
    /// RST instead of FIN.
    Reset,
    /// The next request on the same connection.
    Again,
}

/// The steps that answer a request; its head is given as it came.
pub type Script = Arc<dyn Fn(&str) -> Vec<Step> + Send + Sync>;

/// A running server; ends with the test.
pub struct Server {
    pub address: SocketAddr,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    connections: AtomicUsize,
    heard: Mutex<Vec<String>>,
}

/// The bytes of a whole answer.
pub fn say(head: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let head = head.trim_end().replace('\n', "\r\n");
    let mut bytes = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.as_ref().len()).into_bytes();
    bytes.extend_from_slice(body.as_ref());
    vec![Step::Say(bytes), Step::Again]
}

/// Bytes, and the end of the connection.
pub fn raw(bytes: impl AsRef<[u8]>) -> Vec<Step> {
    vec![Step::Say(bytes.as_ref().to_vec())]
}

impl Server {
    /// Answers each request by the script.
    pub async fn start(ip: &str, script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::with(ip, None, Arc::new(script)).await
    }

    /// The same behind TLS.
    pub async fn tls(ip: &str, tls: TlsAcceptor, script: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        Self::with(ip, Some(tls), Arc::new(script)).await
    }

    async fn with(ip: &str, tls: Option<TlsAcceptor>, script: Script) -> Self {
        let listener = TcpListener::bind((ip.parse::<IpAddr>().unwrap(), 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(connection(stream, tls.clone(), Arc::clone(&script), Arc::clone(&shared)));
            }
        });
        Self { address, state }
    }

    /// How often somebody knocked.
    pub fn connections(&self) -> usize {
        self.state.connections.load(Ordering::SeqCst)
    }

    /// The heads of all requests, in their order.
    pub fn heard(&self) -> Vec<String> {
        self.state.heard.lock().unwrap().clone()
    }
}

async fn connection(stream: TcpStream, tls: Option<TlsAcceptor>, script: Script, state: Arc<State>) {
    stream.set_nodelay(true).unwrap();
    match tls {
        None => {
            let (mut stream, reset) = serve(stream, script, state).await;
            if reset {
                stream.set_zero_linger().unwrap();
            } else {
                // Until the other side has read it all: closing with unread bytes would be a reset.
                let _ = stream.shutdown().await;
                let _ = tokio::time::timeout(Duration::from_secs(5), stream.read(&mut [0; 1024])).await;
            }
        }
        Some(tls) => {
            if let Ok(stream) = tls.accept(stream).await {
                let (mut stream, _) = serve(stream, script, state).await;
                let _ = stream.shutdown().await;
            }
        }
    }
}

/// Until the script or the other side ends it; whether by a reset.
async fn serve<S: AsyncRead + AsyncWrite + Unpin>(mut stream: S, script: Script, state: Arc<State>) -> (S, bool) {
    while let Some(head) = head(&mut stream).await {
        state.heard.lock().unwrap().push(head.clone());
        let mut again = false;
        for step in script(&head) {
            let sent = match step {
                Step::Say(bytes) => stream.write_all(&bytes).await,
                Step::Endless(bytes) => loop {
                    if let Err(error) = stream.write_all(&bytes).await {
                        break Err(error);
                    }
                },
                Step::Drip(bytes, pause) => drip(&mut stream, &bytes, pause).await,
                Step::Hang => std::future::pending().await,
                Step::Reset => return (stream, true),
                Step::Again => {
                    again = true;
                    Ok(())
                }
            };
            if sent.is_err() {
                return (stream, false);
            }
            let _ = stream.flush().await;
        }
        if !again {
            break;
        }
    }
    (stream, false)
}

async fn drip(stream: &mut (impl AsyncWrite + Unpin), bytes: &[u8], pause: Duration) -> std::io::Result<()> {
    for byte in bytes {
        stream.write_all(&[*byte]).await?;
        stream.flush().await?;
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

async fn head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8_lossy(&head).into_owned())
}
