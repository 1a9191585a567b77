//! An authority of our own, and the certificates that go wrong.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, SupportedProtocolVersion};
use tokio_rustls::TlsAcceptor;

/// Signs what a test needs.
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

/// From when until when, in years.
pub type Years = (i32, i32);

/// Long enough for everybody who runs this test.
pub const VALID: Years = (2020, 2120);

impl Authority {
    pub fn new() -> Self {
        static COUNTER: AtomicUsize = AtomicUsize::new(0);
        // Each has a name of its own: two of one name are told apart by their signatures, which is another fault.
        let name = COUNTER.fetch_add(1, Ordering::Relaxed);
        let mut own = params(&[], VALID);
        own.distinguished_name.push(DnType::CommonName, format!("Authority {name}"));
        own.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(own, KeyPair::generate().unwrap()).unwrap())
    }

    /// What a prober trusts that knows this authority.
    pub fn root(&self) -> Vec<u8> {
        self.0.der().to_vec()
    }

    /// A server's side: a certificate for `host`, signed by this authority, speaking these protocols.
    pub fn server(&self, host: &str, years: Years, protocols: &[&str]) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params(&[host], years).signed_by(&key, &self.0).unwrap();
        acceptor(certificate.der().clone(), &key, protocols, rustls::ALL_VERSIONS)
    }

    /// The same with TLS 1.2 at most.
    pub fn old_server(&self, host: &str) -> TlsAcceptor {
        let key = KeyPair::generate().unwrap();
        let certificate = params(&[host], VALID).signed_by(&key, &self.0).unwrap();
        acceptor(certificate.der().clone(), &key, &[], &[&rustls::version::TLS12])
    }
}

/// A server that vouches for itself.
pub fn self_signed(host: &str) -> TlsAcceptor {
    let key = KeyPair::generate().unwrap();
    let certificate = params(&[host], VALID).self_signed(&key).unwrap();
    acceptor(certificate.der().clone(), &key, &[], rustls::ALL_VERSIONS)
}

fn params(hosts: &[&str], (from, to): Years) -> CertificateParams {
    let mut params = CertificateParams::new(hosts.iter().map(ToString::to_string).collect::<Vec<_>>()).unwrap();
    params.not_before = date_time_ymd(from, 1, 1);
    params.not_after = date_time_ymd(to, 1, 1);
    params
}

fn acceptor(
    certificate: CertificateDer<'static>,
    key: &KeyPair,
    protocols: &[&str],
    versions: &[&'static SupportedProtocolVersion],
) -> TlsAcceptor {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let key = PrivatePkcs8KeyDer::from(key.serialize_der());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_protocol_versions(versions)
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key.into())
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.as_bytes().to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}
