//! Every finding that is no "ok", on every kind of computer, says what to do.

use std::net::{IpAddr, Ipv4Addr};

use super::{mpv, system};
use crate::doctor::network::{NetworkFinding, ServerFault};
use crate::doctor::place::{PlaceFinding, Purpose, Standing};
use crate::doctor::player::PlayerFinding;
use crate::doctor::proxy::ReverseProxy;
use crate::doctor::resolver::ResolverFinding;
use crate::doctor::runtime::{Runtime, RuntimeFinding};
use crate::doctor::server::{Quiet, ServerFinding};
use crate::doctor::system::PackageManager::{self, Apt, Brew, Dnf, Pacman, Pipx};
use crate::doctor::terminal::TerminalFinding;
use crate::doctor::{Finding, Verdict};
use crate::protocol::time::Span;
use crate::strings;
use crate::sync::player::{Lack, SocketFault, Unusable};
use crate::texts::language::Language;

const SERVER: &str = "https://watch.example.org:8443/films";

fn of_mpv() -> Vec<PlayerFinding> {
    let fault: crate::system_fault::SystemFault = std::io::ErrorKind::PermissionDenied.into();
    let name = || "mpv".to_owned();
    let socket = |fault| Unusable::Socket {
        path: "/run/a b/mpv".to_owned(),
        fault,
    };
    let unusable = [
        Unusable::Missing { binary: name() },
        Unusable::TooOld {
            version: "0.32.0".to_owned(),
        },
        Unusable::Refused {
            reason: "no".to_owned(),
        },
        Unusable::Silent,
        Unusable::NoAnswer {
            within: Span::seconds(10),
        },
        Unusable::NotMpv { binary: name() },
        Unusable::NotAnOption {
            argument: "--x".to_owned(),
        },
        Unusable::System {
            binary: name(),
            fault: fault.clone(),
        },
        socket(SocketFault::Taken),
        socket(SocketFault::NoFolder),
        socket(SocketFault::TooLong),
        socket(SocketFault::System(fault)),
    ];
    let lacks = [Lack::Display, Lack::Sound, Lack::Both];
    let lacks = lacks
        .into_iter()
        .flat_map(|lack| [true, false].map(|over_ssh| PlayerFinding::Lacks { lack, over_ssh }));
    let open = PlayerFinding::OpenRanges {
        ffmpeg: "5.1".to_owned(),
    };
    let unusable = unusable.map(PlayerFinding::Unusable);
    unusable.into_iter().chain(lacks).chain([open]).collect()
}

fn of_yt_dlp() -> Vec<Finding> {
    let version = || "2023.03.04".to_owned();
    let missing = [ResolverFinding::Missing, ResolverFinding::NoHook];
    let mut findings: Vec<Finding> = missing.map(Finding::Resolver).into();
    for path in [
        "/usr/bin/yt-dlp",
        "/home/a/.local/share/pipx/venvs/yt-dlp/bin/yt-dlp",
        "/opt/homebrew/Cellar/yt-dlp/2026.6.1/bin/yt-dlp",
        "/home/a b/yt-dlp",
    ] {
        let path = path.to_owned();
        findings.extend(
            [
                ResolverFinding::Broken { path: path.clone() },
                ResolverFinding::Dangerous {
                    path: path.clone(),
                    version: version(),
                },
                ResolverFinding::Old {
                    path,
                    version: version(),
                    days: 200,
                },
            ]
            .map(Finding::Resolver),
        );
    }
    let runtime = Runtime::Node;
    let version = "18.0.0".to_owned();
    let runtimes = [
        RuntimeFinding::TooOld { runtime, version },
        RuntimeFinding::Missing,
    ];
    findings.extend(runtimes.map(Finding::Runtime));
    findings
}

fn of_computer() -> Vec<Finding> {
    let small = |in_tmux| TerminalFinding::Small {
        columns: 40,
        rows: 10,
        in_tmux,
    };
    let terminal = [
        TerminalFinding::Missing,
        small(true),
        small(false),
        TerminalFinding::EmojiShifts(1),
        TerminalFinding::TmuxKeeps,
    ];
    let closed = std::io::ErrorKind::PermissionDenied;
    let places = [Purpose::State, Purpose::Data, Purpose::Socket];
    let places = places.into_iter().flat_map(|purpose| {
        let folder = Some("/home/a b/watchtogether".to_owned());
        [None, folder].map(|path| PlaceFinding {
            purpose,
            fault: path.as_ref().map(|_| closed.into()),
            path,
            standing: Standing::Own,
        })
    });
    let terminal = terminal.map(Finding::Terminal).into_iter();
    terminal.chain(places.map(Finding::Place)).collect()
}

fn of_network() -> Vec<Finding> {
    let mut findings = vec![NetworkFinding::UnusableProxy {
        variable: "https_proxy".to_owned(),
        value: "socks5://a".to_owned(),
    }];
    let faults = [
        ServerFault::AwayHere,
        ServerFault::Away,
        ServerFault::CertificateEnded,
        ServerFault::Untrusted,
        ServerFault::OtherScheme {
            instead: "http://watch.example.org".to_owned(),
        },
        ServerFault::NotOurs,
    ];
    findings.extend(faults.map(|fault| NetworkFinding::ServerFails {
        server: SERVER.to_owned(),
        fault,
        why: "down".to_owned(),
    }));
    findings.into_iter().map(Finding::Network).collect()
}

