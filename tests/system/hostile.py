"""What a hostile or a clumsy client sends: seeded, so that a finding can be had again."""
import json
import urllib.parse

FIELDS = ["csrf", "agency", "name", "citizen_id", "phone", "email", "address", "idempotency", "key", "procedure", "channel",
          "code", "secret", "reason", "clause", "defects", "component_1", "fault_1", "remedy_1", "assignee", "new_due", "seen",
          "ten", "mat_khau", "ma", "den", "role", "title", "valid_from", "valid_to", "ids", "viec", "ho_so", "chuc-danh", "chuc_danh",
          "cu", "moi", "lai", "vai_tro", "co_quan", "tu", "file", "proof", "history", "fill", "card", "action"]
ARGUMENTS = ["q", "limit", "cursor", "from", "to", "unit", "topic", "trang", "thu-tuc", "linh-vuc", "den", "ma", "tu", "xong", "ky",
             "don-vi", "loai", "tim", "loc", "sap", "split", "theo", "nam", "ngay", "cua", "trang-thai"]
TEXTS = ["", " ", "0", "-1", "1", "9" * 30, "9223372036854775808", "1e309", "NaN", "0x10", "1.5", "true", "null", "[]", "{}",
         "' OR 1=1 --", "<script>alert(1)</script>", "{{#x}}", "../../etc/passwd", "2023-02-30", "0000-00-00", "9999-12-31",
         "2023-06-14", "99999-01-01", "2023-06-14T25:61", "H37.12-230614-0001", "Lý Thị Thử", "\u202e\u200b", "\U0001f600" * 50,
         "e\u0301" * 40, "%", "a" * 5000, "ạ" * 3000, "\r\nSet-Cookie: a=b", "\u0000", "\u0001\u001f", "1" * 12, "0912345678"]
RAW = ["%", "%4", "%zz", "%00", "%ff%fe", "%c3%28", "%ed%a0%80", "%f4%90%80%80", "+", ";", "a=b=c"]
JSONS = ["", "{", "[]", "null", "0", '""', "tru", '{"a":1}', '{"a":1,"a":2}', "[" * 5000, '{"a":' * 3000, '"\\ud800"', '{"name":"\\u0000"}',
         '{"x":1e999}', "\ufeff{}", "{} {}", "{'a':1}", '{"code":"' + "x" * 40000 + '"}']


