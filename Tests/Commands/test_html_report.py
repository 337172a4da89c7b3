"""Drives the HTML report in a browser, as a reader does: filter, search, keys, dark, phone, print; and nothing leaves it."""

import pathlib
import shutil
import tempfile
import unittest

from chromium import Chromium
from support import MIXED, iamdrill

VISIBLE = "Array.from(document.querySelectorAll('.step')).filter(s => s.getClientRects().length).map(s => s.id)"
FOCUSED = "document.activeElement.closest('.step')?.id ?? document.activeElement.id"
BACKGROUND = "getComputedStyle(document.body).backgroundColor"
DARK, LIGHT = "rgb(18, 21, 27)", "rgb(251, 250, 247)"


class HTMLReport(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        found = iamdrill("run", MIXED, "scenarios/cross-account-role.yaml", "--report-html", cls.folder)
        assert found.returncode == 3, found.stderr
        cls.page = cls.folder / "index.html"
        cls.browser = Chromium()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.browser.errors.clear()
        self.browser.requests.clear()
        self.browser.call("Emulation.clearDeviceMetricsOverride")
        self.media("light")
        self.browser.open(self.page)
        self.browser.evaluate("localStorage.clear()")

    def tearDown(self):
        self.assertEqual(self.browser.errors, [])
        for request in self.browser.requests:
            self.assertTrue(request.startswith((f"file://{self.page}", "data:")), request)

    def media(self, scheme, kind=""):
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": "reduce"}]
        self.browser.call("Emulation.setEmulatedMedia", media=kind, features=features)

    def visible(self):
        return self.browser.evaluate(VISIBLE)

    def test_it_shows_every_step_and_opens_what_is_wrong(self):
        self.assertEqual(len(self.visible()), 69)
        opened = self.browser.evaluate("Array.from(document.querySelectorAll('.step[open]')).map(s => s.id)")
        self.assertEqual(opened, ["s1-4", "s1-5", "s1-6"])

    def test_a_filter_leaves_the_steps_of_its_verdict(self):
        for name, steps in (("failed", ["s1-4", "s1-5"]), ("error", ["s1-6"]), ("not-run", ["s1-7"])):
            self.browser.click(f"[data-filter={name}]")
            self.assertEqual(self.visible(), steps)
            self.assertEqual(self.browser.evaluate("document.querySelectorAll('.scenario:not([hidden])').length"), 1)
        self.browser.click("[data-filter=all]")
        self.assertEqual(len(self.visible()), 69)

    def test_search_finds_all_words_also_within_what_is_folded(self):
        self.browser.press("/")
        self.assertEqual(self.browser.evaluate(FOCUSED), "search")
        self.browser.type("david assumerole prodUpdate")
        found = self.visible()
        self.assertIn("s2-22", found)
        self.assertLess(len(found), 20)
        self.assertEqual(self.browser.evaluate("document.querySelector('#found').textContent"), f"{len(found)} of 69 steps")
        self.browser.type(" xyzzy")
        self.assertEqual(self.visible(), [])
        self.assertTrue(self.browser.evaluate("document.querySelector('#nothing').getClientRects().length > 0"))
        self.browser.press("Escape")
        self.assertEqual(len(self.visible()), 69)

    def test_keys_walk_through_the_steps(self):
        places = []
        for key in "jjkn":
            self.browser.press(key)
            places.append(self.browser.evaluate(FOCUSED))
        self.assertEqual(places, ["s1-1", "s1-2", "s1-1", "s1-4"])
        self.browser.press("n")
        self.assertEqual(self.browser.evaluate(FOCUSED), "s1-5")
        isOpen = "document.activeElement.closest('details').open"
        self.assertTrue(self.browser.evaluate(isOpen))
        self.browser.press("Enter")
        self.assertFalse(self.browser.evaluate(isOpen))
        self.browser.press("e")
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('.step:not([open])').length"), 0)
        self.browser.press("?")
        self.assertTrue(self.browser.evaluate("document.querySelector('#keys').open"))
        self.browser.press("Escape")
        self.assertFalse(self.browser.evaluate("document.querySelector('#keys').open"))

    def test_a_cell_of_the_matrix_leads_to_its_step(self):
        self.browser.click("#s2 .picture summary")
        self.browser.evaluate("document.querySelector('#s2 .matrix a[href=\"#s2-22\"]').dispatchEvent(new MouseEvent('click'))")
        self.browser.evaluate("new Promise(done => setTimeout(done, 50))")
        self.assertTrue(self.browser.evaluate("document.querySelector('#s2-22').open"))
        self.assertEqual(self.browser.evaluate(FOCUSED), "s2-22")

    def test_every_link_within_leads_somewhere(self):
        dangling = self.browser.evaluate(
            "Array.from(document.querySelectorAll('a[href]')).map(a => a.getAttribute('href'))"
            ".filter(h => !h.startsWith('#') || !document.getElementById(h.slice(1)))"
        )
        self.assertEqual(dangling, [])
        doubled = self.browser.evaluate(
            "(ids => ids.filter((id, i) => ids.indexOf(id) !== i))(Array.from(document.querySelectorAll('[id]')).map(e => e.id))"
        )
        self.assertEqual(doubled, [])

    def test_the_pictures_tell_who_was_refused(self):
        refused = self.browser.evaluate("document.querySelectorAll('#s2 .matrix .call.refused').length")
        allowed = self.browser.evaluate("document.querySelectorAll('#s2 .matrix .call.allowed').length")
        self.assertGreater(refused, 8)
        self.assertGreater(allowed, 10)
        lanes = self.browser.evaluate("Array.from(document.querySelectorAll('#s2 .sequence .lane-name')).map(t => t.textContent)")
        self.assertEqual(lanes[-3:], ["S3", "IAM", "STS"])
        self.assertIn("DavidInDestination", lanes)

    def test_dark_follows_the_system_and_the_key(self):
        self.assertEqual(self.browser.evaluate(BACKGROUND), LIGHT)
        self.media("dark")
        self.assertEqual(self.browser.evaluate(BACKGROUND), DARK)
        self.browser.press("t")
        self.assertEqual(self.browser.evaluate(BACKGROUND), LIGHT)
        self.browser.press("t")
        self.assertEqual(self.browser.evaluate(BACKGROUND), DARK)

    def test_text_can_be_read_in_both(self):
        for scheme in ("light", "dark"):
            self.media(scheme)
            for selector in ("body", ".facts", ".step .time", ".step .who", ".sign", ".failed .sign", ".error > summary .sign", "a"):
                self.assertGreaterEqual(self.browser.evaluate(CONTRAST % selector), 4.5, f"{scheme} {selector}")

    def test_a_phone_shows_it_without_scrolling_sideways(self):
        self.browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
        self.browser.press("e")
        self.assertLessEqual(self.browser.evaluate("document.documentElement.scrollWidth"), 360)
        size = self.browser.evaluate("parseFloat(getComputedStyle(document.querySelector('.step .name')).fontSize)")
        self.assertGreaterEqual(size, 15)

    def test_paper_has_the_failures_and_no_buttons(self):
        self.browser.press("e")
        self.browser.press("e")
        self.browser.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        self.media("light", "print")
        self.assertEqual(self.browser.evaluate("document.querySelector('.tools').getClientRects().length"), 0)
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('.step[open]').length"), 3)
        self.assertGreater(len(self.browser.call("Page.printToPDF")["data"]), 20_000)

    def test_hostile_names_are_text(self):
        self.assertEqual(self.browser.evaluate("document.querySelectorAll('h2 b, .name b').length"), 0)
        self.assertIn('<of> "five" | & more', self.browser.evaluate("document.querySelector('#s1 h2').textContent"))


# WCAG's contrast of an element's text with what lies behind it.
CONTRAST = """(() => {
  const light = c => { const [r, g, b] = c.map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const parse = c => c.match(/[\\d.]+/g).map(Number);
  const element = document.querySelector("%s");
  let behind = element;
  while (behind && (parse(getComputedStyle(behind).backgroundColor)[3] ?? 1) === 0) behind = behind.parentElement;
  const [a, b] = [parse(getComputedStyle(element).color), parse(getComputedStyle(behind ?? document.body).backgroundColor)]
    .map(c => light(c.slice(0, 3)));
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
})()"""


if __name__ == "__main__":
    unittest.main()
