"""A real Chromium, one per worker; a page that complains about an error of script or policy fails its test."""

import shutil
from collections.abc import Callable, Iterator
from threading import Thread

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, ViewportSize, sync_playwright
from werkzeug.serving import BaseWSGIServer, make_server

WIDE, NARROW = 1440, 375
OpenPage = Callable[..., Page]
Serve = Callable[[Flask], str]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on the PATH")
    with sync_playwright() as playwright:
        args = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=chromium, args=args)
        yield browser
        browser.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """`serve(app)` gives the address of an application served here. Pages are closed first (`open_page` asks for this
    fixture): what one still loads at the end of its test is not cut off."""
    servers: list[BaseWSGIServer] = []

    def serve_one(app: Flask) -> str:
        server = make_server("127.0.0.1", 0, app, threaded=True)
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield serve_one
    for server in servers:
        server.shutdown()


@pytest.fixture
def open_page(browser: Browser, serve: Serve) -> Iterator[OpenPage]:
    """`open_page(375)` gives a page with nobody signed in and no cookie of another; `scripts=False` without JavaScript."""
    contexts, complaints = [], list[str]()

    def open_one(width: int = WIDE, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport=ViewportSize(width=width, height=900 if width > 600 else 720),
            locale="fr-FR",
            timezone_id="Europe/Paris",
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        listen(page, complaints)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page(WIDE)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(NARROW)


def listen(page: Page, complaints: list[str]) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            complaints.append(f"{page.url}: {message.text}")

    def request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:")):
            complaints.append(f"{page.url} asks a third party: {request.url}")

    page.on("console", console)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("request", request)


def axe_violations(page: Page) -> list[str]:
    """One sentence per rule broken, with the elements concerned."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.context.add_init_script(AXE_SCRIPT)  # the pages to come bring it with them
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async options => (await axe.run(options)).violations", {"resultTypes": ["violations"]})
    return [f"{each['id']}: {each['help']} {[node['target'] for node in each['nodes']]}" for each in found]


def overflows(page: Page) -> bool:
    """Whether the page must be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))
