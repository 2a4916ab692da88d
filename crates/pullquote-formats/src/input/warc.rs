//! Web archives to pages.
//!
//! In: the bytes of a WARC file, unpacked. Out: its response records, whole and in order; records of
//! other kinds are passed over. A record without what its header promises is named, and reading goes
//! on at the next line that begins one. Later, on any thread, a record's HTTP response is taken
//! apart: status 200 and HTML is a page, anything else none.
//!
//! Cost: one pass; memory is one record, of which none may pass [`PAGE`].

use super::Draft;
use super::page::{self, Origin, PAGE};
use crate::error::Problem;
use std::borrow::Cow;
use std::io::{self, BufRead, Read};
use std::ops::ControlFlow;

/// A header line, at most.
const LINE: u64 = 1 << 16;

/// A response as it was fetched.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) origin: Origin,
    pub(super) bytes: Vec<u8>,
}

/// The fields of a record's header that are read.
#[derive(Default)]
struct Header {
    kind: String,
    url: Option<String>,
    fetched: Option<String>,
    length: Option<u64>,
}

/// Hands each response, or what is wrong with a record, with the record's number to `each`.
///
/// # Errors
///
/// What reading gave.
pub(super) fn read(
    source: &mut dyn BufRead,
    each: &mut dyn FnMut(u64, Result<Response, Problem>) -> ControlFlow<()>,
) -> io::Result<ControlFlow<()>> {
    let mut number = 0;
    let mut lost = false;
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut *source).take(LINE).read_until(b'\n', &mut line)? == 0 {
            return Ok(ControlFlow::Continue(()));
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        if !line.starts_with(b"WARC/") {
            // Told once for each stretch.
            if !lost && each(number + 1, Err(Problem::Warc)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            lost = true;
            continue;
        }
        lost = false;
        number += 1;
        let header = header(source)?;
        let Some(length) = header.length else {
            if each(number, Err(Problem::Warc)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            continue;
        };
        let wanted = header.kind.eq_ignore_ascii_case("response");
        if !wanted || length > PAGE as u64 {
            let skipped = io::copy(&mut (&mut *source).take(length), &mut io::sink())?;
            let problem = match (wanted, skipped < length) {
                (_, true) => Problem::CutRecord,
                (true, false) => Problem::TooLong(PAGE),
                (false, false) => continue,
            };
            if each(number, Err(problem)).is_break() {
                return Ok(ControlFlow::Break(()));
            }
            continue;
        }
        let mut bytes = Vec::new();
        (&mut *source).take(length).read_to_end(&mut bytes)?;
        let origin = Origin { url: header.url, fetched: header.fetched, charset: None };
        let whole = bytes.len() as u64 == length;
        let response = if whole { Ok(Response { origin, bytes }) } else { Err(Problem::CutRecord) };
        if each(number, response).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
}

/// Reads a record's header to the blank line behind it.
fn header(source: &mut dyn BufRead) -> io::Result<Header> {
    let mut header = Header::default();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = (&mut *source).take(LINE).read_until(b'\n', &mut line)?;
        if read == 0 || line.trim_ascii().is_empty() {
            return Ok(header);
        }
        let text = String::from_utf8_lossy(&line);
        let Some((name, value)) = text.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => value.clone_into(&mut header.kind),
            "warc-target-uri" => {
                // Some writers put it into angle brackets.
                header.url = Some(value.trim_matches(['<', '>']).to_owned());
            }
            "warc-date" => header.fetched = Some(value.to_owned()),
            "content-length" => header.length = value.parse().ok(),
            _ => {}
        }
    }
}

impl Response {
    /// The article of the page; `None` when the response is no page or holds none.
    pub(super) fn article(&self, keep: &[String]) -> Result<Option<Draft<'static>>, Problem> {
        let Some((head, body)) = split(&self.bytes) else { return Ok(None) };
        let Some(http) = Http::read(head) else { return Ok(None) };
        let body = if http.chunked { Cow::Owned(joined(body)) } else { Cow::Borrowed(body) };
        let body = if http.gzip { Cow::Owned(unpacked(&body)?) } else { body };
        let Origin { url, fetched, .. } = &self.origin;
        let origin = Origin { url: url.clone(), fetched: fetched.clone(), charset: http.charset };
        page::read(&body, &origin, "page", keep)
    }
}

