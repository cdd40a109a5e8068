//! Which hosts a room may make a member contact.

use super::media;
use crate::media::policy::{AddressRange, Privacy, Refusal, check, check_address};

/// What is said of a link to this host.
#[track_caller]
fn judged(host: &str) -> Result<(), Refusal> {
    check(
        &media(&format!("http://{host}/film.mp4")),
        Privacy::PublicOnly,
    )
}

#[test]
fn special_addresses_are_refused_up_to_their_edges() {
    let cases = [
        ("0.0.0.0", AddressRange::Unspecified),
        ("0.255.255.255", AddressRange::Unspecified),
        ("10.0.0.0", AddressRange::Private),
        ("10.255.255.255", AddressRange::Private),
        ("100.64.0.0", AddressRange::Shared),
        ("100.127.255.255", AddressRange::Shared),
        ("127.0.0.1", AddressRange::Loopback),
        ("127.255.255.255", AddressRange::Loopback),
        ("169.254.169.254", AddressRange::LinkLocal),
        ("172.16.0.0", AddressRange::Private),
        ("172.31.255.255", AddressRange::Private),
        ("192.0.0.8", AddressRange::Reserved),
        ("192.0.2.1", AddressRange::Documentation),
        ("192.88.99.1", AddressRange::Reserved),
        ("192.168.0.0", AddressRange::Private),
        ("192.168.255.255", AddressRange::Private),
        ("198.18.0.0", AddressRange::Reserved),
        ("198.19.255.255", AddressRange::Reserved),
        ("198.51.100.7", AddressRange::Documentation),
        ("203.0.113.7", AddressRange::Documentation),
        ("224.0.0.1", AddressRange::Multicast),
        ("239.255.255.250", AddressRange::Multicast),
        ("240.0.0.0", AddressRange::Reserved),
        ("255.255.255.255", AddressRange::Reserved),
        ("::", AddressRange::Unspecified),
        ("::1", AddressRange::Loopback),
        ("::2", AddressRange::Unspecified),
        ("64:ff9b:1::808:808", AddressRange::Private),
        ("100::1", AddressRange::Reserved),
        ("2001::1", AddressRange::Reserved),
        ("2001:1ff::1", AddressRange::Reserved),
        ("2001:db8::1", AddressRange::Documentation),
        ("3fff:fff::1", AddressRange::Documentation),
        ("4000::1", AddressRange::Reserved),
        ("5f00::1", AddressRange::Reserved),
        ("fc00::1", AddressRange::Private),
        ("fdff::1", AddressRange::Private),
        ("fe80::1", AddressRange::LinkLocal),
        ("febf::1", AddressRange::LinkLocal),
        ("fec0::1", AddressRange::Private),
        ("ff02::1", AddressRange::Multicast),
        // IPv4 inside IPv6: mapped, compatible, translated, NAT64, 6to4.
        ("::ffff:127.0.0.1", AddressRange::Loopback),
        ("::ffff:192.168.1.1", AddressRange::Private),
        ("::127.0.0.1", AddressRange::Loopback),
        ("::8.8.8.8", AddressRange::Reserved),
        ("::ffff:0:8.8.8.8", AddressRange::Reserved),
        ("64:ff9b::10.0.0.1", AddressRange::Private),
        ("2002:a00:1::", AddressRange::Private),
        ("2002:7f00:1::1", AddressRange::Loopback),
    ];
    for (text, range) in cases {
        let address = text.parse().unwrap();
        let refusal = Err(Refusal::Address { address, range });
        assert_eq!(check_address(address), refusal, "{text}");
        let host = if address.is_ipv6() {
            format!("[{text}]")
        } else {
            text.to_owned()
        };
        assert_eq!(judged(&host), refusal, "{host}");
    }
}

#[test]
fn public_addresses_are_taken_up_to_the_edges() {
    for text in [
        "1.0.0.0",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2606:4700::1111",
        "2a00::1",
        "3ffe:ffff::1",
        "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
    ] {
        assert_eq!(check_address(text.parse().unwrap()), Ok(()), "{text}");
    }
}

#[test]
fn odd_spellings_of_an_address_do_not_hide_it() {
    let cases = [
        ("0x7f.1", "127.0.0.1"),
        ("0X7F.0.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("%31%32%37.0.0.1", "127.0.0.1"),
        ("１２７.0.0.1", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("3232235777", "192.168.1.1"),
        ("[0:0:0:0:0:0:0:1]", "::1"),
        ("[::ffff:7f00:1]", "::ffff:127.0.0.1"),
    ];
    for (host, meant) in cases {
        let Err(Refusal::Address { address, .. }) = judged(host) else {
            panic!("{host} was not seen as an address: {:?}", judged(host));
        };
        assert_eq!(address.to_string(), meant, "{host}");
    }
}

#[test]
fn names_of_local_networks_are_refused() {
    let cases = [
        ("localhost", "localhost"),
        ("LOCALHOST", "localhost"),
        ("localhost.", "localhost"),
        ("localhost:8000", "localhost"),
        ("film.localhost", "film.localhost"),
        ("printer.local", "printer.local"),
        ("local", "local"),
        ("metadata.google.internal", "metadata.google.internal"),
        ("router.home.arpa", "router.home.arpa"),
        ("home.arpa", "home.arpa"),
        ("nas.lan", "nas.lan"),
        ("nas.localdomain", "nas.localdomain"),
        ("nas.home", "nas.home"),
        ("wiki.corp", "wiki.corp"),
        ("wiki.intranet", "wiki.intranet"),
        ("wiki.private", "wiki.private"),
        ("nas", "nas"),
        ("nas.", "nas"),
        ("ｌｏｃａｌｈｏｓｔ", "localhost"),
        ("loc%61lhost", "localhost"),
    ];
    for (host, name) in cases {
        let refusal = Err(Refusal::Name {
            host: name.to_owned(),
        });
        assert_eq!(judged(host), refusal, "{host}");
    }
}

#[test]
fn public_names_are_taken() {
    for host in [
        "example.org",
        "local.example.org",
        "notlocal.example",
        "mylocalhost.example",
        "xlan.example",
        "localhost.example.org",
        "studio.milan",
        "a.mylocalhost",
        "planet-lan.example",
        "arpa.example",
        "bücher.example",
    ] {
        assert_eq!(judged(host), Ok(()), "{host}");
    }
}

#[test]
fn a_member_may_allow_their_own_network() {
    for host in [
        "127.0.0.1:8000",
        "[::1]",
        "192.168.1.5",
        "nas.local",
        "localhost",
    ] {
        let media = media(&format!("http://{host}/film.mp4"));
        assert!(check(&media, Privacy::default()).is_err(), "{host}");
        assert_eq!(check(&media, Privacy::AllowPrivate), Ok(()), "{host}");
    }
}

#[test]
fn youtube_is_public() {
    let media = media("https://youtu.be/dQw4w9WgXcQ");
    assert_eq!(check(&media, Privacy::PublicOnly), Ok(()));
}
