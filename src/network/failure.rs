//! Why a request brought no response, told apart: the library keeps the cause at the bottom of a chain of errors.
//! An expired certificate, a refused connection and a machine without a network are three different messages.

use std::error::Error;
use std::io::{self, ErrorKind};

use rustls::{AlertDescription, CertificateError};

use super::answer::{Failure, Phase, TlsFault};
use super::resolver;

/// The reason behind an error of the library.
pub(super) fn of(error: &reqwest::Error) -> Failure {
    let phase = if error.is_connect() { Phase::Connect } else { Phase::Head };
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(at) = cause {
        if let Some(known) = known(at, phase) {
            return known;
        }
        cause = at.source();
    }
    if error.is_timeout() {
        return Failure::Timeout(phase);
    }
    Failure::Protocol(deepest(error))
}

/// Whether this machine had no file descriptor left: nothing that the other side can be blamed for.
pub(super) fn out_of_files(error: &reqwest::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(at) = cause {
        // EMFILE and ENFILE; WSAEMFILE.
        let code = at.downcast_ref::<io::Error>().and_then(io::Error::raw_os_error);
        if matches!(code, Some(23 | 24 | 10024)) {
            return true;
        }
        cause = at.source();
    }
    false
}

fn known(error: &(dyn Error + 'static), phase: Phase) -> Option<Failure> {
    if let Some(own) = error.downcast_ref::<Failure>() {
        return Some(own.clone());
    }
    if let Some(tls) = error.downcast_ref::<rustls::Error>() {
        return Some(Failure::Tls(fault(tls)));
    }
    if let Some(http) = error.downcast_ref::<hyper::Error>() {
        return of_http(http, phase);
    }
    of_system(error.downcast_ref::<io::Error>()?, phase)
}

fn of_http(error: &hyper::Error, phase: Phase) -> Option<Failure> {
    // The library has no question for it.
    if error.is_parse() && error.to_string().contains("too large") {
        return Some(Failure::TooLarge("its headers"));
    }
    if error.is_incomplete_message() || error.is_canceled() || error.is_closed() {
        return Some(Failure::Closed(phase));
    }
    error.is_parse().then(|| Failure::Protocol(error.to_string()))
}

fn of_system(error: &io::Error, phase: Phase) -> Option<Failure> {
    // What was wrapped on its way through a stream: `source` skips it.
    if let Some(known) = error.get_ref().and_then(|inner| known(inner, phase)) {
        return Some(known);
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Some(Failure::Refused),
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::NotConnected
        | ErrorKind::UnexpectedEof => Some(Failure::Closed(phase)),
        ErrorKind::TimedOut => Some(Failure::Timeout(phase)),
        // Whose fault? A host that only has IPv6 says nothing on a machine that has none.
        ErrorKind::NetworkUnreachable | ErrorKind::AddrNotAvailable | ErrorKind::NetworkDown
            if !resolver::has_ipv6() =>
        {
            Some(Failure::NoNetwork)
        }
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => Some(Failure::Unreachable),
        _ => None,
    }
}

fn fault(error: &rustls::Error) -> TlsFault {
    use CertificateError as Of;
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            Of::Expired | Of::ExpiredContext { .. } => TlsFault::Expired,
            Of::NotValidYet | Of::NotValidYetContext { .. } => TlsFault::NotYetValid,
            Of::NotValidForName | Of::NotValidForNameContext { .. } => TlsFault::WrongHost,
            Of::UnknownIssuer => TlsFault::UnknownIssuer,
            Of::Revoked => TlsFault::Revoked,
            // A certificate that signs itself, and says that it is an authority.
            Of::Other(other) if format!("{other:?}").contains("CaUsedAsEndEntity") => TlsFault::UnknownIssuer,
            other => TlsFault::Other(other.to_string()),
        },
        rustls::Error::AlertReceived(AlertDescription::UnrecognisedName) => TlsFault::WrongHost,
        other => TlsFault::Other(other.to_string()),
    }
}

/// The words of the innermost cause: the outer ones only say that something failed.
fn deepest(error: &reqwest::Error) -> String {
    let mut at: &dyn Error = error;
    while let Some(cause) = at.source() {
        at = cause;
    }
    at.to_string()
}
