"""The page as a person uses it."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard import callbacks
from dashboard.samples import samples

pytestmark = pytest.mark.browser

OWN = (
    "On 3 May 2024 she flies from Lisbon to Rome. "
    "On 6 May 2024 she goes on to Athens and stays there until 9 May 2024."
)
HOSTILE = (
    '<script>document.title="hacked"</script> On 3 May 2024 she flies from Lisbon to Rome to meet '
    '<img src=x onerror=document.title="hacked"> and '
    '<span style="background:url(http://example.org/x)">the mayor</span>, '
    '<a href="http://example.org/">then</a> on 6 May 2024 to Athens.'
)
PHONE = {"width": 360, "height": 780}


def read(page: Page, text: str, published: str = "") -> None:
    """Give a text as a visitor does."""
    page.fill("#text", text)
    page.fill("#published", published)
    page.click("#read")


def pixels(page: Page, selector: str) -> Image.Image:
    return Image.open(io.BytesIO(page.locator(selector).screenshot())).convert("RGB")


def share(image: Image.Image, *colours: str, near: int = 3) -> float:
    """Return how much of an image is in these colours."""
    wanted = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in colours]
    counts = image.getcolors(1 << 24) or []
    hits = sum(
        n
        for n, rgb in counts
        if any(all(abs(a - b) <= near for a, b in zip(rgb, w, strict=True)) for w in wanted)
    )
    return hits / (image.width * image.height)


def rows(page: Page) -> list[str]:
    return page.locator("table.stops tbody .pick").all_inner_texts()


def total(page: Page, label: str) -> str:
    return page.locator(f".totals div:has(dt:text-is('{label}')) dd").inner_text().splitlines()[0]


def settle(page: Page, check: Callable[[], bool], seconds: float = 5.0) -> None:
    """Wait until something is true, or fail."""
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "did not happen in time"
        page.wait_for_timeout(30)


def no_overflow(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_first_visitor_sees_a_sample_with_its_map_drawn(page: Page) -> None:
    assert page.input_value("#text") == samples()[0].text
    assert len(rows(page)) >= 3
    page.wait_for_timeout(300)
    picture = pixels(page, "#map-box")
    assert picture.width > 800
    assert picture.height > 300
    assert len(picture.getcolors(1 << 24) or []) > 50
    # Land and sea are both there, in sane shares; an inverted outline would fill the globe.
    assert 0.1 < share(picture, "#ebe7de") < 0.8
    assert 0.1 < share(picture, "#f7f9fa") < 0.9
    assert page.locator("#timeline-box .barlayer path").count() >= 3
    assert page.locator("#timeline-box").bounding_box()["height"] > 80  # type: ignore[index]
    expect(page.locator("h1")).to_have_count(1)
    assert page.locator("html").get_attribute("lang") == "en"


def test_own_text_is_read_with_button_and_with_keys(page: Page) -> None:
    read(page, OWN)
    settle(page, lambda: "Athens" in rows(page))
    assert rows(page) == ["Lisbon", "Rome", "Athens"]
    page.fill("#text", OWN.replace("Athens", "Vienna"))
    page.press("#text", "Control+Enter")
    settle(page, lambda: rows(page)[-1:] == ["Vienna"])
    assert page.input_value("#sample-menu") == ""


def test_every_sample_shows_a_result(page: Page) -> None:
    for number, sample in enumerate(samples()):
        page.select_option("#sample-menu", str(number))
        settle(page, lambda sample=sample: page.input_value("#text") == sample.text)
        page.wait_for_timeout(400)
        assert page.locator(".headline h2").inner_text()
        if sample.kind == "text without a trip":
            expect(page.locator(".headline h2")).to_have_text("No trip found in this text")
            assert not page.locator("#map-box").is_visible()
        else:
            assert len(rows(page)) >= 3, sample.title
            assert page.locator("#map-box").is_visible()


def test_the_filter_drives_map_timeline_table_and_totals(page: Page) -> None:
    page.select_option("#sample-menu", "1")
    settle(page, lambda: "Hamburg" in rows(page))
    settle(page, lambda: "Hamburg" in page.locator("#timeline-box").inner_text())
    stops = len(rows(page))
    bars = page.locator("#timeline-box .barlayer path").count()
    distance = total(page, "Distance")
    chip = page.locator(".chip", has_text="Sweden")
    chip.click()
    settle(page, lambda: len(rows(page)) == stops - 2)
    settle(page, lambda: page.locator("#timeline-box .barlayer path").count() < bars)
    assert chip.get_attribute("aria-pressed") == "false"
    assert "Stockholm" not in rows(page)
    assert total(page, "Stops") == str(stops - 2)
    assert total(page, "Distance") != distance
    assert "Stockholm" not in page.locator("#map-box").inner_text()
    page.click("#all-countries")
    settle(page, lambda: len(rows(page)) == stops)
    assert total(page, "Distance") == distance


def test_an_empty_filter_says_so_and_shows_the_way_back(page: Page) -> None:
    before = len(rows(page))
    page.click("#no-countries")
    expect(page.locator(".nothing")).to_be_visible()
    assert not page.locator("#map-box").is_visible()
    page.click("#again")
    settle(page, lambda: len(rows(page)) == before)
    expect(page.locator(".nothing")).to_be_hidden()
    assert page.locator("#map-box").is_visible()


def test_a_stop_selected_anywhere_is_selected_everywhere(page: Page) -> None:
    page.locator("table.stops .pick").nth(1).click()
    expect(page.locator("table.stops tbody tr").nth(1)).to_have_class(re.compile("selected"))
    assert page.locator("table.stops .pick").nth(1).get_attribute("aria-pressed") == "true"
    page.locator("table.stops .pick").nth(1).click()
    expect(page.locator("table.stops tr.selected")).to_have_count(0)
    page.wait_for_timeout(300)
    bar = page.locator("#timeline-box .barlayer path").first.bounding_box()
    assert bar
    page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + bar["height"] / 2)
    expect(page.locator("table.stops tr.selected")).to_have_count(1)


def test_the_picture_is_saved(page: Page, tmp_path: Path) -> None:
    with page.expect_download() as waiting:
        page.click("#export")
    name = waiting.value.suggested_filename
    assert re.fullmatch(r"trip-[a-z0-9-]+\.png", name)
    waiting.value.save_as(tmp_path / name)
    with Image.open(tmp_path / name) as picture:
        assert picture.format == "PNG"
        assert picture.width >= 2400
        assert picture.height >= 1200
        image = picture.convert("RGB")
        assert 0.05 < share(image, "#ebe7de") < 0.6
        assert len(image.resize((400, 300)).getcolors(1 << 24) or []) > 50
    expect(page.locator("#export-status")).to_have_text(f"Saved {name}")
    assert page.locator("body > div[aria-hidden]").count() == 0


@pytest.mark.parametrize("scheme", ["dark"])
def test_dark_follows_the_system_and_the_button(page: Page) -> None:
    assert page.locator("html").get_attribute("data-theme") == "dark"
    expect(page.locator("#theme-button")).to_have_text("Light mode")
    page.wait_for_timeout(300)
    assert share(pixels(page, "#map-box"), "#182026") > 0.1
    page.click("#theme-button")
    expect(page.locator("#theme-button")).to_have_text("Dark mode")
    page.wait_for_timeout(900)
    assert share(pixels(page, "#map-box"), "#f7f9fa") > 0.1
    page.reload()
    expect(page.locator("#theme-button")).to_have_text("Dark mode")


@pytest.mark.parametrize("size", [PHONE, {"width": 768, "height": 1024}])
def test_nothing_is_wider_than_the_screen(page: Page, size: dict[str, int]) -> None:
    page.wait_for_timeout(300)
    assert no_overflow(page)
    box = page.locator("#map-box svg.main-svg").first.bounding_box()
    assert box
    assert box["width"] > 200
    assert 0 <= box["x"] <= size["width"] - box["width"]
    page.select_option("#sample-menu", "4")
    page.wait_for_timeout(900)
    assert no_overflow(page)


def test_figures_follow_the_window(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    settle(
        page,
        lambda: page.evaluate(
            "Math.abs(document.querySelector('#map-box svg.main-svg').clientWidth"
            " - document.querySelector('#map-box').clientWidth) < 6"
        ),
    )
    assert no_overflow(page)


def test_everything_works_by_keyboard(page: Page) -> None:
    page.focus("#text")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "published"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "read"
    for _ in range(page.locator(".trip-choice").count()):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "trip-choice"
    page.keyboard.press("Tab")
    assert "chip" in page.evaluate("document.activeElement.className")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    before = len(rows(page))
    page.keyboard.press("Space")
    settle(page, lambda: len(rows(page)) < before)
    # The button keeps the focus, so that the next press takes the change back.
    assert "chip" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Space")
    settle(page, lambda: len(rows(page)) == before)
    page.locator("table.stops .pick").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("table.stops tr.selected")).to_have_count(1)


@pytest.mark.parametrize(
    ("text", "published", "words"),
    [
        ("", "", "text"),
        ("   \n ", "", "text"),
        (OWN, "31 February 2023", "no such day"),
        (OWN, "02/03/2023", "more than one way"),
        (OWN, "0000-01-01", "no such day"),
        (OWN, "soon", "Write it as"),
    ],
)
def test_bad_input_is_answered_beside_the_box_and_kept(
    page: Page, text: str, published: str, words: str
) -> None:
    before = rows(page)
    read(page, text, published)
    expect(page.locator("#message")).to_contain_text(words)
    assert page.input_value("#text") == text
    assert page.input_value("#published") == published
    assert rows(page) == before


@pytest.mark.parametrize(
    "text",
    [
        "Der Minister reist am Montag nach Wien und am Mittwoch nach Prag.",
        "🗺️🚂🏝️ 🙂🙂🙂",
        "\x01\x02\x03\ufffd\ufffd PK\x03\x04 \x7fELF \u202e\u0000 x",
        "The cat sat on the mat and thought about nothing in particular.",
        "They will spend a day in Zzyzx Springs on 4 May 2024.",
    ],
)
def test_odd_text_never_gives_a_blank_page(page: Page, text: str) -> None:
    read(page, text, "1 May 2024")
    settle(
        page,
        lambda: (
            bool(page.locator("#message").inner_text())
            or "Marques" not in page.locator(".headline h2").inner_text()
        ),
    )
    assert page.locator(".headline h2").inner_text()
    assert page.input_value("#text").startswith(text[:1].replace("\x00", ""))


def test_too_long_a_text_is_refused_without_being_sent(page: Page) -> None:
    page.evaluate(
        """() => {
          const box = document.getElementById('text');
          const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set;
          set.call(box, 'x'.repeat(2000001));
          box.dispatchEvent(new Event('input', {bubbles: true}));
        }"""
    )
    page.click("#read")
    expect(page.locator("#message")).to_contain_text("two million")
    assert "Elena Marques" in page.locator(".headline h2").inner_text()


def test_hostile_text_stays_text(page: Page) -> None:
    read(page, HOSTILE)
    settle(page, lambda: "Athens" in rows(page))
    page.wait_for_timeout(500)
    page.click("#text-marked .told >> nth=0")
    page.locator("#map-box").hover()
    assert page.title() == "Itinerary reader"
    assert page.locator("main img, main script, main a[href^='http']").count() == 0
    with page.expect_download():
        page.click("#export")
    assert page.title() == "Itinerary reader"


def test_a_fault_in_the_program_is_one_sentence(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret detail")

    before = rows(page)
    monkeypatch.setattr(callbacks, "read", fail)
    read(page, OWN)
    expect(page.locator("#fault")).to_have_text(callbacks.NEUTRAL)
    assert "secret" not in page.content()
    assert page.input_value("#text") == OWN
    assert rows(page) == before
    monkeypatch.undo()
    page.click("#read")
    settle(page, lambda: "Athens" in rows(page))
    expect(page.locator("#fault")).to_be_empty()


def test_a_lost_connection_is_said_and_recovers(page: Page, watch: object) -> None:
    watch.allowed = ("Failed to fetch", "ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Error", "failed:")  # type: ignore[attr-defined]
    page.context.set_offline(True)
    read(page, OWN)
    expect(page.locator("#message")).to_contain_text("cannot reach its program")
    assert page.input_value("#text") == OWN
    page.context.set_offline(False)
    page.click("#read")
    settle(page, lambda: "Athens" in rows(page))
    expect(page.locator("#message")).to_be_empty()


def test_several_trips_are_switched_by_the_keyboard(page: Page) -> None:
    read(
        page,
        "Ms. Ana Ruiz flies to Rome on 8 May 2024 and to Oslo on 9 May 2024. "
        "Her deputy, Carl Otto, flew to Lima on 6 May 2024.",
    )
    choices = page.locator(".trip-choice")
    expect(choices).to_have_text(["Trip 1 of 2: Ms. Ana Ruiz · 2 stops", "Trip 2 of 2: Carl Otto · 1 stop"])
    settle(page, lambda: rows(page) == ["Rome", "Oslo"])
    choices.nth(1).focus()
    page.keyboard.press("Enter")
    settle(page, lambda: rows(page) == ["Lima"])
    expect(choices.nth(1)).to_be_focused()
    expect(choices.nth(1)).to_have_attribute("aria-pressed", "true")
    expect(choices.nth(0)).to_have_attribute("aria-pressed", "false")
    expect(page.locator("#map-box")).to_contain_text("Lima")
    expect(page.locator("#map-box")).not_to_contain_text("Rome")
    expect(page.locator("#filter .name")).to_have_text(["Peru"])
    with page.expect_download() as download:
        page.click("#export")
    assert "lima" in download.value.suggested_filename
    read(page, OWN)  # one trip again: no switch
    expect(choices).to_have_count(0)


MAIL = b"""From: ana@example.org
To: tom@example.org
Subject: In May
Date: Wed, 01 May 2024 10:00:00 +0200
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

