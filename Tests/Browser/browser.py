"""Chromium, and the pages of the site in windows of their own."""

import os
import shutil
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

import peers

SITE = Path(__file__).with_name("site")
APPLICATION = "pages.asgi:application"
LIST = "#chat-1-message-list"
# A browser on a busy machine takes its time.
wait_until = partial(peers.wait_until, timeout=15)


@contextmanager
def chromium():
    """A headless Chromium, which writes to a folder that goes with it."""
    options = ChromeOptions()
    options.binary_location = shutil.which("chromium")
    # A sandbox cannot be had as root, and a container's /dev/shm is too small for one page.
    for argument in ("headless", "no-sandbox", "disable-dev-shm-usage", "hide-scrollbars"):
        options.add_argument(f"--{argument}")
    # Nothing is to be asked of its maker's servers.
    for argument in ("disable-background-networking", "disable-component-update", "no-first-run"):
        options.add_argument(f"--{argument}")
    with TemporaryDirectory(prefix="turboctl-chromium-") as home:
        places = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"), home)
        # The driver's path is given, or selenium would download one.
        service = Service(shutil.which("chromedriver"), env={**os.environ, **places})
        with Chrome(options, service) as driver:
            yield driver


class Window:
    """A page in a window of its own."""

    def __init__(self, driver, url):
        self.driver = driver
        driver.switch_to.new_window("window")
        self.handle = driver.current_window_handle
        driver.get(url)

    def run(self, script, *arguments):
        """What the script returns, which the page runs."""
        self.driver.switch_to.window(self.handle)
        return self.driver.execute_script(script, *arguments)

    def get(self, name, selector=LIST):
        """A property of the element; None if there is no such element."""
        script = "return document.querySelector(arguments[0])?.[arguments[1]]"
        return self.run(script, selector, name)

    def html(self, selector=LIST):
        return self.get("innerHTML", selector)

    def text(self, selector=LIST):
        return self.get("textContent", selector)

    def shows(self, html, selector=LIST):
        """Waits until that is the content of the element."""
        with suppress(AssertionError):
            wait_until(lambda: self.html(selector) == html)
        assert self.html(selector) == html

    def close(self):
        if self.handle in self.driver.window_handles:
            self.driver.switch_to.window(self.handle)
            self.driver.close()
            # Some window has to be there for the next command.
            self.driver.switch_to.window(self.driver.window_handles[0])
