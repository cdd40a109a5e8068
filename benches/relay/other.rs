//! The other processes: the server that the relay fetches from, and the reader at its other end. So
//! the cost of the bench's own process is that of the relay alone.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The variable that makes this program the other process.
pub(crate) const ROLE: &str = "RELAY_BENCH_ROLE";

/// The size of the endless file of zeros, in bytes.
pub(crate) const LENGTH: u64 = 1 << 40;

/// Another process; it ends with this value.
pub(crate) struct Other(Child);

impl Other {
    /// A server of a media file: the process and its port.
    pub(crate) fn server(media_file: &std::path::Path) -> (Self, u16) {
        let mut other = Self::start("serve", &[&media_file.display().to_string()]);
        let stdout = other.0.stdout.take().expect("its output is read");
        let mut line = String::new();
        BufReader::new(stdout)
            .read_line(&mut line)
            .expect("it tells its port");
        (other, line.trim().parse().expect("a port"))
    }

    /// A reader of `bytes` from an address, at so many bytes a second (0: as fast as it can).
    pub(crate) fn reader(address: &str, bytes: u64, rate: u64) -> Self {
        Self::start("read", &[address, &bytes.to_string(), &rate.to_string()])
    }

    fn start(role: &str, arguments: &[&str]) -> Self {
        let program = std::env::current_exe().expect("this program's own path");
        let child = Command::new(program)
            .args(arguments)
            .env(ROLE, role)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program runs");
        Self(child)
    }

    /// Waits until it ends.
    pub(crate) fn wait(&mut self) {
        let status = self.0.wait().expect("its end is awaited");
        assert!(status.success(), "the other process failed");
    }
}

impl Drop for Other {
    fn drop(&mut self) {
        let ended = self.0.kill().and_then(|()| self.0.wait());
        ended.expect("our own process can be ended");
    }
}

/// Runs as the process that the variable names, with the program's arguments.
pub(crate) fn play(role: &str) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match (role, &arguments[..]) {
        ("serve", [media_file, ..]) => serve(media_file),
        ("read", [address, bytes, rate, ..]) => {
            let number = |text: &String| text.parse().expect("a number");
            read(address, number(bytes), number(rate));
        }
        _ => panic!("no such role"),
    }
}

/// Serves the media file at `/film.mp4` and endless zeros at `/zeros.mp4`, with range requests.
fn serve(media_file: &str) {
    let media_file: &'static [u8] = std::fs::read(media_file).expect("the film is there").leak();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("{}", listener.local_addr().expect("its address").port());
    for stream in listener.incoming().flatten() {
        std::thread::spawn(move || {
            // The other side may close at any time.
            drop(converse(&stream, media_file));
        });
    }
}

fn converse(stream: &TcpStream, media_file: &[u8]) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream.try_clone()?);
    loop {
        let (mut first, mut range) = (String::new(), None);
        if reader.read_line(&mut first)? == 0 {
            return Ok(());
        }
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            range = range.or(line.strip_prefix("range: bytes=").map(str::to_owned));
        }
        let zeros = first.contains("/zeros");
        let length = u64::try_from(media_file.len()).unwrap_or(u64::MAX);
        let total = if zeros { LENGTH } else { length };
        let (from, last) = bounds(range.as_deref().unwrap_or("0-"), total);
        let count = last - from + 1;
        let mut writer = stream;
        write!(
            writer,
            "HTTP/1.1 206 Partial Content\r\nAccept-Ranges: bytes\r\n\
             Content-Range: bytes {from}-{last}/{total}\r\nContent-Length: {count}\r\n\r\n"
        )?;
        if zeros {
            std::io::copy(&mut std::io::repeat(0).take(count), &mut writer)?;
        } else {
            let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX);
            writer.write_all(
                media_file
                    .get(place(from)..=place(last))
                    .unwrap_or_default(),
            )?;
        }
    }
}

fn bounds(range: &str, total: u64) -> (u64, u64) {
    let (from, last) = range.split_once('-').unwrap_or((range, ""));
    let from = from.parse().unwrap_or(0);
    let last = last.parse().unwrap_or(total - 1);
    (from, last.min(total - 1))
}

/// Reads from an address at an even pace.
fn read(address: &str, bytes: u64, rate: u64) {
    let rest = address.strip_prefix("http://").expect("a plain address");
    let (host, path) = rest.split_once('/').expect("a path");
    let mut stream = TcpStream::connect(host).expect("the relay listens");
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nRange: bytes=0-\r\n\r\n"
    )
    .expect("the relay takes requests");
    let began = Instant::now();
    let mut buffer = vec![0; 64 * 1024];
    let mut done = 0;
    while done < bytes {
        let came = stream.read(&mut buffer).expect("the relay answers");
        assert!(came > 0, "the relay broke off after {done} bytes");
        done += u64::try_from(came).unwrap_or(u64::MAX);
        if let Some(due) = (done * 1_000).checked_div(rate) {
            let ahead = Duration::from_millis(due).saturating_sub(began.elapsed());
            std::thread::sleep(ahead);
        }
    }
}
