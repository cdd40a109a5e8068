//! The fault server behaves as it promises, which the scenarios rely on. Checked with a plain
//! client.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use crate::support::clips::{Clip, folder_with};
use crate::support::fault_server::{Fault, FaultServer, Requests};

/// The response to a request, as far as it arrived.
#[derive(Debug, PartialEq, Eq)]
struct Got {
    status: u16,
    head: String,
    body: Vec<u8>,
    whole: bool,
}

/// Sends a plain request; `None` if the connection ended without a response.
fn get(server: &FaultServer, path: &str, headers: &str) -> Option<Got> {
    let mut stream = TcpStream::connect(server.address()).ok()?;
    let limit = stream.set_read_timeout(Some(Duration::from_secs(30)));
    limit.expect("a socket takes a time limit");
    write!(stream, "GET /{path} HTTP/1.1\r\n{headers}\r\n").ok()?;
    read(&mut BufReader::new(stream))
}

fn read(stream: &mut BufReader<TcpStream>) -> Option<Got> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if stream.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("Content-Length: ")?.parse().ok());
    let mut body = Vec::new();
    // An error ends the body, as an early end does.
    let _end = match length {
        Some(length) => stream.take(length).read_to_end(&mut body),
        None => stream.read_to_end(&mut body),
    };
    let whole = length.is_none_or(|length| u64::try_from(body.len()) == Ok(length));
    Some(Got {
        status,
        head,
        body,
        whole,
    })
}

/// A server of a folder with one file, whose 100 bytes are 0 to 99.
fn served() -> (tempfile::TempDir, FaultServer, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a folder");
    let bytes: Vec<u8> = (0..100).collect();
    std::fs::write(folder.path().join("a film.mp4"), &bytes).expect("a file");
    let server = FaultServer::serving(folder.path());
    (folder, server, bytes)
}

/// The file's path as it appears in a link.
const FILE: &str = "a%20film.mp4?signed=1";

fn file_requests() -> Requests {
    Requests::to("a film.mp4")
}

#[test]
fn a_file_is_served_whole_and_in_part_until_a_fault_is_on_and_again_after() {
    let (_folder, server, bytes) = served();
    let whole = get(&server, FILE, "").expect("an answer");
    assert_eq!((whole.status, &whole.body), (200, &bytes));
    let part = get(&server, FILE, "Range: bytes=90-\r\n").expect("an answer");
    assert_eq!((part.status, &part.body[..]), (206, &bytes[90..]));
    server.switch_on(file_requests(), Fault::NoRanges);
    let part = get(&server, FILE, "Range: bytes=90-\r\n").expect("an answer");
    assert_eq!((part.status, &part.body), (200, &bytes));
    assert!(!part.head.contains("Accept-Ranges"), "{}", part.head);
    server.switch_off(&file_requests());
    let part = get(&server, FILE, "Range: bytes=-10\r\n").expect("an answer");
    assert_eq!((part.status, &part.body[..]), (206, &bytes[90..]));
    let beyond = get(&server, FILE, "Range: bytes=100-\r\n").map(|got| got.status);
    assert_eq!(beyond, Some(416));
    assert_eq!(
        get(&server, "none.mp4", "").map(|got| got.status),
        Some(404)
    );
    let ranges: Vec<_> = server
        .seen(&file_requests())
        .into_iter()
        .map(|seen| seen.range)
        .collect();
    let asked =
        ["bytes=90-", "bytes=90-", "bytes=-10", "bytes=100-"].map(|range| Some(range.to_owned()));
    assert_eq!(ranges[0], None);
    assert_eq!(ranges[1..], asked);
    assert_eq!(server.count(&Requests::all()), 6);
}

