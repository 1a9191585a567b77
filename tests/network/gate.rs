//! Every way to write an address that somebody has tried.

use std::net::IpAddr;

use postlint::network::answer::Refusal;
use postlint::network::gate::Gate;
use url::Url;

/// What the gate says of hosts: kind of block, then spellings. `public`: let through. `not a URL`: the parser refuses it.
const TABLE: &str = "
loopback: 127.0.0.1 127.0.0.2 127.255.255.254 127.1 127.0.1 2130706433 0x7f000001 0x7f.1 0x7F.0x0.0x0.0x1 0177.0.0.1
loopback: 017700000001 127.0.0.1. ①②⑦.0.0.1 １２７。０。０。１ 127。0。0。1 %31%32%37.0.0.1 0x7f.0.1 00000177.0.0.0x1
loopback: [::1] [0:0:0:0:0:0:0:1] [0000::0001] [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:127.0.0.1]
loopback: [::127.0.0.1] [::7f00:1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [2002:7f00:1::] [2002:7f00:1::1:2]
loopback: [2001:0:5db8:1::80ff:fffe] [2001:0:7f00:1::a247:2dcc] [::ffff:0:127.0.0.1] [2a00:1450::5efe:7f00:1]
loopback: [::FFFF:127.0.0.1] user@127.0.0.1 user:pass@127.1 example.org@127.0.0.1 127.0.0.1:443 127.0.0.1:
this network: 0.0.0.0 0 0x0 00 0.0.0.1 0.255.255.255 [::ffff:0.0.0.0] [64:ff9b::] [2002::] 0.0 [::2]
private: 10.0.0.1 10.255.255.255 167772161 0xa000001 012.0.0.1 10.1 172.16.0.1 172.31.255.255 172.16.1 2886729729
private: 192.168.0.1 192.168.1 192.168.257 3232235521 0xC0A80001 0300.0250.0.1 192.168.0.1. [::ffff:10.0.0.1]
private: [::ffff:c0a8:1] [64:ff9b::10.0.0.1] [64:ff9b::ac10:1] [2002:a00:1::] [2002:c0a8:101::1] [::10.0.0.1]
private: [fc00::] [fc00::1] [fd12:3456:789a::1] [fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff] [fec0::1] [feff::1]
private: [2001:0:a00:1::a247:2dcc] [2001:db8::200:5efe:10.0.0.1]
link-local: 169.254.0.1 169.254.169.254 169.254.170.2 169.254.170.23 169.254.169.253 169.254.0.23 2852039166 0xA9FEA9FE
link-local: 0251.0376.0251.0376 169.16689662 169.254.43518 [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::a9fe:a9fe]
link-local: [64:ff9b::a9fe:a9fe] [64:ff9b::169.254.169.254] [2002:a9fe:a9fe::] [fe80::1] [fe80::1:2:3:4] [febf::1]
link-local: [2001:0:a9fe:a9fe::a247:2dcc] [2001:0:5db8:1::5601:5601] [fe80::5efe:10.0.0.1] [2a00:1450::5efe:a9fe:a9fe]
cloud metadata: 100.100.100.200 1684301000 [::ffff:100.100.100.200] 168.63.129.16 [64:ff9b::168.63.129.16] 192.0.0.192
cloud metadata: [fd00:ec2::254] [fd00:ec2::23] [fd00:0ec2:0:0::fe] [fd20:ce::254]
shared by a provider's customers: 100.64.0.1 100.127.255.255 0x64400001 [::ffff:100.64.0.1]
for protocols: 192.0.0.1 192.0.0.8 192.0.0.9 192.0.0.170 [2001:1::1] [2001:2::1] [2001:4:112::1] [2001:10::1] [2001:20::1]
for protocols: [2001:30::1] [2001:1ff:ffff::1]
Teredo: [2001:0:5db8:1::a247:2dcc]
documentation: 192.0.2.1 198.51.100.1 203.0.113.1 [2001:db8::1] [3fff::1] [3fff:fff::1] [::ffff:192.0.2.1]
6to4 relays: 192.88.99.1
benchmarks: 198.18.0.1 198.19.255.255 [64:ff9b::198.18.0.1]
multicast: 224.0.0.1 239.255.255.250 [ff02::1] [ff0e::1] [::ffff:224.0.0.1]
reserved: 240.0.0.1 255.255.255.254 [4000::1] [1000::1] [::1:0:0:1] [e000::] [200::1]
broadcast: 255.255.255.255 4294967295 0xffffffff [::ffff:255.255.255.255]
unspecified: [::] [0:0:0:0:0:0:0:0]
discarded: [100::1]
translation inside a network: [64:ff9b:1::1] [64:ff9b:1::a00:1]
segment routing: [5f00::1]
public: 93.184.216.34 1.1.1.1 8.8.8.8 11.0.0.1 9.255.255.255 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.1
public: 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.167.255.255 192.169.0.0
public: 198.17.255.255 198.20.0.0 223.255.255.255 168.63.129.17 1572395042 [2606:4700::1111] [2a00:1450:4007::200e]
public: [::ffff:93.184.216.34] [64:ff9b::93.184.216.34] [2002:5db8:d822::1] [2001:200::1] [2620:4f:8000::1] [3ffe::1]
public: museum.org museum.org. MUSEUM.org. xn--80ak6aa92e.com localhost.museum.org internal.org notexample.org latest.org local.fr mylocal.org
name: localhost localhost. LOCALHOST localhost.. ｌｏｃａｌｈｏｓｔ a.localhost intranet liens-utiles router. metadata.google.internal
name: metadata.google.internal. printer.local nas.lan box.home.arpa x.internal a.b.corp wpad.home x.onion x.alt ai foo%2elocal
example: example.org www.example.com. EXAMPLE.net a.example x.y.test invalid.invalid
not a URL: [fe80::1%25eth0] [fe80::1%eth0] [::1 256.1.1.1 1.2.3.4.5 0x100000000 4294967296 09.0.0.1 [::g] [1.2.3.4]
it names no host: . ..
not a URL: 127.0.0.1:99999 127.0.0.1:x
";

fn said(gate: &Gate, host: &str) -> String {
    let Ok(url) = Url::parse(&format!("http://{host}/x")) else { return "not a URL".into() };
    match gate.url(&url) {
        Ok(()) => "public".into(),
        Err(Refusal::Address { kind, .. }) => kind.into(),
        Err(Refusal::Name(_)) => "name".into(),
        Err(Refusal::Example(_)) => "example".into(),
        Err(other) => other.to_string(),
    }
}

fn lines() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE.lines().filter_map(|line| line.split_once(": ")).map(|(kind, hosts)| (kind, hosts.split(' ').collect()))
}

#[test]
fn every_spelling() {
    let all: Vec<_> = lines().flat_map(|(kind, hosts)| hosts.into_iter().map(move |host| (host, kind))).collect();
    let wrong: Vec<_> = all
        .iter()
        .map(|(host, kind)| (host, kind, said(&Gate::default(), host)))
        .filter(|(_, kind, said)| **kind != said)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(all.len() >= 200, "{}", all.len());
}

#[test]
fn private_networks_on_request_but_never_what_hands_out_credentials() {
    let gate = Gate::default().with_private(true);
    for (kind, hosts) in lines() {
        let stays = matches!(
            kind,
            "link-local" | "cloud metadata" | "multicast" | "broadcast" | "not a URL" | "it names no host"
        );
        for host in hosts {
            let said = said(&gate, host);
            assert_eq!(said, if stays { kind } else { "public" }, "{host}");
        }
    }
}

#[test]
fn one_address_is_opened_without_its_neighbours() {
    let gate = Gate::default().with_addresses(["127.0.0.2".parse::<IpAddr>().unwrap()]);
    assert_eq!(said(&gate, "127.0.0.2"), "public");
    for host in ["127.0.0.1", "127.0.0.3", "[::ffff:127.0.0.2]", "localhost"] {
        assert_ne!(said(&gate, host), "public", "{host}");
    }
}

#[test]
fn schemes_and_ports() {
    let says = |gate: &Gate, url: &str| gate.url(&Url::parse(url).unwrap()).err().map(|refusal| refusal.to_string());
    let gate = Gate::default();
    for url in [
        "ftp://museum.org/",
        "file:///etc/passwd",
        "gopher://x.org:70/",
        "javascript:alert(1)",
        "data:,x",
        "ws://x.org/",
    ] {
        assert_eq!(says(&gate, url).as_deref(), Some("only http and https are asked"), "{url}");
    }
    for url in ["http://museum.org/", "https://museum.org:443/", "http://museum.org:443/", "https://museum.org:80/"] {
        assert_eq!(says(&gate, url), None, "{url}");
    }
    for port in [0, 22, 25, 8080, 6379, 65535] {
        let url = format!("http://museum.org:{port}/");
        assert_eq!(says(&gate, &url), Some(format!("port {port} is not one of the web")));
        assert_eq!(says(&Gate::default().with_ports([port]), &url), None);
    }
    let private = Gate::default().with_private(true);
    assert_eq!(says(&private, "http://127.0.0.1:4000/"), None);
    assert!(says(&private, "http://127.0.0.1:25/").is_some());
}
