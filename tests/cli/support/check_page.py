"""Opens pages in headless Chromium and says what is wrong with them, a line each: PAGE: PROBLEM.

    check_page.py CHROMIUM PAGE...

Wrong is: a request beyond the page itself (data: excepted), an error or a warning in the console, a link that goes to no
element or out of the page, an identifier twice, no title, no language, nothing to read. Exit code 1 if anything is
wrong, 2 if the browser does not work. Standard library only: DevTools over a pipe (NUL-separated JSON on descriptors 3, 4).
"""

import json
import os
import pathlib
import select
import subprocess
import sys
import tempfile
import time

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-pipe"]

LOOK = """(() => {
  const wrong = [], seen = new Set();
  for (const e of document.querySelectorAll('[id]'))
    if (seen.has(e.id)) wrong.push('identifier twice: ' + e.id); else seen.add(e.id);
  let links = 0;
  for (const a of document.querySelectorAll('a, area')) {
    const to = a.getAttribute('href');
    ++links;
    if (to === null || !to.startsWith('#')) wrong.push('link out of the page: ' + to);
    else if (!document.getElementById(decodeURIComponent(to.slice(1)))) wrong.push('dead anchor: ' + to);
  }
  for (const i of document.images) if (!i.complete || !i.naturalWidth) wrong.push('broken image: ' + i.alt);
  if (!document.title.trim()) wrong.push('no title');
  if (!document.documentElement.lang) wrong.push('no language');
  if (!document.body.innerText.trim()) wrong.push('nothing to read');
  return JSON.stringify({wrong, links, scripts: document.scripts.length, svg: document.querySelectorAll('svg').length});
})()"""


class Browser:
    def __init__(self, program, profile):
        # Descriptors 3 and 4 of the child are ours to give: move them above first, so that neither is overwritten.
        to_read, self.to = os.pipe()
        self.fro, to_write = os.pipe()

        def wire():
            high_read, high_write = os.dup2(to_read, 100), os.dup2(to_write, 101)
            os.dup2(high_read, 3)
            os.dup2(high_write, 4)

        self.process = subprocess.Popen([program, *FLAGS, "--user-data-dir=" + profile], preexec_fn=wire, close_fds=False,
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.buffer = b""
        self.count = 0
        self.events = []

    def message(self, seconds):
        """The next message, or None when none comes in time."""
        end = time.monotonic() + seconds
        while b"\0" not in self.buffer:
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fro], [], [], left)[0]:
                return None
            piece = os.read(self.fro, 1 << 20)
            if not piece:
                raise RuntimeError("the browser is gone")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, session=None, **params):
        self.count += 1
        request = {"id": self.count, "method": method, "params": params}
        if session:
            request["sessionId"] = session
        data = json.dumps(request).encode() + b"\0"
        while data:
            data = data[os.write(self.to, data):]
        end = time.monotonic() + 60
        while (answer := self.message(max(0, end - time.monotonic()))) is not None:
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)
        raise RuntimeError(f"{method}: no answer in a minute")

    def collect(self, until, seconds):
        """Events until one is named so, at most this long; says whether it came."""
        if any(e.get("method") == until for e in self.events):
            return True
        end = time.monotonic() + seconds
        while (event := self.message(max(0, end - time.monotonic()))) is not None:
            self.events.append(event)
            if event.get("method") == until:
                return True
        return False


def complaints(events, url):
    for event in events:
        method, params = event.get("method"), event.get("params", {})
        if method == "Network.requestWillBeSent":
            asked = params["request"]["url"]
            if asked.split("#")[0] != url and not asked.startswith("data:"):
                yield "request: " + asked
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            yield "console: " + params["entry"]["text"]
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            yield "console: " + " ".join(str(a.get("value")) for a in params["args"])
        elif method == "Runtime.exceptionThrown":
            yield "console: " + params["exceptionDetails"]["text"]


def check(browser, page):
    url = pathlib.Path(page).resolve().as_uri()
    target = browser.call("Target.createTarget", url="about:blank")["targetId"]
    session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    for domain in ("Network", "Log", "Runtime", "Page"):
        browser.call(domain + ".enable", session)
    browser.events.clear()
    browser.call("Page.navigate", session, url=url)
    wrong = []
    if not browser.collect("Page.loadEventFired", 60):
        wrong.append("not loaded in a minute")
    browser.collect("nothing: what comes late", 0.3)
    wrong += complaints(browser.events, url)
    look = json.loads(browser.call("Runtime.evaluate", session, expression=LOOK)["result"]["value"])
    browser.call("Target.closeTarget", targetId=target)
    print(f"{page}: {look['links']} links, {look['svg']} figures, {look['scripts']} scripts", file=sys.stderr)
    return wrong + look["wrong"]


def main():
    program, pages = sys.argv[1], sys.argv[2:]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(program, profile)
        try:
            wrong = [(page, problem) for page in pages for problem in check(browser, page)]
        except (RuntimeError, OSError) as failure:
            print(f"check_page: {failure}", file=sys.stderr)
            return 2
        finally:
            browser.process.terminate()
            browser.process.wait()
    for page, problem in wrong:
        print(f"{page}: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
