//! Whom we may talk to.
//!
//! The URLs come from whoever opened the pull request, the runner stands inside somebody's network: without a gate,
//! a link checker is a way to knock at doors behind the firewall. So each URL is judged before anything is sent, and
//! each address before a connection is made, at every hop of a redirect. Both judgements are pure and know nothing but
//! what is written in the URL and the address; the resolver asks the second one about every answer it gets.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

use super::answer::Refusal;

/// What may be asked. The default lets through http and https to public addresses, at the two ports of the web.
#[derive(Debug, Clone, Default)]
pub struct Gate {
    private: bool,
    ports: Vec<u16>,
    addresses: Vec<IpAddr>,
}

/// Names that have no meaning on the public internet: RFC 6761 and 6762 (with its appendix G), 7686, 8375, 9476, and ICANN's
/// `internal`. They are not even looked up: that alone would tell our resolver, or the neighbours, what is asked for.
const PRIVATE_SUFFIXES: [&str; 12] = [
    "alt",
    "corp",
    "home",
    "home.arpa",
    "internal",
    "intranet",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
];

/// Names that are kept for examples (RFC 2606, 6761): nobody's page is there, whatever a server says.
const EXAMPLES: [&str; 6] = ["example", "example.com", "example.net", "example.org", "invalid", "test"];

/// Ports of other services that fetching is known to be misused for (the Fetch standard's list, section "port blocking"), with
/// `--allow-private`, where any other port goes.
const OTHER_SERVICES: [u16; 82] = [
    1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
    111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530, 531, 532,
    540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061,
    6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];

impl Gate {
    /// The gate of `--allow-private`: addresses and names of private networks too, at any port that is not known to
    /// belong to another service. Link-local and cloud metadata addresses, which hand out credentials, stay denied.
    #[must_use]
    pub fn with_private(mut self, allowed: bool) -> Self {
        self.private = allowed;
        self
    }

    /// Whether private networks are open.
    #[must_use]
    pub fn is_private(&self) -> bool {
        self.private
    }

    /// These ports too.
    #[must_use]
    pub fn with_ports(mut self, ports: impl IntoIterator<Item = u16>) -> Self {
        self.ports.extend(ports);
        self
    }

    /// These addresses too, and no neighbour of theirs.
    #[must_use]
    pub fn with_addresses(mut self, addresses: impl IntoIterator<Item = IpAddr>) -> Self {
        self.addresses.extend(addresses);
        self
    }

    /// Whether this URL may be asked. An address in it is judged here, because nothing will be resolved for it; the
    /// addresses of a name are judged when they are known.
    ///
    /// # Errors
    /// Why not.
    pub fn url(&self, url: &Url) -> Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(Refusal::Scheme);
        }
        match url.host().ok_or(Refusal::NoHost)? {
            Host::Ipv4(address) => self.address(address.into())?,
            Host::Ipv6(address) => self.address(address.into())?,
            Host::Domain(name) => self.name(name)?,
        }
        match url.port() {
            Some(port) if !self.port(port) => Err(Refusal::Port(port)),
            _ => Ok(()),
        }
    }

    /// Whether a connection to this address may be made.
    ///
    /// # Errors
    /// What block it belongs to.
    pub fn address(&self, address: IpAddr) -> Result<(), Refusal> {
        if self.addresses.contains(&address) {
            return Ok(());
        }
        match block(address) {
            Some(block) if block.always || !self.private => Err(Refusal::Address { address, kind: block.kind }),
            _ => Ok(()),
        }
    }

    fn name(&self, name: &str) -> Result<(), Refusal> {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        if name.is_empty() {
            return Err(Refusal::NoHost);
        }
        let below =
            |suffix: &&str| name.strip_suffix(suffix).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
        match () {
            () if self.private => Ok(()),
            () if !name.contains('.') || PRIVATE_SUFFIXES.iter().any(below) => Err(Refusal::Name(name)),
            () if EXAMPLES.iter().any(below) => Err(Refusal::Example(name)),
            () => Ok(()),
        }
    }

    fn port(&self, port: u16) -> bool {
        matches!(port, 80 | 443) || self.ports.contains(&port) || (self.private && !OTHER_SERVICES.contains(&port))
    }
}

/// A block of addresses that is not of the public internet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Block {
    kind: &'static str,
    /// `--allow-private` does not open it.
    always: bool,
}

const METADATA: &str = "cloud metadata";

/// The IANA IPv4 special-purpose registry (RFC 6890 and successors) and multicast; the first that fits counts. Its few
/// globally reachable members (192.0.0.9, 192.0.0.10) stay in: protocols live there, no web site does.
const V4: [([u8; 4], u32, &str, bool); 19] = [
    ([100, 100, 100, 200], 32, METADATA, true),
    // Azure's: an address of the public space that answers only inside.
    ([168, 63, 129, 16], 32, METADATA, true),
    ([192, 0, 0, 192], 32, METADATA, true),
    ([0, 0, 0, 0], 8, "this network", false),
    ([10, 0, 0, 0], 8, "private", false),
    ([100, 64, 0, 0], 10, "shared by a provider's customers", false),
    ([127, 0, 0, 0], 8, "loopback", false),
    // Where metadata services live: 169.254.169.254, 169.254.170.2, 169.254.0.23 …
    ([169, 254, 0, 0], 16, "link-local", true),
    ([172, 16, 0, 0], 12, "private", false),
    ([192, 0, 0, 0], 24, "for protocols", false),
    ([192, 0, 2, 0], 24, "documentation", false),
    ([192, 88, 99, 0], 24, "6to4 relays", false),
    ([192, 168, 0, 0], 16, "private", false),
    ([198, 18, 0, 0], 15, "benchmarks", false),
    ([198, 51, 100, 0], 24, "documentation", false),
    ([203, 0, 113, 0], 24, "documentation", false),
    ([224, 0, 0, 0], 4, "multicast", true),
    ([255, 255, 255, 255], 32, "broadcast", true),
    ([240, 0, 0, 0], 4, "reserved", false),
];

