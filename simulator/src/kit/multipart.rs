//! Forms with files, `multipart/form-data` of RFC 7578: their parts, in order.

use crate::http::Request;

/// One part of a form.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Part<'a> {
    /// The name of the field.
    pub(crate) name: String,
    /// The name of the file, if it is one. A browser sends an empty one for a file that was not chosen.
    pub(crate) file_name: Option<String>,
    /// What the field has.
    pub(crate) content: &'a [u8],
}

impl Part<'_> {
    /// The content as text, without blanks around it.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.content).trim().to_owned()
    }
}

/// The parts of a form. `None`: the body is no such form.
pub(crate) fn parts(request: &Request) -> Option<Vec<Part<'_>>> {
    let kind = request.header("content-type")?;
    let (_, boundary) = kind.strip_prefix("multipart/form-data")?.split_once("boundary=")?;
    let boundary = format!("--{}", boundary.split(';').next()?.trim().trim_matches('"'));
    let mut rest = after(&request.body, boundary.as_bytes())?;
    let mut parts = Vec::new();
    while let Some(body) = rest.strip_prefix(b"\r\n") {
        let end = find(body, format!("\r\n{boundary}").as_bytes())?;
        let part = body.get(..end)?;
        let head_end = find(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(part.get(..head_end)?).into_owned();
        let content = part.get(head_end.checked_add(4)?..)?;
        let disposition = head.lines().find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
        parts.push(Part { name: member(disposition, "name")?, file_name: member(disposition, "filename"), content });
        rest = after(body.get(end..)?, boundary.as_bytes())?;
    }
    rest.starts_with(b"--").then_some(parts)
}

/// A quoted member of a header. Browsers write a quotation mark within one as `%22`.
fn member(header: &str, name: &str) -> Option<String> {
    let (_, rest) = header.split_once(&format!("; {name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.replace("%22", "\""))
}

fn after<'a>(bytes: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, mark)?.checked_add(mark.len())?..)
}

fn find(bytes: &[u8], mark: &[u8]) -> Option<usize> {
    bytes.windows(mark.len()).position(|window| window == mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(body: &str) -> Request {
        let mut request = Request::to("POST", "/").with("content-type", "multipart/form-data; boundary=b");
        request.body = body.replace('\n', "\r\n").into();
        request
    }

    #[test]
    fn fields_and_files_are_read_in_their_order() {
        let request = sent(
            "--b\nContent-Disposition: form-data; name=\"value:a\"\n\nx--b \n--b\n\
             Content-Disposition: form-data; name=\"f\"; filename=\"a.pdf\"\nContent-Type: application/pdf\n\n1\n\n2\n--b--\n",
        );
        let parts = parts(&request).unwrap();
        let read: Vec<_> =
            parts.iter().map(|part| (part.name.as_str(), part.file_name.as_deref(), part.text())).collect();
        assert_eq!(read, [("value:a", None, "x--b".into()), ("f", Some("a.pdf"), "1\r\n\r\n2".into())]);
    }

    #[test]
    fn what_breaks_off_or_is_another_kind_is_no_form() {
        let whole = "--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b--\n";
        assert!(parts(&sent(whole)).is_some());
        for end in 1..whole.len() - 4 {
            assert!(parts(&sent(&whole[..end])).is_none(), "{end}");
        }
        assert!(parts(&Request::to("POST", "/")).is_none());
        assert_eq!(parts(&sent("--b--")), Some(Vec::new()));
    }
}
