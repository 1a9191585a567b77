//! The gate against somebody else's reading of the same registries: 100,000 random addresses, and Python's `ipaddress`.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::process::{Command, Stdio};

use postlint::network::gate::Gate;

/// Says of each address on standard input what Python believes, and of each where we are stricter on purpose, why.
const ORACLE: &str = r"
import sys, ipaddress as ip
def nets(*names): return [ip.ip_network(name) for name in names]
def inside(a, networks): return any(a in n for n in networks)
V4 = nets('224.0.0.0/4', '192.0.0.0/24', '192.88.99.0/24', '168.63.129.16/32')
PROTOCOLS = nets('2001::/23', '3fff::/20')
GLOBAL, NAT64 = nets('2000::/3', '64:ff9b::/96')
def v4_stricter(a):
    # Multicast is global to Python; no web server is there. 192.0.0.0/24 is reserved for protocols as a whole: older
    # Pythons know only parts of it, newer ones except what is globally reachable. 6to4's relays are withdrawn.
    # 168.63.129.16 is Azure's metadata server, in a block that is otherwise public.
    return inside(a, V4)
def v4_denied(a): return v4_stricter(a) or not a.is_global
def v6_stricter(a):
    n = int(a)
    v4 = lambda shift, mask=0: ip.ip_address(((n >> shift) & 0xffffffff) ^ mask)
    # What nobody was given yet (Python denies only what is registered as special), and what came after some Pythons.
    if a not in GLOBAL and a not in NAT64 and n >> 32 != 0xffff: return True
    # 2001::/23 has members that are globally reachable; they are protocols' (see 192.0.0.0/24). 3fff::/20 is of 2024.
    if inside(a, PROTOCOLS): return True
    # Python looks into mapped addresses alone, and older ones do so with the eyes of is_private.
    if n >> 32 == 0xffff or a in NAT64: return v4_denied(v4(0))
    if n >> 112 == 0x2002 and v4_denied(v4(80)): return True
    return (n >> 32) & 0xfdffffff == 0x5efe and v4_denied(v4(0))
for line in sys.stdin:
    a = ip.ip_address(line.strip())
    print(int(a.is_global), int(v4_stricter(a) if a.version == 4 else v6_stricter(a)))
";

#[test]
fn agrees_with_python() {
    let addresses = addresses();
    let spawned = Command::new("python3")
        .args(["-c", ORACLE])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn();
    let Ok(mut python) = spawned else {
        eprintln!("skipped: no python3");
        return;
    };
    let mut input = python.stdin.take().unwrap();
    let text: String = addresses.iter().map(|address| format!("{address}\n")).collect();
    let writer = std::thread::spawn(move || input.write_all(text.as_bytes()));
    let output = python.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    let mut counts = [0, 0];
    assert_eq!(said.lines().count(), addresses.len());
    for (address, line) in addresses.iter().zip(said.lines()) {
        let public = Gate::default().address(*address).is_ok();
        counts[usize::from(public)] += 1;
        let expected = match line {
            "1 0" => true,
            // Stricter on purpose, or denied by both.
            _ => false,
        };
        assert_eq!(public, expected, "{address}: {line}");
    }
    assert!(counts.iter().all(|count| *count > 10_000), "{counts:?}");
}

/// 100,000 addresses, the same in each run: half of them anywhere, half of them in or beside what is special.
fn addresses() -> Vec<IpAddr> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = move || {
        // splitmix64
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let v4: Vec<u32> = "0.0.0.0 10.0.0.0 100.64.0.0 100.127.255.255 127.0.0.0 169.254.0.0 172.16.0.0 172.31.255.255 192.0.0.0 \
        192.0.2.0 192.31.196.0 192.52.193.0 192.88.99.0 192.168.0.0 192.175.48.0 198.18.0.0 198.51.100.0 203.0.113.0 224.0.0.0 240.0.0.0 \
        255.255.255.255 168.63.129.16"
        .split_whitespace()
        .map(|address| address.parse::<Ipv4Addr>().unwrap().to_bits())
        .collect();
    let v6: Vec<u128> =
        ":: ::ffff:0:0 64:ff9b:: 64:ff9b:1:: 100:: 2000:: 2001:: 2001:1ff:: 2001:db8:: 2002:: 2620:4f:8000:: 3fff:: \
        5f00:: fc00:: fe80:: fec0:: ff00:: 2a00:1450:: 2a00:1450::5efe:0:0 2a00:1450::200:5efe:0:0"
            .split_whitespace()
            .map(|address| address.parse::<Ipv6Addr>().unwrap().to_bits())
            .collect();
    (0..25_000)
        .flat_map(|_| {
            let (a, b, c) = (random(), random(), random());
            let near4 = v4[(a % v4.len() as u64) as usize].wrapping_add((b as u32 >> (c % 32)).wrapping_sub(8));
            let wide = u128::from(b) << 64 | u128::from(c);
            let near6 = v6[(a % v6.len() as u64) as usize];
            let embedded = u128::from(near4) << (80 * ((a >> 32) & 1));
            let near6 = near6 | if a >> 63 == 0 { embedded } else { wide >> (c % 112) };
            [
                IpAddr::V4(Ipv4Addr::from_bits(a as u32)),
                IpAddr::V4(Ipv4Addr::from_bits(near4)),
                // A third of the space would be almost never met by chance within 2000::/3's special blocks.
                IpAddr::V6(Ipv6Addr::from_bits(if a >> 62 == 0 { wide } else { wide >> 3 | 1 << 125 })),
                IpAddr::V6(Ipv6Addr::from_bits(near6)),
            ]
        })
        .collect()
}