/// Head and body, parted by the first blank line.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| {
        let rest = bytes.get(at + 1..)?;
        let body = rest.strip_prefix(b"\r\n").or(rest.strip_prefix(b"\n"))?;
        Some((bytes.get(..at)?, body))
    })
}

/// What the head of an HTTP response says of its body.
struct Http {
    chunked: bool,
    gzip: bool,
    charset: Option<&'static encoding_rs::Encoding>,
}

impl Http {
    /// Reads the head of a page; `None` when it is no page.
    fn read(head: &[u8]) -> Option<Self> {
        let head = String::from_utf8_lossy(head).to_ascii_lowercase();
        let mut lines = head.lines();
        let status = lines.next()?.split(' ').nth(1)?;
        let mut http = Self { chunked: false, gzip: false, charset: None };
        let mut html = false;
        for line in lines {
            let Some((name, value)) = line.split_once(':') else { continue };
            match name.trim() {
                "content-type" => {
                    html = value.contains("text/html") || value.contains("application/xhtml");
                    http.charset = page::charset_in(value.as_bytes());
                }
                "transfer-encoding" => http.chunked = value.contains("chunked"),
                "content-encoding" => http.gzip = value.contains("gzip"),
                _ => {}
            }
        }
        (html && status == "200").then_some(http)
    }
}

/// A body in chunks as one; what is no chunk ends it, and a body without any was joined already.
fn joined(body: &[u8]) -> Vec<u8> {
    let (mut rest, mut out) = (body, Vec::new());
    while let Some(end) = memchr::memchr(b'\n', rest) {
        let size = rest.get(..end).and_then(|line| std::str::from_utf8(line).ok());
        let size = size.and_then(|line| line.split(';').next());
        let size = size.and_then(|size| usize::from_str_radix(size.trim(), 16).ok());
        let chunk = size.and_then(|size| rest.get(end + 1..)?.get(..size));
        let Some(chunk) = chunk.filter(|chunk| !chunk.is_empty()) else { break };
        out.extend_from_slice(chunk);
        let after = rest.get(end + 1 + chunk.len()..).unwrap_or_default();
        rest = after.strip_prefix(b"\r\n").or(after.strip_prefix(b"\n")).unwrap_or(after);
    }
    if out.is_empty() { body.to_vec() } else { out }
}

/// A body without its compression; one that crawlers unpacked but still call packed stays.
fn unpacked(body: &[u8]) -> Result<Vec<u8>, Problem> {
    if !body.starts_with(&[0x1F, 0x8B]) {
        return Ok(body.to_vec());
    }
    let mut out = Vec::new();
    let reader = flate2::read::MultiGzDecoder::new(body);
    reader.take(PAGE as u64 + 1).read_to_end(&mut out).map_err(Problem::Damaged)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_joined() {
        assert_eq!(joined(b"4\r\nRain\r\n6;x=y\r\n fell.\r\n0\r\n\r\n"), b"Rain fell.");
        assert_eq!(joined(b"4\r\nRain\r\nff\r\ncut"), b"Rain");
        assert_eq!(joined(b"<p>Rain\nfell."), b"<p>Rain\nfell.");
    }

    #[test]
    fn heads_tell_pages() {
        let page = |head: &str| Http::read(head.as_bytes()).is_some();
        assert!(page("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8"));
        assert!(!page("HTTP/1.1 404 Not Found\r\nContent-Type: text/html"));
        assert!(!page("HTTP/1.1 200 OK\r\nContent-Type: image/png"));
        assert!(!page(""));
        assert_eq!(split(b"a\r\n\r\nb\r\n\r\nc"), Some((&b"a\r"[..], &b"b\r\n\r\nc"[..])));
        assert_eq!(split(b"a\nb"), None);
    }
}