class Hostile:
    def __init__(self, chance, database):
        self.chance = chance
        known = database.ask("SELECT id, code FROM dossiers.dossier ORDER BY id LIMIT 20")
        self.dossiers = [line.split("|") for line in known]
        event = database.ask("SELECT id FROM ledger.event ORDER BY idx LIMIT 1")[0]
        self.known = {"event": event, "code": "1.001193", "action": "accept", "file": event, "a": "0", "b": "000", "c": "000",
                      "d": "000", "path*": "0/000"}
        self.figures = ["dossiers_received", "dossiers_online_pct"]

    def plausible(self, pattern):
        """The path with parts that exist, as far as this test knows them."""
        return self.filled(pattern, lambda name: self.known.get(name) or self.of_pattern(pattern))

    def of_pattern(self, pattern):
        if "figures" in pattern or "so-lieu" in pattern:
            return "dossiers_received"
        return "999999" if "quan-tri" in pattern else self.dossiers[0][0]

    def path(self, pattern):
        def part(name):
            if self.chance.random() < 0.35:
                return self.known.get(name) or self.chance.choice([self.of_pattern(pattern), self.chance.choice(self.dossiers)[0]])
            if self.chance.random() < 0.3:
                return self.chance.choice(RAW[:9]) or "x"
            return urllib.parse.quote(self.chance.choice(TEXTS)[:900], safe="") or "x"
        return self.filled(pattern, part)

    @staticmethod
    def filled(pattern, value):
        parts = []
        for part in pattern.split("/"):
            start, end = part.find("{"), part.find("}")
            parts.append(part if start < 0 else part[:start] + str(value(part[start + 1:end])) + part[end + 1:])
        return "/".join(parts)

    def query(self):
        pairs = []
        for _ in range(self.chance.randint(0, 4)):
            value = urllib.parse.quote(self.chance.choice(TEXTS)[:600]) if self.chance.random() < 0.8 else self.chance.choice(RAW)
            pairs.append(self.chance.choice(ARGUMENTS) + "=" + value)
        return "?" + "&".join(pairs) if pairs else ""

    def body(self, csrf, pattern):
        """Bytes and headers."""
        api = pattern.startswith("/api/")
        kinds = [self.json, self.broken_json, self.form] if api else [self.form, self.multipart, self.odd_form, self.broken_json]
        return self.chance.choice(kinds)(csrf)

    def pairs(self, csrf):
        names = self.chance.sample(FIELDS, self.chance.randint(0, 14))
        pairs = [(name, self.chance.choice(TEXTS)) for name in names if name != "csrf"]
        return pairs + ([("csrf", csrf)] if self.chance.random() < 0.8 else [])

    def form(self, csrf):
        text = urllib.parse.urlencode(self.pairs(csrf))
        return text.encode(), {"Content-Type": "application/x-www-form-urlencoded"}

    def odd_form(self, csrf):
        whole, headers = self.form(csrf)
        return self.chance.choice([
            whole + b"&" + self.chance.choice(RAW).encode(), b"&".join(b"a=1" for _ in range(2000)), b"\xff" * 50, b"a" * 70_000,
            whole[:len(whole) // 2], b"name=" + b"%61" * 90_000]), headers

    def multipart(self, csrf):
        boundary = "----hostile"
        body = b""
        for name, value in self.pairs(csrf):
            body += f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        body += (f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{self.chance.choice(TEXTS[:20])}"\r\n'
                 f"Content-Type: application/pdf\r\n\r\n").encode() + self.chance.choice(
                     [b"", b"MZ\x90\x00", b"%PDF-1.4", b"\x00" * 1000, b"PK\x03\x04" + b"\xff" * 100]) + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        cut = self.chance.choice([len(body), len(body), len(body) // 2, len(body) - 3, 0])
        kind = self.chance.choice([f"multipart/form-data; boundary={boundary}"] * 4 + [
            "multipart/form-data", 'multipart/form-data; boundary="', "multipart/form-data; boundary=" + "x" * 200])
        return body[:cut], {"Content-Type": kind}

    def json(self, csrf):
        def value(depth=0):
            roll = self.chance.random()
            if roll < 0.55 or depth > 3:
                return self.chance.choice(TEXTS)
            if roll < 0.75:
                return self.chance.choice([0, -1, 2 ** 63, 1.5, True, None, 10 ** 30])
            if roll < 0.88:
                return [value(depth + 1) for _ in range(self.chance.randint(0, 3))]
            return {self.chance.choice(FIELDS): value(depth + 1) for _ in range(3)}
        known = {"procedure": "1.001193", "agency": "H37", "applicant": {"name": "A"}, "action": "accept", "code": self.dossiers[0][1]}
        body = {name: self.chance.choice([known.get(name, ""), value()]) for name in self.chance.sample([*known, "seen", "secret", "new_due"], 4)}
        return json.dumps(body, ensure_ascii=self.chance.random() < 0.5).encode(), {
            "Content-Type": "application/json", "Idempotency-Key": self.chance.choice(["a", "ạ".encode(), "x" * 900, b"\xff\xfe"])}

    def broken_json(self, csrf):
        kind = self.chance.choice(["application/json", "application/json", "text/xml", "application/json; charset=utf-16", ""])
        return self.chance.choice(JSONS).encode(), {"Content-Type": kind}

    @staticmethod
    def requests():
        """Bytes that are no request of HTTP/1.1."""
        host = b"Host: a\r\n"
        return [b"\r\n\r\n\x00\x01", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n" + host + b"\r\n", b"GET  / HTTP/1.1\r\n" + host + b"\r\n",
                b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 4000 + b"\r\n", b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + host + b"\r\n",
                b"POST /tra-cuu HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                b"POST /tra-cuu HTTP/1.1\r\n" + host + b"Content-Length: -5\r\n\r\n",
                b"POST /tra-cuu HTTP/1.1\r\n" + host + b"Content-Length: 99999999999999999999\r\n\r\n",
                b"POST /tra-cuu HTTP/1.1\r\n" + host + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                b"BREW /tra-cuu HTTP/1.1\r\n" + host + b"\r\n", b"GET / HTTP/1.1\r\n" + host + b"A\x00: b\r\n\r\n"]