fn of_server(proxy: ReverseProxy) -> Vec<Finding> {
    let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let findings = [
        ServerFinding::NoUpgrade(proxy),
        ServerFinding::SlowRoundTrip {
            millis: Some(900),
            proxy,
        },
        ServerFinding::SlowRoundTrip {
            millis: None,
            proxy,
        },
        ServerFinding::CertificateEnds { days: 3, proxy },
        ServerFinding::DistrustsProxy { address },
        ServerFinding::ProxyIsSilent { address, proxy },
        ServerFinding::HeldBack(proxy),
        ServerFinding::Quiet(Quiet::Cut(60), proxy),
        ServerFinding::Quiet(Quiet::Cut(5), proxy),
        ServerFinding::Quiet(Quiet::Lost(100), proxy),
        ServerFinding::Quiet(Quiet::Refused("full".to_owned()), proxy),
    ];
    let named = |finding| Finding::Server(SERVER.to_owned(), finding);
    findings.map(named).into()
}

fn all() -> Vec<Finding> {
    let proxies = [
        ReverseProxy::Nginx,
        ReverseProxy::Caddy,
        ReverseProxy::Apache,
        ReverseProxy::Cloudflare,
        ReverseProxy::Unnamed,
    ];
    let of_mpv = of_mpv().into_iter().map(Finding::Player);
    let others = [of_yt_dlp(), of_computer(), of_network()];
    let others = others.into_iter().flatten();
    of_mpv
        .chain(others)
        .chain(proxies.into_iter().flat_map(of_server))
        .collect()
}

#[test]
fn every_fault_has_a_remedy_on_every_system() {
    let systems: [&[PackageManager]; 8] = [
        &[],
        &[Apt],
        &[Apt, Pipx],
        &[Dnf],
        &[Pacman],
        &[Brew],
        &[Pipx],
        &[Apt, Brew, Pipx],
    ];
    for managers in systems {
        let system = system(managers);
        for finding in all() {
            assert_ne!(finding.verdict(), Verdict::Ok, "{finding:?}");
            let remedy = finding.remedy(&system).unwrap_or_default();
            assert!(!remedy.is_empty(), "{managers:?}: {finding:?}");
            for line in remedy.lines() {
                assert!(!line.is_empty() && line == line.trim(), "{remedy:?}");
            }
        }
    }
}

#[test]
fn what_is_in_order_has_none() {
    let good = super::of_player(&mpv());
    assert_eq!(good.len(), 3);
    let direct = Finding::Network(NetworkFinding::Direct);
    let quiet = ServerFinding::Quiet(Quiet::Through(100), ReverseProxy::Nginx);
    let server = Finding::Server(SERVER.to_owned(), quiet);
    for finding in good.into_iter().chain([direct, server]) {
        assert_eq!(finding.verdict(), Verdict::Ok);
        assert_eq!(finding.remedy(&system(&[Apt])), None, "{finding:?}");
    }
}

/// Nothing is run where it could only do harm, or would not help: the words say what to do.
#[test]
fn what_no_command_mends_has_words_alone() {
    let in_use = PlayerFinding::Unusable(Unusable::Socket {
        path: "/run/mpv".to_owned(),
        fault: SocketFault::InUse,
    });
    let fails = |fault| NetworkFinding::ServerFails {
        server: SERVER.to_owned(),
        fault,
        why: "not found".to_owned(),
    };
    let findings = [
        Finding::Player(in_use),
        Finding::Network(fails(ServerFault::NoWay)),
        Finding::Network(fails(ServerFault::Insecure)),
        Finding::Network(NetworkFinding::NoNetwork),
    ];
    for finding in findings {
        assert_ne!(finding.verdict(), Verdict::Ok, "{finding:?}");
        assert_eq!(finding.remedy(&system(&[Apt])), None, "{finding:?}");
    }
}

/// In a shell there is no room to come back into, and no line to type commands in.
#[test]
fn of_mpv_no_words_speak_of_a_room() {
    for language in [Language::English, Language::Russian] {
        for finding in of_mpv() {
            if !matches!(finding, PlayerFinding::Unusable(_)) {
                continue;
            }
            let words = strings::doctor::finding(language, &Finding::Player(finding));
            for word in [" /", "Join again", "заново", "Зайдите"] {
                let path = words.replace("/run/a b/mpv", "");
                assert!(!path.contains(word), "{word}: {words}");
            }
        }
    }
}

#[test]
fn a_server_elsewhere_is_mended_at_its_host() {
    let remedy = |fault| {
        let finding = Finding::Network(NetworkFinding::ServerFails {
            server: SERVER.to_owned(),
            fault,
            why: String::new(),
        });
        finding.remedy(&system(&[])).unwrap()
    };
    let away = "ssh watch.example.org sudo systemctl restart watchtogether";
    assert_eq!(remedy(ServerFault::Away), away);
    assert_eq!(remedy(ServerFault::AwayHere), "watchtogether serve");
    let renew = "ssh watch.example.org sudo certbot renew";
    assert_eq!(remedy(ServerFault::CertificateEnded), renew);
    let ask = "curl -i 'https://watch.example.org:8443/films/healthz'";
    assert_eq!(remedy(ServerFault::NotOurs), ask);
}

#[test]
fn a_certificate_that_is_not_trusted_here_is_named_by_the_option_that_doctor_takes_too() {
    let remedy = |fault| {
        let finding = Finding::Network(NetworkFinding::ServerFails {
            server: SERVER.to_owned(),
            fault,
            why: String::new(),
        });
        finding.remedy(&system(&[])).unwrap()
    };
    let named =
        "watchtogether doctor --server 'https://watch.example.org:8443/films' --ca-file FILE";
    assert_eq!(remedy(ServerFault::Untrusted), named);
    let instead = "http://localhost:8000".to_owned();
    let there = "watchtogether doctor --server 'http://localhost:8000'";
    assert_eq!(remedy(ServerFault::OtherScheme { instead }), there);
}
