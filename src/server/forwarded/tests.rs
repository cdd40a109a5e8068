//! What proxies and liars write into the headers.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;

use super::{ForwardingFault, ProxyNetwork, Requester, TrustedProxies, requester};

fn trusting(networks: &[&str]) -> TrustedProxies {
    let networks: Vec<ProxyNetwork> = networks.iter().map(|text| text.parse().unwrap()).collect();
    TrustedProxies::new(&networks)
}

fn headers(lines: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let value = HeaderValue::from_str(value).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

fn client(address: &str) -> Requester {
    Requester::Client(address.parse().unwrap())
}

const NEAREST: Result<Requester, ForwardingFault> = Ok(Requester::Proxy);
const MALFORMED: Result<Requester, ForwardingFault> = Err(ForwardingFault::Malformed);
const LIST: &str = "x-forwarded-for";
const ELEMENTS: &str = "forwarded";

#[test]
fn the_rightmost_address_that_is_no_proxy_is_the_client() {
    let proxies = trusting(&["127.0.0.1", "10.0.0.0/8", "2001:db8:f::/48"]);
    let table = [
        (LIST, "203.0.113.7", Ok(client("203.0.113.7"))),
        // What the client itself claimed stands to the left.
        (LIST, "198.51.100.1, 203.0.113.7", Ok(client("203.0.113.7"))),
        (LIST, "evil, 203.0.113.7", Ok(client("203.0.113.7"))),
        (LIST, "\"unknown, 203.0.113.7", Ok(client("203.0.113.7"))),
        // A chain of proxies that are all named, and one that is not.
        (
            LIST,
            "203.0.113.7, 10.1.2.3, 2001:db8:f::2",
            Ok(client("203.0.113.7")),
        ),
        (
            LIST,
            "203.0.113.7, 192.0.2.1, 10.1.2.3",
            Ok(client("192.0.2.1")),
        ),
        // One of the proxy's own network is a client like any other.
        (LIST, "192.168.1.20", Ok(client("192.168.1.20"))),
        (LIST, "203.0.113.7:4711", Ok(client("203.0.113.7"))),
        (LIST, "2001:db8::1", Ok(client("2001:db8::1"))),
        (LIST, "[2001:db8::1]:4711", Ok(client("2001:db8::1"))),
        (LIST, "::ffff:203.0.113.7", Ok(client("203.0.113.7"))),
        (LIST, "::ffff:10.0.0.1", NEAREST),
        (LIST, "10.0.0.1, 127.0.0.1", NEAREST),
        (LIST, " , ", NEAREST),
        (LIST, "unknown", NEAREST),
        (LIST, "203.0.113.7, evil", MALFORMED),
        (LIST, "203.0.113.7:port", MALFORMED),
        (LIST, "[2001:db8::1", MALFORMED),
        (LIST, "203.0.113.7 203.0.113.8", MALFORMED),
        (ELEMENTS, "for=203.0.113.7", Ok(client("203.0.113.7"))),
        (
            ELEMENTS,
            "For=\"[2001:db8:cafe::17]:4711\";proto=https",
            Ok(client("2001:db8:cafe::17")),
        ),
        (
            ELEMENTS,
            "by=127.0.0.1; proto=http ;FOR = \"203.0.113.7:80\"",
            Ok(client("203.0.113.7")),
        ),
        (
            ELEMENTS,
            "for=198.51.100.1;by=\"a,b;c\", for=203.0.113.7, for=10.0.0.9",
            Ok(client("203.0.113.7")),
        ),
        (ELEMENTS, "for=\"203.0.113.\\7\"", Ok(client("203.0.113.7"))),
        (
            ELEMENTS,
            "for=203.0.113.7:_hidden",
            Ok(client("203.0.113.7")),
        ),
        (ELEMENTS, "for=_gazonk", NEAREST),
        (ELEMENTS, "for=unknown, for=10.0.0.1", NEAREST),
        (ELEMENTS, "proto=https", NEAREST),
        // A quotation that the client left open swallows what the proxy adds.
        (ELEMENTS, "for=\"_x, for=203.0.113.7", MALFORMED),
        (ELEMENTS, "for=203.0.113.7;for=203.0.113.8", MALFORMED),
        (ELEMENTS, "for=", MALFORMED),
    ];
    for (name, value, expected) in table {
        let found = requester(&headers(&[(name, value)]), &proxies);
        assert_eq!(found, expected, "{name}: {value}");
    }
    assert_eq!(requester(&HeaderMap::new(), &proxies), NEAREST);
}

#[test]
fn the_last_line_of_a_header_is_the_nearest_proxys() {
    let proxies = trusting(&["127.0.0.1"]);
    let lines = [(LIST, "198.51.100.1"), (LIST, "203.0.113.7, 127.0.0.1")];
    assert_eq!(
        requester(&headers(&lines), &proxies),
        Ok(client("203.0.113.7"))
    );
    // An open quotation in an earlier line swallows nothing of a later one.
    let lines = [(ELEMENTS, "for=\"_x"), (ELEMENTS, "for=203.0.113.7")];
    assert_eq!(
        requester(&headers(&lines), &proxies),
        Ok(client("203.0.113.7"))
    );
}

#[test]
fn a_header_that_the_proxy_passes_on_unread_hides_nobody() {
    let proxies = trusting(&["127.0.0.1"]);
    let both = |list, elements| {
        let lines = headers(&[(LIST, list), (ELEMENTS, elements)]);
        requester(&lines, &proxies)
    };
    let contradiction = Err(ForwardingFault::Contradiction);
    // The client sent one of the two; the proxy wrote the other.
    assert_eq!(both("203.0.113.7", "for=198.51.100.1"), contradiction);
    assert_eq!(both("203.0.113.7", "for=unknown"), contradiction);
    assert_eq!(both("203.0.113.7", "for=127.0.0.1"), contradiction);
    assert_eq!(both("127.0.0.1", "for=203.0.113.7"), contradiction);
    assert_eq!(both("203.0.113.7", "for=\"x"), MALFORMED);
    // A proxy that writes both.
    assert_eq!(
        both("203.0.113.7", "for=203.0.113.7"),
        Ok(client("203.0.113.7"))
    );
}

#[test]
fn proxies_are_named_by_address_or_network() {
    let proxies = trusting(&["::ffff:192.0.2.1", "10.0.0.7/8", "fd00::/8"]);
    let trusts = |text: &str| proxies.trusts(text.parse().unwrap());
    for proxy in ["192.0.2.1", "::ffff:192.0.2.1", "10.9.8.7", "fd12::1"] {
        assert!(trusts(proxy), "{proxy}");
    }
    for other in ["192.0.2.2", "11.0.0.1", "fe80::1"] {
        assert!(!trusts(other), "{other}");
    }
    for text in [
        "",
        "nginx",
        "10.0.0.0/33",
        "0.0.0.0/0",
        "::/0",
        "1.2.3.4:80",
    ] {
        assert!(text.parse::<ProxyNetwork>().is_err(), "{text}");
    }
}

proptest! {
    /// Whatever a client sends, the address that its proxy appends is found, in both headers.
    #[test]
    fn nothing_that_a_client_sends_hides_what_the_proxy_appends(sent in "[ -~]{0,60}") {
        let proxies = trusting(&["127.0.0.1"]);
        let list = format!("{sent}, 203.0.113.7");
        prop_assert_eq!(
            requester(&headers(&[(LIST, &list)]), &proxies),
            Ok(client("203.0.113.7"))
        );
        let elements = format!("{sent}, for=203.0.113.7");
        let found = requester(&headers(&[(ELEMENTS, &elements)]), &proxies);
        prop_assert!(found == Ok(client("203.0.113.7")) || found == MALFORMED, "{:?}", found);
    }
}