/// The same of IPv6. What is not within 2000::/3 is not handed out to anybody, so the table only names what readers know.
const V6: [([u16; 8], u32, &str, bool); 15] = [
    ([0xfd00, 0xec2, 0, 0, 0, 0, 0, 0], 32, METADATA, true),
    ([0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254], 128, METADATA, true),
    ([0, 0, 0, 0, 0, 0, 0, 0], 128, "unspecified", false),
    ([0, 0, 0, 0, 0, 0, 0, 1], 128, "loopback", false),
    ([0x64, 0xff9b, 1, 0, 0, 0, 0, 0], 48, "translation inside a network", false),
    ([0x100, 0, 0, 0, 0, 0, 0, 0], 64, "discarded", false),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 32, "Teredo", false),
    ([0x2001, 0, 0, 0, 0, 0, 0, 0], 23, "for protocols", false),
    ([0x2001, 0xdb8, 0, 0, 0, 0, 0, 0], 32, "documentation", false),
    ([0x3fff, 0, 0, 0, 0, 0, 0, 0], 20, "documentation", false),
    ([0x5f00, 0, 0, 0, 0, 0, 0, 0], 16, "segment routing", false),
    ([0xfc00, 0, 0, 0, 0, 0, 0, 0], 7, "private", false),
    ([0xfe80, 0, 0, 0, 0, 0, 0, 0], 10, "link-local", true),
    ([0xfec0, 0, 0, 0, 0, 0, 0, 0], 10, "private", false),
    ([0xff00, 0, 0, 0, 0, 0, 0, 0], 8, "multicast", true),
];

/// The block that an address belongs to, also if it only wraps an address of that block; `None` for a public one.
fn block(address: IpAddr) -> Option<Block> {
    match address {
        IpAddr::V4(address) => block_v4(address),
        IpAddr::V6(address) => match wrapped(address) {
            // Translated on the way: as public as what is inside.
            Wrapped::Translated(inside) => block_v4(inside),
            // What is inside only makes it worse.
            Wrapped::Tunnelled(inside) => block_v6(address)
                .into_iter()
                .chain(inside.into_iter().filter_map(block_v4))
                .max_by_key(|block| block.always),
            Wrapped::Nothing => block_v6(address),
        },
    }
}

fn block_v4(address: Ipv4Addr) -> Option<Block> {
    let bits = address.to_bits();
    V4.iter()
        .find(|(net, length, ..)| (Ipv4Addr::from(*net).to_bits() ^ bits).leading_zeros() >= *length)
        .map(|&(_, _, kind, always)| Block { kind, always })
}

fn block_v6(address: Ipv6Addr) -> Option<Block> {
    let bits = address.to_bits();
    V6.iter()
        .find(|(net, length, ..)| (Ipv6Addr::from(*net).to_bits() ^ bits).leading_zeros() >= *length)
        .map(|&(_, _, kind, always)| Block { kind, always })
        .or_else(|| (bits >> 125 != 1).then_some(Block { kind: "reserved", always: false }))
}

/// An IPv4 address inside an IPv6 one.
enum Wrapped {
    Nothing,
    /// The packet goes to this address.
    Translated(Ipv4Addr),
    /// The packet goes through or to these.
    Tunnelled([Ipv4Addr; 2]),
}

fn wrapped(address: Ipv6Addr) -> Wrapped {
    let v4 = |high: u16, low: u16| Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low));
    match address.segments() {
        // Mapped (RFC 4291) and the well-known prefix of NAT64 (RFC 6052).
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Wrapped::Translated(v4(high, low))
        }
        // `::` and `::1` are no IPv4-compatible addresses.
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Wrapped::Nothing,
        // Compatible (RFC 4291, withdrawn) and translated (RFC 2765, withdrawn).
        [0, 0, 0, 0, 0, 0, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => {
            Wrapped::Tunnelled([v4(high, low), v4(high, low)])
        }
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => Wrapped::Tunnelled([v4(high, low), v4(high, low)]),
        // Teredo (RFC 4380): the server, and the client with its bits turned.
        [0x2001, 0, high, low, _, _, client_high, client_low] => {
            Wrapped::Tunnelled([v4(high, low), v4(!client_high, !client_low)])
        }
        // ISATAP (RFC 5214), under any prefix.
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Wrapped::Tunnelled([v4(high, low), v4(high, low)]),
        _ => Wrapped::Nothing,
    }
}
