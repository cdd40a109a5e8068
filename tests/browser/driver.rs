//! A browser, driven through chromedriver (W3C WebDriver, and the DevTools protocol where that has
//! no words for it).

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

/// How long a test waits for what it wants to see before it fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Without a window and a sandbox (which root cannot have), and quiet on the network.
const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// A browser with one page. Dropping it ends it.
pub(crate) struct Browser {
    driver: Child,
    /// The address of the session.
    session: String,
    agent: ureq::Agent,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Starts one.
    pub(crate) fn open() -> Self {
        let mut driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: run scripts/setup --browser");
        let output = BufReader::new(driver.stdout.take().expect("its output"));
        let mut lines = output.lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("started successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let port = port.expect("chromedriver does not say where it listens");
        std::thread::spawn(move || lines.for_each(drop));
        let profile = tempfile::tempdir().expect("a folder");
        let folder = format!("--user-data-dir={}", profile.path().display());
        let mut arguments = ARGUMENTS.to_vec();
        arguments.push(&folder);
        let agent: ureq::Agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .build()
            .into();
        let mut browser = Self {
            driver,
            session: format!("http://127.0.0.1:{port}/session"),
            agent,
            _profile: profile,
        };
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"}
        }}});
        let session = browser.post("", &wanted);
        let id = session["sessionId"].as_str().expect("a session");
        browser.session = format!("{}/{id}", browser.session);
        browser
    }

    /// Goes to an address, and waits until its page is there.
    pub(crate) fn go(&mut self, url: &str) {
        self.post("/url", &json!({"url": url}));
    }

    /// What a script in the page returns.
    pub(crate) fn run(&mut self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Waits until a script in the page returns true.
    pub(crate) fn until(&mut self, script: &str) {
        let begun = Instant::now();
        while self.run(script) != json!(true) {
            let page = || self.agent.get(format!("{}/source", self.session)).call();
            if begun.elapsed() > PATIENCE {
                let page = page().map(|mut page| page.body_mut().read_to_string());
                panic!("never: {script}\n{page:?}");
            }
        }
    }

    /// The text of the page as a reader sees it, also where scripts do not run.
    pub(crate) fn text(&mut self) -> String {
        let body = self.post(
            "/element",
            &json!({"using": "css selector", "value": "body"}),
        );
        let body = body
            .as_object()
            .and_then(|body| body.values().next())
            .cloned();
        let body = body
            .and_then(|id| id.as_str().map(str::to_owned))
            .expect("a body");
        let text = self.get(&format!("/element/{body}/text"));
        text.as_str().expect("a text").to_owned()
    }

    /// Lets the pages of this server use the clipboard.
    pub(crate) fn allow_clipboard(&mut self, origin: &str) {
        let permissions = ["clipboardReadWrite", "clipboardSanitizedWrite"];
        let granted = json!({"origin": origin, "permissions": permissions});
        self.command("Browser.grantPermissions", &granted);
    }

    /// What is in the clipboard after a press of the first button of the page.
    pub(crate) fn copied(&mut self) -> String {
        self.run("document.querySelector('button').click()");
        self.until("return document.querySelector('button').textContent === 'Copied'");
        let read = "const done = arguments[0]; navigator.clipboard.readText().then(done, done)";
        let text = self.post("/execute/async", &json!({"script": read, "args": []}));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Gives the page this size.
    pub(crate) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600
        });
        self.command("Emulation.setDeviceMetricsOverride", &size);
    }

    /// Prefers a colour scheme and a language from the next page on.
    pub(crate) fn prefer(&mut self, scheme: &str, language: &str) {
        let feature = json!([{"name": "prefers-color-scheme", "value": scheme}]);
        self.command("Emulation.setEmulatedMedia", &json!({"features": feature}));
        let agent = json!({"userAgent": "test", "acceptLanguage": language});
        self.command("Emulation.setUserAgentOverride", &agent);
    }

    /// Leaves a picture of the whole page in `target/door/`.
    pub(crate) fn picture(&mut self, name: &str) {
        let whole = json!({"captureBeyondViewport": true});
        let picture = self.command("Page.captureScreenshot", &whole);
        let picture = picture["data"].as_str().expect("a picture");
        let picture = BASE64_STANDARD.decode(picture).expect("base64");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("../door");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), picture).expect("it is written");
    }

    /// What the browser has complained about, such as a script that the page's policy forbids.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        let entries = log.as_array().cloned().unwrap_or_default();
        entries.iter().map(ToString::to_string).collect()
    }

    /// Carries out a command of the DevTools protocol.
    pub(crate) fn command(&mut self, command: &str, parameters: &Value) -> Value {
        let command = json!({"cmd": command, "params": parameters});
        self.post("/goog/cdp/execute", &command)
    }

    fn post(&mut self, path: &str, body: &Value) -> Value {
        let url = format!("{}{path}", self.session);
        let answer = self.agent.post(url).send(body.to_string());
        value(answer, path)
    }

    fn get(&mut self, path: &str) -> Value {
        let answer = self.agent.get(format!("{}{path}", self.session)).call();
        value(answer, path)
    }
}

/// The value of an answer.
fn value(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>, path: &str) -> Value {
    let mut answer = answer.expect("chromedriver answers");
    let body = answer.body_mut().with_config().limit(64 * 1024 * 1024);
    let text = body.read_to_string().expect("a text");
    assert_eq!(answer.status(), 200, "{path}: {text}");
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    answer["value"].clone()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The session's end ends the browser, which the driver's would leave behind.
        let _ended = self.agent.delete(&self.session).call();
        let _killed = self.driver.kill();
        let _reaped = self.driver.wait();
    }
}