#[test]
fn each_answer_in_place_of_the_file_comes_as_it_was_switched_on() {
    let (_folder, server, bytes) = served();
    let status = |fault: Fault, headers: &str| {
        server.switch_off(&file_requests());
        server.switch_on(file_requests(), fault);
        get(&server, FILE, headers).map(|got| (got.status, got.body.len()))
    };
    let refused = |got: Option<(u16, usize)>| got.map(|(status, _)| status);
    assert_eq!(refused(status(Fault::Status(403), "")), Some(403));
    let open = "Range: bytes=0-\r\n";
    let closed = "Range: bytes=0-9\r\n";
    assert_eq!(
        refused(status(Fault::RangesAnswered(406), closed)),
        Some(406)
    );
    assert_eq!(refused(status(Fault::RangesAnswered(406), "")), Some(200));
    assert_eq!(
        refused(status(Fault::OpenRangesAnswered(403), open)),
        Some(403)
    );
    assert_eq!(
        refused(status(Fault::OpenRangesAnswered(403), closed)),
        Some(206)
    );
    let later = "Range: bytes=1-9\r\n";
    let refuses_later = Fault::LaterRangesAnswered(403);
    assert_eq!(refused(status(refuses_later.clone(), later)), Some(403));
    assert_eq!(refused(status(refuses_later, open)), Some(206));
    assert_eq!(status(Fault::Empty, ""), Some((200, 0)));
    assert_eq!(status(Fault::Truncated(40), ""), Some((200, 40)));
    assert_eq!(status(Fault::ClosesUnanswered, ""), None);
    assert_eq!(status(Fault::Body("v=0".to_owned()), ""), Some((200, 3)));
    assert_eq!(status(Fault::NoLength, ""), Some((200, bytes.len())));
    status(Fault::Page, "");
    let page = get(&server, FILE, "").expect("an answer");
    assert!(page.head.contains("text/html"), "{}", page.head);
    status(Fault::Redirect("rtsp://127.0.0.1/x".to_owned()), "");
    let redirect = get(&server, FILE, "").expect("an answer");
    assert_eq!(redirect.status, 302);
    assert!(redirect.head.contains("Location: rtsp://127.0.0.1/x\r\n"));
}

#[test]
fn busy_ends_after_its_times_and_only_for_whom_it_is_meant() {
    let (_folder, server, _) = served();
    let busy = Fault::Busy {
        status: 503,
        times: 2,
        retry_after: Some(3),
    };
    server.switch_on(file_requests().by("Boris"), busy);
    let boris = "User-Agent: I am Boris\r\n";
    let first = get(&server, FILE, boris).expect("an answer");
    assert!(first.head.contains("Retry-After: 3\r\n"), "{}", first.head);
    let alice = get(&server, FILE, "User-Agent: Alice\r\n").map(|got| got.status);
    assert_eq!(alice, Some(200));
    let next = || get(&server, FILE, boris).map(|got| got.status);
    assert_eq!((next(), next()), (Some(503), Some(200)));
    assert_eq!(server.count(&Requests::all().by("Boris")), 3);
}

#[test]
fn a_body_is_cut_stalls_and_goes_on() {
    let (_folder, server, bytes) = served();
    server.switch_on(file_requests(), Fault::CutAfter(30));
    let cut = get(&server, FILE, "").expect("an answer");
    assert_eq!((cut.whole, &cut.body[..]), (false, &bytes[..30]));
    server.switch_off(&file_requests());
    server.switch_on(file_requests(), Fault::StallsAt(60));
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    write!(stream, "GET /{FILE} HTTP/1.1\r\nRange: bytes=50-\r\n\r\n").expect("a request");
    let mut stream = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        stream.read_line(&mut head).expect("a head");
    }
    let mut before = [0; 10];
    stream.read_exact(&mut before).expect("what comes before");
    server.switch_off(&file_requests());
    let mut after = [0; 40];
    stream.read_exact(&mut after).expect("the rest");
    assert_eq!([&before[..], &after].concat(), bytes[50..]);
}

#[test]
fn a_throttled_body_comes_whole_and_its_link_leads_to_it() {
    let (_folder, server, bytes) = served();
    server.switch_on(file_requests(), Fault::Throttled(2_000));
    let link = server.link(FILE);
    let path = link.strip_prefix(&format!("http://{}/", server.address()));
    let got = get(&server, path.expect("its own address"), "").expect("an answer");
    assert_eq!(got.body, bytes);
}

