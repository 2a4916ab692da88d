//! A headless Chromium for tests.
//!
//! In: pages and what to do with them. Out: what the browser says of them: values of expressions,
//! pictures, every request and every dialog. The browser is spoken to in its own protocol (JSON
//! messages ended by a zero byte) through two named pipes, so that nothing but the browser itself is
//! needed and no port is opened.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

/// What the browser may be called; `CHROMIUM` names another.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// A browser with one page.
pub(crate) struct Browser {
    child: Child,
    to: File,
    from: BufReader<File>,
    /// The number of the last command.
    last: u64,
    /// The page.
    page: Option<String>,
    /// How many pages were there as a whole so far.
    loaded: u64,
    /// The addresses that the page asked for.
    pub(crate) requests: Vec<String>,
    /// The dialogs that the page opened.
    pub(crate) dialogs: Vec<String>,
    _folder: TempDir,
}

/// How a page is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Screen {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// A phone: touched, not pointed at.
    pub(crate) phone: bool,
    pub(crate) dark: bool,
}

pub(crate) const DESK: Screen = Screen { width: 1280, height: 900, phone: false, dark: false };
pub(crate) const PHONE: Screen = Screen { width: 390, height: 844, phone: true, dark: false };

impl Browser {
    /// Starts the browser.
    pub(crate) fn start() -> Self {
        let program = program().expect("a Chromium in PATH or in CHROMIUM");
        let folder = tempfile::tempdir().expect("a folder");
        let pipe = |name: &str| folder.path().join(name);
        let made = Command::new("mkfifo").args([pipe("to"), pipe("from")]).status();
        assert!(made.expect("mkfifo starts").success());
        // The protocol's pipes are the descriptors 3 and 4, which only a shell can open by number.
        let child = Command::new("sh")
            .args(["-c", "to=$1 from=$2; shift 2; exec \"$@\" 3<\"$to\" 4>\"$from\"", "sh"])
            .args([pipe("to"), pipe("from")])
            .arg(program)
            .arg(format!("--user-data-dir={}", pipe("profile").display()))
            .args(["--headless=new", "--no-sandbox", "--remote-debugging-pipe", "--disable-gpu"])
            .args(["--no-first-run", "--disable-background-networking", "--hide-scrollbars"])
            .args(["--disable-component-update", "--disable-dev-shm-usage", "about:blank"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("sh starts");
        let to = OpenOptions::new().write(true).open(pipe("to")).expect("a pipe");
        let from = BufReader::new(File::open(pipe("from")).expect("a pipe"));
        let mut browser = Self {
            child,
            to,
            from,
            last: 0,
            page: None,
            loaded: 0,
            requests: Vec::new(),
            dialogs: Vec::new(),
            _folder: folder,
        };
        let target = browser.call("Target.createTarget", &json!({"url": "about:blank"}));
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = browser.call("Target.attachToTarget", &attach);
        browser.page = attached["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Accessibility"] {
            browser.call(&format!("{domain}.enable"), &json!({}));
        }
        browser
    }

    /// Gives a command and waits for its answer.
    pub(crate) fn call(&mut self, method: &str, parameters: &Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": parameters});
        if let Some(page) = &self.page {
            message["sessionId"] = page.as_str().into();
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        self.to.write_all(&bytes).expect("the browser reads");
        loop {
            let message = self.read();
            if message["id"] == self.last {
                assert_eq!(message["error"], Value::Null, "{method}");
                return message["result"].clone();
            }
        }
    }

    /// The next message; requests and dialogs are noted.
    fn read(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).expect("the browser speaks");
        assert_eq!(bytes.pop(), Some(0), "the browser has gone away");
        let message: Value = serde_json::from_slice(&bytes).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match message["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                self.requests.push(text(&message["params"]["request"]["url"]));
            }
            Some("Page.loadEventFired") => self.loaded += 1,
            Some("Page.javascriptDialogOpening") => {
                self.dialogs.push(text(&message["params"]["message"]));
                // The page stands still until the dialog is closed; the answer tells nothing.
                self.last += 1;
                let mut close = json!({"id": self.last, "method": "Page.handleJavaScriptDialog"});
                close["params"] = json!({"accept": true});
                close["sessionId"] = message["sessionId"].clone();
                let mut bytes = close.to_string().into_bytes();
                bytes.push(0);
                self.to.write_all(&bytes).expect("the browser reads");
            }
            _ => {}
        }
        message
    }

    /// Opens a file and waits until all of it is there.
    pub(crate) fn open(&mut self, path: &Path, screen: Screen) {
        let Screen { width, height, phone, dark } = screen;
        self.call(
            "Emulation.setDeviceMetricsOverride",
            &json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": phone}),
        );
        self.call("Emulation.setTouchEmulationEnabled", &json!({"enabled": phone}));
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "hover", "value": if phone { "none" } else { "hover" }},
        ]);
        self.call("Emulation.setEmulatedMedia", &json!({"features": features}));
        self.requests.clear();
        self.dialogs.clear();
        let url = format!("file://{}", path.display());
        let before = self.loaded;
        self.call("Page.navigate", &json!({"url": url}));
        self.wait_for_page(before);
    }

    /// Follows the link that `selector` finds to another page.
    pub(crate) fn follow(&mut self, selector: &str) {
        let before = self.loaded;
        self.value(&format!("document.querySelector({}).click()", json!(selector)));
        self.wait_for_page(before);
    }

    fn wait_for_page(&mut self, before: u64) {
        while self.loaded == before {
            self.read();
        }
    }

    /// The value of an expression in the page.
    pub(crate) fn value(&mut self, expression: &str) -> Value {
        let parameters = json!({
            "expression": expression, "returnByValue": true, "awaitPromise": true,
            "userGesture": true,
        });
        let answer = self.call("Runtime.evaluate", &parameters);
        assert_eq!(answer["exceptionDetails"], Value::Null, "{expression}");
        answer["result"]["value"].clone()
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "ArrowRight" => (39, ""),
            "ArrowLeft" => (37, ""),
            _ => panic!("no key {key} is known here"),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = json!({
                "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code,
            });
            if !text.is_empty() && kind == "keyDown" {
                event["text"] = text.into();
            }
            self.call("Input.dispatchKeyEvent", &event);
        }
    }

    /// Moves the pointer to the middle of the first line of what `selector` finds.
    pub(crate) fn point(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        self.call("Input.dispatchMouseEvent", &json!({"type": "mouseMoved", "x": x, "y": y}));
        self.settle();
    }

    /// Taps what `selector` finds.
    pub(crate) fn tap(&mut self, selector: &str) {
        let (x, y) = self.middle(selector);
        let points = json!([{"x": x, "y": y}]);
        self.call(
            "Input.dispatchTouchEvent",
            &json!({"type": "touchStart", "touchPoints": points}),
        );
        self.call("Input.dispatchTouchEvent", &json!({"type": "touchEnd", "touchPoints": []}));
        self.settle();
    }

    fn middle(&mut self, selector: &str) -> (f64, f64) {
        let place = self.value(&format!(
            "(() => {{ const found = document.querySelector({}); \
             found.scrollIntoView({{block: 'center', behavior: 'instant'}}); \
             const box = found.getClientRects()[0]; \
             return [box.x + box.width / 2, box.y + box.height / 2]; }})()",
            json!(selector)
        ));
        let at = |index: usize| place[index].as_f64().expect("a number");
        (at(0), at(1))
    }

    /// Waits until what was done is shown.
    pub(crate) fn settle(&mut self) {
        self.value("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
    }

    /// Keeps a picture of what is shown, among the build's temporary files.
    pub(crate) fn picture(&mut self, name: &str) {
        let picture = self.call("Page.captureScreenshot", &json!({"format": "png"}));
        let bytes = BASE64_STANDARD.decode(picture["data"].as_str().expect("a picture"));
        let bytes = bytes.expect("base 64");
        assert!(bytes.starts_with(b"\x89PNG"));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{name}.png")), bytes).expect("a file");
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // It may have gone by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The browser's program.
fn program() -> Option<String> {
    let runs = |name: &String| {
        let found = Command::new(name).arg("--version").output();
        found.is_ok_and(|found| found.status.success())
    };
    let named = std::env::var("CHROMIUM").ok();
    named.or_else(|| NAMES.map(str::to_owned).into_iter().find(runs))
}