On Friday I fly to Rome. On Monday I go on to Athens.
"""


def test_a_file_is_read_with_the_day_it_carries(page: Page, tmp_path: Path) -> None:
    path = tmp_path / "mail.eml"
    path.write_bytes(MAIL)
    with page.expect_file_chooser() as chooser:
        page.click("#file-button")
    chooser.value.set_files(path)
    settle(page, lambda: rows(page) == ["Rome", "Athens"])
    assert page.input_value("#published") == "1 May 2024"
    assert "On Friday I fly to Rome." in page.input_value("#text")


def test_a_file_that_cannot_be_read_changes_nothing(page: Page, tmp_path: Path) -> None:
    before = page.input_value("#text")
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 broken")
    page.set_input_files("#file-chooser", path)
    settle(page, lambda: "scan.pdf is a damaged PDF file" in page.inner_text("#message"))
    assert page.input_value("#text") == before


def test_a_file_is_dropped_on_the_text(page: Page) -> None:
    page.evaluate(
        """() => {
          const held = new DataTransfer();
          held.items.add(new File(["We flew to Oslo on 3 May 2024."], "a.txt", {type: "text/plain"}));
          document.getElementById("text").dispatchEvent(
            new DragEvent("drop", {dataTransfer: held, bubbles: true, cancelable: true}));
        }"""
    )
    settle(page, lambda: rows(page) == ["Oslo"])


@pytest.mark.parametrize(
    ("ending", "words"), [("ics", "BEGIN:VEVENT"), ("geojson", '"FeatureCollection"'), ("svg", "<svg")]
)
def test_the_trip_is_saved_in_other_formats(page: Page, ending: str, words: str) -> None:
    read(page, OWN)
    settle(page, lambda: "Athens" in rows(page))
    with page.expect_download() as download:
        page.select_option("#export-menu", ending)
    assert download.value.suggested_filename.endswith(f".{ending}")
    assert words in Path(download.value.path()).read_text(encoding="utf-8")
    assert page.input_value("#export-menu") == ""


def test_a_saved_trip_is_opened_again(page: Page, tmp_path: Path) -> None:
    read(page, OWN)
    settle(page, lambda: "Athens" in rows(page))
    with page.expect_download() as download:
        page.select_option("#export-menu", "json")
    path = tmp_path / "trip.json"
    download.value.save_as(path)
    page.select_option("#sample-menu", "1")
    settle(page, lambda: "Athens" not in rows(page))
    page.set_input_files("#file-chooser", path)
    settle(page, lambda: rows(page) == ["Lisbon", "Rome", "Athens"])


def test_words_of_the_text_say_what_they_were_taken_for_and_select_their_stop(page: Page) -> None:
    read(page, OWN + " A visit to Naples was cancelled.")
    settle(page, lambda: "Athens" in rows(page))
    page.click("#text-marked mark:has-text('Rome')")
    expect(page.locator("#said")).to_have_text("Stop 2: Rome, Italy.")
    expect(page.locator("tr.row.selected .pick")).to_have_text("Rome")
    expect(page.locator("#text-marked mark.selected")).to_have_count(1)
    page.focus("#text-marked .told.aside")
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_contain_text("Set aside. Naples")
    page.click("tr.row:has-text('Athens')")
    expect(page.locator("#text-marked mark.selected")).to_contain_text("Athens")


def test_a_picture_of_a_given_size_has_these_pixels(page: Page) -> None:
    with page.expect_download() as download:
        page.select_option("#export-menu", "png 1080x1350")
    with Image.open(download.value.path()) as image:
        assert image.size == (1080, 1350)
