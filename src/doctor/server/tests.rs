//! Each fault of the way to a server, with its verdict and what mends it.

use std::net::{IpAddr, Ipv4Addr};

use super::{Quiet, SeenAs, ServerFacts, ServerFinding, findings};
use crate::doctor::Verdict;
use crate::doctor::proxy::ReverseProxy;

const GOOD: ServerFacts = ServerFacts {
    upgrades: true,
    round_trip: Some(30),
    certificate_days: Some(60),
    sees: Some(SeenAs {
        address: IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7)),
        ignores_header: false,
        asked_publicly: true,
    }),
    events_come: Some(true),
    quiet: Some(Quiet::Through(100)),
    proxy: ReverseProxy::Nginx,
};

/// The findings that are no "ok", each with the words of its remedy that matter.
#[track_caller]
fn complains(facts: &ServerFacts, wanted: &[(&str, &str)]) {
    let found = findings(facts);
    let bad: Vec<_> = found
        .iter()
        .filter(|finding| finding.verdict() != Verdict::Ok)
        .collect();
    assert_eq!(bad.len(), wanted.len(), "{bad:?}");
    for (finding, (check, remedy)) in bad.iter().zip(wanted) {
        assert_eq!(finding.check(), *check);
        let text = finding.remedy("https://a.example").unwrap_or_default();
        assert!(text.contains(remedy), "{text}");
    }
}

#[test]
fn each_fault_of_a_proxy_names_the_line_that_mends_it() {
    complains(&GOOD, &[]);
    let facts = ServerFacts {
        upgrades: false,
        ..GOOD
    };
    complains(&facts, &[("upgrade", "proxy_set_header Upgrade")]);
    let facts = ServerFacts {
        events_come: Some(false),
        ..GOOD
    };
    complains(&facts, &[("events", "proxy_buffering off")]);
    let seen = |address: [u8; 4], ignores_header| ServerFacts {
        sees: Some(SeenAs {
            address: IpAddr::from(address),
            ignores_header,
            asked_publicly: true,
        }),
        ..GOOD
    };
    complains(
        &seen([127, 0, 0, 1], true),
        &[("address", "--trust-proxy 127.0.0.1")],
    );
    complains(
        &seen([10, 0, 0, 2], false),
        &[("address", "X-Forwarded-For")],
    );
}

#[test]
fn a_cut_before_rooms_speak_is_a_failure_and_a_later_one_a_warning() {
    for (quiet, verdict) in [
        (Quiet::Through(100), Verdict::Ok),
        (Quiet::WithSigns(100), Verdict::Ok),
        (Quiet::Cut(60), Verdict::Warning),
        (Quiet::Cut(10), Verdict::Warning),
        (Quiet::Cut(9), Verdict::Failure),
        (Quiet::Lost(100), Verdict::Warning),
        (Quiet::Refused("full".to_owned()), Verdict::Warning),
    ] {
        let is_proxys = matches!(quiet, Quiet::Cut(_) | Quiet::Lost(_));
        let quiet = Some(quiet);
        let found = findings(&ServerFacts { quiet, ..GOOD });
        let last = found.last().unwrap();
        assert_eq!((last.check(), last.verdict()), ("quiet", verdict));
        if is_proxys {
            let line = "nginx: proxy_read_timeout 1h; proxy_send_timeout 1h;";
            assert_eq!(last.remedy("https://a.example").as_deref(), Some(line));
        }
    }
}

#[test]
fn a_certificate_is_warned_of_below_two_weeks() {
    let of = |days| {
        let certificate_days = Some(days);
        findings(&ServerFacts {
            certificate_days,
            ..GOOD
        })
    };
    assert!(of(14).contains(&ServerFinding::Certificate { days: 14 }));
    let ends = ServerFinding::CertificateEnds {
        days: 13,
        proxy: ReverseProxy::Nginx,
    };
    assert!(of(13).contains(&ends));
    assert_eq!(
        ends.remedy("https://a.example").as_deref(),
        Some("sudo certbot renew")
    );
}

#[test]
fn answers_that_come_too_late_or_never_are_told() {
    let of = |round_trip| findings(&ServerFacts { round_trip, ..GOOD });
    assert!(of(Some(499)).contains(&ServerFinding::RoundTrip { millis: 499 }));
    let proxy = ReverseProxy::Nginx;
    let slow = |millis| ServerFinding::SlowRoundTrip { millis, proxy };
    assert!(of(Some(500)).contains(&slow(Some(500))));
    assert!(of(None).contains(&slow(None)));
}
