//! What the relay costs: how much longer a seek takes, the processor at 8 Mbit/s, memory.
//! `make bench` runs it, `cargo bench --bench relay` only this (2 min).
//!
//! - Seeks: two paused mpvs, one with the server's own address and one with the relay's, take
//!   the same exact seeks to random places in turns, without a cache. The row shows the
//!   quantiles of both, and of the differences of the pairs.
//! - Processor: another process reads 8 Mbit/s through the relay for half a minute; this
//!   process does nothing else meanwhile, so its own time is the relay's.
//! - Memory: by how much this process's resident memory grew after a gigabyte read at full speed
//!   and 30 s with a reader slower than the server.

#![expect(clippy::expect_used, reason = "a bench has nobody to hand an error to")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use watchtogether::media::policy::Privacy;
use watchtogether::media::{Media, Source};
use watchtogether::relay::{Proxies, Relay, RelayConfig};

use mpv::Mpv;
use other::Other;

#[path = "../in_step/cost.rs"]
mod cost;
mod mpv;
mod other;
#[path = "../in_step/stats.rs"]
#[expect(
    dead_code,
    reason = "of the sums of the other bench the quantile serves here"
)]
mod stats;

/// Seeks of each player.
const SEEKS: u32 = 100;

/// The length of the media file, in seconds.
const MEDIA_SECONDS: u32 = 120;

/// 8 Mbit/s in bytes a second.
const RATE: u64 = 1_000_000;

/// How long the processor time is measured, in seconds.
const WATCHED: u64 = 30;

fn main() {
    if let Ok(role) = std::env::var(other::ROLE) {
        return other::play(&role);
    }
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let config = RelayConfig {
        proxies: Proxies::none(),
        ..RelayConfig::new(Privacy::AllowPrivate)
    };
    let (mut relay, _events) = runtime
        .block_on(Relay::start(config))
        .expect("a port on loopback");
    let media_file = media_file();
    let (_server, port) = Other::server(&media_file);
    println!("| what | measured | aim |\n|---|---|---|");
    seeks(&mut relay, port);
    processor(&mut relay, port);
    memory(&mut relay, port);
}

/// The relay's address for a file of the server's.
fn relayed(relay: &mut Relay, port: u16, name: &str) -> String {
    let media = Media::parse(&format!("http://127.0.0.1:{port}/{name}")).expect("a link");
    let Source::Direct(url) = media.source() else {
        panic!("a direct link")
    };
    let opened = relay.open(url);
    relay.shown(opened.load);
    opened.address
}

fn seeks(relay: &mut Relay, port: u16) {
    let folder = tempfile::tempdir().expect("a folder for sockets");
    let direct = format!("http://127.0.0.1:{port}/film.mp4");
    let relayed = relayed(relay, port, "film.mp4");
    let mut direct = Mpv::open(folder.path(), "direct", &direct);
    let mut relayed = Mpv::open(folder.path(), "relayed", &relayed);
    let mut places = Places(9);
    let (mut ones, mut others, mut more) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..SEEKS {
        let to = places.next();
        // In turns, so that neither always finds the server's pages warm.
        let (one, other) = if round % 2 == 0 {
            (direct.seek(to), relayed.seek(to))
        } else {
            let other = relayed.seek(to);
            (direct.seek(to), other)
        };
        ones.push(one * 1_000.0);
        others.push(other * 1_000.0);
        more.push((other - one) * 1_000.0);
    }
    let row = |values: &[f64]| {
        let (middle, high) = (stats::quantile(values, 0.5), stats::quantile(values, 0.95));
        format!("p50 {middle:.1}, p95 {high:.1} ms")
    };
    println!(
        "| {SEEKS} exact seeks, the server's own address | {} | |",
        row(&ones)
    );
    println!("| the same through the relay | {} | |", row(&others));
    let added = stats::quantile(&others, 0.95) - stats::quantile(&ones, 0.95);
    println!("| p95 through the relay minus p95 without | {added:.1} ms | 10 ms |");
    println!("| differences of the pairs | {} | |", row(&more));
}

fn processor(relay: &mut Relay, port: u16) {
    let address = relayed(relay, port, "zeros.mp4");
    let id = std::process::id();
    let (before, began) = (cost::processor_seconds(id), Instant::now());
    Other::reader(&address, RATE * WATCHED, RATE).wait();
    let used = cost::processor_seconds(id) - before;
    let share = used / began.elapsed().as_secs_f64() * 100.0;
    println!("| processor at 8 Mbit/s | {share:.2} % of a core | 3 % |");
}

fn memory(relay: &mut Relay, port: u16) {
    let address = relayed(relay, port, "zeros.mp4");
    let before = resident();
    Other::reader(&address, 1_000_000_000, 0).wait();
    let slow = Other::reader(&address, u64::MAX, RATE / 4);
    let mut most = resident();
    for _ in 0..30 {
        std::thread::sleep(Duration::from_secs(1));
        most = most.max(resident());
    }
    drop(slow);
    let gained = (most - before) / 1_024.0;
    println!("| memory gained | {gained:.1} MiB | 16 MiB |");
}

/// This process's resident memory in KiB.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|it| it.parse().ok()).unwrap_or(f64::NAN)
}

/// Random positions in the media file, the same in each run (Knuth's linear congruential
/// generator).
struct Places(u64);

impl Places {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let tenths = (self.0 >> 33) % u64::from((MEDIA_SECONDS - 5) * 10);
        f64::from(u32::try_from(tenths).unwrap_or(0)) / 10.0
    }
}

/// A media file of 8 Mbit/s, made by ffmpeg on first use and kept between runs.
fn media_file() -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("relay-bench.mp4");
    if path.exists() {
        return path;
    }
    let unfinished = path.with_extension("unfinished.mp4");
    let status = Command::new("ffmpeg")
        .args(["-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i"])
        .arg(format!(
            "testsrc2=size=640x360:rate=25:duration={MEDIA_SECONDS},noise=alls=40:allf=t"
        ))
        .args(["-f", "lavfi", "-i"])
        .arg(format!(
            "sine=frequency=440:sample_rate=48000:duration={MEDIA_SECONDS}"
        ))
        .args([
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
        ])
        .args(["-b:v", "8M", "-maxrate", "8M", "-bufsize", "8M", "-g", "50"])
        .args(["-c:a", "aac", "-movflags", "+faststart"])
        .arg(&unfinished)
        .stdin(Stdio::null())
        .status()
        .expect("ffmpeg runs; `make setup` installs it");
    assert!(status.success(), "ffmpeg made no film");
    std::fs::rename(&unfinished, &path).expect("a finished film can be renamed");
    path
}