#[test]
fn a_server_that_is_away_cuts_what_is_open_and_comes_back_at_the_same_address() {
    let (_folder, server, bytes) = served();
    server.switch_on(file_requests(), Fault::StallsAt(60));
    let mut stream = TcpStream::connect(server.address()).expect("a connection");
    write!(stream, "GET /{FILE} HTTP/1.1\r\n\r\n").expect("a request");
    let mut open = BufReader::new(stream);
    let mut first = String::new();
    open.read_line(&mut first).expect("an answer begins");
    server.switch_on(Requests::all(), Fault::Away);
    let mut rest = Vec::new();
    // It was cut: an end or an error, but not the whole file.
    let _end = open.read_to_end(&mut rest);
    assert!(
        rest.len() < 600 && !rest.ends_with(&bytes),
        "{}",
        rest.len()
    );
    let answer = get(&server, FILE, "");
    assert_eq!(answer, None);
    server.switch_off(&Requests::all());
    server.switch_off(&file_requests());
    let mut tries = 0;
    let back = loop {
        // Another thread binds the listener again, at some later time.
        if let Some(got) = get(&server, FILE, "") {
            break got;
        }
        tries += 1;
        assert!(tries < 10_000, "it does not come back");
        std::thread::yield_now();
    };
    assert_eq!(back.body, bytes);
    server.switch_on(file_requests().by("Boris"), Fault::Away);
    assert_eq!(get(&server, FILE, "User-Agent: Boris\r\n"), None);
    assert!(get(&server, FILE, "User-Agent: Alice\r\n").is_some());
}

#[test]
fn a_list_is_served_live_and_grows() {
    let lists = [
        (Clip::HlsTs2, 15),
        (Clip::HlsMp4Of2, 15),
        (Clip::HlsTs10, 3),
        (Clip::HlsMp4Of10, 3),
    ];
    let folder = folder_with(&lists.map(|(clip, _)| clip));
    for (clip, segments) in lists {
        let server = FaultServer::serving(&folder);
        let list = || {
            let got = get(&server, clip.file_name(), "").expect("an answer");
            String::from_utf8(got.body).expect("a list is text")
        };
        let parts = |list: &str| list.matches("#EXTINF").count();
        let whole = list();
        assert!(
            parts(&whole) == segments && whole.contains("#EXT-X-ENDLIST"),
            "{whole}"
        );
        let live = Fault::Live {
            window: 2,
            every: None,
            dated: true,
        };
        server.switch_on(Requests::to(clip.file_name()), live);
        let first = list();
        assert!(first.contains("#EXT-X-MEDIA-SEQUENCE:0\n"), "{first}");
        assert!(parts(&first) == 2 && !first.contains("ENDLIST"), "{first}");
        assert_eq!(first.matches("#EXT-X-PROGRAM-DATE-TIME").count(), 2);
        server.grow(1);
        let second = list();
        assert!(second.contains("#EXT-X-MEDIA-SEQUENCE:1\n"), "{second}");
        assert_eq!(first.contains("#EXT-X-MAP"), second.contains("#EXT-X-MAP"));
    }
}

#[test]
fn every_clip_of_the_world_is_made_as_it_is_described() {
    let offset = [Clip::OffsetWebm, Clip::OffsetMp4];
    let no_length = [Clip::Recorded];
    let keyframes = [
        Clip::RareKeyframesTs,
        Clip::RareKeyframesAvi,
        Clip::RareKeyframesMp4,
    ];
    let folder = folder_with(
        &[
            &offset[..],
            &no_length,
            &keyframes,
            &[Clip::Cut, Clip::Fragmented],
        ]
        .concat(),
    );
    let probed = |clip: Clip, entries: &str, more: &[&str]| {
        let output = std::process::Command::new("ffprobe")
            .args(["-v", "error", "-of", "csv=p=0", "-show_entries", entries])
            .args(more)
            .arg(folder.join(clip.file_name()))
            .output()
            .expect("ffprobe runs; `make setup` installs it");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    };
    for clip in no_length {
        assert_eq!(probed(clip, "format=duration", &[]), "N/A", "{clip:?}");
    }
    for clip in offset {
        let begins: f64 = probed(clip, "format=start_time", &[])
            .parse()
            .expect("a start");
        assert!((begins - 5.0).abs() < 0.1, "{clip:?}: {begins}");
    }
    for clip in keyframes {
        let options = ["-select_streams", "v", "-skip_frame", "nokey"];
        // For MPEG-TS, ffprobe lists each frame once more by its program.
        let frames = probed(clip, "frame=pts_time", &options);
        let times: std::collections::BTreeSet<_> = frames.split_whitespace().collect();
        assert_eq!(times.len(), 6, "{clip:?}: {frames}");
    }
    let cut = std::fs::metadata(folder.join(Clip::Cut.file_name())).expect("it is there");
    assert_eq!(cut.len(), 700_000);
}
